"""Asking: begun by who works with the person, stopped by either; late is allowed, nothing tells too much."""

from datetime import UTC, datetime
from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import refused, seen, without_id
from tests.measures.people import Answering, Console


@pytest.fixture
def console(desk: Any, citizen: Any) -> Console:
    """The contact person's console."""
    return Console(desk, citizen)


def states(console: Console) -> dict[str, str]:
    """Where each window of the newest plan stands for who looks."""
    return {one["key"]: one["state"] for one in console.read()["plans"][0]["windows"]}


class TestBegin:
    def test_reaches_the_phone_and_shows_its_windows(self, console: Console, sender: Answering) -> None:
        plan = console.begun()

        assert sender.pull("measure_plan")[plan["id"]] == {
            "id": plan["id"],
            "code": "who-5",
            "start_on": "2026-11-23",
            "end_on": None,
            "status": "active",
            "withdrawn_by": None,
            "withdrawn_on": None,
            "skipped": [],
            "version": 1,
        }
        assert [(one["key"], one["due_on"], one["state"]) for one in plan["windows"]] == [
            ("start", "2026-11-23", "due"),
            ("month-3", "2027-02-23", "upcoming"),
        ]

    def test_of_the_same_twice_is_refused_and_of_another_is_not(self, console: Console) -> None:
        console.begun()

        assert console.begin().status_code == 409
        console.begun(code="audit-c")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("code", "phq-9"),
            ("start_on", "2028-01-01"),
            ("start_on", "2020-01-01"),
            ("start_on", "i dag"),
            ("end_on", "2026-11-22"),
            ("end_on", "2040-01-01"),
        ],
    )
    def test_refuses_what_cannot_be_by_name(self, console: Console, field: str, value: str) -> None:
        assert refused(console.begin(**{field: value}), field)

    def test_is_the_same_404_for_a_stranger_as_for_nobody(
        self, outsider: Any, citizen: Any, count: Any
    ) -> None:
        nobody = type("Nobody", (), {"id": new_id()})()

        for person in (citizen, nobody):
            outside = Console(outsider, person)
            assert outside.browser.get(outside.path).status_code == 404
            assert outside.begin().status_code == 404
        assert without_id(Console(outsider, citizen).begin()) == without_id(Console(outsider, nobody).begin())
        assert count("measure_plan") == 0

    def test_needs_a_relation_that_still_holds_when_it_is_written(
        self, console: Console, case_ends_meanwhile: Any, count: Any
    ) -> None:
        case_ends_meanwhile()

        assert console.begin().status_code == 404
        assert count("measure_plan") == 0


class TestChange:
    def test_sets_an_end_and_the_windows_follow(self, console: Console, sender: Answering) -> None:
        plan = console.begun()

        answer = console.change(plan, end_on="2027-05-23")

        assert answer.status_code == 200
        assert answer.json["version"] == 2
        assert sender.pull("measure_plan")[plan["id"]]["end_on"] == "2027-05-23"

    def test_stops_it_for_good(self, console: Console, sender: Answering) -> None:
        plan = console.begun()

        assert console.change(plan, status="withdrawn").status_code == 200

        kept = sender.pull("measure_plan")[plan["id"]]
        assert (kept["status"], kept["withdrawn_by"]) == ("withdrawn", "staff")
        assert kept["withdrawn_on"] == "2026-11-23"
        assert console.change({**plan, "version": 2}, end_on=None).status_code == 409
        console.begun()

    def test_over_an_old_version_is_refused(self, console: Console) -> None:
        plan = console.begun()
        console.change(plan, end_on="2027-05-23")

        assert console.change(plan, end_on="2027-06-23").status_code == 412

    @pytest.mark.parametrize("said", [{}, {"status": "active"}, {"status": "withdrawn", "end_on": None}])
    def test_says_exactly_one_thing(self, console: Console, said: dict[str, Any]) -> None:
        assert console.change(console.begun(), **said).status_code == 422

    def test_is_the_same_404_for_a_stranger_as_for_no_plan(self, console: Console, outsider: Any) -> None:
        plan = console.begun()
        path = "/api/v1/staff/measure-plans/{}"

        foreign = outsider.patch(path.format(plan["id"]), json={"end_on": None}, headers=seen(1))
        unknown = outsider.patch(path.format(new_id()), json={"end_on": None}, headers=seen(1))

        assert foreign.status_code == 404
        assert without_id(foreign) == without_id(unknown)


