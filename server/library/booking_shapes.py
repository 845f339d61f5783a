"""The keys of the content files about booking: how late is late, why no, and when to remind."""

from marshmallow import fields, validate

from server.core.fields import Boolean, Integer, Schema, Text
from server.library.models import APPOINTMENT_KINDS, REASON_CODES

LONGEST_LIMIT = 168


def _hours() -> Integer:
    return Integer(required=True, minimum=0, maximum=LONGEST_LIMIT)


class AppointmentRulesShape(Schema):
    """How late is late, and what a counsellor's calendar elsewhere may show, at one centre."""

    late_hours = _hours()
    late_hours_by_kind = fields.Dict(
        keys=Text(validate=validate.OneOf(APPOINTMENT_KINDS)), values=_hours(), load_default=dict
    )
    alias_in_calendar = Boolean(load_default=False)
    place_in_calendar = Boolean(load_default=False)


class ReasonShape(Schema):
    """One reason in both languages."""

    code = Text(required=True, validate=validate.OneOf(REASON_CODES))
    da = Text(required=True, max_length=120)
    en = Text(required=True, max_length=120)


class ReasonsShape(Schema):
    """The reasons, in the order in which they are offered."""

    reason = fields.List(fields.Nested(ReasonShape), required=True)


def _waking_hour() -> Text:
    waking = r"^(0[89]|1\d|20):[0-5]\d\Z"
    return Text(
        required=True, validate=validate.Regexp(waking, error='Must lie in waking hours, "08:00" to "20:59".')
    )


class ReminderRulesShape(Schema):
    """Which reminders one centre sends of what it books, and at what time of the day."""

    week_before = Boolean(required=True)
    week_before_days = Integer(required=True, minimum=5, maximum=7)
    week_before_at = _waking_hour()
    day_before_at = _waking_hour()
    two_hours_before = Boolean(required=True)
