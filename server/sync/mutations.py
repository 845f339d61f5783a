"""A phone's changes as they come over the wire: which kinds there are, and what each may say."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from marshmallow import ValidationError, fields, validate, validates_schema

from server.appointments.schemas import ReplySchema
from server.checkins.schemas import CheckInFieldsSchema, DayFieldsSchema
from server.core.fields import AwareDateTime, Boolean, Integer, Schema, Uuid
from server.core.http import flatten_errors
from server.courses.phone_schemas import FeedbackFieldsSchema, LeaveFieldsSchema
from server.crisis_plans.schemas import DeleteFieldsSchema, LineFieldsSchema, ReviewFieldsSchema
from server.exercises.schemas import AnswerFieldsSchema
from server.goals.phone_schemas import OwnEventSchema, OwnGoalSchema, OwnStepSchema
from server.measures.schemas import CallFieldsSchema, DeclineFieldsSchema, ResultFieldsSchema
from server.messages.schemas import MessageFieldsSchema

AFTER = 1000


class Kind(StrEnum):
    """What a phone can change, as entity/op."""

    PUT_LINE = "plan_line/put"
    DELETE_LINE = "plan_line/delete"
    ERASE_LINE = "plan_line/erase"
    REVIEW_PLAN = "plan/review"
    REPLY = "appointment/reply"
    PUT_GOAL = "goal/put"
    PUT_STEP = "goal_step/put"
    ERASE_STEP = "goal_step/erase"
    PUT_EVENT = "goal_event/put"
    ERASE_EVENT = "goal_event/erase"
    PUT_MESSAGE = "message/put"
    ERASE_MESSAGE = "message/erase"
    PUT_CHECK_IN = "checkin/put"
    ERASE_CHECK_IN = "checkin/erase"
    PUT_DAY = "used_day/put"
    PUT_ANSWER = "exercise_answer/put"
    ERASE_ANSWER = "exercise_answer/erase"
    PUT_RESULT = "measure_result/put"
    ERASE_RESULT = "measure_result/erase"
    DECLINE_PLAN = "measure_plan/decline"
    WISH_CALL = "measure_call/put"
    LEAVE_COURSE = "enrollment/leave"
    PUT_OPINION = "course_feedback/put"
    ERASE_OPINION = "course_feedback/erase"
    PUT_SETTINGS = "reminder_settings/put"
    DISMISS = "rejected_edit/dismiss"


class Mutation(NamedTuple):
    """One change on its way in; with `errors` it says something that cannot be used."""

    mutation_id: UUID
    client_seq: int
    entity: str
    entity_id: UUID
    kind: Kind | None
    fields: Mapping[str, Any]
    device_at: datetime | None
    words: str
    body: str
    errors: Mapping[str, list[str]] | None


class _NothingSchema(Schema):
    """A change that needs no more words."""


class _SeenSchema(Schema):
    """The version of the choices that the person saw (0 for none), and own changes not yet in it."""

    version = Integer(required=True, minimum=0)
    after = fields.List(Uuid(), load_default=list, validate=validate.Length(max=AFTER))


class _SettingsSchema(Schema):
    """The choices that were changed; the others stay. A phone that does not say what it saw has seen none."""

    seen = fields.Nested(_SeenSchema)
    appointments = Boolean()
    week_before = Boolean()
    two_hours_before = Boolean()
    messages = Boolean()
    exercises = Boolean()
    sessions = Boolean()
    questionnaires = Boolean()
    paused_until = AwareDateTime(allow_none=True)

    @validates_schema
    def says_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty change is a mistake of the caller."""
        if not data.keys() - {"seen"}:
            raise ValidationError("Give at least one choice.", "body")


_SCHEMAS: dict[Kind, Schema] = {
    Kind.PUT_LINE: LineFieldsSchema(),
    Kind.DELETE_LINE: DeleteFieldsSchema(),
    Kind.ERASE_LINE: _NothingSchema(),
    Kind.REVIEW_PLAN: ReviewFieldsSchema(),
    Kind.REPLY: ReplySchema(),
    Kind.PUT_GOAL: OwnGoalSchema(),
    Kind.PUT_STEP: OwnStepSchema(),
    Kind.ERASE_STEP: _NothingSchema(),
    Kind.PUT_EVENT: OwnEventSchema(),
    Kind.ERASE_EVENT: _NothingSchema(),
    Kind.PUT_MESSAGE: MessageFieldsSchema(),
    Kind.ERASE_MESSAGE: _NothingSchema(),
    Kind.PUT_CHECK_IN: CheckInFieldsSchema(),
    Kind.ERASE_CHECK_IN: _NothingSchema(),
    Kind.PUT_DAY: DayFieldsSchema(),
    Kind.PUT_ANSWER: AnswerFieldsSchema(),
    Kind.ERASE_ANSWER: _NothingSchema(),
    Kind.PUT_RESULT: ResultFieldsSchema(),
    Kind.ERASE_RESULT: _NothingSchema(),
    Kind.DECLINE_PLAN: DeclineFieldsSchema(),
    Kind.WISH_CALL: CallFieldsSchema(),
    Kind.LEAVE_COURSE: LeaveFieldsSchema(),
    Kind.PUT_OPINION: FeedbackFieldsSchema(),
    Kind.ERASE_OPINION: _NothingSchema(),
    Kind.PUT_SETTINGS: _SettingsSchema(),
    Kind.DISMISS: _NothingSchema(),
}


def read(raw: Mapping[str, Any]) -> Mutation:
    """One change with its fields checked; what cannot be used is named, not raised: its words are kept."""
    kind, errors, loaded = None, None, {}
    try:
        kind = Kind(f"{raw['entity']}/{raw['op']}")
        loaded = _SCHEMAS[kind].load(raw["said"])
    except ValidationError as unusable:
        errors = flatten_errors(unusable.messages)
    except ValueError:
        errors = _UNKNOWN
    device_at = raw.get("device_at")
    body = {name: raw[name] for name in ("entity", "op", "said", "schema_version")}
    body |= {"entity_id": str(raw["entity_id"]), "device_at": device_at and device_at.isoformat()}
    return Mutation(
        mutation_id=raw["mutation_id"],
        client_seq=raw["client_seq"],
        entity=raw["entity"],
        entity_id=raw["entity_id"],
        kind=kind,
        fields=loaded,
        device_at=device_at,
        words=_words(raw["said"]),
        body=orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode(),
        errors=errors,
    )


_UNKNOWN = {"entity": ["Nothing of this kind can be changed."]}
_WRITTEN = ("text", "phone", "title", "line", "what", "reply", "note", "wishes", "things", "words")


def _words(said: Mapping[str, Any]) -> str:
    """What a person wrote or answered, to be shown again if it cannot be kept."""
    found = []
    answers = said.get("fields")
    parts = [said.get(name) for name in _WRITTEN]
    parts += answers.values() if isinstance(answers, Mapping) else []
    for part in parts:
        for each in part if isinstance(part, list) else [part]:
            values = (
                (each.get("value"), each.get("what"), *_wish(each)) if isinstance(each, Mapping) else (each,)
            )
            found += [
                unicodedata.normalize("NFC", value.replace("\x00", ""))
                for value in values
                if isinstance(value, str) and value
            ]
    return "\n".join(found)


def _wish(part: Mapping[str, Any]) -> list[Any]:
    """The time that a wish names, in the phone's own form."""
    return [part.get(name) for name in ("starts_at", "on", "day_part")]
