"""Care plans and phases as they go over the wire."""

from marshmallow import fields, validate

from server.core.fields import AwareDateTime, Choice, Date, Integer, Line, Schema, Text
from server.goals.models_care import Children

LONGEST = 4000
METHODS = 20
CODE = 40


class PhaseStepSchema(Schema):
    """One phase somebody came into; without a code none holds from that day on."""

    code = Line(required=True, allow_none=True, max_length=CODE)
    from_on = Date(required=True)
    set_by_name = Line(required=True)


class CarePlanSchema(Schema):
    """What was agreed, with the phases newest first; version 0: nothing is written yet."""

    version = Integer(required=True, minimum=0)
    background = Text(required=True, allow_none=True, max_length=LONGEST)
    needs = Text(required=True, allow_none=True, max_length=LONGEST)
    purpose = Text(required=True, allow_none=True, max_length=LONGEST)
    effort = Text(required=True, allow_none=True, max_length=LONGEST)
    methods = fields.List(Line(max_length=CODE), required=True)
    children = Choice(Children, required=True)
    review_on = Date(required=True, allow_none=True)
    written_at = AwareDateTime(required=True, allow_none=True)
    written_by_name = Line(required=True, allow_none=True)
    phases = fields.List(fields.Nested(PhaseStepSchema), required=True)


class CarePlanAtCentreSchema(CarePlanSchema):
    """The same, with what the centre offers to choose from."""

    offered_methods = fields.List(Line(max_length=CODE), required=True)
    offered_phases = fields.List(Line(max_length=CODE), required=True)


class CarePlanWrittenSchema(Schema):
    """A whole plan as staff write it."""

    background = Text(required=True, allow_none=True, max_length=LONGEST)
    needs = Text(required=True, allow_none=True, max_length=LONGEST)
    purpose = Text(required=True, allow_none=True, max_length=LONGEST)
    effort = Text(required=True, allow_none=True, max_length=LONGEST)
    methods = fields.List(Line(max_length=CODE), required=True, validate=validate.Length(max=METHODS))
    children = Choice(Children, required=True)
    review_on = Date(required=True, allow_none=True)


class PhaseSetSchema(Schema):
    """The phase somebody is in from a day on; null for none."""

    code = Line(required=True, allow_none=True, max_length=CODE)
    from_on = Date(required=True)
