"""Trials and send health as they go over the wire."""

from marshmallow import fields

from server.core.fields import AwareDateTime, Boolean, Integer, Schema, Text
from server.reminders.trial import Answer, Reached


class StepsSchema(Schema):
    """How far a trial came: planned, handed to the push service, its answer, shown on this phone."""

    planned_at = AwareDateTime(required=True)
    handed = Boolean(required=True)
    answer = Text(required=True, metadata={"enum": [one.value for one in Answer]})
    shown = Boolean(required=True)
    over = Boolean(required=True)


class TrialSchema(Schema):
    """The last trial of this phone, or nothing."""

    trial = fields.Nested(StepsSchema, required=True, allow_none=True)


class TogetherSchema(Schema):
    """To how many phones a trial was sent."""

    phones = Integer(required=True)


class ReachedSchema(Schema):
    """Whether a trial reached a phone; never when."""

    reached = Text(required=True, metadata={"enum": [one.value for one in Reached]})


class BooksSchema(Schema):
    """What was ever planned, and what of it is open and ended; the difference must be 0."""

    at = AwareDateTime(required=True)
    planned = Integer(required=True)
    open = Integer(required=True)
    ended = Integer(required=True)
    difference = Integer(required=True)


class ServiceSchema(Schema):
    """A push service's last 24 hours."""

    service = Text(required=True)
    due = Integer(required=True)
    late = Integer(required=True)
    accepted = Integer(required=True)
    confirmed = Integer(required=True)
    unconfirmed = Integer(required=True)
    failed = Integer(required=True)


class WaySchema(Schema):
    """How many of the last 24 hours stand in this state; `channel` is empty where none was chosen."""

    channel = Text(required=True)
    state = Text(required=True)
    count = Integer(required=True)


class AlarmSchema(Schema):
    """Something to look after; `service` is null when it is about all of them."""

    code = Text(required=True)
    service = Text(required=True, allow_none=True)
    count = Integer(required=True)
    since = AwareDateTime(required=True, allow_none=True)
    cleared_at = AwareDateTime(required=True, allow_none=True)


class SendHealthSchema(Schema):
    """How the sending of reminders stands."""

    at = AwareDateTime(required=True)
    working = Boolean(required=True)
    overdue = Integer(required=True)
    books = fields.Nested(BooksSchema, required=True, allow_none=True)
    services = fields.List(fields.Nested(ServiceSchema), required=True)
    ways = fields.List(fields.Nested(WaySchema), required=True)
    alarms = fields.List(fields.Nested(AlarmSchema), required=True)
