"""Push subscriptions: whose phone it is, under which session, and when that ends."""

import base64
import binascii
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from notifications.models import (
    BadEndpoint,
    Delivery,
    DeliveryState,
    DeviceState,
    Endpoint,
    Occurrence,
    OccurrenceState,
    PushDevice,
    Reminder,
)
from notifications.models.states import UNSENT_DELIVERY
from notifications.models.tables import new_id
from notifications.models.transitions import end_devices, lock_occurrences_of_devices, occurrence_step

__all__ = [
    "BadEndpoint",
    "BadKeys",
    "devices",
    "is_reachable",
    "is_silent",
    "keys_in_use",
    "let_go_of_key",
    "reachable",
    "register",
    "revoke",
]

SOON = timedelta(minutes=1)
SILENT_AFTER = 3
KEY_RETIRED = "key-retired"
#: Of a device: it can be sent to, and it answers now and then.
_ANSWERING = (PushDevice.state == DeviceState.ACTIVE, PushDevice.unanswered < SILENT_AFTER)


class BadKeys(ValueError):
    """The keys of a subscription are not a P-256 point and a 16 byte secret."""


def register(
    session: Session,
    *,
    recipient_id: UUID,
    session_id: UUID,
    endpoint: str,
    p256dh: str,
    auth: str,
    vapid_key_id: str,
    origins: Collection[str],
    now: datetime,
) -> UUID:
    """Remember where this session of this person can be reached; says the device's id.

    A session has one subscription: an earlier one is replaced, and what was on its way to it, or was not
    acknowledged yet, goes to the new one. An address that was seen under another
    person moves, and takes nothing with it; one that was quarantined gets another chance. Reminders of
    this person that found no phone come to this one.

    :raises BadEndpoint: if the server may not call that address
    :raises BadKeys: if nothing could be encrypted for it
    """
    address = Endpoint.parse(endpoint, origins=origins)
    check_keys(p256dh, auth)
    stranded = _lock_stranded(session, recipient_id, now)
    _end_former(session, address.fingerprint, recipient_id, now)
    bound = {"session_id": session_id, "p256dh": p256dh, "auth": auth, "vapid_key_id": vapid_key_id}
    device_id = _remember(session, address, recipient_id, bound, now)
    if device_id is None:
        raise BadEndpoint("in use")
    _replace_earlier(session, device_id, session_id, now)
    again = occurrence_step([OccurrenceState.NO_DEVICE], OccurrenceState.DUE, now=now, reason=None)
    session.execute(again.where(Occurrence.id.in_(stranded)))
    return device_id


def _remember(
    session: Session, address: Endpoint, recipient_id: UUID, bound: dict[str, object], now: datetime
) -> UUID | None:
    """The row of this address: a new one, or the person's own bound anew; None if somebody else has it."""
    bound = bound | {"origin": address.origin}
    since = case((PushDevice.vapid_key_id == bound["vapid_key_id"], PushDevice.key_since), else_=now)
    return session.scalar(
        insert(PushDevice)
        .values(
            id=new_id(),
            recipient_id=recipient_id,
            endpoint=address.url,
            endpoint_hash=address.fingerprint,
            key_since=now,
            state=DeviceState.ACTIVE.value,
            refusals=0,
            unanswered=0,
            created_at=now,
            **bound,
        )
        .on_conflict_do_update(
            index_elements=["endpoint_hash"],
            set_={**bound, "key_since": since},
            where=PushDevice.recipient_id == recipient_id,
        )
        .returning(PushDevice.id)
    )


def _lock_stranded(session: Session, recipient_id: UUID, now: datetime) -> list[UUID]:
    """What is of use still and found no phone, or is about to look for one in another transaction."""
    states = (OccurrenceState.DUE, OccurrenceState.HELD, OccurrenceState.NO_DEVICE)
    looking = (Occurrence.state == OccurrenceState.PLANNED.value) & (Occurrence.due_at <= now + SOON)
    wanted = (
        select(Occurrence.id)
        .join(Reminder, Reminder.id == Occurrence.reminder_id)
        .where(
            Reminder.recipient_id == recipient_id,
            Reminder.cancelled_at.is_(None),
            Occurrence.deadline_at > now,
            ~Occurrence.slot_key.contains("~"),
            Occurrence.state.in_([state.value for state in states]) | looking,
        )
    )
    return list(session.scalars(wanted.order_by(Occurrence.id).with_for_update(of=Occurrence)))


def _end_former(session: Session, fingerprint: bytes, recipient_id: UUID, now: datetime) -> None:
    """Let go of an address that was somebody else's, or that answered in a way we did not trust."""
    known = session.execute(
        select(PushDevice.id, PushDevice.recipient_id, PushDevice.state).where(
            PushDevice.endpoint_hash == fingerprint
        )
    ).one_or_none()
    if known is None:
        return
    if known.recipient_id != recipient_id:
        end_devices(session, [known.id], state=DeviceState.REVOKED, reason="moved", now=now)
    elif known.state == DeviceState.QUARANTINED:
        end_devices(session, [known.id], state=DeviceState.REVOKED, reason="registered-anew", now=now)


