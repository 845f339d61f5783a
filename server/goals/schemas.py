"""Goals as they go over the wire."""

from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from server.core.fields import AwareDateTime, Boolean, Choice, Date, Integer, Line, Schema, Text, Uuid
from server.goals.models import (
    BEST,
    LEVEL_COUNT,
    WORST,
    Achievement,
    EventKind,
    GoalKind,
    GoalOrigin,
    GoalStatus,
    GoalTheme,
    Question,
    Side,
)

TITLE_LENGTH = 300
STEP_LENGTH = 300
WORDS_LENGTH = 2000
LEVEL_LENGTH = 300
MOST_WEIGHT = 3
CLOSER_DAYS = (7, 14, 28)


class WrittenKind(StrEnum):
    """What somebody can add to a goal's history by hand."""

    NOTE = EventKind.NOTE.value
    ANSWER = EventKind.ANSWER.value
    LEVEL = EventKind.LEVEL.value
    BECAME_HARD = EventKind.BECAME_HARD.value
    BACK_AFTER_PAUSE = EventKind.BACK_AFTER_PAUSE.value


class LevelField(Integer):
    """A level of goal attainment: 0 is what was expected, -2 much less, +2 much more."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(minimum=WORST, maximum=BEST, **kwargs)


class WeightField(Integer):
    """How important or how difficult a goal is, 0 (not at all) to 3 (very)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(minimum=0, maximum=MOST_WEIGHT, **kwargs)


class GoalAnswersSchema(Schema):
    """The present answers to the four questions; null where nobody has answered."""

    activity = Text(required=True, allow_none=True)
    support = Text(required=True, allow_none=True)
    amount = Text(required=True, allow_none=True)
    by_when = Text(required=True, allow_none=True)


class GoalScalingSchema(Schema):
    """How far a goal is reached, by levels in the person's words; each part may stay open."""

    importance = WeightField(required=True, allow_none=True)
    difficulty = WeightField(required=True, allow_none=True)
    baseline = LevelField(required=True, allow_none=True)
    reached = LevelField(required=True, allow_none=True)
    levels = fields.List(
        Line(max_length=LEVEL_LENGTH, allow_none=True),
        required=True,
        validate=validate.Length(equal=LEVEL_COUNT),
        metadata={"description": "What the levels -2, -1, 0, +1, +2 look like."},
    )


class GoalSchema(Schema):
    """One goal; `agreed`: the side that did not write it has said yes.

    `closer_until`: the last day of closer contact; null where there is none, and for staff who are not told
    how it goes.
    """

    id = Uuid(required=True)
    title = Text(required=True, max_length=TITLE_LENGTH)
    origin = Choice(GoalOrigin, required=True)
    status = Choice(GoalStatus, required=True)
    version = Integer(required=True)
    kind = Choice(GoalKind, required=True, allow_none=True)
    theme = Choice(GoalTheme, required=True, allow_none=True)
    review_on = Date(required=True, allow_none=True)
    achievement = Choice(Achievement, required=True, allow_none=True)
    agreed = Boolean(required=True)
    closer_until = Date(required=True, allow_none=True)
    answers = fields.Nested(GoalAnswersSchema, required=True)
    scaling = fields.Nested(GoalScalingSchema, required=True, allow_none=True)


class GoalListSchema(Schema):
    """The goals of one citizen."""

    items = fields.List(fields.Nested(GoalSchema), required=True)


class GoalStepSchema(Schema):
    """One step as staff see it."""

    id = Uuid(required=True)
    text = Text(required=True, max_length=STEP_LENGTH)
    origin = Choice(GoalOrigin, required=True)
    done = Boolean(required=True)
    position = Integer(required=True)


class GoalEventSchema(Schema):
    """One entry of a goal's history as staff see it; `at` is when the house heard of it."""

    id = Uuid(required=True)
    kind = Choice(EventKind, required=True)
    by = Choice(Side, required=True)
    staff_name = Text(required=True, allow_none=True)
    at = AwareDateTime(required=True)
    happened_at = AwareDateTime(required=True)
    text = Text(required=True, allow_none=True)
    question = Choice(Question, required=True, allow_none=True)
    level = LevelField(required=True, allow_none=True)
    value = Text(required=True, allow_none=True)
    step_id = Uuid(required=True, allow_none=True)


class GoalPageSchema(Schema):
    """A goal with its steps and a page of its history, newest first."""

    goal = fields.Nested(GoalSchema, required=True)
    steps = fields.List(fields.Nested(GoalStepSchema), required=True)
    events = fields.List(fields.Nested(GoalEventSchema), required=True)
    next_cursor = Text(required=True, allow_none=True)


