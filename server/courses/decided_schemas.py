"""What a unit decides about its courses, what comes of them, and talks: as they go over the wire."""

from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from server.core.fields import Boolean, Choice, Date, Integer, Line, Schema, Text, Uuid
from server.courses.models import PathStatus
from server.courses.schemas import CODE, MOST_SESSIONS
from server.library.course_models import CourseKind

TITLE = 120


class CourseThemeSchema(Schema):
    """A theme of the unit: one of the content's by its id, with an own title if it has one, or an own one.

    An own theme comes without an id the first time; the server gives it one.
    """

    id = Line(max_length=CODE, allow_none=True, load_default=None)
    title = Line(max_length=TITLE, allow_none=True, load_default=None)


class CourseSettingSchema(Schema):
    """What holds for a course at the own unit; version 0: as the content says.

    `themes` in their order; a title of null is the content's.
    """

    code = Line(required=True)
    kind = Choice(CourseKind, required=True)
    sessions = Integer(required=True, allow_none=True)
    talks_min = Integer(required=True, allow_none=True)
    talks_max = Integer(required=True, allow_none=True)
    themes = fields.List(fields.Nested(CourseThemeSchema), required=True)
    version = Integer(required=True)


class CourseSettingsSchema(Schema):
    """The courses of the own unit."""

    items = fields.List(fields.Nested(CourseSettingSchema), required=True)


class NewCourseSettingSchema(Schema):
    """What a manager decides about one course; send the version one has seen as If-Match."""

    code = Line(required=True, max_length=CODE)
    sessions = Integer(minimum=1, maximum=MOST_SESSIONS, allow_none=True, load_default=None)
    talks_min = Integer(minimum=1, maximum=99, allow_none=True, load_default=None)
    talks_max = Integer(minimum=1, maximum=99, allow_none=True, load_default=None)
    themes = fields.List(
        fields.Nested(CourseThemeSchema), required=True, validate=validate.Length(max=MOST_SESSIONS)
    )


class ReportMonths(StrEnum):
    """How far back, as a query string writes it."""

    HALF_A_YEAR = "6"
    A_YEAR = "12"


class CourseReportQuerySchema(Schema):
    """How far back: half a year, or a year, as the course is looked back on."""

    months = Choice(ReportMonths, required=True)

    @post_load
    def as_number(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, int]:
        """Months are counted."""
        return {"months": int(data["months"])}


class CourseDistributionSchema(Schema):
    """How many answered, and how; `counts` (1 not at all … 4 to a high degree) is null until five people are
    told together, so that nobody's answer can be guessed. `high`: how many said 4, of `answered`.
    """

    answered = Integer(required=True)
    counts = fields.Dict(keys=Text(), values=Integer(), required=True, allow_none=True)
    high = Integer(required=True, allow_none=True)


class CourseBackgroundSchema(Schema):
    """A figure from another time and place; never a target."""

    percent = Integer(required=True)
    year = Integer(required=True)
    source = fields.Dict(keys=Text(), values=Text(), required=True)


class CourseReportSchema(Schema):
    """What people thought of a course over the last months; names nobody.

    `people`: how many are told of, in groups of five; before there is one, how many answered. `words`: what
    they wrote, in no order that tells who (`words_shown`: there is a group). `knowledge` is null where the
    course does not ask about it.
    """

    code = Line(required=True)
    months = Integer(required=True)
    since = Date(required=True, data_key="from")
    until = Date(required=True, data_key="to")
    runs = Integer(required=True)
    people = Integer(required=True)
    knowledge = fields.Nested(CourseDistributionSchema, required=True, allow_none=True)
    useful = fields.Nested(CourseDistributionSchema, required=True)
    words = fields.List(Text(), required=True)
    words_shown = Boolean(required=True)
    background = fields.Nested(CourseBackgroundSchema, required=True, allow_none=True)


class CoursePathSchema(Schema):
    """Talks of one kind as agreed with one person."""

    id = Uuid(required=True)
    code = Line(required=True)
    planned = Integer(required=True, allow_none=True)
    from_on = Date(required=True)
    evaluate_on = Date(required=True, allow_none=True)
    status = Choice(PathStatus, required=True)
    version = Integer(required=True)


class CountedCoursePathSchema(CoursePathSchema):
    """The same for staff, with how many talks were held since then."""

    held = Integer(required=True)


class CoursePathsSchema(Schema):
    """A person's talks by kind, newest first."""

    items = fields.List(fields.Nested(CountedCoursePathSchema), required=True)


class NewCoursePathSchema(Schema):
    """Talks to begin; without a date to look back it follows from the course's months."""

    id = Uuid()
    code = Line(required=True, max_length=CODE)
    planned = Integer(minimum=1, maximum=99, allow_none=True, load_default=None)
    from_on = Date(required=True)
    evaluate_on = Date(allow_none=True)


class CoursePathChangesSchema(Schema):
    """What becomes different about somebody's talks."""

    planned = Integer(minimum=1, maximum=99, allow_none=True)
    evaluate_on = Date(allow_none=True)
    status = Choice(PathStatus)

    @validates_schema
    def says_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty change is a mistake of the caller."""
        if not data:
            raise ValidationError("Give at least one change.", "body")
