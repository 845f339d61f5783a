"""Sharing choices: a person's yes, given and taken back by that person alone; nothing is shared before."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import service as citizens
from server.consents import oral, visible
from server.consents.models import ItemClass, Purpose, SharingChoice
from server.core.access import Actor
from server.core.errors import Forbidden, Invalid
from server.core.ids import new_id

__all__ = [
    "ItemClass",
    "Purpose",
    "allows",
    "choose",
    "current_choices",
    "is_reader",
    "last_no",
    "list_choices",
    "list_findable_by_alias",
    "list_willing",
]

ENTITY = "sharing"
CRISIS_LINE_UNIT = "akuttilbud"
#: The words of a yes to the crisis line that say that it can also find the person by alias.
WORDS_ABOUT_ALIAS = frozenset({"plan-2"})
OFFERED = (
    (Purpose.CONTACT_PERSON, ItemClass.CRISIS_PLAN),
    (Purpose.CRISIS_LINE, ItemClass.CRISIS_PLAN),
    (Purpose.CONTACT_PERSON, ItemClass.CHECK_INS),
    (Purpose.CONTACT_PERSON, ItemClass.EXERCISES),
    (Purpose.CONTACT_PERSON, ItemClass.MEASURES),
)


class Reader(NamedTuple):
    """Somebody, or a whole unit, whom a yes is about."""

    name: str | None
    unit_name: str | None


class Choice(NamedTuple):
    """Where one choice stands, in which words it was given, and whom it is about now."""

    purpose: Purpose
    item_class: ItemClass
    given: bool
    given_at: datetime | None
    text_version: str | None
    readers: list[Reader]


class Shared(NamedTuple):
    """A choice as the phone keeps it, and the steps of the sequence by which it last was a yes and a no."""

    purpose: Purpose
    item_class: ItemClass
    given: bool
    text_version: str | None
    given_seq: int | None
    withdrawn_seq: int | None


class NotOffered(Invalid):
    """Nobody is asked for such a yes."""

    code, title = "not-offered", "There is no such choice."


def allows(
    session: Session, *, citizen_id: UUID, purpose: Purpose, item_class: ItemClass, hold: bool = False
) -> bool:
    """Whether the person's yes stands; with `hold` it cannot be withdrawn before the caller's commit."""
    wanted = visible.open_choices(citizen_id, purpose, item_class)
    if hold:
        wanted = wanted.with_for_update(read=True)
    return session.scalars(wanted).one_or_none() is not None


def list_willing(
    session: Session, *, citizen_ids: Collection[UUID], purpose: Purpose, item_class: ItemClass
) -> set[UUID]:
    """Those of the people whose yes stands."""
    if not citizen_ids:
        return set()
    return set(session.scalars(visible.willing(citizen_ids, purpose, item_class)))


def list_findable_by_alias(session: Session, *, citizen_ids: Collection[UUID]) -> set[UUID]:
    """Those of the people whose yes to the crisis line was a yes to being found by alias, too."""
    if not citizen_ids:
        return set()
    willing = visible.willing(citizen_ids, Purpose.CRISIS_LINE, ItemClass.CRISIS_PLAN)
    return set(session.scalars(willing.where(SharingChoice.text_version.in_(WORDS_ABOUT_ALIAS))))


def is_reader(session: Session, *, purpose: Purpose, unit_id: UUID | None) -> bool:
    """Whether a yes for this purpose is about this unit; there is one crisis line, and the yes names it."""
    if purpose != Purpose.CRISIS_LINE:
        return False
    units = accounts.list_units(session)
    return any(unit.id == unit_id and unit.slug == CRISIS_LINE_UNIT for unit in units)


def list_choices(session: Session, *, actor: Actor, now: datetime) -> list[Choice]:
    """Every choice that is offered to the citizen, whether a yes was given or not.

    :raises Forbidden: if the actor is not a citizen
    """
    citizen_id = _own_id(actor)
    return [
        _choice(session, citizen_id=citizen_id, purpose=purpose, item_class=item_class, now=now)
        for purpose, item_class in OFFERED
    ]


def choose(
    session: Session,
    *,
    purpose: Purpose,
    item_class: ItemClass,
    given: bool,
    text_version: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Give a yes or take it back; what was given before stays as history.

    A yes to other words than before is a new yes. Saying the same twice changes nothing. A no to the crisis
    line also ends what was said aloud to it.

    :raises Forbidden: if the actor is not a citizen
    :raises NotOffered: if it is none of the choices that there are
    :raises NotFound: if the citizen's record is no longer there
    """
    citizen_id = _own_id(actor)
    if (purpose, item_class) not in OFFERED:
        raise NotOffered()
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    if purpose == Purpose.CRISIS_LINE and not given:
        oral.end_all(session, citizen_id=citizen_id, now=now)
    standing = session.scalars(visible.open_choices(citizen_id, purpose, item_class)).one_or_none()
    if given and standing is not None and standing.text_version == text_version:
        return
    if not given and standing is None:
        return
    entity_id = choice_id(citizen_id, purpose, item_class)
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=entity_id, at=now)
    if standing is not None:
        standing.withdrawn_at, standing.withdrawn_seq = max(now, standing.given_at), seq
        session.flush()
    if given:
        session.add(
            SharingChoice(
                id=new_id(),
                citizen_id=citizen_id,
                purpose=purpose,
                item_class=item_class,
                text_version=text_version,
                given_at=now,
                given_seq=seq,
            )
        )
        session.flush()
    audit.record(
        session,
        event="sharing.given" if given else "sharing.withdrawn",
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen_id,
        subject_id=entity_id,
        purpose=purpose,
    )


