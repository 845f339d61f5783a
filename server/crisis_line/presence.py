"""An open contact never logs its worker out: the desk says now and then that somebody is there.

The answer tells whether the person's yes still stands, so that a no in the app also shuts a plan that is on
the worker's screen.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.citizens import desk_relations
from server.consents import oral
from server.core.access import Actor
from server.crisis_line.contacts import ContactClosed, get_contact


def stay(session: Session, *, contact_id: UUID, actor: Actor, now: datetime) -> bool:
    """Keep the worker signed in, for as long as a contact can last; whether the plan may be read now.

    :raises ContactNotFound: if it is not in the actor's unit
    :raises ContactClosed: if it is over, or was forgotten open for more than 24 hours
    """
    contact = get_contact(session, contact_id=contact_id, actor=actor)
    if not contact.is_open or now >= contact.received_at + desk_relations.LONGEST:
        raise ContactClosed()
    if actor.session_id is not None:
        accounts.stay_signed_in(session, session_id=actor.session_id, now=now)
    relation = desk_relations.find_for_contact(session, contact_id=contact_id, actor=actor, now=now)
    return relation is not None and oral.stands(
        session, citizen_id=relation.citizen_id, relation_id=relation.id, now=now
    )