def check_keys(p256dh: str, auth: str) -> None:
    """Refuse keys with which nothing could be encrypted.

    :raises BadKeys: if they are not a P-256 point and a 16 byte secret
    """
    try:
        point, secret = (
            base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
            for bare in (p256dh.rstrip("="), auth.rstrip("="))
        )
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (ValueError, binascii.Error):
        raise BadKeys("not a P-256 point") from None
    if len(point) != 65 or len(secret) != 16:
        raise BadKeys("wrong length")


def _replace_earlier(session: Session, device_id: UUID, session_id: UUID, now: datetime) -> None:
    earlier = session.scalars(
        select(PushDevice.id).where(
            PushDevice.session_id == session_id,
            PushDevice.id != device_id,
            PushDevice.state == DeviceState.ACTIVE,
        )
    ).all()
    if not earlier:
        return
    lock_occurrences_of_devices(session, earlier, now=now)
    waiting = session.execute(
        select(Delivery.occurrence_id, Delivery.due_at, Delivery.deadline_at, Delivery.ack_secret).where(
            Delivery.device_id.in_(earlier),
            Delivery.state.in_([state.value for state in UNSENT_DELIVERY | {DeliveryState.ACCEPTED}]),
        )
    ).all()
    for old in waiting:
        session.execute(
            insert(Delivery)
            .values(
                id=new_id(),
                occurrence_id=old.occurrence_id,
                device_id=device_id,
                due_at=old.due_at,
                deadline_at=old.deadline_at,
                state=DeliveryState.READY.value,
                attempts=0,
                ack_secret=old.ack_secret,
            )
            .on_conflict_do_nothing(index_elements=["occurrence_id", "device_id"])
        )
    end_devices(session, earlier, state=DeviceState.REVOKED, reason="replaced", now=now)


def revoke(
    session: Session,
    *,
    recipient_id: UUID | None = None,
    session_ids: Sequence[UUID] | None = None,
    reason: str,
    now: datetime,
) -> int:
    """End the devices of a person, of some sessions, or of some sessions of a person; says how many.

    :raises ValueError: if neither a person nor sessions are named
    """
    if recipient_id is None and session_ids is None:
        raise ValueError("Name a recipient_id or session_ids.")
    wanted = select(PushDevice.id).where(
        PushDevice.state.in_([DeviceState.ACTIVE.value, DeviceState.QUARANTINED.value])
    )
    if recipient_id is not None:
        wanted = wanted.where(PushDevice.recipient_id == recipient_id)
    if session_ids is not None:
        wanted = wanted.where(PushDevice.session_id.in_(session_ids))
    device_ids = session.scalars(wanted.order_by(PushDevice.id)).all()
    return end_devices(session, device_ids, state=DeviceState.REVOKED, reason=reason, now=now)


def is_reachable(recipient_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Whether somebody of an outer query has a device that can be sent to, and that answers now and then."""
    return select(PushDevice.id).where(PushDevice.recipient_id == recipient_id, *_ANSWERING).exists()


def reachable(session: Session, recipient_ids: Sequence[UUID]) -> dict[UUID, bool]:
    """Whether each of these people has a device that can be sent to, and that answers now and then."""
    found = set(
        session.scalars(
            select(PushDevice.recipient_id).where(PushDevice.recipient_id.in_(recipient_ids), *_ANSWERING)
        )
    )
    return {recipient_id: recipient_id in found for recipient_id in recipient_ids}


@dataclass(frozen=True)
class KeyUse:
    """How many phones a push key still serves."""

    key_id: str
    phones: int
    since: datetime | None  #: when the first of them was bound to it


def keys_in_use(session: Session) -> dict[str, KeyUse]:
    """The push keys that phones are bound to."""
    rows = session.execute(
        select(PushDevice.vapid_key_id, func.count(), func.min(PushDevice.key_since))
        .where(PushDevice.state == DeviceState.ACTIVE)
        .group_by(PushDevice.vapid_key_id)
    )
    return {key_id: KeyUse(key_id, phones, since) for key_id, phones, since in rows}


def let_go_of_key(session: Session, *, key_id: str, at_most: int, now: datetime) -> int:
    """Set phones aside that are bound to a key which nobody has any more; says how many.

    Nothing can be signed for them, so nobody may count on them: what is on its way to them looks for another
    way at once. The next opening of the app binds the phone to the present key.
    """
    bound = (PushDevice.vapid_key_id == key_id) & (PushDevice.state == DeviceState.ACTIVE.value)
    found = session.scalars(select(PushDevice.id).where(bound).order_by(PushDevice.id).limit(at_most)).all()
    return end_devices(session, found, state=DeviceState.QUARANTINED, reason=KEY_RETIRED, now=now)


def is_silent(device: PushDevice) -> bool:
    """Whether a push service takes the messages for this phone and nobody ever sees them."""
    return device.unanswered >= SILENT_AFTER


def devices(session: Session, recipient_id: UUID) -> Sequence[PushDevice]:
    """The devices of a person that can be sent to, oldest first."""
    return session.scalars(
        select(PushDevice)
        .where(PushDevice.recipient_id == recipient_id, PushDevice.state == DeviceState.ACTIVE)
        .order_by(PushDevice.id)
        .execution_options(populate_existing=True)
    ).all()
