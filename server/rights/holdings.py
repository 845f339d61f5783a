"""What the house holds of a citizen, table by table: what an export says of it, and what erasure does.

A test walks the real schema: a table that a citizen's key reaches and that does not stand here fails, and
so does a column of such a table that is neither exported nor named in `left_out.py` with a reason.
"""

from dataclasses import dataclass
from enum import StrEnum


class Erasure(StrEnum):
    """What erasure does with a table's rows."""

    DELETE = "delete"  #: the rows go
    CASCADE = "cascade"  #: the rows go with those of the table they belong to
    BLANK = "blank"  #: the rows stay as empty tombstones
    KEEP = "keep"  #: the rows hold ids only, and stay for the reason given


@dataclass(frozen=True)
class Holding:
    """One table: how its rows are found, what of them is exported, what becomes of them."""

    table: str
    erasure: Erasure
    reason: str
    columns: tuple[str, ...] = ()
    sealed: tuple[tuple[str, str], ...] = ()  #: (column, context it was sealed for)
    where: str = "citizen_id = :citizen"
    order: str = "1"
    blank: str = ""


_BY_REMINDER = "reminder_id IN (SELECT id FROM reminder WHERE recipient_id = :citizen)"
_BY_OCCURRENCE = (
    "occurrence_id IN (SELECT o.id FROM occurrence o JOIN reminder r ON r.id = o.reminder_id"
    " WHERE r.recipient_id = :citizen)"
)
_BY_DELIVERY = f"delivery_id IN (SELECT id FROM delivery WHERE {_BY_OCCURRENCE})"  # noqa: S608 - constants only
_BY_CONTACT = "contact_id IN (SELECT id FROM crisis_contact WHERE citizen_id = :citizen)"
_MONTH = "date_trunc('month', opened_at, 'Europe/Copenhagen')"
_LEDGER = "ids and times only; the reminders' ledger must keep adding up"

