"""Safe channels: whether, when and where we may write to a citizen. Nothing is safe by itself."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens.changes import lock_sequences
from server.citizens.models import Citizen, ContactChannel, SafeWhen
from server.citizens.records import find_own_relation
from server.citizens.service import get_citizen
from server.core import clock
from server.core.access import Actor
from server.core.errors import Forbidden, Invalid, NotFound
from server.core.ids import new_id

__all__ = [
    "EARLIEST",
    "LATEST",
    "Agreement",
    "ChannelKind",
    "SafeWay",
    "SafeWhen",
    "ask_again",
    "is_in_use",
    "kind_named",
    "list_channels",
    "remove_channel",
    "safe_ways",
    "set_channel",
    "ways_in_use",
]

EARLIEST, LATEST = 8, 21
LONGEST_EMAIL = 254
_DANISH = re.compile(r"[2-9]\d{7}")
_FOREIGN = re.compile(r"\+[1-9]\d{6,14}")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")


class ChannelKind(StrEnum):
    """A way to write to a person besides the app."""

    SMS = "sms"
    EMAIL = "email"


@dataclass(frozen=True)
class Agreement:
    """What was agreed with the person about one channel."""

    safe: SafeWhen
    hours_from: int | None = None
    hours_until: int | None = None
    agreed_together: bool = False


@dataclass(frozen=True)
class SafeWay:
    """An address that may be written to, and from when if not now."""

    kind: ChannelKind
    address: str = field(repr=False)
    not_before: datetime | None = None


class NoSuchKind(NotFound):
    """There is no channel of that kind."""


def kind_named(name: str) -> ChannelKind:
    """The kind of channel that an address of ours names.

    :raises NoSuchKind: if there is none of that name
    """
    try:
        return ChannelKind(name)
    except ValueError:
        raise NoSuchKind() from None


def set_channel(
    session: Session,
    *,
    citizen_id: UUID,
    kind: ChannelKind,
    address: str,
    agreement: Agreement,
    actor: Actor,
    now: datetime,
) -> ContactChannel:
    """Keep what a counsellor and the citizen have agreed about one channel; it replaces what stood there.

    :raises NotFound: if the actor does not work with the citizen
    :raises Invalid: if the address or the hours cannot be, or the citizen was not asked
    """
    known = _normal(kind, address)
    _check(agreement)
    citizen = _hold(session, citizen_id, actor, now)
    channel = _find(session, citizen_id, kind)
    if channel is None:
        if actor.staff_id is None:
            raise Forbidden()
        channel = ContactChannel(
            id=new_id(), citizen_id=citizen_id, kind=kind.value, created_by=actor.staff_id, created_at=now
        )
    channel.address, channel.masked = known, _masked(kind, known)
    channel.safe = agreement.safe
    channel.hours_from, channel.hours_until = agreement.hours_from, agreement.hours_until
    channel.verified_at = now if agreement.agreed_together else None
    channel.updated_at = now
    session.add(channel)
    session.flush()
    _audit(session, "contact-channel.set", citizen, kind, actor, now)
    return channel


def remove_channel(
    session: Session, *, citizen_id: UUID, kind: ChannelKind, actor: Actor, now: datetime
) -> None:
    """Forget a channel at once; one that is not there is forgotten already. The citizen may always do it.

    :raises NotFound: if the actor neither is the citizen nor works with the citizen
    """
    citizen = _hold(session, citizen_id, actor, now)
    channel = _find(session, citizen_id, kind)
    if channel is not None:
        session.delete(channel)
        session.flush()
        _audit(session, "contact-channel.removed", citizen, kind, actor, now)


def list_channels(
    session: Session, *, citizen_id: UUID, actor: Actor, now: datetime
) -> Sequence[ContactChannel]:
    """What is known and agreed; a look by staff is recorded.

    :raises NotFound: if the actor neither is the citizen nor works with the citizen
    """
    citizen = get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    if actor.staff_id is not None:
        _audit(session, "contact-channel.read", citizen, None, actor, now)
    found = select(ContactChannel).where(ContactChannel.citizen_id == citizen_id)
    return session.scalars(found.order_by(ContactChannel.kind.desc())).all()


def ask_again(session: Session, *, citizen_id: UUID, kind: ChannelKind, actor: Actor, now: datetime) -> bool:
    """Write nothing there until it has been agreed once more; true if it was in use until now.

    :raises NotFound: if the actor neither is the citizen nor works with the citizen
    """
    citizen = _hold(session, citizen_id, actor, now)
    channel = _find(session, citizen_id, kind)
    if channel is None or not channel.is_agreed:
        return False
    channel.verified_at, channel.updated_at = None, now
    session.flush()
    _audit(session, "contact-channel.ask-again", citizen, kind, actor, now)
    return True


def is_in_use(session: Session, *, citizen_id: UUID, kind: ChannelKind) -> bool:
    """Whether we may write to the citizen there, at whatever hours."""
    channel = _find(session, citizen_id, kind)
    return channel is not None and channel.is_agreed


def ways_in_use(session: Session, *, citizen_ids: Collection[UUID]) -> dict[UUID, list[ChannelKind]]:
    """The ways in which we may write to each of these citizens, at whatever hours; the first to try first."""
    found = select(ContactChannel.citizen_id, ContactChannel.kind).where(
        ContactChannel.citizen_id.in_(citizen_ids),
        ContactChannel.safe != SafeWhen.NEVER,
        ContactChannel.verified_at.is_not(None),
    )
    agreed = {(row.citizen_id, row.kind) for row in session.execute(found)}
    return {
        citizen_id: [kind for kind in ChannelKind if (citizen_id, kind) in agreed]
        for citizen_id in citizen_ids
    }


def safe_ways(session: Session, *, citizen_id: UUID, now: datetime) -> list[SafeWay]:
    """Where the house may write to a citizen, asked in the sending transaction; the rows are held."""
    found = select(ContactChannel).where(
        ContactChannel.citizen_id == citizen_id,
        ContactChannel.safe != SafeWhen.NEVER,
        ContactChannel.verified_at.is_not(None),
    )
    held = session.scalars(found.with_for_update(read=True).execution_options(populate_existing=True)).all()
    return [SafeWay(ChannelKind(one.kind), one.address, _not_before(one, now)) for one in held]


def _not_before(channel: ContactChannel, now: datetime) -> datetime | None:
    """When the agreed hours begin next, or None inside them."""
    if channel.hours_from is None or channel.hours_until is None:
        return None
    wall = clock.to_wall(now)
    if channel.hours_from <= wall.hour < channel.hours_until:
        return None
    day = wall.date() if wall.hour < channel.hours_from else wall.date() + timedelta(days=1)
    return clock.from_wall(datetime.combine(day, time(channel.hours_from)))


def _normal(kind: ChannelKind, address: str) -> str:
    if kind is ChannelKind.EMAIL:
        if len(address) > LONGEST_EMAIL or not _EMAIL.fullmatch(address):
            raise Invalid(errors={"address": ["Must be an e-mail address."]})
        return address
    digits = re.sub(r"[ .-]", "", address)
    digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    if _DANISH.fullmatch(digits):
        return f"+45{digits}"
    is_danish = digits.startswith("+45")
    if not _FOREIGN.fullmatch(digits) or (is_danish and not _DANISH.fullmatch(digits[3:])):
        raise Invalid(
            errors={"address": ["Must be a phone number of 8 digits, or + and the country's code."]}
        )
    return digits


def _masked(kind: ChannelKind, address: str) -> str:
    """Enough to recognise one's own, not enough to use."""
    if kind is ChannelKind.SMS:
        return f"•••• {address[-2:]}"
    name, _, host = address.partition("@")
    return f"{name[:1]}•••@{host[:1]}•••"


