"""What the database itself refuses about tasks and calls."""

from typing import Any

import psycopg
import pytest
from psycopg import errors

from server.core.ids import new_id

CALL = (
    "INSERT INTO task_call (id, task_id, citizen_id, outcome, reason, next_on, appointment_id, called_by,"
    " called_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, now())"
)


@pytest.mark.usefixtures("traveller")
class TestTheDatabaseRefuses:
    def test_a_call_about_another_citizens_task(
        self, task: Any, stranger: Any, counsellor: Any, superuser: "psycopg.Connection[Any]"
    ) -> None:
        with pytest.raises(errors.ForeignKeyViolation):
            superuser.execute(
                CALL, [new_id(), task.id, stranger.id, "closed", "no-wish", None, None, counsellor.id]
            )

    @pytest.mark.parametrize(
        ("outcome", "reason", "next_on"),
        [
            ("closed", None, None),
            ("closed", "tired", None),
            ("call-later", None, None),
            ("call-later", "no-wish", "2026-11-26"),
            ("agreed", None, "2026-11-26"),
            ("perhaps", None, None),
        ],
    )
    def test_a_call_that_says_too_little_or_too_much(
        self,
        task: Any,
        counsellor: Any,
        superuser: "psycopg.Connection[Any]",
        outcome: str,
        reason: str | None,
        next_on: str | None,
    ) -> None:
        with pytest.raises(errors.CheckViolation):
            superuser.execute(
                CALL, [new_id(), task.id, task.citizen_id, outcome, reason, next_on, None, counsellor.id]
            )

    @pytest.mark.parametrize(
        "change",
        [
            "status = 'completed', closed_at = now()",
            "status = 'completed', business_outcome = 'agreed'",
            "status = 'completed', business_outcome = 'closed', closed_at = now()",
            "business_outcome = 'agreed'",
            "reason = 'no-wish'",
            "kind = 'wash-up'",
            "version = 0",
        ],
    )
    def test_a_task_that_contradicts_itself(
        self, task: Any, superuser: "psycopg.Connection[Any]", change: str
    ) -> None:
        with pytest.raises(errors.CheckViolation):
            superuser.execute(f"UPDATE task SET {change}")

    def test_a_second_task_about_the_same_thing(
        self, task: Any, superuser: "psycopg.Connection[Any]"
    ) -> None:
        with pytest.raises(errors.UniqueViolation):
            superuser.execute(
                "INSERT INTO task SELECT %s, unit_id, citizen_id, kind, subject_id, owner_id, status, due_on,"
                " business_outcome, reason, messaged_at, version, created_at, updated_at, closed_at"
                " FROM task",
                [new_id()],
            )
