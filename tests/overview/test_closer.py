"""Whom to call because it became hard: who sees it, what stands there, and that a call ends it."""

from typing import Any

import pytest

from server.core import db
from server.goals import service as goals
from server.goals.service import GoalOrigin
from tests.appointments.people import book, citizen, desk, phone, seen
from tests.conftest import NOW, actor_of
from tests.messages.conftest import sender
from tests.overview.test_missed_talks import deactivate
from tests.tasks.people import colleague, counsellor, manager, manager_desk, stand_in_for

__all__ = [
    "book",
    "citizen",
    "colleague",
    "counsellor",
    "desk",
    "manager",
    "manager_desk",
    "phone",
    "sender",
    "stand_in_for",
]

CLOSER = "/api/v1/staff/closer-contacts"
OUTCOME = "/api/v1/staff/tasks/{}/outcome"
SECRET = "Rødhals i haven"


@pytest.fixture
def told(citizen: Any, counsellor: Any, sender: Any) -> Any:
    """The person says that it became hard, lets us know, and asks for a talk; the goal."""
    with db.transaction() as session:
        goal = goals.create_goal(
            session,
            citizen_id=citizen.id,
            title="Sove hele natten",
            origin=GoalOrigin.CITIZEN,
            actor=actor_of(counsellor),
            now=NOW,
        )
    event = sender.change(
        "goal_event",
        "put",
        goal_id=str(goal.id),
        kind="became-hard",
        text=SECRET,
        shared=True,
        closer_days=14,
        wants_talk=True,
        happened_at="2026-11-23T08:00:00Z",
    )
    assert [one["result"] for one in sender.send(event)] == ["applied"]
    return goal


def rows(browser: Any) -> list[dict[str, Any]]:
    """Whom somebody is to call."""
    answer = browser.get(CLOSER)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(answer.json["items"])


class TestTheList:
    def test_shows_what_is_needed_to_call_and_not_what_was_written(
        self, told: Any, citizen: Any, counsellor: Any, desk: Any
    ) -> None:
        [row] = rows(desk)

        assert row == {
            "id": row["id"],
            "version": 1,
            "citizen_id": str(citizen.id),
            "citizen_alias": "Solsort",
            "goal": {"id": str(told.id), "title": "Sove hele natten"},
            "wants_talk": True,
            "mine": True,
            "owner": {"id": str(counsellor.id), "name": "Karen Kontakt"},
            "since": "2026-11-23T09:00:00Z",
            "due_on": "2026-11-24",
            "tries": 0,
            "calls": [],
        }
        assert SECRET not in desk.get(CLOSER).get_data(as_text=True)

    def test_is_the_stand_ins_too_and_nobody_elses(
        self, told: Any, counsellor: Any, colleague: Any, stand_in_for: Any, sign_in_staff: Any, client: Any
    ) -> None:
        browser = sign_in_staff(colleague)
        assert rows(browser) == []

        stand_in_for(counsellor, colleague)

        assert [row["citizen_alias"] for row in rows(browser)] == ["Solsort"]

    def test_shows_a_manager_only_whom_nobody_answers_for_and_no_goal(
        self, told: Any, counsellor: Any, manager: Any, manager_desk: Any
    ) -> None:
        assert rows(manager_desk) == []

        deactivate(counsellor, manager)

        [row] = rows(manager_desk)
        assert (row["citizen_alias"], row["mine"], row["goal"], row["wants_talk"]) == (
            "Solsort",
            False,
            None,
            None,
        )

    def test_loses_whoever_has_been_called(self, told: Any, desk: Any, book: Any) -> None:
        [row] = rows(desk)
        booked = book()

        answer = desk.post(
            OUTCOME.format(row["id"]),
            json={"outcome": "agreed", "appointment_id": booked["id"]},
            headers=seen(row["version"]),
        )

        assert answer.status_code == 200, answer.json
        assert rows(desk) == []

    def test_the_look_is_on_the_trail(self, told: Any, desk: Any, superuser: Any) -> None:
        rows(desk)

        found = superuser.execute(
            "SELECT purpose FROM audit_event WHERE event = 'closer-contacts.listed'"
        ).fetchall()
        assert found == [("closer contacts: 1",)]
