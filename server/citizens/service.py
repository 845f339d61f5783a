"""Taking people in, correcting what is known about them, and what other rooms may ask."""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import changes, cpr, guarantee, relations, visible
from server.citizens.caseload import select_caseload
from server.citizens.changes import get_position, list_changes, lock_sequences, locking, record_change
from server.citizens.contact_card import profile
from server.citizens.contact_person import (
    held_contact_relation,
    hold_contact_relation,
    list_contact_names,
)
from server.citizens.models import CareRole, Channel, Citizen, CitizenStatus, Language
from server.citizens.pairing import code_card, make_pairing_code, redeem_code, void_codes
from server.citizens.records import find_own_relation, name_relation, read_record, record_of
from server.core import clock, crypto
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed
from server.core.ids import new_id

__all__ = [
    "Channel",
    "active_among",
    "code_card",
    "exists",
    "find_own_relation",
    "get_citizen",
    "get_position",
    "held_contact_relation",
    "hold_contact_relation",
    "is_in_care",
    "languages_of",
    "list_changes",
    "list_contact_names",
    "lock_sequences",
    "locking",
    "make_pairing_code",
    "name_relation",
    "profile",
    "read_record",
    "record_change",
    "record_of",
    "redeem_code",
    "select_caseload",
    "take_in",
    "update_citizen",
    "void_codes",
]

CLOCK_SKEW = timedelta(minutes=5)
KNOWN_CPRS, KNOWN_CPRS_WINDOW = 5, timedelta(hours=1)
OLDEST_CONTACT = datetime(2000, 1, 1, tzinfo=UTC)


class CitizenNotFound(NotFound):
    """There is no such citizen for this actor."""


class IntakeIdTaken(Conflict):
    """The id already stands for another intake, here or elsewhere."""

    code, title = "id-taken", "This id was already used for something else."


class CprKnown(Conflict):
    """The unit already knows a citizen with this CPR number."""

    code, title = "cpr-known", "The unit already knows somebody with this CPR number."

    def __init__(self, citizen_id: UUID) -> None:
        """`citizen_id`: whose number it is; for the trail, never for the answer."""
        super().__init__()
        self.citizen_id = citizen_id


