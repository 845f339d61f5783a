"""Check-ins and days as they go over the wire."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from server.consents.offers import Offer
from server.core.fields import AwareDateTime, Boolean, Choice, Date, Integer, Line, Schema, Text, Uuid

LINE_LENGTH = 500
WHAT_LENGTH = 60
HIGHEST = 10
MAX_SEQ = 2**53


class CheckInFieldsSchema(Schema):
    """A new check-in; at least one of mood, urge and line. `seen_no`: the last no the phone knew of."""

    at = AwareDateTime(required=True)
    mood = Integer(minimum=0, maximum=HIGHEST, allow_none=True, load_default=None)
    urge = Integer(minimum=0, maximum=HIGHEST, allow_none=True, load_default=None)
    line = Text(max_length=LINE_LENGTH, allow_none=True, load_default=None)
    goal_id = Uuid(allow_none=True, load_default=None)
    sharing = Choice(Offer, required=True)
    seen_no = Integer(minimum=0, maximum=MAX_SEQ, load_default=0)

    @validates_schema
    def says_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty check-in is a mistake of the caller."""
        if data.get("mood") is None and data.get("urge") is None and data.get("line") is None:
            raise ValidationError("Give a mood, an urge or a line.", "body")


class DayFieldsSchema(Schema):
    """What is said of one day and one thing; without a yes or no it is left open."""

    on = Date(required=True)
    used = Boolean(required=True, allow_none=True)
    what = Line(max_length=WHAT_LENGTH, allow_none=True, load_default=None)
    sharing = Choice(
        Offer,
        load_default=Offer.PRIVATE,
        validate=validate.NoneOf([Offer.SHARED], error="A day is not shared by itself."),
    )


class PhoneCheckInSchema(Schema):
    """A check-in as its writer's phone keeps it; an erased one is empty.

    The contact person sees it as long as `offered_seq` is later than the yes that stands ("as-chosen"), or
    than the last no ("shared"): the choice tells both.
    """

    id = Uuid(required=True)
    at = AwareDateTime(required=True, allow_none=True)
    mood = Integer(required=True, allow_none=True)
    urge = Integer(required=True, allow_none=True)
    line = Text(required=True, allow_none=True)
    goal_id = Uuid(required=True, allow_none=True)
    sharing = Choice(Offer, required=True)
    offered_seq = Integer(required=True, allow_none=True, maximum=MAX_SEQ)
    erased = Boolean(required=True)


class PhoneDaySchema(Schema):
    """A day as its writer's phone keeps it; of two for the same day and thing, the later `seq` counts."""

    id = Uuid(required=True)
    on = Date(required=True)
    used = Boolean(required=True, allow_none=True)
    what = Text(required=True, allow_none=True)
    sharing = Choice(Offer, required=True)
    offered_seq = Integer(required=True, allow_none=True, maximum=MAX_SEQ)
    seq = Integer(required=True, maximum=MAX_SEQ)


class SharedCheckInSchema(Schema):
    """One check-in as its writer lets staff see it."""

    id = Uuid(required=True)
    at = AwareDateTime(required=True)
    mood = Integer(required=True, allow_none=True)
    urge = Integer(required=True, allow_none=True)
    line = Text(required=True, allow_none=True)
    goal_id = Uuid(required=True, allow_none=True)


class SharedDaySchema(Schema):
    """One day and one thing as its writer lets staff see it."""

    on = Date(required=True)
    used = Boolean(required=True)
    what = Text(required=True, allow_none=True)


class SharedPageSchema(Schema):
    """What a person shares; nothing tells how much there is besides."""

    shared = Boolean(required=True)
    items = fields.List(fields.Nested(SharedCheckInSchema), required=True)
    days = fields.List(fields.Nested(SharedDaySchema), required=True)
    next_cursor = Text(required=True, allow_none=True)


class SharedQuerySchema(Schema):
    """Which page."""

    cursor = Text(max_length=600)
