"""An open contact never logs its worker out; nothing else keeps a sign-in alive beyond its hours."""

from datetime import timedelta
from typing import Any

from tests.appointments.people import without_id
from tests.conftest import NOW
from tests.crisis_line.people import CONTACTS, Line

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

        assert set(_be_there(line, contact, traveller, hours=14)) == {204}
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
