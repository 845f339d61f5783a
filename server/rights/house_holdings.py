"""What the house itself holds of a citizen: counters, devices, reminders, the trail."""

from server.rights.holding import Erasure, Holding

_BY_REMINDER = "reminder_id IN (SELECT id FROM reminder WHERE recipient_id = :citizen)"
_BY_OCCURRENCE = (
    "occurrence_id IN (SELECT o.id FROM occurrence o JOIN reminder r ON r.id = o.reminder_id"
    " WHERE r.recipient_id = :citizen)"
)
_BY_DELIVERY = f"delivery_id IN (SELECT id FROM delivery WHERE {_BY_OCCURRENCE})"  # noqa: S608 - constants only
_LEDGER = "ids and times only; the reminders' ledger must keep adding up"

HOUSE = (
    Holding("citizen_change", Erasure.DELETE, "nothing is left to fetch"),
    Holding("citizen_sequence", Erasure.DELETE, "nothing is left to fetch"),
    Holding(
        "device_session",
        Erasure.BLANK,
        "ended, so that a phone that comes back is told to wipe itself",
        columns=("label", "shared", "created_at", "last_used_at", "expires_at", "ended_at"),
        order="created_at",
        blank="label = NULL, ended_at = coalesce(ended_at, :now)",
    ),
    Holding(
        "push_device",
        Erasure.BLANK,
        "revoked, without address and keys",
        columns=("created_at", "state", "finished_at"),
        where="recipient_id = :citizen",
        order="created_at",
        blank="endpoint = NULL, endpoint_hash = NULL, p256dh = NULL, auth = NULL",
    ),
    Holding(
        "reminder",
        Erasure.KEEP,
        _LEDGER,
        columns=("kind", "created_at", "cancelled_at"),
        where="recipient_id = :citizen",
        order="created_at",
    ),
    Holding(
        "occurrence",
        Erasure.KEEP,
        _LEDGER,
        columns=("due_at", "state", "finished_at", "reason"),
        where=_BY_REMINDER,
        order="due_at",
    ),
    Holding("delivery", Erasure.KEEP, _LEDGER, where=_BY_OCCURRENCE),
    Holding("fallback", Erasure.KEEP, _LEDGER, columns=("channel", "state"), where=_BY_OCCURRENCE),
    Holding("delivery_attempt", Erasure.KEEP, _LEDGER, where=_BY_DELIVERY),
    Holding(
        "erasure",
        Erasure.KEEP,
        "the id alone, so that a backup that is restored is erased again",
        columns=("asked_at", "due_at", "withdrawn_at", "done_at"),
    ),
    Holding(
        "audit_event",
        Erasure.KEEP,
        "who looked and when is evidence; it names the citizen by the id alone",
        columns=("at", "event", "outcome", "actor_kind", "role", "purpose"),
        order="at, position",
    ),
)