def choice_id(citizen_id: UUID, purpose: Purpose, item_class: ItemClass) -> UUID:
    """The id by which a phone knows a choice, however often it is given and withdrawn."""
    return uuid5(citizen_id, f"{purpose}/{item_class}")


def current_choices(
    session: Session, *, citizen_id: UUID, choice_ids: Collection[UUID]
) -> dict[UUID, Shared]:
    """Those of the ids that are choices of this citizen, as they stand now."""
    found: dict[UUID, Shared] = {}
    for purpose, item_class in OFFERED:
        known_as = choice_id(citizen_id, purpose, item_class)
        if known_as in choice_ids:
            found[known_as] = _shared(session, citizen_id, purpose, item_class)
    return found


def last_no(session: Session, *, citizen_id: UUID, purpose: Purpose, item_class: ItemClass) -> int:
    """The step of the citizen's sequence by which this choice was last taken back; 0 if it never was."""
    return session.scalar(visible.last_no(citizen_id, purpose, item_class)) or 0


def _shared(session: Session, citizen_id: UUID, purpose: Purpose, item_class: ItemClass) -> Shared:
    yes = session.scalars(visible.open_choices(citizen_id, purpose, item_class)).one_or_none()
    no = last_no(session, citizen_id=citizen_id, purpose=purpose, item_class=item_class)
    if yes is None:
        return Shared(purpose, item_class, False, None, None, no or None)
    return Shared(purpose, item_class, True, yes.text_version, yes.given_seq, no or None)


def _choice(
    session: Session, *, citizen_id: UUID, purpose: Purpose, item_class: ItemClass, now: datetime
) -> Choice:
    yes = session.scalars(visible.open_choices(citizen_id, purpose, item_class)).one_or_none()
    return Choice(
        purpose=purpose,
        item_class=item_class,
        given=yes is not None,
        given_at=yes.given_at if yes else None,
        text_version=yes.text_version if yes else None,
        readers=_readers(session, citizen_id=citizen_id, purpose=purpose, now=now),
    )


def _readers(session: Session, *, citizen_id: UUID, purpose: Purpose, now: datetime) -> list[Reader]:
    """Whom a yes is about now: people by name at the own centre; of another unit only which one it is."""
    if purpose == Purpose.CONTACT_PERSON:
        names = citizens.list_contact_names(session, citizen_id=citizen_id, now=now)
        return [Reader(name=name, unit_name=None) for name in names]
    units = accounts.list_units(session)
    return [Reader(name=None, unit_name=unit.name) for unit in units if unit.slug == CRISIS_LINE_UNIT]


def _own_id(actor: Actor) -> UUID:
    if actor.citizen_id is None:
        raise Forbidden()
    return actor.citizen_id
