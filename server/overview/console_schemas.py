"""The list of today, a person's line of time and what comes next, as they go over the wire."""

from marshmallow import fields

from server.appointments.service import AppointmentKind
from server.core.fields import AwareDateTime, Boolean, Choice, Date, Integer, Schema, Text, Uuid
from server.overview.line_sources import LineKind
from server.overview.schemas import CallSchema, ColleagueOnRowSchema, PageQuerySchema
from server.overview.urgency import TodayKind
from server.tasks.service import TaskKind


class TodoSchema(Schema):
    """One thing to see to; who has no relation to the person sees alias and time alone.

    `in_place_of`: the absent colleague for whom the reader stands in. `day`: of the guarantee.
    """

    kind = Choice(TodayKind, required=True)
    id = Uuid(required=True)
    citizen_id = Uuid(required=True, allow_none=True)
    alias = Text(required=True, allow_none=True)
    mine = Boolean(required=True)
    in_place_of = Text(required=True, allow_none=True)
    since = AwareDateTime(required=True, allow_none=True)
    due_on = Date(required=True, allow_none=True)
    starts_at = AwareDateTime(required=True, allow_none=True)
    day = Integer(required=True, allow_none=True)
    title = Text(required=True, allow_none=True)
    wants_talk = Boolean(required=True, allow_none=True)
    link = Text(required=True)


class TodaySchema(Schema):
    """Everything to see to today, the most urgent first."""

    items = fields.List(fields.Nested(TodoSchema), required=True)


class GoalOfCallSchema(Schema):
    """The goal that a call is about."""

    id = Uuid(required=True)
    title = Text(required=True)


class CloserRowSchema(Schema):
    """Somebody to be called because it became hard; `mine`: whether it is the reader's to work on."""

    id = Uuid(required=True)
    version = Integer(required=True)
    citizen_id = Uuid(required=True)
    citizen_alias = Text(required=True)
    goal = fields.Nested(GoalOfCallSchema, required=True, allow_none=True)
    wants_talk = Boolean(required=True, allow_none=True)
    mine = Boolean(required=True)
    owner = fields.Nested(ColleagueOnRowSchema, required=True, allow_none=True)
    since = AwareDateTime(required=True)
    due_on = Date(required=True)
    tries = Integer(required=True)
    calls = fields.List(fields.Nested(CallSchema), required=True)


class CloserListSchema(Schema):
    """Everybody to be called because it became hard, who told us first stands first."""

    items = fields.List(fields.Nested(CloserRowSchema), required=True)


class AnsweredSchema(Schema):
    """The answers before a wish, where the person shares them."""

    code = Text(required=True)
    score = Integer(required=True)


class CallWishSchema(Schema):
    """Somebody who asked to be called; `mine`: whether it is the reader's to work on."""

    id = Uuid(required=True)
    version = Integer(required=True)
    citizen_id = Uuid(required=True)
    citizen_alias = Text(required=True)
    answered = fields.Nested(AnsweredSchema, required=True, allow_none=True)
    mine = Boolean(required=True)
    owner = fields.Nested(ColleagueOnRowSchema, required=True, allow_none=True)
    since = AwareDateTime(required=True)
    due_on = Date(required=True)
    tries = Integer(required=True)
    calls = fields.List(fields.Nested(CallSchema), required=True)


class CallWishListSchema(Schema):
    """Everybody who asked to be called, who asked first stands first."""

    items = fields.List(fields.Nested(CallWishSchema), required=True)


class LineQuerySchema(PageQuerySchema):
    """Which page of a line of time."""

    cursor = Text(max_length=2000)


class OnLineSchema(Schema):
    """One line; what `code`, `title`, `detail` and `subject` hold hangs on its kind (`timeline.LineKind`)."""

    at = AwareDateTime(required=True)
    kind = Choice(LineKind, required=True)
    id = Uuid(required=True)
    code = Text(required=True, allow_none=True)
    title = Text(required=True, allow_none=True)
    detail = Text(required=True, allow_none=True)
    by = Text(required=True, allow_none=True)
    name = Text(required=True, allow_none=True)
    goal_id = Uuid(required=True, allow_none=True)
    subject = Text(required=True, allow_none=True)
    level = Integer(required=True, allow_none=True)
    mood = Integer(required=True, allow_none=True)
    urge = Integer(required=True, allow_none=True)


class TimelineSchema(Schema):
    """One page of a line, newest first."""

    items = fields.List(fields.Nested(OnLineSchema), required=True)
    next_cursor = Text(required=True, allow_none=True)


class ComingTalkSchema(Schema):
    """When the person comes next, and for what."""

    id = Uuid(required=True)
    starts_at = AwareDateTime(required=True)
    kind = Choice(AppointmentKind, required=True)


class StepAheadSchema(Schema):
    """A step that is not ticked."""

    id = Uuid(required=True)
    goal_id = Uuid(required=True)
    text = Text(required=True)


class GoalAheadSchema(Schema):
    """A goal, and the day on which it is to be looked at together."""

    id = Uuid(required=True)
    title = Text(required=True)
    review_on = Date(required=True)


class TaskAheadSchema(Schema):
    """Something to be done about the person."""

    id = Uuid(required=True)
    kind = Choice(TaskKind, required=True)
    due_on = Date(required=True)


class AheadSchema(Schema):
    """What comes next for a person, and how many colleagues the person met in 90 days."""

    next_appointment = fields.Nested(ComingTalkSchema, required=True, allow_none=True)
    steps = fields.List(fields.Nested(StepAheadSchema), required=True)
    reviews = fields.List(fields.Nested(GoalAheadSchema), required=True)
    tasks = fields.List(fields.Nested(TaskAheadSchema), required=True)
    staff_met = Integer(required=True)


class FindSchema(Schema):
    """What was typed: a part of an alias, or a whole name or phone number."""

    q = Text(required=True, min_length=2, max_length=80)


class FoundPersonSchema(Schema):
    """One of the own people, by the alias alone."""

    id = Uuid(required=True)
    alias = Text(required=True)


class FoundPeopleSchema(Schema):
    """Whom the words fit, by alias."""

    items = fields.List(fields.Nested(FoundPersonSchema), required=True)
