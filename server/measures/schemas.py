"""Questionnaires as they go over the wire."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from server.consents.offers import Offer
from server.core.fields import AwareDateTime, Boolean, Choice, Date, Integer, Line, Schema, Text, Uuid
from server.measures.models import PlanStatus, WithdrawnBy
from server.measures.windows import WindowState

MAX_SEQ = 2**53
HIGHEST = 10_000
WHAT_LENGTH = 60
CODE = validate.Regexp(r"^[a-z0-9-]{1,40}\Z", error="Must be small letters, digits and hyphens.")


def _code(**kwargs: Any) -> Text:
    return Text(max_length=40, validate=CODE, **kwargs)


def _items(**kwargs: Any) -> fields.Dict:
    keys, values = _code(), Integer(minimum=0, maximum=100)
    return fields.Dict(keys=keys, values=values, validate=validate.Length(max=60), **kwargs)


class ThingSchema(Schema):
    """One thing in the person's own words, and on how many days of each week; null for a week left open."""

    what = Line(required=True, max_length=WHAT_LENGTH)
    weeks = fields.List(
        Integer(minimum=0, maximum=7, allow_none=True), required=True, validate=validate.Length(min=1, max=8)
    )


class ResultFieldsSchema(Schema):
    """Answers, whole or begun, as the person's phone writes them."""

    code = _code(required=True)
    definition_version = Integer(required=True, minimum=1, maximum=1_000)
    plan_id = Uuid(allow_none=True, load_default=None)
    window_key = _code(allow_none=True, load_default=None)
    items = _items(load_default=dict)
    things = fields.List(fields.Nested(ThingSchema), load_default=list, validate=validate.Length(max=20))
    complete = Boolean(required=True)
    at = AwareDateTime(required=True)
    sharing = Choice(Offer, required=True)
    seen_no = Integer(minimum=0, maximum=MAX_SEQ, load_default=0)
    goes_on_from = AwareDateTime(allow_none=True, load_default=None)

    @validates_schema
    def fits(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """A window belongs to a plan, and whole answers hold at least one."""
        if data.get("window_key") is not None and data.get("plan_id") is None:
            raise ValidationError("A window belongs to a plan.", "window_key")
        if data.get("complete") and not data.get("items") and not data.get("things"):
            raise ValidationError("Whole answers hold at least one.", "complete")


class DeclineFieldsSchema(Schema):
    """Which window is put off; null: do not ask any more."""

    window_key = _code(required=True, allow_none=True)


class CallFieldsSchema(Schema):
    """After which answers the person asks to be called."""

    result_id = Uuid(required=True)


class PhoneMeasurePlanSchema(Schema):
    """A plan as the person's own phone keeps it; the phone works its windows out."""

    id = Uuid(required=True)
    code = _code(required=True)
    start_on = Date(required=True)
    end_on = Date(required=True, allow_none=True)
    status = Choice(PlanStatus, required=True)
    withdrawn_by = Choice(WithdrawnBy, required=True, allow_none=True)
    withdrawn_on = Date(required=True, allow_none=True)
    skipped = fields.List(_code(), required=True)
    version = Integer(required=True, minimum=1)


class PhoneMeasureResultSchema(Schema):
    """Answers as their writer's phone keeps them; erased ones are empty."""

    id = Uuid(required=True)
    plan_id = Uuid(required=True, allow_none=True)
    window_key = _code(required=True, allow_none=True)
    code = _code(required=True, allow_none=True)
    definition_version = Integer(required=True, allow_none=True)
    items = _items(required=True)
    things = fields.List(fields.Nested(ThingSchema), required=True)
    complete = Boolean(required=True)
    score = Integer(required=True, allow_none=True)
    at = AwareDateTime(required=True, allow_none=True)
    call_wished = Boolean(required=True)
    sharing = Choice(Offer, required=True)
    offered_seq = Integer(required=True, allow_none=True, maximum=MAX_SEQ)
    erased = Boolean(required=True)


class OfferAnswersSchema(Schema):
    """Whether the contact person may see these answers."""

    given = Boolean(required=True)


class NewMeasurePlanSchema(Schema):
    """What somebody is to be asked, and from when until when."""

    code = _code(required=True)
    start_on = Date(required=True)
    end_on = Date(allow_none=True, load_default=None)


class MeasurePlanChangeSchema(Schema):
    """A new end (null: none yet), or that nothing is asked any more."""

    end_on = Date(allow_none=True)
    status = Choice(PlanStatus, validate=validate.Equal(PlanStatus.WITHDRAWN))

    @validates_schema
    def is_one_change(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """One thing at a time."""
        if len(data) != 1:
            raise ValidationError("Give either an end or the status.", "body")


class MeasureWindowSchema(Schema):
    """A window, and where it stands as far as the shared answers tell."""

    key = _code(required=True)
    opens_on = Date(required=True)
    due_on = Date(required=True)
    overdue_on = Date(required=True)
    expires_on = Date(required=True)
    state = Choice(WindowState, required=True)
    result_id = Uuid(required=True, allow_none=True)


class MeasurePlanSchema(Schema):
    """What somebody is asked, with its windows up to the next that opens."""

    id = Uuid(required=True)
    code = _code(required=True)
    start_on = Date(required=True)
    end_on = Date(required=True, allow_none=True)
    status = Choice(PlanStatus, required=True)
    withdrawn_by = Choice(WithdrawnBy, required=True, allow_none=True)
    withdrawn_on = Date(required=True, allow_none=True)
    version = Integer(required=True, minimum=1)
    windows = fields.List(fields.Nested(MeasureWindowSchema), required=True)


class MeasureResultSchema(Schema):
    """Answers as their writer lets staff see them."""

    id = Uuid(required=True)
    code = _code(required=True)
    definition_version = Integer(required=True)
    plan_id = Uuid(required=True, allow_none=True)
    window_key = _code(required=True, allow_none=True)
    items = _items(required=True)
    things = fields.List(fields.Nested(ThingSchema), required=True)
    score = Integer(required=True, allow_none=True)
    at = AwareDateTime(required=True)


class MeasuresSchema(Schema):
    """What a person is asked and shares of the answers; nothing tells how much there is besides."""

    shared = Boolean(required=True)
    plans = fields.List(fields.Nested(MeasurePlanSchema), required=True)
    results = fields.List(fields.Nested(MeasureResultSchema), required=True)
    offered = fields.List(_code(), required=True)


class MeasureBandSchema(Schema):
    """A span of scores as a source tells of it."""

    from_score = Integer(required=True, data_key="from")
    to_score = Integer(required=True, data_key="to")
    source = Text(required=True)


class TurnedSchema(Schema):
    """One rule of the past or the present."""

    at_most = Integer(required=True)
    on_at = AwareDateTime(required=True)
    on_by = Text(required=True)
    off_at = AwareDateTime(required=True, allow_none=True)
    off_by = Text(required=True, allow_none=True)


class MeasureRuleSchema(Schema):
    """A questionnaire that can have a rule, and the one that is on; null: none."""

    code = _code(required=True)
    at_most = Integer(required=True, allow_none=True)
    lowest_score = Integer(required=True)
    highest_score = Integer(required=True)
    bands = fields.List(fields.Nested(MeasureBandSchema), required=True)
    history = fields.List(fields.Nested(TurnedSchema), required=True)


class MeasureRulesSchema(Schema):
    """The rules of a unit."""

    items = fields.List(fields.Nested(MeasureRuleSchema), required=True)


class SetRuleSchema(Schema):
    """After which scores people are asked about a call; null: after none."""

    code = _code(required=True)
    at_most = Integer(required=True, minimum=0, maximum=HIGHEST, allow_none=True)
