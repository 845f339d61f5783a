"""The keys of a course, of its words, and of what a group agrees on."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from server.core.fields import Boolean, Choice, Integer, Schema, Text
from server.library.course_models import CourseKind
from server.library.review_shape import ReviewShape, short_line

SLUG = validate.Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", error="Must be small letters, digits and hyphens.")
CENTRE = validate.Regexp(r"^[a-z]+\Z", error="Must be the slug of a centre.")
LONGEST_PARAGRAPH = 400
MOST_PARAGRAPHS = 12
MOST_SESSIONS = 26
MOST_THEMES = 26


class CourseSourceShape(Schema):
    """A document and the place in it."""

    document = short_line(required=True, max_length=200)
    section = short_line(required=True, max_length=200)
    dated = short_line(required=True)


class BackgroundShape(Schema):
    """A figure from elsewhere; the words say who was asked."""

    percent = Integer(required=True, minimum=0, maximum=100)
    year = Integer(required=True, minimum=2000, maximum=2100)
    source = fields.Nested(CourseSourceShape, required=True)


class ThemeShape(Schema):
    """One theme, in the order of the sessions."""

    id = Text(required=True, validate=SLUG, max_length=40)


class CourseShape(Schema):
    """The facts of a course."""

    centre = Text(required=True, validate=CENTRE)
    order = Integer(required=True, minimum=1, maximum=99)
    kind = Choice(CourseKind, required=True)
    per_week = Integer(minimum=1, maximum=7)
    sessions = Integer(minimum=1, maximum=MOST_SESSIONS)
    talks_min = Integer(minimum=1, maximum=99)
    talks_max = Integer(minimum=1, maximum=99)
    months = Integer(minimum=1, maximum=36)
    homework = Boolean(load_default=False)
    knowledge = Boolean(load_default=False)
    background = fields.Nested(BackgroundShape)
    source = fields.Nested(CourseSourceShape, required=True)
    theme = fields.List(
        fields.Nested(ThemeShape), load_default=list, validate=validate.Length(max=MOST_THEMES)
    )

    @validates_schema
    def counts_fit_the_kind(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        """Groups are counted in sessions, talks in talks; a source may name no count of talks."""
        is_talks = data["kind"] is CourseKind.TALKS
        if is_talks == ("sessions" in data):
            raise ValidationError("sessions belong to a group, and only there", "sessions")
        if is_talks == ("per_week" in data):
            raise ValidationError("per_week belongs to a group, and only there", "per_week")
        if ("talks_min" in data) != ("talks_max" in data) or ("talks_min" in data and not is_talks):
            raise ValidationError("talks_min and talks_max belong together, and to talks only", "talks_min")
        if "talks_min" in data and data["talks_max"] < data["talks_min"]:
            raise ValidationError("must not be less than talks_min", "talks_max")

    @validates_schema
    def figure_stands_by_its_question(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        """A figure about knowledge is only shown where knowledge is asked about."""
        if "background" in data and not data["knowledge"]:
            raise ValidationError("a background figure needs knowledge = true", "background")


def _paragraphs(**kwargs: Any) -> fields.List:
    return fields.List(
        short_line(max_length=LONGEST_PARAGRAPH), validate=validate.Length(max=MOST_PARAGRAPHS), **kwargs
    )


class ThemeTextShape(Schema):
    """One theme in words: before and after are paragraphs to read at home."""

    title = short_line(required=True)
    before = _paragraphs(required=True)
    after = _paragraphs(required=True)
    bring = short_line(max_length=200)


class CourseTextShape(Schema):
    """Front matter of a course; the body says what it is."""

    title = short_line(required=True)
    lead = short_line(required=True, max_length=200)
    audience = short_line(required=True)
    background = short_line(max_length=200)
    theme = fields.Dict(keys=Text(validate=SLUG), values=fields.Nested(ThemeTextShape), load_default=dict)
    review = fields.Nested(ReviewShape, required=True)


class AgreementsTextShape(Schema):
    """Front matter of what a group agrees on; the body says how to use the list."""

    title = short_line(required=True)
    agreement = _paragraphs(required=True)
    review = fields.Nested(ReviewShape, required=True)
