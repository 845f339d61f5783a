"""What an export does not tell of each table that holds something of a citizen, column by column, and why."""

from collections.abc import Mapping
from typing import NamedTuple


class LeftOut(NamedTuple):
    """Columns that no export tells of, and why that keeps nothing from the person."""

    reason: str
    columns: tuple[str, ...]


def _own(*keys: str) -> LeftOut:
    return LeftOut("the citizen's own key: every row of an export is the citizen's", keys)


def _staff(*columns: str) -> LeftOut:
    return LeftOut("names a colleague or a unit; who worked and looked is told by role", columns)


def _ties(*columns: str) -> LeftOut:
    return LeftOut("ties rows together, and means nothing outside the house", columns)


def _counts(*columns: str) -> LeftOut:
    return LeftOut("keeps versions and their order apart; the state it counts is exported", columns)


def _secret(*columns: str) -> LeftOut:
    return LeftOut("a secret or a fingerprint: with it somebody could act or search as the citizen", columns)


def _travel(*columns: str) -> LeftOut:
    return LeftOut("how a message travelled; what became of the reminder stands in occurrence", columns)


#: By table. A column stands here or in the table's holding, never in both and never in neither.
LEFT_OUT: Mapping[str, tuple[LeftOut, ...]] = {
    "citizen": (
        _staff("unit_id", "taken_in_by"),
        _counts("version"),
        _secret("cpr_index", "alias_index", "phone_index", "intake_digest"),
        LeftOut("the same instant as first_contact_at, on a wall clock", ("first_contact_wall",)),
    ),
    "course_feedback": (_own("citizen_id"), _ties("report_group", "report_at")),
    "attendance": (_own("citizen_id"), _staff("by")),
    "course_relation": (_own("citizen_id"), _ties("id"), _staff("staff_id", "unit_id")),
    "enrollment": (_own("citizen_id"), _staff("enrolled_by"), _counts("version")),
    "course_path": (
        _own("citizen_id"),
        _staff("unit_id", "created_by"),
        _counts("version"),
        LeftOut("the last time anything of it changed; each state it had is exported", ("updated_at",)),
    ),
    "exercise_answer": (
        _own("citizen_id"),
        _ties("replaces"),
        _counts("seq", "offered_seq", "own_version"),
    ),
    "exercise_assignment": (
        _own("citizen_id"),
        _staff("given_by", "withdrawn_by"),
        _counts("own_version", "version"),
    ),
    "measure_result": (
        _own("citizen_id"),
        _counts("definition_version", "offered_seq"),
    ),
    "measure_plan": (
        _own("citizen_id"),
        _staff("given_by"),
        _counts("version"),
        LeftOut("when the house next looks whether to remind; it follows from the dates", ("tell_on",)),
    ),
    "crisis_plan": (_own("citizen_id"),),
    "plan_line": (_own("citizen_id"),),
    "plan_line_version": (
        _own("citizen_id"),
        _staff("author_staff_id"),
        _counts("seq"),
    ),
    "plan_link": (_own("citizen_id"),),
    "sharing_choice": (
        _own("citizen_id"),
        _ties("id"),
        _counts("given_seq", "withdrawn_seq"),
    ),
    "rejected_edit": (
        _own("citizen_id"),
        _staff("author_staff_id"),
    ),
    "sync_result": (
        _own("citizen_id"),
        _ties("client_id", "mutation_id", "data"),
        _counts("client_seq", "repeats", "result", "problem", "created_at"),
        _secret("body_hash"),
    ),
    "sync_client": (
        _own("citizen_id"),
        _ties("client_id", "session_id"),
        _counts("last_seq", "created_at"),
    ),
    "reminder_settings": (
        _own("citizen_id"),
        _staff("staff_paused_by"),
        _counts("version"),
    ),
    "reminder_off": (
        _own("citizen_id"),
        _ties("mutation_id"),
        _counts("version"),
    ),
    "message": (
        _own("citizen_id"),
        _staff("staff_id"),
        _counts("seq", "answers_seq"),
        LeftOut(
            "entered in error: what a colleague took back may be about somebody else",
            ("withdrawn_text_sealed",),
        ),
    ),
    "message_other_answer": (
        _own("citizen_id"),
        _staff("staff_id"),
        _ties("id"),
        _counts("answers_seq"),
    ),
    "appointment": (
        _own("citizen_id"),
        _staff("unit_id", "staff_id", "created_by"),
        LeftOut(
            "about the colleague's calendar; the reason may name other citizens",
            ("double_booked", "override_sealed", "sitting"),
        ),
        LeftOut("follows from the start and the duration, which are exported", ("ends_at",)),
        _counts("revision", "replied_revision", "updated_at"),
        _secret("request_hash"),
    ),
    "contact_channel": (
        _own("citizen_id"),
        _ties("id"),
        _staff("created_by"),
        LeftOut("the end of the address, which is exported whole", ("masked",)),
    ),
    "task": (
        _own("citizen_id"),
        _ties("id", "subject_id"),
        _staff("owner_id", "unit_id"),
        _counts("version", "updated_at"),
    ),
    "task_call": (
        _own("citizen_id"),
        _ties("id", "task_id", "appointment_id"),
        _staff("called_by"),
    ),
    "calendar_feed": (
        _own("citizen_id"),
        _ties("id", "session_id"),
        _secret("token_hash"),
        LeftOut("the same for every address of every citizen", ("staff_id",)),
    ),
    "check_in": (
        _own("citizen_id"),
        _counts("offered_seq"),
    ),
    "used_day": (
        _own("citizen_id"),
        _counts("seq", "offered_seq"),
    ),
    "care_plan": (_own("citizen_id"), _staff("written_by")),
    "phase": (_own("citizen_id"), _counts("seq"), _staff("set_by")),
    "goal_title": (
        _own("citizen_id"),
        _ties("mutation_id"),
    ),
    "goal_yes": (_own("citizen_id"),),
    "goal_event": (
        _own("citizen_id"),
        _staff("staff_id"),
        _ties("step_id"),
        _counts("seq"),
    ),
    "goal_step": (
        _own("citizen_id"),
        _counts("version"),
    ),
    "goal": (
        _own("citizen_id"),
        _counts("version"),
    ),
    "pairing_code": (
        _own("citizen_id"),
        _ties("id", "device_session_id"),
        _staff("made_by"),
        _secret("code_hash"),
        LeftOut(
            "how long a code could have been used; made and used are exported",
            ("expires_at", "voided_at"),
        ),
    ),
    "care_relation": (
        _own("citizen_id"),
        _ties("id", "arrangement_id"),
        _staff("staff_id", "unit_id", "granted_by", "stand_in_for_id"),
    ),
    "guarantee_waiver": (
        _own("citizen_id"),
        _ties("id"),
        _staff("unit_id", "given_by", "withdrawn_by"),
    ),
    "desk_code": (
        _own("citizen_id"),
        _ties("id"),
        _secret("code_index"),
    ),
    "oral_yes": (
        _own("citizen_id"),
        _ties("id", "relation_id"),
        _staff("heard_by"),
    ),
    "desk_relation": (
        _own("citizen_id"),
        _ties("id"),
        _staff("staff_id", "unit_id"),
        LeftOut("when it would have ended by itself; when it ended is exported", ("latest_at",)),
    ),
    "crisis_claim_code": (
        _ties("id", "contact_id"),
        _staff("made_by"),
        _secret("code_hash"),
        LeftOut("how long a code could have been used; made and used are exported", ("expires_at",)),
    ),
    "crisis_follow_up": (
        _ties("id", "contact_id"),
        _staff("unit_id", "owner_id", "stand_in_id", "closed_by"),
        _counts("tries", "version", "created_at", "updated_at"),
    ),
    "night_support": (
        _ties("id", "contact_id"),
        _staff("unit_id", "asked_by", "done_by"),
        _counts("version"),
    ),
    "night_place": (
        _ties("id", "contact_id", "place"),
        _staff("unit_id", "taken_by", "freed_by"),
    ),
    "crisis_contact": (
        _own("citizen_id"),
        _staff("unit_id", "opened_by", "closed_by"),
        _counts("version", "updated_at"),
        _secret("request_digest"),
        LeftOut(
            "when the house heard of the contact; when it began is exported",
            ("received_at",),
        ),
        LeftOut("set only when nothing of the citizen is left in the row", ("erased_at",)),
    ),
    "citizen_change": (
        _own("citizen_id"),
        _ties("entity", "entity_id"),
        _counts("seq", "op", "at"),
    ),
    "citizen_sequence": (
        _own("citizen_id"),
        _counts("seq", "epoch"),
    ),
    "device_session": (
        _own("citizen_id"),
        _ties("id"),
        _secret("token_hash"),
        LeftOut("the same for every phone of every citizen", ("kind", "staff_id")),
    ),
    "push_device": (
        _own("recipient_id"),
        _ties("id", "session_id"),
        _secret("endpoint", "endpoint_hash", "p256dh", "auth", "vapid_key_id"),
        _travel("confirmed_at", "reason", "origin", "refusals", "unanswered", "wait_until", "key_since"),
    ),
    "reminder": (
        _own("recipient_id"),
        _ties("id", "subject_id", "dedupe_key"),
        _counts("revision"),
    ),
    "occurrence": (
        _ties("id", "reminder_id"),
        _counts("revision", "created_at"),
        _travel("slot_key", "deadline_at", "confirm_by", "held_until", "fanned_out_at", "fallback_at"),
    ),
    "delivery": (
        _ties("id", "occurrence_id", "device_id"),
        _secret("ack_secret", "location_hash", "lease_token"),
        _travel(
            "due_at",
            "deadline_at",
            "held_until",
            "state",
            "lease_until",
            "next_attempt_at",
            "attempts",
            "accepted_at",
            "finished_at",
            "granted_ttl",
            "reason",
        ),
    ),
    "delivery_attempt": (
        _ties("id", "delivery_id"),
        _travel("at", "outcome", "status_class", "duration_ms", "origin"),
    ),
    "fallback": (
        _ties("id", "occurrence_id"),
        _secret("lease_token"),
        _travel(
            "created_at",
            "deadline_at",
            "lease_until",
            "next_attempt_at",
            "attempts",
            "refused",
            "finished_at",
            "reason",
        ),
    ),
    "erasure": (_own("citizen_id"),),
    "audit_event": (
        _own("citizen_id"),
        _staff("unit_id", "actor_id"),
        _ties("subject_id", "relation_id", "request_id"),
        _counts("position"),
        _secret("previous_hash", "hash"),
    ),
}
