"""The keys of the content files about booking: how late is late, and why something was cancelled."""

from marshmallow import fields, validate

from server.core.fields import Integer, Schema, Text
from server.library.models import APPOINTMENT_KINDS, REASON_CODES

LONGEST_LIMIT = 168


def _hours() -> Integer:
    return Integer(required=True, minimum=0, maximum=LONGEST_LIMIT)


class AppointmentRulesShape(Schema):
    """Up to how many hours before the start a no is in time, at one centre."""

    late_hours = _hours()
    late_hours_by_kind = fields.Dict(
        keys=Text(validate=validate.OneOf(APPOINTMENT_KINDS)), values=_hours(), load_default=dict
    )


class ReasonShape(Schema):
    """One reason in both languages."""

    code = Text(required=True, validate=validate.OneOf(REASON_CODES))
    da = Text(required=True, max_length=120)
    en = Text(required=True, max_length=120)


class ReasonsShape(Schema):
    """The reasons, in the order in which they are offered."""

    reason = fields.List(fields.Nested(ReasonShape), required=True)