def _check(agreement: Agreement) -> None:
    hours = (agreement.hours_from, agreement.hours_until)
    if agreement.safe is SafeWhen.HOURS:
        first, last = hours
        if first is None or last is None or not EARLIEST <= first < last <= LATEST:
            raise Invalid(errors={"hours_from": [f"Must be whole hours from {EARLIEST} to {LATEST}."]})
    elif hours != (None, None):
        raise Invalid(errors={"hours_from": ['Belongs to "hours" only.']})
    if agreement.safe is not SafeWhen.NEVER and not agreement.agreed_together:
        raise Invalid(errors={"agreed_together": ["Ask the citizen first: nothing is safe by itself."]})


def _find(session: Session, citizen_id: UUID, kind: ChannelKind) -> ContactChannel | None:
    found = select(ContactChannel).where(
        ContactChannel.citizen_id == citizen_id, ContactChannel.kind == kind.value
    )
    return session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def _hold(session: Session, citizen_id: UUID, actor: Actor, now: datetime) -> Citizen:
    citizen = get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    lock_sequences(session, citizen_ids=[citizen_id])
    return citizen


def _audit(
    session: Session, event: str, citizen: Citizen, kind: ChannelKind | None, actor: Actor, now: datetime
) -> None:
    own = find_own_relation(session, citizen_id=citizen.id, actor=actor, now=now)
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen.id,
        relation_id=own.id if own else None,
        purpose=kind.value if kind else None,
    )
