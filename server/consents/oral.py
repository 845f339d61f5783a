"""A yes said aloud to the crisis line: one sentence is read to the person, and the yes ends with the contact.

It can be said before the worker has found the person; then it waits for the contact that follows, for that
worker alone. It never outlives the contact or 24 hours, and a no that the person says in the app ends it at
once.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.consents import visible
from server.consents.models import ItemClass, OralYes, Purpose
from server.core.access import Actor
from server.core.ids import new_id

#: Which sentence is read aloud; another sentence gets another version.
TEXT_VERSION = "2026-11b"
LONGEST = timedelta(hours=24)
#: On the trail, for the person to see: somebody found them by what they said aloud.
HEARD, PURPOSE = "oral-yes.heard", "crisis-line-oral-yes"


class Basis(StrEnum):
    """By which yes the crisis line reads."""

    SHARING_CHOICE = "sharing-choice"  #: given in the app before
    ORAL_YES = "oral-yes"  #: said aloud in this contact


def hold_basis(
    session: Session,
    *,
    citizen_id: UUID,
    relation_id: UUID,
    ends_at: datetime,
    says_yes: bool,
    actor: Actor,
    now: datetime,
) -> Basis | None:
    """The yes that stands, held until the commit; `says_yes` writes down that the person says it now.

    Call it with the citizen's sequence locked. `ends_at` is when the contact's relation ends at the latest.
    """
    choice = visible.open_choices(citizen_id, Purpose.CRISIS_LINE, ItemClass.CRISIS_PLAN)
    if session.scalars(choice.with_for_update(read=True)).one_or_none() is not None:
        return Basis.SHARING_CHOICE
    said = visible.oral_yeses(citizen_id, now).where(OralYes.relation_id == relation_id)
    if session.scalars(said.with_for_update(read=True)).first() is not None:
        return Basis.ORAL_YES
    if not says_yes:
        return None
    yes = _add(session, citizen_id=citizen_id, ends_at=ends_at, actor=actor, now=now)
    _give(session, yes, relation_id=relation_id, actor=actor, now=now)
    return Basis.ORAL_YES


def stands(session: Session, *, citizen_id: UUID, relation_id: UUID, now: datetime) -> bool:
    """Whether the crisis line may read the plan in this contact now; nothing is held and nothing shown."""
    choice = visible.open_choices(citizen_id, Purpose.CRISIS_LINE, ItemClass.CRISIS_PLAN)
    if session.scalars(choice).one_or_none() is not None:
        return True
    said = visible.oral_yeses(citizen_id, now).where(OralYes.relation_id == relation_id)
    return session.scalars(said).first() is not None


def hear(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> None:
    """Write down the yes of somebody whom a worker finds by it, for the person to see, before it is answered.

    It waits for that worker's contact. Call it with the citizen's sequence locked.
    """
    _end(session, _waiting(session, citizen_id=citizen_id, actor=actor, now=now), now)
    yes = _add(session, citizen_id=citizen_id, ends_at=now + LONGEST, actor=actor, now=now)
    audit.record(
        session,
        event=HEARD,
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        subject_id=yes.id,
        purpose=PURPOSE,
    )


def carry(
    session: Session, *, citizen_id: UUID, relation_id: UUID, ends_at: datetime, actor: Actor, now: datetime
) -> None:
    """Let what the actor heard when finding the person belong to the contact that begins, and to no other.

    Call it with the citizen's sequence locked. `ends_at` is when the contact's relation ends at the latest.
    """
    for yes in _waiting(session, citizen_id=citizen_id, actor=actor, now=now):
        yes.ends_at = min(yes.ends_at, ends_at)
        _give(session, yes, relation_id=relation_id, actor=actor, now=now)


def end_for_relation(session: Session, *, relation_id: UUID, now: datetime) -> None:
    """End what was said in one contact; call it with the citizen's sequence locked."""
    said = select(OralYes).where(OralYes.relation_id == relation_id, OralYes.ends_at > now)
    _end(session, list(session.scalars(said.with_for_update())), now)


def end_all(session: Session, *, citizen_id: UUID, now: datetime) -> None:
    """End everything the person said aloud; call it with the citizen's sequence locked."""
    said = visible.oral_yeses(citizen_id, now).with_for_update()
    _end(session, list(session.scalars(said)), now)


def _add(session: Session, *, citizen_id: UUID, ends_at: datetime, actor: Actor, now: datetime) -> OralYes:
    yes = OralYes(
        id=new_id(),
        citizen_id=citizen_id,
        heard_by=actor.staff_id,
        text_version=TEXT_VERSION,
        given_at=now,
        ends_at=ends_at,
    )
    session.add(yes)
    session.flush()
    return yes


def _give(session: Session, yes: OralYes, *, relation_id: UUID, actor: Actor, now: datetime) -> None:
    yes.relation_id = relation_id
    session.flush()
    audit.record(
        session,
        event="oral-yes.given",
        actor=actor,
        at=now,
        citizen_id=yes.citizen_id,
        subject_id=yes.id,
        relation_id=relation_id,
        purpose=Purpose.CRISIS_LINE,
    )


def _waiting(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> list[OralYes]:
    own = visible.oral_yeses(citizen_id, now).where(
        OralYes.relation_id.is_(None), OralYes.heard_by == actor.staff_id
    )
    return list(session.scalars(own.with_for_update()))


def _end(session: Session, found: list[OralYes], now: datetime) -> None:
    for yes in found:
        yes.ends_at = max(now, yes.given_at)
    session.flush()
