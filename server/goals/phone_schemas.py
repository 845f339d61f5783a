"""Goals, steps and history between a phone and the house."""

from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from server.core.fields import AwareDateTime, Boolean, Choice, Date, Integer, Schema, Text, Uuid
from server.goals.models import (
    Achievement,
    EventKind,
    GoalKind,
    GoalOrigin,
    GoalStatus,
    GoalTheme,
    Question,
    Side,
)
from server.goals.schemas import (
    STEP_LENGTH,
    TITLE_LENGTH,
    WORDS_LENGTH,
    GoalSchema,
    LevelField,
    WrittenKind,
    check_closer,
    check_event,
)

MOST_POSITION = 10_000
AFTER = 1000


class SettableStatus(StrEnum):
    """The statuses a person can give a goal."""

    PROPOSED = GoalStatus.PROPOSED.value
    ACCEPTED = GoalStatus.ACCEPTED.value
    ACTIVE = GoalStatus.ACTIVE.value
    ON_HOLD = GoalStatus.ON_HOLD.value
    COMPLETED = GoalStatus.COMPLETED.value
    CANCELLED = GoalStatus.CANCELLED.value


class PhoneGoalSchema(GoalSchema):
    """A goal with every title that waits to be chosen; the first is the one it has.

    `shared_with_desk`: the crisis line may see the title. `counts_from`: only the person knows of it.
    """

    titles = fields.List(Text(max_length=TITLE_LENGTH), required=True)
    shared_with_desk = Boolean(required=True)
    counts_from = Date(required=True, allow_none=True)


class PhoneStepSchema(Schema):
    """One step on the phone; an erased one is only a tombstone."""

    id = Uuid(required=True)
    goal_id = Uuid(required=True, allow_none=True)
    text = Text(required=True, allow_none=True)
    origin = Choice(GoalOrigin, required=True)
    position = Integer(required=True)
    done = Boolean(required=True)
    erased = Boolean(required=True)


class PhoneEventSchema(Schema):
    """One entry of a goal's history on the phone; an erased one is only a tombstone."""

    id = Uuid(required=True)
    goal_id = Uuid(required=True, allow_none=True)
    kind = Choice(EventKind, required=True, allow_none=True)
    by = Choice(Side, required=True)
    at = AwareDateTime(required=True)
    happened_at = AwareDateTime(required=True, allow_none=True)
    text = Text(required=True, allow_none=True)
    question = Choice(Question, required=True, allow_none=True)
    level = LevelField(required=True, allow_none=True)
    value = Text(required=True, allow_none=True)
    step_id = Uuid(required=True, allow_none=True)
    shared = Boolean(required=True)
    erased = Boolean(required=True)


class NewTitleSchema(Schema):
    """New words for a goal, the version the person saw (0 for a new goal), and own changes not yet in it."""

    value = Text(required=True, max_length=TITLE_LENGTH)
    base_version = Integer(required=True, minimum=0)
    after = fields.List(Uuid(), load_default=list, validate=validate.Length(max=AFTER))


class OwnGoalSchema(Schema):
    """What a phone may say about a goal; at least one of them."""

    title = fields.Nested(NewTitleSchema)
    status = Choice(SettableStatus)
    kind = Choice(GoalKind, allow_none=True)
    theme = Choice(GoalTheme, allow_none=True)
    review_on = Date(allow_none=True)
    counts_from = Date(allow_none=True)
    achievement = Choice(Achievement, allow_none=True)

    @validates_schema
    def says_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty change is a mistake of the caller."""
        if not data:
            raise ValidationError("Give at least one thing to change.", "body")


class OwnStepSchema(Schema):
    """A step as a phone writes it: the goal, the words and the place first, later only whether it is done."""

    goal_id = Uuid()
    text = Text(max_length=STEP_LENGTH)
    position = Integer(minimum=0, maximum=MOST_POSITION)
    done = Boolean()

    @validates_schema
    def is_a_step_or_a_tick(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """The words of a step never change, so they come whole or not at all."""
        whole = {"goal_id", "text", "position"}
        missing = whole - data.keys()
        if missing and (missing != whole or "done" not in data):
            raise ValidationError("Must be given for a new step.", min(missing))


class OwnEventSchema(Schema):
    """An entry as a phone writes it. `shared`: the contact person may see it; it is always said.

    Answers and levels are common to both sides. `closer_days` and `wants_talk` only when it became hard and
    is shared.
    """

    goal_id = Uuid(required=True)
    kind = Choice(WrittenKind, required=True)
    text = Text(max_length=WORDS_LENGTH, allow_none=True)
    question = Choice(Question, allow_none=True)
    level = LevelField(allow_none=True)
    happened_at = AwareDateTime(required=True)
    shared = Boolean(required=True)
    closer_days = Integer(allow_none=True)
    wants_talk = Boolean(allow_none=True)

    @validates_schema
    def fits_together(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Each kind of entry says what belongs to it, and nothing else."""
        check_event(data)
        if data["kind"] in (WrittenKind.ANSWER, WrittenKind.LEVEL) and not data["shared"]:
            raise ValidationError("Answers and levels are common to both sides.", "shared")
        hard = data["kind"] == WrittenKind.BECAME_HARD and data["shared"]
        check_closer(data, may_say=hard)