class HistoryQuerySchema(Schema):
    """Which page of the history."""

    cursor = Text(max_length=400)


class ReportedGoalSchema(Schema):
    """One goal of the report; `weight` is null where a level is missing, and 0 counts for nothing."""

    id = Uuid(required=True)
    title = Text(required=True, max_length=TITLE_LENGTH)
    origin = Choice(GoalOrigin, required=True)
    status = Choice(GoalStatus, required=True)
    achievement = Choice(Achievement, required=True, allow_none=True)
    importance = WeightField(required=True, allow_none=True)
    difficulty = WeightField(required=True, allow_none=True)
    baseline = LevelField(required=True, allow_none=True)
    reached = LevelField(required=True, allow_none=True)
    weight = Integer(required=True, allow_none=True)


class TScoreSchema(Schema):
    """T of goal attainment scaling at the start and now, and the change; 50 is as expected."""

    baseline = fields.Float(required=True)
    reached = fields.Float(required=True)
    change = fields.Float(required=True)


class GoalReportSchema(Schema):
    """How far a person's goals are reached; the figure is null where no goal has both levels and weight."""

    goals = fields.List(fields.Nested(ReportedGoalSchema), required=True)
    t_score = fields.Nested(TScoreSchema, required=True, allow_none=True)


class GoalSharingSchema(Schema):
    """Whether the crisis line may see the title."""

    given = Boolean(required=True)


class SharedTitleSchema(Schema):
    """A goal by its title alone."""

    id = Uuid(required=True)
    title = Text(required=True, max_length=TITLE_LENGTH)


class SharedTitleListSchema(Schema):
    """What a person shares of the own goals with the crisis line."""

    items = fields.List(fields.Nested(SharedTitleSchema), required=True)


class NewGoalSchema(Schema):
    """A goal as staff write it down."""

    id = Uuid()
    title = Text(required=True, max_length=TITLE_LENGTH)
    origin = Choice(GoalOrigin, required=True)
    kind = Choice(GoalKind, allow_none=True)
    theme = Choice(GoalTheme, allow_none=True)
    review_on = Date(allow_none=True)


class GoalChangeSchema(Schema):
    """What staff may change in a goal; at least one of them."""

    title = Text(max_length=TITLE_LENGTH)
    status = Choice(GoalStatus)
    kind = Choice(GoalKind, allow_none=True)
    theme = Choice(GoalTheme, allow_none=True)
    review_on = Date(allow_none=True)
    achievement = Choice(Achievement, allow_none=True)

    @validates_schema
    def says_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty change is a mistake of the caller, not a change."""
        if not data:
            raise ValidationError("Give at least one thing to change.", "body")


class NewStepSchema(Schema):
    """A step as staff write it down; the id makes a repeated request harmless."""

    id = Uuid(required=True)
    text = Text(required=True, max_length=STEP_LENGTH)


class StepChangeSchema(Schema):
    """Whether a step is ticked."""

    done = Boolean(required=True)


def check_event(data: dict[str, Any]) -> None:
    """Each kind of entry says what belongs to it, and nothing else."""
    kind = str(data["kind"])
    belongs = {"answer": "question", "level": "level"}.get(kind)
    for name in ("question", "level"):
        if name == belongs and data.get(name) is None:
            raise ValidationError(f"Must be given with {kind}.", name)
        if name != belongs and data.get(name) is not None:
            raise ValidationError(f"Does not belong to {kind}.", name)
    if kind in ("note", "answer") and data.get("text") is None:
        raise ValidationError(f"Must be given with {kind}.", "text")


def check_closer(data: dict[str, Any], *, may_say: bool) -> None:
    """For how long there is closer contact is said only where there will be some."""
    days = data.get("closer_days")
    if days is not None and days not in CLOSER_DAYS:
        raise ValidationError(f"Must be one of {', '.join(map(str, CLOSER_DAYS))}.", "closer_days")
    for name in ("closer_days", "wants_talk"):
        if data.get(name) is not None and not may_say:
            raise ValidationError("Belongs only to what became hard and is shared.", name)


class NewEventSchema(Schema):
    """An entry of a goal's history as staff write it; `closer_days` only when it became hard."""

    id = Uuid(required=True)
    kind = Choice(WrittenKind, required=True)
    text = Text(max_length=WORDS_LENGTH, allow_none=True)
    question = Choice(Question, allow_none=True)
    level = LevelField(allow_none=True)
    closer_days = Integer(allow_none=True, metadata={"enum": [*CLOSER_DAYS]})

    @validates_schema
    def fits_together(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Each kind of entry says what belongs to it, and nothing else."""
        check_event(data)
        check_closer(data, may_say=data["kind"] == WrittenKind.BECAME_HARD)
