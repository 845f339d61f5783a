"""An open contact never logs its worker out; nothing else keeps a sign-in alive beyond its hours."""

from datetime import timedelta
from typing import Any

import pytest

from tests.appointments.people import without_id
from tests.conftest import NOW
from tests.crisis_line.people import CONTACTS, Line
from tests.crisis_plans.people import say

PRESENCE = CONTACTS + "/{}/presence"
STEP = timedelta(minutes=20)


def _be_there(line: Line, contact: dict[str, Any], traveller: Any, *, hours: int) -> list[int]:
    """Say every twenty minutes that somebody is in the contact; the answers from the twelfth hour on."""
    answers = []
    for step in range(1, int(timedelta(hours=hours) / STEP) + 1):
        traveller.move_to(NOW + step * STEP)
        answer = line.browser.post(PRESENCE.format(contact["id"]))
        if step * STEP > timedelta(hours=11, minutes=50):
            answers.append(answer.status_code)
    return answers


class TestPresence:
    def test_in_an_open_contact_keeps_the_worker_signed_in_beyond_twelve_hours(
        self, line: Line, traveller: Any
    ) -> None:
        contact = line.open()

        assert set(_be_there(line, contact, traveller, hours=14)) == {200}
        assert line.browser.get("/api/v1/staff/session").status_code == 200

    def test_is_over_after_a_day_whatever_is_open(self, line: Line, traveller: Any) -> None:
        contact = line.open()

        answers = _be_there(line, contact, traveller, hours=25)

        assert answers[-1] in (401, 409)
        assert line.browser.get("/api/v1/staff/session").status_code == 401

    def test_in_a_closed_contact_keeps_nobody(self, line: Line) -> None:
        contact = line.open()
        line.do(contact, "close")

        answer = line.browser.post(PRESENCE.format(contact["id"]))

        assert (answer.status_code, answer.json["code"]) == (409, "contact-closed")

    def test_of_a_stranger_is_answered_like_nobodys(self, line: Line, elsewhere: Line) -> None:
        contact = line.open()

        theirs = elsewhere.browser.post(PRESENCE.format(contact["id"]))
        nobodys = elsewhere.browser.post(PRESENCE.format("01999999-0000-7000-8000-000000000000"))

        assert (theirs.status_code, nobodys.status_code) == (404, 404)
        assert without_id(theirs) == without_id(nobodys)

    @pytest.mark.parametrize("oral_yes", [True, False])
    def test_hears_of_a_no_in_the_app_while_the_plan_is_on_the_screen(
        self, line: Line, citizen: Any, phone: Any, oral_yes: bool, trail: Any
    ) -> None:
        if not oral_yes:
            say(citizen, given=True, purpose="crisis-line")
        contact = line.open(citizen, phone)
        assert line.plan(contact, oral_yes=oral_yes).status_code == 200
        looks = trail("plan.read")

        before = line.browser.post(PRESENCE.format(contact["id"])).json
        say(citizen, given=False, purpose="crisis-line")
        after = line.browser.post(PRESENCE.format(contact["id"])).json

        assert (before, after) == ({"may_read_plan": True}, {"may_read_plan": False})
        assert trail("plan.read") == looks  # being asked is no look

    def test_of_an_anonymous_contact_opens_no_plan(self, line: Line) -> None:
        contact = line.open()

        assert line.browser.post(PRESENCE.format(contact["id"])).json == {"may_read_plan": False}
