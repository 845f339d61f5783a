"""The keys that the file of a questionnaire may and must hold, and those of its words."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from server.core.fields import Choice, Integer, Schema, Text
from server.library.guarantee_shape import GuaranteeSourceShape
from server.library.questionnaire_models import Lowest, QuestionnaireKind
from server.library.review_shape import ReviewShape, short_line

NAME = validate.Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", error="Must be small letters, digits and hyphens.")
HIGHEST_VALUE = 100
LONG = 240


def _id() -> Text:
    return Text(required=True, validate=NAME, max_length=40)


class AnswersShape(Schema):
    """A list of answers with their values, in the order in which they are shown."""

    id = _id()
    values = fields.Dict(
        keys=Text(validate=NAME, max_length=40),
        values=Integer(minimum=0, maximum=HIGHEST_VALUE),
        required=True,
        validate=validate.Length(min=2, max=11),
    )


class ItemShape(Schema):
    """One item and its list of answers."""

    id = _id()
    answers = _id()
    unless_zero = Text(validate=NAME, max_length=40)


class ScoringShape(Schema):
    """How the score is worked out, from where to where it goes, and what its low end means."""

    factor = Integer(required=True, minimum=1, maximum=100)
    lowest_score = Integer(required=True, minimum=0, maximum=10_000, data_key="from")
    highest_score = Integer(required=True, minimum=1, maximum=10_000, data_key="to")
    lowest = Choice(Lowest, required=True)


class BandShape(Schema):
    """A span of scores and the source that tells of it."""

    from_score = Integer(required=True, minimum=0, maximum=10_000, data_key="from")
    to_score = Integer(required=True, minimum=0, maximum=10_000, data_key="to")
    source = short_line(required=True)


class QuestionnaireShape(Schema):
    """A whole definition; items have a scoring, a grid of weeks has none."""

    version = Integer(required=True, minimum=1, maximum=1_000)
    order = Integer(required=True, minimum=1, maximum=99)
    kind = Choice(QuestionnaireKind, required=True)
    licence = short_line(required=True)
    origin = short_line(required=True, max_length=200)
    source = fields.Nested(GuaranteeSourceShape, required=True)
    scoring = fields.Nested(ScoringShape)
    answers = fields.List(fields.Nested(AnswersShape), load_default=list)
    item = fields.List(fields.Nested(ItemShape), load_default=list, validate=validate.Length(max=60))
    band = fields.List(fields.Nested(BandShape), load_default=list)
    weeks = Integer(minimum=1, maximum=8)

    @validates_schema
    def fits_its_kind(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        """Items belong to one kind, weeks to the other."""
        is_grid = data["kind"] is QuestionnaireKind.WEEKS
        if is_grid != ("weeks" in data):
            raise ValidationError('weeks belong to kind = "weeks", and only there', "weeks")
        if is_grid == bool(data["item"]):
            raise ValidationError('items belong to kind = "items", and only there', "item")
        if is_grid == ("scoring" in data):
            raise ValidationError('a scoring belongs to kind = "items", and only there', "scoring")


class QuestionnaireTextShape(Schema):
    """The words of a questionnaire in one language: by item, and by answer in each list of answers."""

    title = short_line(required=True, max_length=60)
    lead = short_line(required=True)
    before = short_line()
    credit = short_line(required=True)
    items = fields.Dict(keys=Text(validate=NAME), values=short_line(max_length=LONG), load_default=dict)
    answers = fields.Dict(
        keys=Text(validate=NAME),
        values=fields.Dict(keys=Text(validate=NAME), values=short_line(), required=True),
        load_default=dict,
    )
    review = fields.Nested(ReviewShape, required=True)
