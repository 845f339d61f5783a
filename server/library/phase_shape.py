"""The phases a centre names, and where they come from."""

from marshmallow import fields, validate

from server.core.fields import Schema, Text
from server.library.guarantee_shape import GuaranteeSourceShape
from server.library.review_shape import short_line

CODE = validate.Regexp(r"^[a-z0-9-]{1,40}\Z", error="Must be small letters, digits and hyphens.")


class PhaseShape(Schema):
    """One phase in both languages."""

    code = Text(required=True, validate=CODE)
    da = short_line(required=True)
    en = short_line(required=True)


class PhasesShape(Schema):
    """The phases of one centre in their order."""

    source = fields.Nested(GuaranteeSourceShape, required=True)
    phase = fields.List(fields.Nested(PhaseShape), required=True, validate=validate.Length(min=1))
