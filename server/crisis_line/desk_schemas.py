"""Shifts, nights and follow-ups as they go over the wire."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from server.core.fields import AwareDateTime, Boolean, Choice, Date, Integer, Line, Schema, Text, Uuid
from server.crisis_line.models_desk import (
    Changed,
    FollowUpKind,
    FollowUpResult,
    FollowUpStatus,
    SupportAnswer,
    SupportResult,
)
from server.crisis_line.schemas import SAFEST, CallBackCardSchema

HANDOVER_LENGTH = 4000
CLOCK = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d\Z", error='Must be a clock time such as "23:30".')


class ShiftChangeSchema(Schema):
    """What may be said about my shift; null takes a note away."""

    handover_note = Text(max_length=HANDOVER_LENGTH, allow_none=True)
    on_the_road = Boolean()


class ShiftEndSchema(Schema):
    """What the next shift must know, if anything more."""

    handover_note = Text(max_length=HANDOVER_LENGTH, allow_none=True)


class ShiftSchema(Schema):
    """My own shift."""

    id = Uuid(required=True)
    version = Integer(required=True)
    started_at = AwareDateTime(required=True)
    on_the_road = Boolean(required=True)
    on_the_road_since = AwareDateTime(required=True, allow_none=True)
    handover_note = Text(required=True, allow_none=True)
    handover_at = AwareDateTime(required=True, allow_none=True)


class AtTheDeskSchema(Schema):
    """A colleague who is on a shift now."""

    name = Text(required=True)
    started_at = AwareDateTime(required=True)
    on_the_road = Boolean(required=True)


class HandoverSchema(Schema):
    """What a colleague wrote down for the next shift."""

    name = Text(required=True)
    at = AwareDateTime(required=True)
    note = Text(required=True)


class CurrentShiftSchema(Schema):
    """My shift (null before it begins), who else is at work, and the notes of 24 hours, newest first."""

    shift = fields.Nested(ShiftSchema, required=True, allow_none=True)
    colleagues = fields.List(fields.Nested(AtTheDeskSchema), required=True)
    handovers = fields.List(fields.Nested(HandoverSchema), required=True)


class DaysQuerySchema(Schema):
    """From which evening to which, both included."""

    first = Date(required=True, data_key="from")
    last = Date(required=True, data_key="to")


class TakePlaceSchema(Schema):
    """A place for one night; with an id, the same again changes nothing."""

    id = Uuid()
    date = Date(required=True)
    contact_id = Uuid(load_default=None, allow_none=True)


class PlaceSchema(Schema):
    """A place that is taken; whose it is stands there only in that very night."""

    id = Uuid(required=True, attribute="place.id")
    place = Integer(required=True, attribute="place.place")
    contact_id = Uuid(required=True, allow_none=True, attribute="place.contact_id")
    taken_at = AwareDateTime(required=True, attribute="place.taken_at")
    alias = Text(required=True, allow_none=True)


class TakenPlaceSchema(Schema):
    """The place that was just taken."""

    id = Uuid(required=True)
    date = Date(required=True, attribute="evening_on")
    place = Integer(required=True)
    contact_id = Uuid(required=True, allow_none=True)


class NightSchema(Schema):
    """One evening, with the places for its night."""

    date = Date(required=True)
    capacity = Integer(required=True)
    free = Integer(required=True)
    taken = fields.List(fields.Nested(PlaceSchema), required=True)


class NightsSchema(Schema):
    """The evenings that were asked for, in order; `tonight` is the evening whose night it is now."""

    tonight = Date(required=True)
    items = fields.List(fields.Nested(NightSchema), required=True)


class EveningQuerySchema(Schema):
    """Which evening; without it, this one."""

    date = Date()


class AskSupportSchema(Schema):
    """What a person wants this one night."""

    contact_id = Uuid(required=True)
    answer = Choice(SupportAnswer, required=True)
    date = Date()
    wanted_at = Line(max_length=5, validate=CLOCK, load_default=None, allow_none=True)


class SupportResultSchema(Schema):
    """What became of it."""

    result = Choice(SupportResult, required=True)


class SupportSchema(Schema):
    """One person's answer about one night, and what became of it."""

    id = Uuid(required=True)
    version = Integer(required=True)
    date = Date(required=True, attribute="evening_on")
    contact_id = Uuid(required=True)
    answer = Choice(SupportAnswer, required=True)
    wanted_at = Text(required=True, allow_none=True)
    asked_at = AwareDateTime(required=True)
    result = Choice(SupportResult, required=True, allow_none=True)
    done_at = AwareDateTime(required=True, allow_none=True)


class SupportRowSchema(Schema):
    """An answer in the list; whose it is stands there only in that very night."""

    support = fields.Nested(SupportSchema, required=True)
    alias = Text(required=True, allow_none=True)


class SupportListSchema(Schema):
    """Who was asked about one evening, earliest wish first."""

    date = Date(required=True)
    items = fields.List(fields.Nested(SupportRowSchema), required=True)


class CallerSchema(Schema):
    """A colleague who makes calls."""

    id = Uuid(required=True)
    name = Text(required=True)
    active = Boolean(required=True)


class FollowUpSchema(Schema):
    """A follow-up; whom it is about and the number are there from its day until it is done."""

    id = Uuid(required=True, attribute="follow_up.id")
    version = Integer(required=True, attribute="follow_up.version")
    contact_id = Uuid(required=True, attribute="follow_up.contact_id")
    kind = Choice(FollowUpKind, required=True, attribute="follow_up.kind")
    status = Choice(FollowUpStatus, required=True, attribute="follow_up.status")
    yes_at = AwareDateTime(required=True, attribute="follow_up.yes_at")
    due_on = Date(required=True, attribute="follow_up.due_on")
    tries = Integer(required=True, attribute="follow_up.tries")
    result = Choice(FollowUpResult, required=True, allow_none=True, attribute="follow_up.result")
    changed = Choice(Changed, required=True, allow_none=True, attribute="follow_up.changed")
    safety = Integer(required=True, allow_none=True, attribute="follow_up.safety")
    is_due = Boolean(required=True)
    mine = Boolean(required=True)
    owner = fields.Nested(CallerSchema, required=True)
    stand_in = fields.Nested(CallerSchema, required=True, allow_none=True)
    contact_opened_at = AwareDateTime(required=True)
    goal_id = Uuid(required=True, allow_none=True)
    alias = Text(required=True, allow_none=True)
    callback = fields.Nested(CallBackCardSchema, required=True, allow_none=True)


class FollowUpListSchema(Schema):
    """What waits, soonest first, and who can be asked to make a call."""

    items = fields.List(fields.Nested(FollowUpSchema), required=True)
    colleagues = fields.List(fields.Nested(CallerSchema), required=True)


class FollowUpResultSchema(Schema):
    """What came of a follow-up; `next_on` belongs to later, the answers to done."""

    result = Choice(FollowUpResult, required=True)
    changed = Choice(Changed, load_default=Changed.NOT_ASKED)
    safety = Integer(minimum=0, maximum=SAFEST, load_default=None, allow_none=True)
    next_on = Date(load_default=None, allow_none=True)


class HandOverSchema(Schema):
    """Who makes the call, and who does if that colleague is away."""

    owner_id = Uuid(required=True)
    stand_in_id = Uuid(load_default=None, allow_none=True)

    @validates_schema
    def names_two(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Nobody stands in for themself."""
        if data["owner_id"] == data.get("stand_in_id"):
            raise ValidationError("Must be another colleague.", "stand_in_id")
