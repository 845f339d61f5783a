"""What the database itself refuses about steps and the history, whatever the code above it does."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors

from server.core.ids import new_id
from tests.goals.people import Way

EVENT = (
    "INSERT INTO goal_event (id, citizen_id, goal_id, kind, by, staff_id, at, happened_at, question, level,"
    " step_id, shared, erased_at, seq) VALUES (%(id)s, %(citizen)s, %(goal)s, %(kind)s, %(by)s, %(staff)s,"
    " now(), %(happened)s, %(question)s, %(level)s, %(step)s, %(shared)s, %(erased)s, 1)"
)
PLAIN: dict[str, Any] = {
    "kind": "note",
    "by": "citizen",
    "staff": None,
    "happened": "2026-11-22T20:15:00Z",
    "question": None,
    "level": None,
    "step": None,
    "shared": False,
    "erased": None,
}


@pytest.fixture
def house(cluster: Any, database: str) -> "Iterator[psycopg.Connection[Any]]":
    """A connection with no more rights than the app has."""
    with cluster.connect("app", "vedhaanden") as connection:
        yield connection


@pytest.fixture
def owner(cluster: Any, database: str) -> "Iterator[psycopg.Connection[Any]]":
    """A connection of the one who owns the tables."""
    with cluster.connect("owner", "vedhaanden") as connection:
        yield connection


class TestTheHistory:
    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE goal_event SET words_sealed = 'x'",
            "UPDATE goal_event SET words_sealed = NULL",
            "UPDATE goal_event SET shared = true",
            "UPDATE goal_event SET kind = 'note'",
            "UPDATE goal_event SET at = now() - interval '1 day'",
            "UPDATE goal_event SET seq = seq + 1",
            "UPDATE goal_event SET erased_at = now(), seq = 0, words_sealed = NULL, kind = NULL,"
            " happened_at = NULL, shared = false",
            "DELETE FROM goal_event",
        ],
    )
    def test_is_rewritten_by_nobody_not_even_the_owner(
        self, way: Way, house: Any, owner: Any, change: str
    ) -> None:
        entry = way.tells("note", shared=False, text="ord")

        for connection in (house, owner):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(change)
            connection.rollback()

        assert way.history()[entry]["text"] == "ord"

    def test_of_staff_is_not_even_emptied(self, way: Way, house: Any) -> None:
        way.staff_tell("note", text="ord")

        with pytest.raises(errors.InsufficientPrivilege):
            house.execute(
                "UPDATE goal_event SET words_sealed = NULL, kind = NULL, happened_at = NULL,"
                " shared = false, erased_at = now()"
            )

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "relapse"},
            {"kind": None},
            {"happened": None},
            {"goal": None},
            {"by": "system"},
            {"by": "staff", "shared": True},
            {"kind": "answer"},
            {"question": "amount"},
            {"kind": "answer", "question": "why"},
            {"level": 1},
            {"kind": "level"},
            {"kind": "level", "level": 3},
            {"kind": "step-added"},
            {"erased": "2026-11-22T20:15:00Z"},
        ],
    )
    def test_says_what_belongs_together(
        self, goal: str, citizen: Any, superuser: Any, wrong: dict[str, Any]
    ) -> None:
        row = {**PLAIN, "id": new_id(), "citizen": citizen.id, "goal": goal}

        superuser.execute(EVENT, row)
        with pytest.raises(errors.CheckViolation):
            superuser.execute(EVENT, {**row, "id": new_id(), **wrong})

    def test_of_staff_is_always_shared(
        self, goal: str, citizen: Any, counsellor: Any, superuser: Any
    ) -> None:
        row = {**PLAIN, "id": new_id(), "citizen": citizen.id, "goal": goal}

        with pytest.raises(errors.CheckViolation):
            superuser.execute(EVENT, {**row, "by": "staff", "staff": counsellor.id, "shared": False})


class TestAnotherPersons:
    def test_goal_takes_no_step_and_no_entry(self, goal: str, stranger: Any, superuser: Any) -> None:
        row = {**PLAIN, "id": new_id(), "citizen": stranger.id, "goal": goal}

        with pytest.raises(errors.ForeignKeyViolation):
            superuser.execute(EVENT, row)
        superuser.rollback()
        with pytest.raises(errors.ForeignKeyViolation):
            superuser.execute(
                "INSERT INTO goal_step (id, citizen_id, goal_id, text_sealed, origin, position, created_at,"
                " version) VALUES (%s, %s, %s, 'x', 'citizen', 0, now(), 1)",
                [new_id(), stranger.id, goal],
            )

    def test_step_is_in_no_entry(
        self, way: Way, goal: str, citizen: Any, stranger: Any, superuser: Any
    ) -> None:
        superuser.execute(
            "INSERT INTO goal_step (id, citizen_id, origin, position, created_at, erased_at, version)"
            " VALUES (%s, %s, 'citizen', 0, now(), now(), 1)",
            [theirs := new_id(), stranger.id],
        )
        superuser.commit()
        row = {**PLAIN, "id": new_id(), "citizen": citizen.id, "goal": goal, "kind": "step-done"}

        with pytest.raises(errors.ForeignKeyViolation), superuser.transaction():
            superuser.execute(EVENT, {**row, "step": theirs})
