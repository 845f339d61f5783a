"""The state machine of a reminder, as data: which step may follow which."""

from collections.abc import Mapping
from enum import StrEnum


class OccurrenceState(StrEnum):
    """Where one due instance of a reminder stands."""

    PLANNED = "planned"  #: its time has not come
    DUE = "due"  #: its time has come; nobody has looked at it yet
    HELD = "held"  #: waits for the morning
    FANNED_OUT = "fanned-out"  #: handed to the person's devices
    CONFIRMED = "confirmed"  #: a phone said that it showed the notice
    FALLBACK_SENT = "fallback-sent"  #: another way was used, since no phone answered
    UNCONFIRMED = "unconfirmed"  #: a push service took it, no phone has answered in time
    EXPIRED = "expired"  #: its use was over before it could be sent
    CANCELLED = "cancelled"  #: no longer wanted
    NO_DEVICE = "no-device"  #: the person has no phone that can be reached


class DeliveryState(StrEnum):
    """Where one occurrence stands on its way to one device."""

    READY = "ready"  #: may be taken by a dispatcher
    LEASED = "leased"  #: taken by one dispatcher until `lease_until`
    INTENT = "intent"  #: about to be sent, or sent with unknown result
    ACCEPTED = "accepted"  #: the push service took it; the phone has not answered
    CONFIRMED = "confirmed"  #: the phone said that it showed the notice
    RETRY_WAIT = "retry-wait"  #: tried in vain; again at `next_attempt_at`
    DEAD_DEVICE = "dead-device"  #: the subscription or the session behind it has ended
    QUARANTINED = "quarantined"  #: the address behaved in a way we do not trust
    EXPIRED = "expired"  #: out of time
    CANCELLED = "cancelled"  #: no longer wanted


class DeviceState(StrEnum):
    """Whether a push subscription may be used."""

    ACTIVE = "active"  #: receives reminders
    DEAD = "dead"  #: the push service says that it has ended
    QUARANTINED = "quarantined"  #: answered by a redirect, or lies at an inner address
    REVOKED = "revoked"  #: ended by its owner, by sign-out or by a move to another person


class CircuitState(StrEnum):
    """Whether messages go to a push service."""

    CLOSED = "closed"  #: they go
    OPEN = "open"  #: they wait; from `next_probe_at` on, one may try
    HALF_OPEN = "half-open"  #: one is trying


O = OccurrenceState  # noqa: E741 - two short names keep the tables readable
D = DeliveryState

OCCURRENCE_EDGES: Mapping[OccurrenceState, frozenset[OccurrenceState]] = {
    O.PLANNED: frozenset({O.DUE, O.CANCELLED}),
    O.DUE: frozenset({O.HELD, O.FANNED_OUT, O.NO_DEVICE, O.EXPIRED, O.CANCELLED}),
    O.HELD: frozenset({O.FANNED_OUT, O.NO_DEVICE, O.EXPIRED, O.CANCELLED}),
    O.FANNED_OUT: frozenset(
        {O.CONFIRMED, O.FALLBACK_SENT, O.UNCONFIRMED, O.EXPIRED, O.CANCELLED, O.NO_DEVICE}
    ),
    # The silent phone may turn out not to be theirs any more.
    O.UNCONFIRMED: frozenset({O.CONFIRMED, O.NO_DEVICE, O.FALLBACK_SENT}),
    O.CONFIRMED: frozenset(),
    O.FALLBACK_SENT: frozenset(),
    O.EXPIRED: frozenset({O.FALLBACK_SENT}),  # push gave it up while it was still of use
    O.CANCELLED: frozenset(),
    O.NO_DEVICE: frozenset({O.DUE, O.FALLBACK_SENT}),  # due: a phone came while it is still of use
}

# An acknowledgement may overtake the sender's own record, also after a lease that ran out:
# whoever knows the secret has received the message, so every state before the end leads to confirmed.
# A dead device leads nowhere: what a lost phone says later is not what its owner has seen.
DELIVERY_EDGES: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    D.READY: frozenset({D.LEASED, D.CONFIRMED, D.DEAD_DEVICE, D.QUARANTINED, D.EXPIRED, D.CANCELLED}),
    D.LEASED: frozenset(
        {D.INTENT, D.READY, D.RETRY_WAIT, D.CONFIRMED, D.DEAD_DEVICE, D.QUARANTINED, D.EXPIRED, D.CANCELLED}
    ),
    D.INTENT: frozenset(
        {
            D.ACCEPTED,
            D.READY,
            D.RETRY_WAIT,
            D.CONFIRMED,
            D.DEAD_DEVICE,
            D.QUARANTINED,
            D.EXPIRED,
            D.CANCELLED,
        }
    ),
    D.ACCEPTED: frozenset(  # again, because the push service keeps it for a shorter time than we asked
        {D.READY, D.CONFIRMED, D.DEAD_DEVICE, D.EXPIRED, D.CANCELLED}
    ),
    D.RETRY_WAIT: frozenset({D.READY, D.CONFIRMED, D.DEAD_DEVICE, D.QUARANTINED, D.EXPIRED, D.CANCELLED}),
    D.EXPIRED: frozenset({D.CONFIRMED, D.DEAD_DEVICE}),
    D.CONFIRMED: frozenset(),
    D.DEAD_DEVICE: frozenset(),
    D.QUARANTINED: frozenset(),
    D.CANCELLED: frozenset(),
}

DEVICE_EDGES: Mapping[DeviceState, frozenset[DeviceState]] = {
    DeviceState.ACTIVE: frozenset({DeviceState.DEAD, DeviceState.QUARANTINED, DeviceState.REVOKED}),
    DeviceState.QUARANTINED: frozenset({DeviceState.REVOKED}),
    DeviceState.DEAD: frozenset(),
    DeviceState.REVOKED: frozenset(),
}

OPEN_OCCURRENCE = frozenset({O.PLANNED, O.DUE, O.HELD, O.FANNED_OUT})
OPEN_DELIVERY = frozenset({D.READY, D.LEASED, D.INTENT, D.ACCEPTED, D.RETRY_WAIT})
BROKEN = "broken"  #: the reason of what failed in this house, before anybody outside was asked
LEFT_OUT = "left-out: "  #: begins the reason of what was never planned, only written down
UNSENT_DELIVERY = frozenset({D.READY, D.LEASED, D.RETRY_WAIT})


def sources(target: DeliveryState) -> frozenset[DeliveryState]:
    """The delivery states from which `target` may be reached."""
    return frozenset(state for state, targets in DELIVERY_EDGES.items() if target in targets)
