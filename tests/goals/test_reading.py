"""A goal read at the desk: whole, in pages, on the trail, and only by who works with the person."""

from typing import Any

from server.core.ids import new_id
from tests.appointments.people import refused, without_id
from tests.goals.people import Way


class TestTheHistoryAtTheDesk:
    def test_comes_in_pages_and_whole(self, way: Way) -> None:
        written = [way.tells("note", text=f"Dag {day}") for day in range(55)]

        first = way.at_desk()
        second = way.desk.get(way.here, query_string={"cursor": first["next_cursor"]}).json

        got = [event["id"] for event in first["events"] + second["events"]]
        assert got == written[::-1]
        assert (len(first["events"]), second["next_cursor"]) == (50, None)

    def test_takes_no_cursor_of_another_goal_or_of_somebodys_making(
        self, way: Way, desk: Any, suggestion: str
    ) -> None:
        for day in range(51):
            way.tells("note", text=f"Dag {day}")
        cursor = way.at_desk()["next_cursor"]

        for where, value in ((f"/api/v1/staff/goals/{suggestion}", cursor), (way.here, "x"), (way.here, "")):
            assert refused(desk.get(where, query_string={"cursor": value}), "cursor")

    def test_is_on_the_trail_when_it_is_read(self, way: Way, citizen: Any, superuser: Any) -> None:
        way.at_desk()

        read = "SELECT citizen_id, subject_id::text FROM audit_event WHERE event = 'goal.read'"
        assert superuser.execute(read).fetchall() == [(citizen.id, way.goal)]

    def test_of_somebody_elses_goal_is_answered_like_none(
        self, way: Way, other_desk: Any, unknown: str
    ) -> None:
        event = {"id": str(new_id()), "kind": "note", "text": "ord"}
        nowhere = f"/api/v1/staff/goals/{unknown}"

        for one, none in (
            (other_desk.get(way.here), other_desk.get(nowhere)),
            (
                other_desk.post(f"{way.here}/events", json=event),
                other_desk.post(f"{nowhere}/events", json=event),
            ),
            (other_desk.post(f"{way.here}/agree"), other_desk.post(f"{nowhere}/agree")),
        ):
            assert one.status_code == 404
            assert without_id(one) == without_id(none)
        assert way.at_desk()["events"] == []

    def test_is_closed_to_one_who_stops_working_with_the_person_meanwhile(
        self, way: Way, case_ends_meanwhile: Any, count: Any
    ) -> None:
        case_ends_meanwhile()

        assert way.staff_tell("note", text="ord").status_code == 404
        assert count("goal_event") == 0

    def test_costs_as_many_questions_for_many_entries_and_steps_as_for_few(
        self, way: Way, statements: Any, url: str
    ) -> None:
        def asked() -> list[int]:
            found = []
            for where in (way.here, url):
                with statements() as ran:
                    assert way.desk.get(where).status_code == 200
                found.append(len(ran))
            return found

        way.sends(way.step("Ringe"), way.told("note", text="Godt"))
        few = asked()

        way.sends(*(way.step(f"Trin {number}") for number in range(10)))
        way.sends(*(way.told("answer", question="amount", text=f"Svar {number}") for number in range(10)))
        for number in range(5):
            way.desk.post(url, json={"title": f"Mål {number}", "origin": "citizen"})

        assert asked() == few
