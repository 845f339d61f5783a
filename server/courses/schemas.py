"""Courses as they go over the wire."""

from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from server.core.fields import (
    AwareDateTime,
    Boolean,
    Choice,
    Date,
    Integer,
    Line,
    Schema,
    Text,
    Uuid,
    WallTime,
)
from server.courses.models import (
    MOST_SEATS,
    EnrollmentStatus,
    Presence,
    RunStatus,
    SessionStatus,
)

CODE, PLACE, REASON = 40, 200, 300
MOST_SESSIONS = 26
SHORTEST, LONGEST = 15, 480
MOST_PEOPLE = 100


def _number(**kwargs: Any) -> Integer:
    return Integer(minimum=1, maximum=MOST_SESSIONS, **kwargs)


def _clock(**kwargs: Any) -> Text:
    shape = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d\Z", error='Must be a clock time such as "09:00".')
    return Text(validate=shape, max_length=5, **kwargs)


class EndsTo(StrEnum):
    """How a run can be ended."""

    ENDED = RunStatus.ENDED.value
    CANCELLED = RunStatus.CANCELLED.value


class NewCourseRunSchema(Schema):
    """A run to plan; dates are Danish days, `at` a Danish clock time, `weekdays` 1 (Monday) to 7.

    `themes`: the theme of each session in order; without it they follow the course's own order, again and
    again. `skip`: days on which nobody meets, so that the run ends later.
    """

    id = Uuid()
    code = Line(required=True, max_length=CODE)
    place = Line(max_length=PLACE, allow_none=True, load_default=None)
    seats = Integer(required=True, minimum=1, maximum=MOST_SEATS)
    first_on = Date(required=True)
    weekdays = fields.List(
        Integer(minimum=1, maximum=7), required=True, validate=validate.Length(min=1, max=7)
    )
    at = _clock(required=True)
    minutes = Integer(required=True, minimum=SHORTEST, maximum=LONGEST)
    count = Integer(required=True, minimum=1, maximum=MOST_SESSIONS)
    themes = fields.List(Line(max_length=CODE), validate=validate.Length(max=MOST_SESSIONS))
    skip = fields.List(Date(), load_default=list, validate=validate.Length(max=MOST_SESSIONS))
    leader_id = Uuid()


class CourseRunChangesSchema(Schema):
    """What becomes different about a run; what is not named stays."""

    place = Line(max_length=PLACE, allow_none=True)
    seats = Integer(minimum=1, maximum=MOST_SEATS)
    leader_id = Uuid()
    status = Choice(EndsTo)

    @validates_schema
    def says_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty change is a mistake of the caller."""
        if not data:
            raise ValidationError("Give at least one change.", "body")


class CourseSessionSchema(Schema):
    """One session; without a `theme_title` the content's title of the theme holds.

    `enrolled`: how many have a seat at it. `attendance_taken`: whether staff have said who came.
    `reason`: why it was cancelled, for the leader.
    """

    id = Uuid(required=True)
    number = _number(required=True)
    theme = Line(required=True, allow_none=True)
    theme_title = Line(required=True, allow_none=True)
    starts_at = AwareDateTime(required=True)
    starts_local = WallTime(required=True)
    minutes = Integer(required=True)
    status = Choice(SessionStatus, required=True)
    enrolled = Integer(required=True)
    attendance_taken = Boolean(required=True)
    reason = Line(required=True, allow_none=True)
    revision = Integer(required=True)


class CourseRunSchema(Schema):
    """One run in a list. `enrolled`: how many people have a place; `free`: seats at the fullest session
    ahead, null if none lies ahead. `mine`: whether the reader leads it.
    """

    id = Uuid(required=True)
    code = Line(required=True)
    place = Line(required=True, allow_none=True)
    seats = Integer(required=True)
    weekdays = fields.List(Integer(), required=True)
    at = Text(required=True)
    minutes = Integer(required=True)
    status = Choice(RunStatus, required=True)
    leader_id = Uuid(required=True)
    leader_name = Line(required=True)
    mine = Boolean(required=True)
    enrolled = Integer(required=True)
    waiting = Integer(required=True)
    free = Integer(required=True, allow_none=True)
    sessions_total = Integer(required=True)
    sessions_held = Integer(required=True)
    first_at = AwareDateTime(required=True)
    next = fields.Nested(CourseSessionSchema, required=True, allow_none=True)
    content_version = Line(required=True)
    content_changed = Boolean(required=True)
    version = Integer(required=True)


class CourseRunListSchema(Schema):
    """The unit's runs, those that go on or lie ahead first, and a page of those that are over.

    `next_after`: what asks for the next page; null: there is none.
    """

    items = fields.List(fields.Nested(CourseRunSchema), required=True)
    next_after = Uuid(required=True, allow_none=True)


class CourseRunPageSchema(Schema):
    """The runs behind this one, all of which are over."""

    after = Uuid()


class ThemeCoverSchema(Schema):
    """One theme, and whether somebody has been there when it was the theme, in whatever run."""

    theme = Line(required=True)
    title = Line(required=True, allow_none=True)
    covered = Boolean(required=True)


class CourseRosterLineSchema(Schema):
    """One person with a place, or who waits; `attendance` by the number of the session.

    `mine`: whether the reader works with the person.
    """

    enrollment_id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    alias = Line(required=True)
    numbers = fields.List(Integer(), required=True)
    status = Choice(EnrollmentStatus, required=True)
    asked_at = AwareDateTime(required=True)
    coverage = fields.List(fields.Nested(ThemeCoverSchema), required=True)
    attendance = fields.Dict(keys=Text(), values=Choice(Presence), required=True)
    mine = Boolean(required=True)


class CourseRunDetailSchema(CourseRunSchema):
    """A run with its sessions. The leader sees everybody; a counsellor only the own people; a manager none.

    `waiting_list` stands in the order in which places are given.
    """

    sessions = fields.List(fields.Nested(CourseSessionSchema), required=True)
    roster = fields.List(fields.Nested(CourseRosterLineSchema), required=True)
    waiting_list = fields.List(fields.Nested(CourseRosterLineSchema), required=True)


class NewEnrollmentSchema(Schema):
    """Somebody to enrol: for these sessions, or for all from a number on; without either for all ahead.

    `goal_id`: what the person comes for; only who works with the person can name one.
    """

    id = Uuid()
    citizen_id = Uuid(required=True)
    numbers = fields.List(_number(), validate=validate.Length(min=1, max=MOST_SESSIONS))
    from_number = _number()
    goal_id = Uuid(allow_none=True, load_default=None)

    @validates_schema
    def names_sessions_once(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Either the numbers, or where to begin."""
        if "numbers" in data and "from_number" in data:
            raise ValidationError("Give numbers or from_number, not both.", "numbers")


