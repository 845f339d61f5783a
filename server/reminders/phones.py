"""The phones that receive reminders: turning them on, trying them, forgetting them, losing them."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import outbox, subscriptions
from notifications.outbox import Slot
from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import channels
from server.citizens import service as citizens
from server.citizens.channels import ChannelKind
from server.citizens.pairing import NewCode
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid
from server.core.ids import new_id
from server.reminders.service import citizen_id_of
from server.reminders.slots import SlotKey

TEST_KIND = "test"
TEST_LIVES = timedelta(minutes=10)


class BadSubscription(Invalid):
    """The phone's push address cannot be used; nothing was called and nothing kept."""


class NoSubscription(Conflict):
    """Reminders are not turned on at this phone."""

    code, title = "reminders-off-here", "Reminders are not turned on at this phone."


class SharedDevice(Conflict):
    """Others use this device, so it never receives reminders."""

    code, title = "shared-device", "Others use this device, so it is sent no reminders."


class Subscription(NamedTuple):
    """Whether this phone receives reminders; the address itself is never read back."""

    active: bool
    endpoint_hash: str | None
    silent: bool = False  #: the last messages were sent, and this phone never said that it showed them


class LostPhone(NamedTuple):
    """What was ended, and the code for the next phone."""

    ended_sessions: int
    sms_stopped: bool  #: text messages would have gone to the lost phone; they wait until it is agreed again
    email_in_use: bool  #: mails go on: somebody must ask whether the lost phone can read them
    code: NewCode


def subscribe(
    session: Session,
    *,
    endpoint: str,
    p256dh: str,
    auth: str,
    vapid_key_id: str,
    origins: tuple[str, ...],
    actor: Actor,
    now: datetime,
) -> None:
    """Let this phone receive reminders; the same phone again replaces its earlier address.

    :raises BadSubscription: if the address or one of its keys cannot be used
    :raises SessionEnded: if the phone was forgotten or reported lost in this moment
    :raises SharedDevice: if others use this device, too
    """
    citizen_id, session_id = citizen_id_of(actor), _session_id(actor)
    accounts.hold_session(session, session_id=session_id)
    if accounts.session_is_shared(session, session_id=session_id):
        raise SharedDevice()
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    try:
        subscriptions.register(
            session,
            recipient_id=citizen_id,
            session_id=session_id,
            endpoint=endpoint,
            p256dh=p256dh,
            auth=auth,
            vapid_key_id=vapid_key_id,
            origins=origins,
            now=now,
        )
    except subscriptions.BadEndpoint as err:
        raise BadSubscription(errors={"endpoint": ["This push address cannot be used."]}) from err
    except subscriptions.BadKeys as err:
        raise BadSubscription(errors={"keys": ["Must be a P-256 point and a secret of 16 bytes."]}) from err
    audit.record(
        session, event="reminders.on", actor=actor, at=now, unit_id=citizen.unit_id, citizen_id=citizen_id
    )


def find_subscription(session: Session, *, actor: Actor) -> Subscription:
    """Whether this very phone receives reminders."""
    for device in subscriptions.devices(session, citizen_id_of(actor)):
        if device.session_id == actor.session_id and device.endpoint_hash is not None:
            return Subscription(
                active=True,
                endpoint_hash=device.endpoint_hash.hex(),
                silent=subscriptions.is_silent(device),
            )
    return Subscription(active=False, endpoint_hash=None)


def unsubscribe(session: Session, *, actor: Actor, now: datetime) -> None:
    """Send this phone nothing more; other phones of the person stay as they are."""
    session_id = _session_id(actor)
    citizen = citizens.get_citizen(session, citizen_id=citizen_id_of(actor), actor=actor, now=now)
    if subscriptions.revoke(session, session_ids=[session_id], reason="turned-off", now=now):
        audit.record(
            session,
            event="reminders.off",
            actor=actor,
            at=now,
            unit_id=citizen.unit_id,
            citizen_id=citizen.id,
        )


def send_test(session: Session, *, actor: Actor, now: datetime) -> None:
    """Send a neutral notice to the very phone that asks for it, at any hour.

    :raises NoSubscription: if reminders are not turned on here
    """
    if not find_subscription(session, actor=actor).active:
        raise NoSubscription()
    outbox.enqueue(
        session,
        kind=TEST_KIND,
        subject_id=_session_id(actor),
        recipient_id=citizen_id_of(actor),
        slots=[Slot(key=SlotKey.NOW.value, due_at=now, deadline_at=now + TEST_LIVES)],
        dedupe_key=f"{TEST_KIND}:{_session_id(actor)}:{new_id()}",
        revision=1,
        now=now,
    )


def forget_phone(session: Session, *, actor: Actor, now: datetime) -> None:
    """ "Glem denne telefon": end this phone's session and send it nothing more, both or neither."""
    citizen_id, session_id = citizen_id_of(actor), _session_id(actor)
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    accounts.revoke_sessions(session, session_id=session_id, now=now)
    subscriptions.revoke(session, session_ids=[session_id], reason="phone-forgotten", now=now)
    audit.record(
        session,
        event="phone.forgotten",
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen_id,
        subject_id=session_id,
    )


def lose_phone(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> LostPhone:
    """ "Mobilen er væk": end every phone of this person at once and make a code for the next one.

    Whoever has the phone may have its number, too: nothing is written there until it is agreed again.
    Open codes are voided first, so that a phone that pairs in this very moment is ended too.

    :raises NotFound: if the actor does not work with the citizen
    """
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    citizens.void_codes(session, citizen_id=citizen_id, now=now)
    ended = accounts.revoke_sessions(session, citizen_id=citizen_id, now=now)
    subscriptions.revoke(session, recipient_id=citizen_id, reason="phone-lost", now=now)
    sms_stopped = channels.ask_again(
        session, citizen_id=citizen_id, kind=ChannelKind.SMS, actor=actor, now=now
    )
    code = citizens.make_pairing_code(session, citizen_id=citizen_id, actor=actor, now=now)
    own = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    audit.record(
        session,
        event="phone.lost",
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen_id,
        relation_id=own.id if own else None,
    )
    return LostPhone(
        ended_sessions=len(ended),
        sms_stopped=sms_stopped,
        email_in_use=channels.is_in_use(session, citizen_id=citizen_id, kind=ChannelKind.EMAIL),
        code=code,
    )


def _session_id(actor: Actor) -> UUID:
    if actor.session_id is None:
        raise Forbidden()
    return actor.session_id
