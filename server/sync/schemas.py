"""What a phone pulls."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields, validate, validates

from server.citizens.schemas import FirstContactSchema, ProfileSchema
from server.core.fields import AwareDateTime, Boolean, Choice, Integer, Schema, Text, Uuid
from server.reminders.schemas import ChosenSchema
from server.sync.models import PushResult

CURSOR_LENGTH = 1024
PUSH_BYTES = 512 * 1024
PUSH_LENGTH = 100
SCHEMA_VERSION = 1
MAX_SEQ = 2**53


class Entity(StrEnum):
    """The kinds of things a phone holds."""

    PROFILE = "profile"
    APPOINTMENT = "appointment"
    GOAL = "goal"
    GOAL_STEP = "goal_step"
    GOAL_EVENT = "goal_event"
    PLAN = "plan"
    PLAN_LINE = "plan_line"
    SHARING = "sharing"
    REJECTED_EDIT = "rejected_edit"
    CRISIS_CONTACT = "crisis_contact"
    CARE_PLAN = "care_plan"
    MEASURE_PLAN = "measure_plan"
    MEASURE_RESULT = "measure_result"
    MESSAGE = "message"
    CHECK_IN = "checkin"
    USED_DAY = "used_day"
    COURSE_SESSION = "course_session"
    COURSE_PATH = "course_path"
    COURSE_FEEDBACK = "course_feedback"
    EXERCISE_ASSIGNMENT = "exercise_assignment"
    EXERCISE_ANSWER = "exercise_answer"


class Op(StrEnum):
    """What the phone does with a thing."""

    PUT = "put"  #: keep this version
    FORGET = "forget"  #: remove it


class PullSchema(Schema):
    """Where the phone stands; without a cursor it has nothing yet."""

    cursor = Text(max_length=CURSOR_LENGTH, min_length=0)


class ChangeSchema(Schema):
    """One thing as it stands now, or that it is gone."""

    entity = Choice(Entity, required=True)
    id = Uuid(required=True)
    op = Choice(Op, required=True)
    data = fields.Dict(required=True, allow_none=True)


class PageSchema(Schema):
    """Changes to be kept together; `reset` means: what the phone holds is to be replaced by these."""

    changes = fields.List(fields.Nested(ChangeSchema), required=True)
    cursor = Text(required=True)
    more = Boolean(required=True)
    reset = Boolean(required=True)


class PhoneProfileSchema(ProfileSchema):
    """The profile with what the person chose about reminders, the own code for the crisis line, the days
    until the first talk, and after which scores (`low_scores`, by questionnaire) the unit asks about a call.
    """

    reminders = fields.Nested(ChosenSchema, required=True)
    desk_code = Text(required=True)
    first_contact = fields.Nested(FirstContactSchema, required=True)
    low_scores = fields.Dict(keys=Text(), values=Integer(minimum=0), required=True)


class RejectedEditSchema(Schema):
    """What was written and could not be kept, and why."""

    id = Uuid(required=True)
    entity = Text(required=True)
    entity_id = Uuid(required=True)
    content = Text(required=True, min_length=0)
    reason = Text(required=True)
    at = AwareDateTime(required=True, attribute="created_at")


class MutationSchema(Schema):
    """One change; what its fields may hold hangs on its kind, and is judged one by one."""

    mutation_id = Uuid(required=True)
    client_seq = Integer(required=True, minimum=1, maximum=MAX_SEQ)
    entity = Text(required=True, max_length=64)
    entity_id = Uuid(required=True)
    op = Text(required=True, max_length=64)
    said = fields.Dict(keys=fields.String(), required=True, data_key="fields")
    schema_version = Integer(required=True, minimum=1)
    device_at = AwareDateTime()

    @validates("mutation_id")
    def is_version_seven(self, value: UUID, **_kwargs: Any) -> None:
        """Phones make ids that sort by the time they were made."""
        if value.version != 7:
            raise ValidationError("Must be a UUID of version 7.")

    @validates("schema_version")
    def is_known(self, value: int, **_kwargs: Any) -> None:
        """A phone that is newer than the server waits until the server is newer too."""
        if value != SCHEMA_VERSION:
            raise ValidationError("This server does not know this version.")


class PushSchema(Schema):
    """What a phone has written since it was last answered, in the order in which it was written."""

    client_id = Uuid(required=True)
    mutations = fields.List(
        fields.Nested(MutationSchema), required=True, validate=validate.Length(min=1, max=PUSH_LENGTH)
    )


class AnswerSchema(Schema):
    """What became of one change; `data` names the refused edit if there is one, never anybody's words."""

    mutation_id = Uuid(required=True)
    client_seq = Integer(required=True, minimum=1, maximum=MAX_SEQ)
    result = Choice(PushResult, required=True)
    data = fields.Dict(required=True, allow_none=True)
    problem = fields.Dict(required=True, allow_none=True)


class AnswersSchema(Schema):
    """One answer for each change, and the last number the server has answered."""

    results = fields.List(fields.Nested(AnswerSchema), required=True)
    last_seq = Integer(required=True, minimum=0, maximum=MAX_SEQ)
