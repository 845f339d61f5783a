"""A person's own hand on the goals: from a phone that may not have seen the newest version."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Forbidden
from server.goals import titles
from server.goals.models import Goal, GoalOrigin, GoalStatus

ENTITY = "goal"


class Outcome(StrEnum):
    """What a change from a phone came to."""

    APPLIED = "applied"  #: it stands as it was sent
    MERGED = "merged"  #: it stands beside something the writer did not know of
    KEPT_BOTH = "kept_both"  #: two titles stand, somebody chooses later


class NewTitle(NamedTuple):
    """New words for a goal, and what they were written over: a version, and own changes not yet in it."""

    value: str
    base_version: int
    after: Collection[UUID]
    mutation_id: UUID


class NotOwnWords(Forbidden):
    """The goal is worded by a counsellor; the person can say where it stands, and write an own one."""

    code, title = "not-own-words", "Only a goal of your own can be worded anew."


def change_own(
    session: Session,
    *,
    goal: Goal,
    title: NewTitle | None,
    status: GoalStatus | None,
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Give an own goal other words, any goal another status. The newest status counts; titles never vanish.

    A title that was written without having seen the present one stands beside it.

    :raises NotOwnWords: for another title of a goal that staff wrote
    """
    if title is not None and goal.origin != GoalOrigin.CITIZEN:
        raise NotOwnWords()
    citizens.record_change(session, citizen_id=goal.citizen_id, entity=ENTITY, entity_id=goal.id, at=now)
    outcome = Outcome.APPLIED
    if title is not None:
        titles.remember(session, goal)
        outcome = Outcome.MERGED if title.base_version < goal.version and not title.after else outcome
    goal.version += 1
    goal.updated_at = now
    goal.status = status or goal.status
    if title is not None and titles.write(
        session,
        goal,
        value=title.value,
        seen_version=title.base_version,
        after=title.after,
        mutation_id=title.mutation_id,
    ):
        outcome = Outcome.KEPT_BOTH
    session.flush()
    audit.record(
        session, event="goal.changed", actor=actor, at=now, citizen_id=goal.citizen_id, subject_id=goal.id
    )
    return outcome
