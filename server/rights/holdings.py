"""What the house holds of a citizen, table by table: what an export says of it, and what erasure does.

A test walks the real schema: a table that a citizen's key reaches and that does not stand here fails, and
so does a column of such a table that is neither exported nor named in `left_out.py` with a reason.
"""

from server.rights.desk_holdings import DESK
from server.rights.holding import Erasure, Holding
from server.rights.house_holdings import HOUSE

_TREATMENT = (
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
            "seeks",
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
            " home_municipality = NULL, seeks = NULL, address_protected = false, language = 'da',"
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
            "messages",
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
        "check_in",
        Erasure.DELETE,
        "how it went, in the citizen's own hand",
        columns=("id", "at", "received_at", "mood", "urge", "goal_id", "sharing", "shared_at", "erased_at"),
        sealed=(("line_sealed", "check_in.line"),),
        order="received_at, id",
    ),
    Holding(
        "used_day",
        Erasure.DELETE,
        "days, in the citizen's own hand",
        columns=("id", "day_on", "used", "sharing", "received_at"),
        sealed=(("what_sealed", "used_day.what"),),
        order="day_on, seq",
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
        "message_other_answer",
        Erasure.DELETE,
        "that a message was answered in another way",
        columns=("at",),
        order="at, id",
    ),
    Holding(
        "message",
        Erasure.DELETE,
        "what the citizen and the contact person wrote to each other",
        columns=("id", "by", "at", "received_at", "erased_at", "withdrawn_at"),
        sealed=(("text_sealed", "message.text"),),
        order="seq",
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
        "guarantee_waiver",
        Erasure.DELETE,
        "says about nobody any more why the days did not count",
        columns=("reason", "given_at", "withdrawn_at"),
        order="given_at",
    ),
)

#: In the order in which erasure goes through them: what points at others first.
HOLDINGS = (*_TREATMENT, *DESK, *HOUSE)