#: In the order in which erasure goes through them: what points at others first.
HOLDINGS = (
    Holding(
        "citizen",
        Erasure.BLANK,
        "an empty tombstone keeps the id that the audit trail names, and tells old phones to wipe themselves",
        columns=(
            "id",
            "alias",
            "language",
            "address_protected",
            "home_municipality",
            "first_contact_at",
            "first_contact_channel",
            "status",
            "created_at",
            "deceased_at",
        ),
        sealed=(
            ("name_sealed", "citizen.name"),
            ("cpr_sealed", "citizen.cpr"),
            ("phone_sealed", "citizen.phone"),
        ),
        where="id = :citizen",
        blank=(
            "alias = '—', name_sealed = NULL, cpr_sealed = NULL, cpr_index = NULL, phone_sealed = NULL,"
            " alias_index = NULL, phone_index = NULL,"
            " home_municipality = NULL, address_protected = false, language = 'da',"
            " intake_digest = '\\x00', status = 'finished', version = version + 1"
        ),
    ),
    Holding("crisis_plan", Erasure.DELETE, "the citizen's own words", columns=("created_at", "review_on")),
    Holding(
        "plan_line",
        Erasure.CASCADE,
        "belongs to crisis_plan",
        columns=("id", "section", "position", "created_at", "deleted_at", "restored", "erased_at"),
        order="section, position, id",
    ),
    Holding(
        "plan_line_version",
        Erasure.CASCADE,
        "belongs to plan_line",
        columns=("id", "line_id", "field", "parents", "author_kind", "created_at", "device_at"),
        sealed=(("value_sealed", "plan_line_version.value"),),
        order="line_id, seq",
    ),
    Holding(
        "plan_link",
        Erasure.CASCADE,
        "belongs to plan_line",
        columns=("sign_line_id", "action_line_id"),
        order="1, 2",
    ),
    Holding(
        "sharing_choice",
        Erasure.DELETE,
        "nothing is left to share",
        columns=("purpose", "item_class", "text_version", "given_at", "withdrawn_at"),
        order="given_at",
    ),
    Holding(
        "rejected_edit",
        Erasure.DELETE,
        "words that were never taken in",
        columns=("id", "author_kind", "entity", "entity_id", "reason", "created_at", "dismissed_at"),
        sealed=(("content_sealed", "rejected_edit.content"),),
        order="created_at",
    ),
    Holding("sync_result", Erasure.DELETE, "answers to phones that are ended"),
    Holding("sync_client", Erasure.DELETE, "counters of phones that are ended"),
    Holding(
        "reminder_settings",
        Erasure.DELETE,
        "choices about reminders",
        columns=(
            "appointments",
            "week_before",
            "two_hours_before",
            "paused_until",
            "staff_paused_until",
            "staff_pause_reason",
            "updated_at",
        ),
    ),
    Holding(
        "contact_channel",
        Erasure.DELETE,
        "where we were allowed to write",
        columns=("kind", "safe", "hours_from", "hours_until", "verified_at", "created_at", "updated_at"),
        sealed=(("address_sealed", "contact_channel.address"),),
        order="kind",
    ),
    Holding(
        "task_call",
        Erasure.CASCADE,
        "belongs to task",
        columns=("outcome", "reason", "next_on", "called_at"),
        sealed=(("note_sealed", "task_call.note"),),
        order="called_at, id",
    ),
    Holding(
        "task",
        Erasure.DELETE,
        "what staff had to do about the citizen",
        columns=(
            "kind",
            "status",
            "due_on",
            "business_outcome",
            "reason",
            "messaged_at",
            "created_at",
            "closed_at",
        ),
        order="created_at",
    ),
    Holding(
        "reminder_off",
        Erasure.DELETE,
        "when choices about reminders were turned off",
        columns=("choice", "at"),
        order="at, choice",
    ),
    Holding(
        "appointment",
        Erasure.DELETE,
        "times, places and answers",
        columns=(
            "id",
            "kind",
            "mode",
            "place",
            "starts_at",
            "starts_local",
            "duration_minutes",
            "status",
            "cancellation",
            "reason_code",
            "noshow_excused",
            "moved_to_id",
            "goal_id",
            "series_id",
            "reply",
            "reply_at",
            "late_no_at",
            "wishes",
            "arrived_at",
            "closed_at",
            "created_at",
        ),
        # Why a colleague was booked twice is left out: it is about the colleague's day, and may name others.
        sealed=(
            ("reason_sealed", "appointment.reason"),
            ("wish_note_sealed", "appointment.wish_note"),
        ),
        order="starts_at",
    ),
    Holding(
        "goal_title",
        Erasure.CASCADE,
        "belongs to goal",
        columns=("goal_id", "version", "value", "standing"),
        order="goal_id, version",
    ),
    Holding(
        "goal_yes",
        Erasure.CASCADE,
        "belongs to goal",
        columns=("goal_id", "given_at"),
        order="given_at",
    ),
    Holding(
        "goal",
        Erasure.DELETE,
        "goals in the citizen's and the staff's words",
        columns=("id", "title", "origin", "status", "created_at", "updated_at"),
        order="created_at",
    ),
    Holding(
        "calendar_feed",
        Erasure.DELETE,
        "the hash of a secret address; nothing is left to read there",
        columns=("created_at",),
    ),
    Holding(
        "pairing_code",
        Erasure.DELETE,
        "hashes of codes that are used or old",
        columns=("made_at", "used_at"),
        order="made_at",
    ),
    Holding(
        "care_relation",
        Erasure.DELETE,
        "who worked with the citizen, and why; the trail keeps the ids",
        columns=("role", "starts_at", "ends_at", "reason", "end_reason"),
        order="starts_at",
    ),
    Holding(
        "desk_code",
        Erasure.DELETE,
        "the code by which the crisis line finds the citizen",
        columns=("made_at",),
        sealed=(("code_sealed", "desk_code.code"),),
    ),
    Holding(
        "oral_yes",
        Erasure.DELETE,
        "what the citizen said aloud to the crisis line",
        columns=("text_version", "given_at", "ends_at"),
        order="given_at",
    ),
    Holding(
        "desk_relation",
        Erasure.DELETE,
        "when the crisis line was in contact with the citizen; the trail keeps the ids",
        columns=("starts_at", "ends_at"),
        order="starts_at",
    ),
    Holding(
        "crisis_claim_code",
        Erasure.DELETE,
        "hashes of codes that are used",
        columns=("made_at", "used_at"),
        where=_BY_CONTACT,
        order="made_at",
    ),
    Holding(
        "crisis_follow_up",
        Erasure.DELETE,
        "calls that the citizen said yes to, and the answers",
        columns=("kind", "yes_at", "due_on", "status", "result", "changed", "safety", "closed_at"),
        where=_BY_CONTACT,
        order="yes_at, id",
    ),
    Holding(
        "night_support",
        Erasure.DELETE,
        "what the citizen wanted one night",
        columns=("evening_on", "answer", "wanted_at", "asked_at", "result", "done_at"),
        where=_BY_CONTACT,
        order="evening_on, id",
    ),
    Holding(
        "night_place",
        Erasure.BLANK,
        "a place was taken that night, by nobody who could be named; the counts of nights add up",
        columns=("evening_on", "taken_at", "freed_at"),
        where=_BY_CONTACT,
        order="evening_on, id",
        blank="contact_id = NULL",
    ),
    Holding(
        "crisis_contact",
        Erasure.BLANK,
        "an empty contact about nobody stays, with its channel and month, so that the counts add up",
        columns=(
            "id",
            "channel",
            "found_by",
            "opened_at",
            "closed_at",
            "reasons",
            "given",
            "referrals",
            "outcome",
            "duration_minutes",
            "gender",
            "safety_before",
            "safety_after",
            "goal_id",
            "may_ring",
            "ring_voicemail",
            "follow_up_yes_at",
            "call_yes_at",
            "shown_yes_at",
            "claimed_at",
        ),
        sealed=(
            ("note_sealed", "crisis_contact.note"),
            ("ring_phone_sealed", "crisis_contact.ring_phone"),
            ("ring_when_sealed", "crisis_contact.ring_when"),
            ("ring_code_word_sealed", "crisis_contact.ring_code_word"),
        ),
        order="opened_at",
        blank=(
            "citizen_id = NULL, found_by = NULL, claimed_at = NULL, goal_id = NULL, reasons = '{}',"
            " given = '{}', referrals = '{}', outcome = NULL, duration_minutes = NULL,"
            " gender = 'not-registered', safety_before = NULL, safety_after = NULL, note_sealed = NULL,"
            " may_ring = false, ring_voicemail = 'never', ring_phone_sealed = NULL, ring_when_sealed = NULL,"
            " ring_code_word_sealed = NULL, request_digest = '\\x', follow_up_yes_at = NULL,"
            " call_yes_at = NULL, shown_yes_at = NULL,"
            f" opened_at = {_MONTH}, received_at = {_MONTH}, closed_at = {_MONTH},"
            " closed_by = coalesce(closed_by, opened_by), version = version + 1, erased_at = :now,"
            " updated_at = :now"
        ),
    ),
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