def get_citizen(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Citizen:
    """A citizen whose record the actor may open: the citizen, or who works with the citizen now.

    :raises CitizenNotFound: if there is none, or the actor may not open the record
    """
    citizen = session.scalars(visible.cases(actor, now).where(Citizen.id == citizen_id)).one_or_none()
    if citizen is None:
        raise CitizenNotFound()
    return citizen


def record_known_cpr(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> None:
    """Write down who met whose CPR number: the refusal says that the person is known here."""
    audit.record(
        session, event="citizen.cpr-known", actor=actor, at=now, outcome="409", citizen_id=citizen_id
    )


def is_in_care(session: Session, *, citizen_id: UUID, now: datetime) -> bool:
    """Whether the unit works with this citizen now; if not, no reminder is sent any more."""
    return citizen_id in active_among(session, citizen_ids=[citizen_id])


def active_among(session: Session, *, citizen_ids: Collection[UUID]) -> set[UUID]:
    """Those of the citizens with whom their unit works now; for the house that sends, never for a view."""
    active = select(Citizen.id).where(Citizen.id.in_(citizen_ids), Citizen.status == CitizenStatus.ACTIVE)
    return set(session.scalars(active))


def exists(session: Session, *, citizen_id: UUID) -> bool:
    """Whether the house knows a citizen by this id, whoever asks; for commands, never for a view."""
    return session.get(Citizen, citizen_id) is not None


def unit_of(session: Session, *, citizen_id: UUID) -> UUID | None:
    """The unit that holds a citizen's record, whoever asks; for commands and jobs, never for a view."""
    return session.scalar(select(Citizen.unit_id).where(Citizen.id == citizen_id))


def language_of(session: Session, *, citizen_id: UUID) -> str:
    """The language in which to write to a citizen; Danish for one who is gone."""
    return languages_of(session, citizen_ids=[citizen_id])[citizen_id]


def languages_of(session: Session, *, citizen_ids: Collection[UUID]) -> dict[UUID, str]:
    """The language of each of these citizens; everybody asked for is in the answer."""
    rows = session.execute(select(Citizen.id, Citizen.language).where(Citizen.id.in_(citizen_ids)))
    known = {row.id: row.language for row in rows}
    return {one: str(known.get(one) or Language.DANISH) for one in citizen_ids}


def take_in(
    session: Session,
    *,
    alias: str,
    first_contact_channel: Channel,
    actor: Actor,
    now: datetime,
    citizen_id: UUID | None = None,
    first_contact_at: datetime | None = None,
    **known: Any,
) -> Citizen:
    """Take in a new person; the counsellor becomes the contact person.

    The same id with the same content is the same intake, so a repeated request does no harm.
    `known` may hold name, cpr, phone, language, address_protected, home_municipality and seeks.

    :raises Invalid: if the CPR number, the time of the first contact or what is sought cannot be
    :raises IntakeIdTaken: if the id stands for another intake
    :raises CprKnown: if the unit already knows the CPR number
    """
    if actor.staff_id is None or actor.unit_id is None:
        raise Forbidden()
    fields = {
        "alias": alias,
        "first_contact_channel": first_contact_channel,
        "first_contact_at": first_contact_at,
        **known,
    }
    digest = _digest(fields, actor)
    citizen_id = citizen_id or new_id()
    relations.lock_unit(session, unit_id=actor.unit_id)
    earlier = _find_earlier(session, citizen_id=citizen_id, digest=digest, actor=actor, now=now)
    if earlier is not None:
        return earlier
    citizen = _blank(citizen_id, unit_id=actor.unit_id, by=actor.staff_id, digest=digest, now=now)
    fields["first_contact_at"] = first_contact_at or now
    _apply(session, citizen=citizen, fields=fields, now=now)
    session.add(citizen)
    session.flush()
    _welcome(session, citizen=citizen, actor=actor, now=now)
    return citizen


def update_citizen(
    session: Session,
    *,
    citizen_id: UUID,
    version: int,
    fields: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Citizen:
    """Correct what is known about a citizen; only the named fields change.

    :raises CitizenNotFound: if the actor does not work with the citizen
    :raises PreconditionFailed: if somebody changed the record since `version`
    :raises Invalid: if the CPR number, the time of the first contact or what is sought cannot be
    :raises CprKnown: if the unit already knows the CPR number
    """
    citizen = get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    relations.lock_unit(session, unit_id=citizen.unit_id)
    changes.record_profile_change(session, citizen_id=citizen_id, at=now)
    session.refresh(citizen)
    if citizen.version != version:
        raise PreconditionFailed()
    _apply(session, citizen=citizen, fields=fields, now=now)
    citizen.version += 1
    session.flush()
    _audit(session, event="citizen.changed", citizen=citizen, actor=actor, now=now)
    return citizen


def _find_earlier(
    session: Session, *, citizen_id: UUID, digest: bytes, actor: Actor, now: datetime
) -> Citizen | None:
    earlier = session.get(Citizen, citizen_id)
    if earlier is None:
        return None
    same = earlier.intake_digest == digest
    may_open = find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now) is not None
    if not (same and may_open):
        raise IntakeIdTaken()
    return earlier


def _blank(citizen_id: UUID, *, unit_id: UUID, by: UUID, digest: bytes, now: datetime) -> Citizen:
    return Citizen(
        id=citizen_id,
        unit_id=unit_id,
        language=Language.DANISH,
        address_protected=False,
        status=CitizenStatus.ACTIVE,
        version=1,
        intake_digest=digest,
        taken_in_by=by,
        created_at=now,
    )


def _welcome(session: Session, *, citizen: Citizen, actor: Actor, now: datetime) -> None:
    changes.open_sequence(session, citizen_id=citizen.id)
    changes.record_profile_change(session, citizen_id=citizen.id, at=now)
    relations.open_relation(
        session,
        citizen=citizen,
        staff_id=citizen.taken_in_by,
        role=CareRole.CONTACT_PERSON,
        reason="intake",
        actor=actor,
        now=now,
    )
    _audit(session, event="citizen.taken-in", citizen=citizen, actor=actor, now=now)


def _apply(session: Session, *, citizen: Citizen, fields: Mapping[str, Any], now: datetime) -> None:
    """Set the fields by name, after looking at those that can be impossible."""
    values = dict(fields)
    if values.get("cpr") is not None:
        values["cpr"] = _free_cpr(session, citizen=citizen, text=values["cpr"], now=now)
    if "first_contact_at" in values:
        values["first_contact_at"] = first = _possible(values["first_contact_at"], now)
        values["first_contact_wall"] = clock.to_wall(first)
    seeks = values.get("seeks")
    if seeks is not None and not guarantee.is_sought_here(session, seeks=seeks, unit_id=citizen.unit_id):
        raise Invalid(errors={"seeks": ["Must be something that people come for at your centre."]})
    for field, value in values.items():
        setattr(citizen, field, value)


def _possible(first_contact_at: datetime, now: datetime) -> datetime:
    if not OLDEST_CONTACT <= first_contact_at <= now + CLOCK_SKEW:
        raise Invalid(errors={"first_contact_at": ["Must lie in the past, after the year 2000."]})
    return min(first_contact_at, now).astimezone(UTC)


def _free_cpr(session: Session, *, citizen: Citizen, text: str, now: datetime) -> str:
    try:
        digits = cpr.parse(text, today=clock.to_wall(now).date())
    except cpr.BadCpr as err:
        raise Invalid(errors={"cpr": ["Must be ten digits that begin with a real birth date."]}) from err
    index = crypto.blind_index(digits, context="citizen.cpr")
    same = select(Citizen.id).where(
        Citizen.unit_id == citizen.unit_id, Citizen.cpr_index == index, Citizen.id != citizen.id
    )
    known = session.scalars(same).first()
    if known is not None:
        raise CprKnown(known)
    return digits


def _digest(given: Mapping[str, Any], actor: Actor) -> bytes:
    """A keyed fingerprint of an intake: recognises a repeat without keeping its words."""
    text = json.dumps({**given, "by": actor.staff_id}, sort_keys=True, default=str)
    return crypto.blind_index(text, context="citizen.intake")


def _audit(session: Session, *, event: str, citizen: Citizen, actor: Actor, now: datetime) -> None:
    own = find_own_relation(session, citizen_id=citizen.id, actor=actor, now=now)
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen.id,
        relation_id=own.id if own else None,
    )
