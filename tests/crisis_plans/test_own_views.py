"""What a citizen can ask about the own plan: who has looked, and what once stood there."""

from datetime import UTC, datetime, timedelta
from typing import Any

from server.core.ids import new_id
from tests.appointments.people import without_id
from tests.conftest import NOW, citizen_actor
from tests.crisis_plans.people import CANARY, LINES, PLAN, Pen, edit, ids, say


class TestPlanReads:
    def test_tell_when_for_what_and_from_which_unit_but_never_who(
        self, desk: Any, pen: Pen, citizen: Any, phone: Any, counsellor: Any, traveller: Any
    ) -> None:
        pen.put(new_id(), "Løbe")
        desk.get(PLAN.format(citizen.id))  # no yes yet: nobody was let in
        say(citizen, given=True)
        desk.get(PLAN.format(citizen.id))
        traveller.move_to(NOW + timedelta(minutes=5))
        desk.post(LINES.format(citizen.id), json=edit())

        answer = phone.get("/api/v1/citizen/plan-reads")

        look = {
            "purpose": "contact-person",
            "unit_name": "Rusmiddelcenter Viborg",
            "oral_yes": False,
        }
        assert answer.json == [
            {**look, "at": "2026-11-23T09:05:00Z"},
            {**look, "at": "2026-11-23T09:00:00Z"},
        ]
        assert counsellor.name not in answer.get_data(as_text=True)
        assert str(counsellor.id) not in answer.get_data(as_text=True)

    def test_of_somebody_else_are_not_there(
        self, desk: Any, citizen: Any, counsellor: Any, make_citizen: Any, pair: Any, new_client: Any
    ) -> None:
        say(citizen, given=True)
        desk.get(PLAN.format(citizen.id))
        other = pair(make_citizen(contact=counsellor), counsellor, new_client())

        assert other.get("/api/v1/citizen/plan-reads").json == []


class TestHistory:
    def test_of_somebody_elses_line_is_like_none(self, phone: Any, stranger: Any) -> None:
        theirs = new_id()
        Pen(stranger.id, citizen_actor(stranger)).put(theirs, CANARY)

        foreign = phone.get(f"/api/v1/citizen/history/{theirs}")
        unknown = phone.get(f"/api/v1/citizen/history/{new_id()}")

        assert foreign.status_code == 404
        assert without_id(foreign) == without_id(unknown)

    def test_is_newest_first(self, phone: Any, pen: Pen) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe").line)
        pen.put(line_id, "Gå", over=seen, now=datetime(2026, 11, 23, 10, 0, tzinfo=UTC))

        steps = phone.get(f"/api/v1/citizen/history/{line_id}").json

        assert [(step["value"], step["current"], step["field"]) for step in steps] == [
            ("Gå", True, "text"),
            ("Løbe", False, "text"),
        ]
        assert [step["at"] for step in steps] == ["2026-11-23T10:00:00Z", "2026-11-23T09:00:00Z"]
