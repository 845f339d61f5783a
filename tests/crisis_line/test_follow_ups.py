"""Whoever said yes is called; nobody else is, and the number is gone when the call was made."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from server.core import db
from server.core.access import Role
from server.core.ids import new_id
from server.crisis_line import service
from server.crisis_line.erasing import NUMBER_KEPT
from server.crisis_line.follow_ups import LATEST
from server.crisis_line.hanging import DAYS_AFTER
from tests.appointments.people import seen
from tests.conftest import NOW
from tests.crisis_line.people import CONFIRMATION, DESK

PULL = "/api/v1/citizen/sync/pull"
FOLLOW_UPS = f"{DESK}/follow-ups"
NUMBER = "20 30 40 50"
MAY_RING = {
    "may_ring": True,
    "phone": NUMBER,
    "when": "efter 17",
    "voicemail": "never",
    "code_word": "Havregryn",
}


def waiting(browser: Any) -> list[dict[str, Any]]:
    """What the desk has promised."""
    return list(browser.get(FOLLOW_UPS).json["items"])


def said(browser: Any, follow_up: dict[str, Any], **body: Any) -> Any:
    """Write down what came of it."""
    path = f"{FOLLOW_UPS}/{follow_up['id']}/result"
    return browser.post(path, json=body, headers=seen(follow_up["version"]))


@pytest.fixture
def agreed(line: Any) -> Callable[..., dict[str, Any]]:
    """A contact, by default anonymous, with a yes to the follow-up after 14 days and a number; closed."""

    def agree(*about: Any, **wishes: Any) -> dict[str, Any]:
        contact = line.open(*about)
        wishes = wishes or {"wants_follow_up_14d": True}
        contact = line.change(contact, callback=MAY_RING, **wishes).json
        line.do(contact, "close")
        return dict(contact)

    return agree


@pytest.fixture
def mark_dead(superuser: Any) -> Callable[..., None]:
    """Note when somebody died, or that it was a mistake."""

    def mark(citizen: Any, at: Any) -> None:
        superuser.execute("UPDATE citizen SET deceased_at = %s WHERE id = %s", [at, citizen.id])
        superuser.commit()

    return mark


class TestYes:
    def test_without_a_yes_there_is_no_follow_up(self, line: Any, superuser: Any) -> None:
        contact = line.open()
        line.change(contact, callback=MAY_RING, reason=["sleep"])

        assert waiting(line.browser) == []
        assert superuser.execute("SELECT count(*) FROM crisis_follow_up").fetchone() == (0,)

    def test_each_yes_has_its_own_day(self, line: Any, agreed: Callable[..., Any]) -> None:
        agreed(wants_follow_up_14d=True, wants_call_72h=True)

        found = [(each["kind"], each["due_on"]) for each in waiting(line.browser)]

        assert found == [("call-72h", "2026-11-26"), ("after-14-days", "2026-12-07")]

    def test_a_yes_that_is_taken_back_cancels_what_waits(self, line: Any) -> None:
        contact = line.change(line.open(), wants_follow_up_14d=True).json
        contact = line.change(contact, wants_follow_up_14d=False).json
        assert waiting(line.browser) == []

        line.change(contact, wants_follow_up_14d=True)

        assert len(waiting(line.browser)) == 1

    def test_the_database_keeps_one_of_each_kind(self, agreed: Callable[..., Any], superuser: Any) -> None:
        agreed()

        with pytest.raises(Exception, match="uq_crisis_follow_up_contact_id"):
            superuser.execute(
                "INSERT INTO crisis_follow_up SELECT gen_random_uuid(), unit_id, contact_id, kind, yes_at,"
                " due_on, owner_id, stand_in_id, status, tries, result, changed, safety, closed_by,"
                " closed_at, version, created_at, updated_at FROM crisis_follow_up"
            )
        superuser.rollback()


class TestWaiting:
    def test_whom_and_where_to_call_stands_there_from_its_day_on(
        self, line: Any, citizen: Any, phone: Any, agreed: Callable[..., Any], go_to: Callable[..., Any]
    ) -> None:
        agreed(citizen, phone)
        (before,) = waiting(line.browser)

        go_to(NOW + timedelta(days=14))
        (due,) = waiting(line.browser)

        assert (before["is_due"], before["alias"], before["callback"]) == (False, None, None)
        assert (due["is_due"], due["alias"], due["callback"]) == (True, citizen.alias, MAY_RING)

    def test_of_a_contact_that_was_claimed_tells_nobody_who_claimed_it(
        self, line: Any, phone: Any, citizen: Any, agreed: Callable[..., Any], go_to: Callable[..., Any]
    ) -> None:
        phone.post(CONFIRMATION, json={"code": line.code(agreed())})
        go_to(NOW + timedelta(days=14))

        answer = line.browser.get(FOLLOW_UPS)

        (due,) = answer.json["items"]
        assert (due["is_due"], due["alias"], due["callback"]) == (True, None, MAY_RING)
        assert citizen.alias not in answer.get_data(as_text=True)

    def test_nobody_is_called_where_somebody_has_died_unless_that_was_a_mistake(
        self, line: Any, phone: Any, citizen: Any, agreed: Callable[..., Any], mark_dead: Callable[..., None]
    ) -> None:
        agreed(citizen, phone)

        mark_dead(citizen, NOW)
        assert waiting(line.browser) == []
        mark_dead(citizen, None)

        assert len(waiting(line.browser)) == 1

    def test_a_death_that_stands_ends_the_call_for_good(
        self,
        line: Any,
        phone: Any,
        citizen: Any,
        agreed: Callable[..., Any],
        mark_dead: Callable[..., None],
        trail: Callable[[str], list[Any]],
    ) -> None:
        agreed()
        agreed(citizen, phone)
        mark_dead(citizen, NOW)

        for hours, ended in ((23, 0), (24, 1), (25, 0)):
            with db.transaction() as session:
                assert service.end_for_the_dead(session, now=NOW + timedelta(hours=hours)) == ended

        assert trail("follow-up.ended") == [("deceased", "ok", citizen.id)]
        mark_dead(citizen, None)
        assert len(waiting(line.browser)) == 1  # somebody else's

    def test_every_colleague_sees_it_and_the_owner_knows_it_is_theirs(
        self, line: Any, colleague: Any, worker: Any, agreed: Callable[..., Any]
    ) -> None:
        agreed()

        (own,), (seen_by_all,) = waiting(line.browser), waiting(colleague.browser)

        assert (own["mine"], seen_by_all["mine"]) == (True, False)
        assert own["owner"] == {"id": str(worker.id), "name": worker.name, "active": True}

    def test_nobody_is_forgotten_when_the_owner_has_left(
        self, colleague: Any, agreed: Callable[..., Any], superuser: Any, go_to: Callable[..., Any]
    ) -> None:
        agreed()
        superuser.execute("UPDATE staff_member SET deactivated_at = now() WHERE name = 'Jonas Riis'")
        superuser.commit()
        go_to(NOW + timedelta(days=14))

        (due,) = waiting(colleague.browser)

        assert due["owner"]["active"] is False
        assert said(colleague.browser, due, result="done").status_code == 200

    def test_is_handed_over_with_a_stand_in(
        self,
        line: Any,
        agreed: Callable[..., Any],
        make_staff: Callable[..., Any],
        akuttilbud: Any,
        worker: Any,
    ) -> None:
        agreed()
        other = make_staff(roles=(Role.CRISIS_LINE,), unit=akuttilbud)
        (one,) = waiting(line.browser)

        answer = line.browser.post(
            f"{FOLLOW_UPS}/{one['id']}/owner",
            json={"owner_id": str(other.id), "stand_in_id": str(worker.id)},
            headers=seen(one["version"]),
        )

        assert answer.status_code == 200
        assert (answer.json["owner"]["name"], answer.json["stand_in"]["name"]) == (other.name, worker.name)
        assert answer.json["mine"] is True

    def test_is_handed_to_nobody_of_another_unit(
        self, line: Any, agreed: Callable[..., Any], counsellor: Any, worker: Any
    ) -> None:
        agreed()
        (one,) = waiting(line.browser)
        path = f"{FOLLOW_UPS}/{one['id']}/owner"

        for owner, stand_in in ((counsellor.id, None), (worker.id, worker.id), (worker.id, new_id())):
            body = {"owner_id": str(owner), "stand_in_id": str(stand_in) if stand_in else None}
            assert line.browser.post(path, json=body, headers=seen(one["version"])).status_code == 422


class TestResult:
    @pytest.mark.parametrize("result", ["done", "not-reached", "declined"])
    def test_the_number_is_erased_with_the_call(
        self,
        line: Any,
        agreed: Callable[..., Any],
        go_to: Callable[..., Any],
        superuser: Any,
        result: str,
    ) -> None:
        agreed()
        go_to(NOW + timedelta(days=14))
        (due,) = waiting(line.browser)

        ended = said(line.browser, due, result=result)

        assert (ended.status_code, ended.json["status"], ended.json["callback"]) == (200, "completed", None)
        assert waiting(line.browser) == []
        stored = superuser.execute(
            "SELECT may_ring, ring_phone_sealed, ring_when_sealed, ring_code_word_sealed FROM crisis_contact"
        ).fetchone()
        assert stored == (False, None, None, None)

    def test_later_keeps_it_and_the_number(
        self, line: Any, agreed: Callable[..., Any], go_to: Callable[..., Any]
    ) -> None:
        agreed()
        go_to(NOW + timedelta(days=14))
        (due,) = waiting(line.browser)

        said(line.browser, due, result="later", next_on="2026-12-09")

        (again,) = waiting(line.browser)
        assert (again["due_on"], again["tries"], again["is_due"]) == ("2026-12-09", 1, False)
        go_to(NOW + timedelta(days=16))
        assert waiting(line.browser)[0]["callback"]["phone"] == NUMBER

    def test_no_call_is_put_off_until_its_number_is_gone(self) -> None:
        latest = timedelta(days=max(DAYS_AFTER.values())) + LATEST

        assert latest < NUMBER_KEPT

    def test_the_first_of_two_calls_leaves_the_number_for_the_second(
        self, line: Any, agreed: Callable[..., Any], go_to: Callable[..., Any]
    ) -> None:
        agreed(wants_follow_up_14d=True, wants_call_72h=True)
        go_to(NOW + timedelta(days=3))

        said(line.browser, waiting(line.browser)[0], result="done")

        go_to(NOW + timedelta(days=14))
        (second,) = waiting(line.browser)
        assert (second["kind"], second["callback"]["phone"]) == ("after-14-days", NUMBER)

    def test_what_has_changed_is_kept_in_the_persons_own_judgement(
        self, line: Any, agreed: Callable[..., Any], go_to: Callable[..., Any]
    ) -> None:
        agreed()
        go_to(NOW + timedelta(days=14))

        done = said(line.browser, waiting(line.browser)[0], result="done", changed="some", safety=6).json

        assert (done["result"], done["changed"], done["safety"]) == ("done", "some", 6)

    @pytest.mark.parametrize(
        "body",
        [
            {"result": "not-reached", "changed": "yes"},
            {"result": "declined", "safety": 3},
            {"result": "done", "next_on": "2026-12-08"},
            {"result": "later", "next_on": "2026-11-01"},
            {"result": "later", "next_on": "2027-01-01"},
            {"result": "done", "safety": 11},
            {"result": "perhaps"},
            {},
        ],
    )
    def test_refuses_what_cannot_be(
        self, line: Any, agreed: Callable[..., Any], body: dict[str, Any]
    ) -> None:
        agreed()
        (one,) = waiting(line.browser)

        assert said(line.browser, one, **body).status_code == 422
        assert waiting(line.browser)[0]["version"] == one["version"]

    def test_somebody_else_came_first(self, line: Any, colleague: Any, agreed: Callable[..., Any]) -> None:
        agreed()
        (one,) = waiting(line.browser)
        said(colleague.browser, one, result="later")

        assert said(line.browser, one, result="done").status_code == 412

    def test_is_done_once(self, line: Any, agreed: Callable[..., Any]) -> None:
        agreed()
        (one,) = waiting(line.browser)
        done = said(line.browser, one, result="done").json

        again = said(line.browser, done, result="declined")

        assert (again.status_code, again.json["code"]) == (409, "follow-up-done")

    def test_another_units_are_the_same_404_as_none(
        self, elsewhere: Any, line: Any, agreed: Callable[..., Any]
    ) -> None:
        agreed()
        (one,) = waiting(line.browser)

        foreign = said(elsewhere.browser, one, result="done")
        unknown = said(elsewhere.browser, {**one, "id": str(new_id())}, result="done")

        assert foreign.status_code == unknown.status_code == 404
        assert {**foreign.json, "request_id": 0} == {**unknown.json, "request_id": 0}
        assert waiting(elsewhere.browser) == []

    def test_is_not_for_counsellors(self, desk: Any) -> None:
        assert desk.get(FOLLOW_UPS).status_code == 403

    def test_reading_and_writing_stand_on_the_trail(
        self, line: Any, agreed: Callable[..., Any], trail: Callable[[str], list[Any]]
    ) -> None:
        agreed()
        said(line.browser, waiting(line.browser)[0], result="declined")

        assert len(trail("follow-ups.listed")) == 1
        assert [purpose for purpose, _, _ in trail("follow-up.result")] == ["declined"]


class TestOnThePhone:
    def test_a_call_stands_in_the_app_only_if_the_person_wants_it_there(
        self, line: Any, citizen: Any, phone: Any
    ) -> None:
        contact = line.open(citizen, phone)
        contact = line.change(contact, wants_follow_up_14d=True).json
        before = _on_phone(phone)

        line.change(contact, wants_shown_in_app=True)

        (shown,) = _on_phone(phone)
        assert before == []
        assert shown["follow_ups"] == [{"kind": "after-14-days", "due_on": "2026-12-07", "result": None}]

    def test_what_came_of_it_reaches_the_phone(self, line: Any, citizen: Any, phone: Any) -> None:
        contact = line.open(citizen, phone)
        line.change(contact, wants_follow_up_14d=True, wants_shown_in_app=True)
        first = phone.get(PULL).json["cursor"]

        said(line.browser, waiting(line.browser)[0], result="declined")

        (change,) = phone.get(PULL, query_string={"cursor": first}).json["changes"]
        assert change["data"]["follow_ups"][0]["result"] == "declined"


def _on_phone(phone: Any) -> list[dict[str, Any]]:
    changes = phone.get(PULL).json["changes"]
    return [change["data"] for change in changes if change["entity"] == "crisis_contact" and change["data"]]
