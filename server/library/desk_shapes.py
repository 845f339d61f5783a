"""The keys of the content files about the crisis line's desk: its lists, and its places for the night."""

from marshmallow import Schema as AnySchema
from marshmallow import fields, validate

from server.core.fields import Integer, Schema, Text
from server.library.desk_models import DESK_CODES
from server.library.review_shape import Day, ReviewShape, short_line

LONGEST_NAME = 60


def list_shape(name: str) -> type[AnySchema]:
    """The shape of one list; its codes are those that the house can store."""

    class EntryShape(Schema):
        code = Text(required=True, validate=validate.OneOf(DESK_CODES[name]))
        da = short_line(required=True, max_length=LONGEST_NAME)
        en = short_line(required=True, max_length=LONGEST_NAME)

    class ListShape(Schema):
        review = fields.Nested(ReviewShape, required=True)
        entry = fields.List(fields.Nested(EntryShape), required=True)

    return ListShape


class CapacityShape(Schema):
    """From an evening on, so many people can stay."""

    since = Day(required=True, data_key="from")
    places = Integer(required=True, minimum=0, maximum=20)


class PlacesShape(Schema):
    """How many places there are, by date."""

    capacity = fields.List(fields.Nested(CapacityShape), required=True, validate=validate.Length(min=1))