class EnrollmentSchema(Schema):
    """Somebody's place as it stands now. What the person comes for is not for who leads the run."""

    id = Uuid(required=True)
    run_id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    numbers = fields.List(Integer(), required=True)
    status = Choice(EnrollmentStatus, required=True)
    asked_at = AwareDateTime(required=True)
    version = Integer(required=True)


class CoursePeopleSearchSchema(Schema):
    """A whole alias."""

    words = Line(required=True, min_length=2, max_length=80)


class CoursePersonSchema(Schema):
    """Somebody of the unit, by the alias alone; `enrolled`: has a place in this run, or waits."""

    citizen_id = Uuid(required=True)
    alias = Line(required=True)
    enrolled = Boolean(required=True)


class CoursePeopleSchema(Schema):
    """Whom the words fit."""

    items = fields.List(fields.Nested(CoursePersonSchema), required=True)


class CourseAttendanceEntrySchema(Schema):
    """Whether one person came; null takes back what was said."""

    citizen_id = Uuid(required=True)
    status = Choice(Presence, required=True, allow_none=True)


class CourseAttendanceSchema(Schema):
    """The whole screen at once."""

    entries = fields.List(
        fields.Nested(CourseAttendanceEntrySchema), required=True, validate=validate.Length(max=MOST_PEOPLE)
    )


class CourseSessionMoveSchema(Schema):
    """Another time for a session."""

    starts_at = AwareDateTime(required=True)
    minutes = Integer(minimum=SHORTEST, maximum=LONGEST)


class CourseSessionCancelSchema(Schema):
    """Why a session is cancelled; nobody but staff reads it."""

    reason = Line(required=True, max_length=REASON)


class CitizenRunSchema(Schema):
    """A run in which a person has a place, waits or has been, for those who work with the person."""

    enrollment_id = Uuid(required=True)
    run_id = Uuid(required=True)
    goal_id = Uuid(required=True, allow_none=True)
    code = Line(required=True)
    status = Choice(EnrollmentStatus, required=True)
    run_status = Choice(RunStatus, required=True)
    numbers = fields.List(Integer(), required=True)
    sessions = fields.List(fields.Nested(CourseSessionSchema), required=True)
    attendance = fields.Dict(keys=Text(), values=Choice(Presence), required=True)
    leader_name = Line(required=True)


class CodeCoverageSchema(Schema):
    """The themes of one course, over all runs."""

    code = Line(required=True)
    coverage = fields.List(fields.Nested(ThemeCoverSchema), required=True)


class CitizenCoursesSchema(Schema):
    """A person's courses, newest first, and the themes they have been to."""

    items = fields.List(fields.Nested(CitizenRunSchema), required=True)
    coverage = fields.List(fields.Nested(CodeCoverageSchema), required=True)
