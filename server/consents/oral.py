"""A yes said aloud to the crisis line: one sentence is read to the person, and the yes ends with the contact.

It never outlives the contact or 24 hours, and a no that the person says in the app ends it at once.
"""

from datetime import datetime
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
TEXT_VERSION = "2026-11"


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
    yes = OralYes(
        id=new_id(),
        citizen_id=citizen_id,
        relation_id=relation_id,
        text_version=TEXT_VERSION,
        given_at=now,
        ends_at=ends_at,
    )
    session.add(yes)
    session.flush()
    audit.record(
        session,
        event="oral-yes.given",
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        subject_id=yes.id,
        relation_id=relation_id,
        purpose=Purpose.CRISIS_LINE,
    )
    return Basis.ORAL_YES


def end_for_relation(session: Session, *, relation_id: UUID, now: datetime) -> None:
    """End what was said in one contact; call it with the citizen's sequence locked."""
    said = select(OralYes).where(OralYes.relation_id == relation_id, OralYes.ends_at > now)
    _end(session, list(session.scalars(said.with_for_update())), now)


def end_all(session: Session, *, citizen_id: UUID, now: datetime) -> None:
    """End everything the person said aloud; call it with the citizen's sequence locked."""
    said = visible.oral_yeses(citizen_id, now).with_for_update()
    _end(session, list(session.scalars(said)), now)


def _end(session: Session, found: list[OralYes], now: datetime) -> None:
    for yes in found:
        yes.ends_at = max(now, yes.given_at)
    session.flush()
