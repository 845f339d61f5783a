"""The keys of a guarantee: its days, its services with their law, and the lawful reasons against it."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from server.core.fields import Integer, Schema, Text
from server.library.guarantee_models import WAIVER_CODES, Guarantee, Waiver
from server.library.models import LANGUAGES
from server.library.review_shape import short_line

#: The only two laws that may be named to anybody; a bare section number names none.
LAWS = ("SEL § 101", "Sundhedsloven § 141")


class GuaranteeSourceShape(Schema):
    """A document and the place in it."""

    document = short_line(required=True, max_length=200)
    section = short_line(required=True, max_length=200)
    dated = short_line(required=True)


class GuaranteedShape(Schema):
    """One service that has the guarantee."""

    id = Text(required=True, max_length=40)
    law = Text(required=True, validate=validate.OneOf(LAWS))
    source = fields.Nested(GuaranteeSourceShape, required=True)


class WithoutShape(Schema):
    """One service that has no guarantee."""

    id = Text(required=True, max_length=40)
    source = fields.Nested(GuaranteeSourceShape, required=True)


class WaiverShape(Schema):
    """One reason in both languages."""

    code = Text(required=True, validate=validate.OneOf(WAIVER_CODES))
    da = short_line(required=True)
    en = short_line(required=True)
    source = fields.Nested(GuaranteeSourceShape, required=True)


class GuaranteeShape(Schema):
    """The guarantee of one centre."""

    days = Integer(required=True, minimum=1, maximum=99)
    service = fields.List(fields.Nested(GuaranteedShape), required=True, validate=validate.Length(min=1))
    without = fields.List(fields.Nested(WithoutShape), load_default=list)
    waiver = fields.List(fields.Nested(WaiverShape), required=True)


def as_guarantee(data: Mapping[str, Any]) -> Guarantee:
    """The guarantee that a file in this shape describes."""
    return Guarantee(
        days=data["days"],
        laws={entry["id"]: entry["law"] for entry in data["service"]},
        without=frozenset(entry["id"] for entry in data["without"]),
        waivers=tuple(
            Waiver(entry["code"], {language: entry[language] for language in LANGUAGES})
            for entry in data["waiver"]
        ),
    )
