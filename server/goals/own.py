"""A person's own hand on the goals: from a phone that may not have seen the newest version."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.core.access import Actor
from server.core.errors import Forbidden
from server.goals import details, history, titles
from server.goals.models import Goal, GoalOrigin, GoalStatus
from server.goals.trail import record_event


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
    said: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Give an own goal other words, any goal another status or details. What came last counts.

    Titles never vanish: one that was written without having seen the present one stands beside it.

    :raises NotOwnWords: for another title of a goal that staff wrote
    :raises server.goals.lifecycle.MoveNotAllowed: for a status that the person cannot give it
    """
    if title is not None and goal.origin != GoalOrigin.CITIZEN:
        raise NotOwnWords()
    outcome = Outcome.APPLIED
    if title is not None:
        titles.remember(session, goal)
        outcome = Outcome.MERGED if title.base_version < goal.version and not title.after else outcome
    details.change(session, goal, status=status, said=said, actor=actor, now=now)
    history.touch(session, goal, now=now)
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
    record_event(
        session, event="goal.changed", citizen_id=goal.citizen_id, subject_id=goal.id, actor=actor, now=now
    )
    return outcome
