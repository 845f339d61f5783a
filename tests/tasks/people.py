"""Somebody who did not come, and who has to call."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from server.citizens import relations, stand_ins
from server.core import db
from server.core.access import Role
from server.tasks import service
from tests.conftest import NOW, actor_of

TUESDAY = date(2026, 11, 24)  # the day after `now`


@pytest.fixture
def counsellor(make_staff: Callable[..., Any]) -> Any:
    """The contact person."""
    return make_staff(name="Karen Kontakt")


@pytest.fixture
def colleague(make_staff: Callable[..., Any]) -> Any:
    """Another counsellor of the centre."""
    return make_staff(name="Viggo Vikar")


@pytest.fixture
def manager(make_staff: Callable[..., Any]) -> Any:
    """The manager of the centre."""
    return make_staff(name="Lis Leder", roles=(Role.MANAGER,))


@pytest.fixture
def manager_desk(manager: Any, sign_in_staff: Callable[..., Any], new_client: Callable[..., Any]) -> Any:
    """The manager's browser."""
    return sign_in_staff(manager, new_client())


@pytest.fixture
def stand_in_for(manager: Any) -> Callable[..., Any]:
    """Let one colleague stand in for another from today until Friday."""

    def name(absent: Any, stand_in: Any) -> Any:
        with db.transaction() as session:
            return stand_ins.name_stand_in(
                session,
                staff_id=absent.id,
                stand_in_id=stand_in.id,
                starts_on=None,
                ends_on=date(2026, 11, 27),
                reason="ferie",
                actor=actor_of(manager),
                now=NOW,
            )

    return name


@pytest.fixture
def missed(book: Callable[..., Any], superuser: Any) -> Callable[..., UUID]:
    """Book a talk and let the person have missed it."""

    def miss(*, starts_at: datetime | None = None, excused: bool = False, **other: Any) -> UUID:
        booked = book(**other)
        superuser.execute(
            "UPDATE appointment SET status = 'noshow', noshow_excused = %s,"
            " starts_at = coalesce(%s, starts_at - interval '8 days') WHERE id = %s",
            [excused, starts_at, booked["id"]],
        )
        superuser.commit()
        return UUID(booked["id"])

    return miss


@pytest.fixture
def open_task(counsellor: Any) -> Callable[..., Any]:
    """Open a task about a missed talk."""

    def made(citizen: Any, subject_id: UUID, **other: Any) -> Any:
        given = {"due_on": TUESDAY, "unit_id": citizen.unit_id, "actor": actor_of(counsellor), "now": NOW}
        with db.transaction() as session:
            return service.open_task(
                session,
                kind=service.TaskKind.MISSED_TALK,
                citizen_id=citizen.id,
                subject_id=subject_id,
                **{**given, **other},
            )

    return made


@pytest.fixture
def task(citizen: Any, missed: Callable[..., UUID], open_task: Callable[..., Any]) -> Any:
    """The task after the citizen's missed talk."""
    return open_task(citizen, missed())


def end_relation(relation_id: UUID, manager: Any) -> None:
    """Let the manager end somebody's work with a citizen."""
    with db.transaction() as session:
        relations.end_relation(
            session, relation_id=relation_id, reason="flyttet", actor=actor_of(manager), now=NOW
        )
