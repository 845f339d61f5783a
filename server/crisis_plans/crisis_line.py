"""The second door: the crisis line opens a plan during a contact, with the person's yes, and never without.

The way in is the contact's relation, which ends with it; the yes is the choice in the app, or a yes said
aloud in this contact. The crisis line reads what stands, and not who wrote it: a colleague's name would
tell at which centre the person is.
"""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import desk_relations
from server.consents import oral
from server.consents import service as consents
from server.consents.oral import Basis
from server.core.access import Actor
from server.core.errors import Forbidden, NotFound
from server.crisis_plans import reading
from server.crisis_plans.desk import BY_ORAL_YES, BY_SHARING
from server.crisis_plans.opened import READ

PURPOSES = {Basis.SHARING_CHOICE: BY_SHARING, Basis.ORAL_YES: BY_ORAL_YES}


class NoYes(Forbidden):
    """The person has not said yes: the worker sees nothing, and asks the person to open the own plan."""

    code, title = "no-yes", "Ask the person to open their own plan."


class DeskPlan(NamedTuple):
    """A plan as the crisis line reads it, and by which yes."""

    basis: Basis
    review_on: date | None
    lines: list[reading.Line]


def open_at_desk(
    session: Session, *, contact_id: UUID, says_yes: bool, actor: Actor, now: datetime
) -> DeskPlan | None:
    """Open the plan of the person whom the actor's own open contact is about; None without a yes.

    The look is on the trail, for the person to see, before any word is out. `says_yes`: the person has
    just said yes aloud.

    :raises NotFound: if there is no such contact of the actor's, or it is over
    """
    relation = desk_relations.hold_for_contact(session, contact_id=contact_id, actor=actor, now=now)
    purpose = consents.Purpose.CRISIS_LINE
    if relation is None or not consents.is_reader(session, purpose=purpose, unit_id=actor.unit_id):
        raise NotFound()
    citizen_id = relation.citizen_id
    basis = oral.hold_basis(
        session,
        citizen_id=citizen_id,
        relation_id=relation.id,
        ends_at=relation.ends_at,
        says_yes=says_yes,
        actor=actor,
        now=now,
    )
    shown = _read(session, citizen_id, basis) if basis else None
    audit.record(
        session,
        event=READ,
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        relation_id=relation.id,
        purpose=PURPOSES[basis] if basis else BY_SHARING,
        outcome="ok" if basis else "not-shared",
    )
    return shown


def _read(session: Session, citizen_id: UUID, basis: Basis) -> DeskPlan:
    plan = reading.current_plans(session, citizen_id=citizen_id).get(citizen_id)
    lines = [_unsigned(line) for line in reading.list_standing(session, citizen_id=citizen_id)]
    return DeskPlan(basis, plan.review_on if plan else None, lines)


def _unsigned(line: reading.Line) -> reading.Line:
    text = [written._replace(author_name=None) for written in line.text]
    phone = [written._replace(author_name=None) for written in line.phone]
    return line._replace(text=text, phone=phone)
