"""What the crisis line holds of a citizen; what points at others comes first."""

from server.rights.holding import Erasure, Holding

_BY_CONTACT = "contact_id IN (SELECT id FROM crisis_contact WHERE citizen_id = :citizen)"
_MONTH = "date_trunc('month', opened_at, 'Europe/Copenhagen')"

DESK = (
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
)
