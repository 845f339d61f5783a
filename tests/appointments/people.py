"""A counsellor at a desk, a citizen with a phone, and what they send."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from server.citizens import relations
from server.citizens import service as citizens
from server.citizens.models import CareRole
from server.core import db
from server.core.access import Role
from tests.conftest import NOW, actor_of

TALK = {
    "starts_at": "2026-11-30T10:00:00+01:00",
    "duration_minutes": 45,
    "kind": "talk",
    "mode": "in-person",
    "place": "Lokale 2",
}


@pytest.fixture
def counsellor(make_staff: Callable[..., Any]) -> Any:
    """The contact person."""
    return make_staff(name="Karen Kontakt")


@pytest.fixture
def citizen(make_citizen: Callable[..., Any], counsellor: Any) -> Any:
    """Somebody the counsellor works with."""
    return make_citizen(contact=counsellor, alias="Solsort")


@pytest.fixture
def stranger(make_citizen: Callable[..., Any]) -> Any:
    """Somebody the counsellor does not work with."""
    return make_citizen(alias="Gråspurv")


@pytest.fixture
def desk(counsellor: Any, sign_in_staff: Callable[..., Any], new_client: Callable[..., Any]) -> Any:
    """The counsellor's browser."""
    return sign_in_staff(counsellor, new_client())


@pytest.fixture
def phone(citizen: Any, counsellor: Any, pair: Callable[..., Any], new_client: Callable[..., Any]) -> Any:
    """The citizen's phone."""
    return pair(citizen, counsellor, new_client())


@pytest.fixture
def book(desk: Any, citizen: Any) -> Callable[..., dict[str, Any]]:
    """Book a talk for the citizen; anything about it can be named."""

    def booked(**other: Any) -> dict[str, Any]:
        answer = desk.post(f"/api/v1/staff/citizens/{citizen.id}/appointments", json={**TALK, **other})
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return dict(answer.json)

    return booked


@pytest.fixture
def count(superuser: Any) -> Callable[[str], int]:
    """How many rows a table holds."""
    return lambda table: int(superuser.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def in_hours(now: datetime, hours: float) -> str:
    """A start some hours from now, as the console sends it."""
    return (now + timedelta(hours=hours)).isoformat()


def seen(version: int) -> dict[str, str]:
    """The header that says which version was seen."""
    return {"If-Match": f'"{version}"'}


def without_id(answer: TestResponse) -> tuple[int, dict[str, Any]]:
    """An answer without what is made anew for every request."""
    body = dict(answer.json or {})
    body.pop("request_id", None)
    return answer.status_code, body


def refused(answer: TestResponse, field: str) -> bool:
    """Whether the answer is a problem that names the field."""
    assert answer.content_type == "application/problem+json", answer.get_data(as_text=True)
    assert answer.status_code == 422, answer.json
    return field in answer.json["errors"]


def uuid_of(body: dict[str, Any], key: str = "id") -> UUID:
    """An id out of a body."""
    return UUID(body[key])


@pytest.fixture
def go_to(traveller: Any, superuser: Any) -> Callable[[datetime], None]:
    """Move the clock; whoever was signed in has stayed at work all the while."""

    def go(moment: datetime) -> None:
        traveller.move_to(moment)
        superuser.execute(
            "UPDATE device_session SET last_used_at = %s, expires_at = greatest(expires_at, %s)",
            [moment, moment + timedelta(hours=1)],
        )
        superuser.commit()

    return go


@pytest.fixture
def give_case(make_staff: Callable[..., Any]) -> Callable[..., Any]:
    """Let somebody work with a citizen too; a manager gives the relation."""

    def give(citizen: Any, staff: Any) -> Any:
        with db.transaction() as session:
            return relations.give_relation(
                session,
                citizen_id=citizen.id,
                staff_id=staff.id,
                role=CareRole.CARE_TEAM,
                reason="holder også samtaler",
                actor=actor_of(make_staff(roles=(Role.MANAGER,))),
                now=NOW,
            )

    return give


@pytest.fixture
def statements(database: str) -> Callable[..., Any]:
    """Collect the SQL statements that run inside a `with`."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        ran: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            ran.append(statement)

        event.listen(db.engine(), "before_cursor_execute", note)
        try:
            yield ran
        finally:
            event.remove(db.engine(), "before_cursor_execute", note)

    return collect


@pytest.fixture
def case_ends_meanwhile(superuser: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on somebody ends the care relation just before a writer gets the citizen's row."""

    def arm() -> None:
        def slow(*args: Any, **kwargs: Any) -> None:
            superuser.execute("UPDATE care_relation SET ends_at = starts_at")
            superuser.commit()
            lock(*args, **kwargs)

        lock = citizens.lock_sequences
        monkeypatch.setattr(citizens, "lock_sequences", slow)

    return arm