class TestWindows:
    def test_stand_as_they_are_for_staff_whether_it_was_answered_put_off_or_left(
        self, console: Console, sender: Answering
    ) -> None:
        plan = console.begun()
        before = console.read()

        sender.answer(plan_id=plan["id"], window_key="start")
        assert console.read() == before
        sender.decline(plan["id"], "start")
        assert console.read() == before

    def test_are_completed_by_a_shared_answer_of_their_own(self, console: Console, sender: Answering) -> None:
        plan = console.begun()

        result = sender.answer(plan_id=plan["id"], window_key="start", sharing="shared")

        (start, later) = console.read()["plans"][0]["windows"]
        assert (start["state"], start["result_id"]) == ("completed", result)
        assert (later["state"], later["result_id"]) == ("upcoming", None)

    def test_allow_an_answer_two_weeks_late_and_later(
        self, console: Console, sender: Answering, go_to: Any
    ) -> None:
        plan = console.begun()
        go_to(datetime(2027, 1, 20, 9, 0, tzinfo=UTC))
        assert states(console)["start"] == "overdue"

        sender.answer(plan_id=plan["id"], window_key="start", sharing="shared", at="2027-01-20T09:00:00Z")

        assert states(console)["start"] == "completed"

    def test_take_an_answer_that_was_written_in_time_and_came_late(
        self, console: Console, sender: Answering, go_to: Any
    ) -> None:
        plan = console.begun()
        go_to(datetime(2027, 4, 20, 9, 0, tzinfo=UTC))
        assert states(console)["start"] == "expired"

        sender.answer(plan_id=plan["id"], window_key="start", sharing="shared")

        assert states(console)["start"] == "completed"


class TestDecline:
    def test_of_one_window_keeps_the_others(self, console: Console, sender: Answering) -> None:
        plan = console.begun()

        assert sender.decline(plan["id"], "start") == "applied"
        assert sender.decline(plan["id"], "start") == "applied"

        kept = sender.pull("measure_plan")[plan["id"]]
        assert (kept["status"], kept["skipped"], kept["version"]) == ("active", ["start"], 1)

    def test_of_all_stops_it_and_staff_see_by_whom(self, console: Console, sender: Answering) -> None:
        plan = console.begun()

        assert sender.decline(plan["id"], None) == "applied"

        shown = console.read()["plans"][0]
        assert (shown["status"], shown["withdrawn_by"]) == ("withdrawn", "citizen")
        assert {one["state"] for one in shown["windows"]} == {"withdrawn"}

    def test_of_another_persons_plan_is_refused(
        self, console: Console, make_citizen: Any, counsellor: Any, pair: Any, new_client: Any
    ) -> None:
        plan = console.begun()
        other = Answering(pair(make_citizen(contact=counsellor), counsellor, new_client()))

        assert other.decline(plan["id"], None) == "rejected_gone"
        assert console.read()["plans"][0]["status"] == "active"


def test_every_look_is_on_the_trail_with_its_relation(
    console: Console, sender: Answering, superuser: Any
) -> None:
    console.read()
    sender.answer(sharing="shared")
    console.read()

    looks = superuser.execute(
        "SELECT outcome, relation_id IS NOT NULL, purpose FROM audit_event"
        " WHERE event = 'measures.read' ORDER BY position"
    ).fetchall()
    assert looks == [("not-shared", True, "contact-person"), ("ok", True, "contact-person")]
