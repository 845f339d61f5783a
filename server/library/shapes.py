"""The keys each kind of content file may and must hold."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema as AnySchema
from marshmallow import ValidationError, fields, validate, validates_schema

from server.core.fields import Choice, Integer, Schema, Text
from server.library.booking_shapes import AppointmentRulesShape, ReasonsShape, ReminderRulesShape
from server.library.course_shape import AgreementsTextShape, CourseShape, CourseTextShape
from server.library.desk_models import DESK_CODES
from server.library.desk_shapes import PlacesShape, list_shape
from server.library.exercise_shape import LibraryExerciseShape, LibraryExerciseTextShape
from server.library.guarantee_shape import GuaranteeShape
from server.library.models import DayState, LineHours, OpenKind
from server.library.phase_shape import PhasesShape
from server.library.questionnaire_shape import QuestionnaireShape, QuestionnaireTextShape
from server.library.review_shape import Day, ReviewShape, short_line

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SLUG = validate.Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", error="Must be small letters, digits and hyphens.")
CLOCK = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d\Z", error='Must be a clock time such as "09:00".')
TEL = validate.Regexp(r"^(\+45\d{8}|\d{3,4})\Z", error="Must be +45 and 8 digits, or a short number.")


class TextShape(Schema):
    """Front matter of a text."""

    title = short_line(required=True)
    review = fields.Nested(ReviewShape, required=True)


class ServiceTextShape(TextShape):
    """Front matter of a service: who it is for stands with every word about its hours."""

    audience = short_line(required=True)
    open_now = short_line()
    when_open = short_line()


class LabelsShape(Schema):
    """The fixed words of the help page and of the list of services."""

    draft = short_line(required=True)
    always_open = short_line(required=True)
    check_hours = short_line(required=True)
    hours_unknown = short_line(required=True)
    ask_first = short_line(required=True)
    closed_now = short_line(required=True)
    old_source = short_line(required=True)
    source = short_line(required=True)
    phone_unknown = short_line(required=True)
    checked = short_line(required=True)
    numbers = short_line(required=True)
    centres = short_line(required=True)


class PageTextShape(TextShape):
    """Front matter of the help page."""

    labels = fields.Nested(LabelsShape, required=True)


class ExerciseTextShape(TextShape):
    """Front matter of the exercise of the help page: one sentence for each step, and how to stop."""

    lead = short_line(required=True)
    after = short_line(required=True)
    stop = short_line(required=True)
    steps = fields.Dict(keys=Text(validate=SLUG), values=short_line(), required=True)
    rounds = short_line(required=True)


class PlanTextShape(TextShape):
    """Front matter of a section of the crisis plan: what to write, for somebody who is stuck."""

    suggestions = fields.List(
        short_line(max_length=80), required=True, validate=validate.Length(min=3, max=8)
    )


class PlanSectionShape(Schema):
    """A section of the crisis plan."""

    id = Text(required=True, validate=SLUG)


class PlanSectionsShape(Schema):
    """The sections of the crisis plan, in the order in which they stand."""

    section = fields.List(fields.Nested(PlanSectionShape), required=True, validate=validate.Length(min=1))


class GoalWarningShape(Schema):
    """Something a goal says of itself."""

    id = Text(required=True, validate=SLUG)


class GoalWarningsShape(Schema):
    """What goals say where the body may be in danger, or where somebody may feel that all is lost."""

    warning = fields.List(fields.Nested(GoalWarningShape), required=True, validate=validate.Length(min=1))


class SourceShape(Schema):
    """A document and the place in it."""

    document = short_line(required=True, max_length=200)
    section = short_line(required=True, max_length=200)
    dated = short_line(required=True)


class HoursShape(Schema):
    """The same hours on one or more weekdays."""

    days = fields.List(
        Text(validate=validate.OneOf(WEEKDAYS)), required=True, validate=validate.Length(min=1, max=7)
    )
    opens = Text(required=True, validate=CLOCK)
    closes = Text(required=True, validate=CLOCK)

    @validates_schema
    def end_after_start(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """Closing comes after opening, on the same day."""
        if data["closes"] <= data["opens"]:
            raise ValidationError("opening hours end before they start", "closes")


class MessageHoursShape(Schema):
    """When somebody answers messages at one centre, if a document says so."""

    open = Choice(OpenKind, required=True)
    hours = fields.List(fields.Nested(HoursShape))
    source = fields.Nested(SourceShape)

    @validates_schema
    def hours_have_a_source(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """Nobody is promised an answer that no document speaks of, and nobody one at any hour."""
        if data["open"] is OpenKind.ALWAYS:
            raise ValidationError("nobody answers messages day and night", "open")
        is_known = data["open"] is OpenKind.WEEKLY
        if is_known != ("hours" in data) or is_known != ("source" in data):
            raise ValidationError('hours and their source belong to open = "weekly", and only there', "open")


class ExceptionShape(Schema):
    """One day with other hours."""

    on = Day(required=True)
    state = Choice(DayState, required=True)
    opens = Text(validate=CLOCK)
    closes = Text(validate=CLOCK)

    @validates_schema
    def hours_when_open(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """Hours stand there if, and only if, the place is open."""
        given = "opens" in data and "closes" in data
        if given != (data["state"] is DayState.OPEN):
            raise ValidationError('opens and closes belong to state = "open" only', "state")
        if given and data["closes"] <= data["opens"]:
            raise ValidationError("opening hours end before they start", "closes")


class ServiceShape(Schema):
    """The facts of a service."""

    id = Text(required=True, validate=SLUG)
    open = Choice(OpenKind, required=True)
    on_holidays = Choice(DayState)
    checked_on = Day(required=True)
    source = fields.Nested(SourceShape, required=True)
    hours = fields.List(fields.Nested(HoursShape))
    exception = fields.List(fields.Nested(ExceptionShape))

    @validates_schema
    def hours_fit_the_kind(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """Without hours in the sources there is nothing to work out."""
        if (data["open"] is OpenKind.WEEKLY) != ("hours" in data):
            raise ValidationError('hours belong to open = "weekly", and only there', "open")
        if (data["open"] is OpenKind.UNKNOWN) == ("on_holidays" in data):
            raise ValidationError("on_holidays belongs to a service with known hours, and only there", "open")
        if data.get("on_holidays") is DayState.OPEN:
            raise ValidationError('use "as-usual", or an exception with hours', "on_holidays")


class CentreShape(Schema):
    """A centre and its services."""

    order = Integer(required=True, minimum=1, maximum=99)
    service = fields.List(fields.Nested(ServiceShape), required=True, validate=validate.Length(min=1))


class LineShape(Schema):
    """A help line."""

    id = Text(required=True, validate=SLUG)
    display = short_line(required=True, max_length=20)
    tel = Text(required=True, validate=TEL)
    hours = Choice(LineHours, required=True)
    check_url = Text(max_length=200, validate=validate.Regexp(r"^https://[a-z0-9.-]+(/[A-Za-z0-9/._-]*)?\Z"))
    source = short_line(required=True, max_length=200)
    checked_on = Day(required=True)

    @validates_schema
    def somewhere_to_look(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """Who is told to check the hours is told where."""
        if data["hours"] is LineHours.CHECK and "check_url" not in data:
            raise ValidationError('hours = "check" needs a check_url', "hours")


class LinesShape(Schema):
    """The help lines, in the order they are shown."""

    line = fields.List(fields.Nested(LineShape), required=True, validate=validate.Length(min=1))


class NumberShape(Schema):
    """A number, written a second time by a second person."""

    id = Text(required=True, validate=SLUG)
    display = short_line(required=True, max_length=20)
    tel = Text(required=True, validate=TEL)


class NumbersShape(Schema):
    """The second list of the help numbers."""

    number = fields.List(fields.Nested(NumberShape), required=True)


class StepShape(Schema):
    """One step of an exercise: breathing in, or breathing out."""

    id = Text(required=True, validate=validate.OneOf(("in", "out")))
    seconds = Integer(required=True, minimum=1, maximum=20)


class ExerciseShape(Schema):
    """The pace of an exercise. It ends."""

    rounds = Integer(required=True, minimum=1, maximum=30)
    step = fields.List(fields.Nested(StepShape), required=True, validate=validate.Length(min=1, max=6))


class HolidayShape(Schema):
    """A holiday and its names."""

    on = Day(required=True)
    da = short_line(required=True)
    en = short_line(required=True)


class HolidaysShape(Schema):
    """The holidays of the years we know."""

    holiday = fields.List(fields.Nested(HolidayShape), required=True)


class ForbiddenShape(Schema):
    """Words that no outgoing text may hold, in any language."""

    da = fields.List(short_line(), required=True, validate=validate.Length(min=1))
    en = fields.List(short_line(), required=True, validate=validate.Length(min=1))


class WordListShape(Schema):
    """Words that blame, and words that only a colleague understands."""

    blame = fields.List(short_line(), required=True, validate=validate.Length(min=1))
    jargon = fields.List(short_line(), required=True, validate=validate.Length(min=1))


class PlainWordsShape(Schema):
    """Words that no text holds, by language."""

    da = fields.Nested(WordListShape, required=True)
    en = fields.Nested(WordListShape, required=True)


_NAME = r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)"
_TEXT = _NAME + r"\.(?P<language>[a-z]{2})\.md"
_PLACES: tuple[tuple[str, type[AnySchema]], ...] = (
    (r"numbers\.toml", NumbersShape),
    (r"holidays\.toml", HolidaysShape),
    (r"reasons\.toml", ReasonsShape),
    (r"plain-words\.toml", PlainWordsShape),
    *((rf"crisis_line/{name}\.toml", list_shape(name)) for name in DESK_CODES),
    (r"crisis_line/places\.toml", PlacesShape),
    (r"crisis/lines\.toml", LinesShape),
    (r"crisis/help-page\.(?P<language>[a-z]{2})\.md", PageTextShape),
    (rf"crisis/{_TEXT}", TextShape),
    (r"exercises/breathing\.toml", ExerciseShape),
    (r"exercises/breathing\.(?P<language>[a-z]{2})\.md", ExerciseTextShape),
    (rf"exercises/library/{_NAME}\.toml", LibraryExerciseShape),
    (rf"exercises/library/{_TEXT}", LibraryExerciseTextShape),
    (r"plan/sections\.toml", PlanSectionsShape),
    (rf"plan/{_TEXT}", PlanTextShape),
    (r"goals/warnings\.toml", GoalWarningsShape),
    (rf"goals/{_TEXT}", TextShape),
    (rf"services/{_NAME}/services\.toml", CentreShape),
    (rf"services/{_NAME}/appointments\.toml", AppointmentRulesShape),
    (rf"services/{_NAME}/reminders\.toml", ReminderRulesShape),
    (rf"services/{_NAME}/guarantee\.toml", GuaranteeShape),
    (rf"services/{_NAME}/phases\.toml", PhasesShape),
    (rf"services/{_NAME}/messages\.toml", MessageHoursShape),
    (r"services/[a-z]+/centre\.(?P<language>[a-z]{2})\.md", TextShape),
    (rf"services/[a-z]+/{_TEXT}", ServiceTextShape),
    (r"courses/group-agreements\.(?P<language>[a-z]{2})\.md", AgreementsTextShape),
    (rf"courses/{_NAME}\.toml", CourseShape),
    (rf"courses/{_TEXT}", CourseTextShape),
    (rf"questionnaires/{_NAME}\.toml", QuestionnaireShape),
    (rf"questionnaires/{_TEXT}", QuestionnaireTextShape),
    (r"messages/forbidden\.toml", ForbiddenShape),
    (rf"messages/{_TEXT}", TextShape),
)
_SHAPES = tuple((re.compile(place), shape()) for place, shape in _PLACES)


def shape_of(file: str) -> AnySchema | None:
    """The shape a file must have by its place, or None if it has no place."""
    return next((shape for place, shape in _SHAPES if place.fullmatch(file)), None)
