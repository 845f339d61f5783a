"""Courses as a person's own phone keeps and changes them."""

from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from server.core.fields import AwareDateTime, Boolean, Choice, Integer, Line, Schema, Text, Uuid, WallTime
from server.courses.models import EnrollmentStatus, SessionStatus

WORDS = 2000
HIGHEST = 4


class MyPlace(StrEnum):
    """What I have at a session."""

    ENROLLED = EnrollmentStatus.ENROLLED.value
    WAITING = EnrollmentStatus.WAITING.value
    LEFT = EnrollmentStatus.LEFT.value  #: I was there, or waited until it was cancelled


class ThemeWordsSchema(Schema):
    """The words of a theme in both languages, as they were when the run was planned."""

    title = fields.Dict(keys=Text(), values=Text(), required=True)
    before = fields.Dict(keys=Text(), values=fields.List(Text()), required=True)
    after = fields.Dict(keys=Text(), values=fields.List(Text()), required=True)
    bring = fields.Dict(keys=Text(), values=Text(), required=True, allow_none=True)
    draft = fields.Dict(keys=Text(), values=Boolean(), required=True)


class PhoneSessionSchema(Schema):
    """A session as its person's phone keeps it: only the own ones, and never who else comes.

    `attended`: whether I was there, as staff say; null: not said. `excused`: I have said that I do not come
    this time. Without a `theme_title` the content's title of the theme holds; `theme_words` are null for a
    theme of the centre's own. `goal_id`: what I come for.
    `enrollment_id`: the place that I have or had at it.
    """

    id = Uuid(required=True)
    run_id = Uuid(required=True)
    enrollment_id = Uuid(required=True)
    goal_id = Uuid(required=True, allow_none=True)
    code = Line(required=True)
    number = Integer(required=True)
    theme = Line(required=True, allow_none=True)
    theme_title = Line(required=True, allow_none=True)
    theme_words = fields.Nested(ThemeWordsSchema, required=True, allow_none=True)
    starts_at = AwareDateTime(required=True)
    starts_local = WallTime(required=True)
    minutes = Integer(required=True)
    place = Line(required=True, allow_none=True)
    status = Choice(SessionStatus, required=True)
    my = Choice(MyPlace, required=True)
    attended = Boolean(required=True, allow_none=True)
    excused = Boolean(required=True)
    occurrence_ids = fields.List(Uuid(), required=True)
    revision = Integer(required=True)


class PhoneFeedbackSchema(Schema):
    """What I thought of a run, as my own phone keeps it; an erased one is empty."""

    id = Uuid(required=True)
    run_id = Uuid(required=True, allow_none=True)
    knowledge = Integer(required=True, allow_none=True)
    useful = Integer(required=True, allow_none=True)
    words = Text(required=True, allow_none=True)
    at = AwareDateTime(required=True, allow_none=True)
    erased = Boolean(required=True, attribute="is_erased")


class LeaveFieldsSchema(Schema):
    """I do not come any more (`run_id`), or not this time (`session_id`), and what I saw when I said so.

    `enrollment_id`: the place in the run; `revision`: the session's. What was queued by a phone that did not
    say so yet is taken only where nothing else can have been meant.
    """

    run_id = Uuid()
    enrollment_id = Uuid()
    session_id = Uuid()
    revision = Integer(minimum=1)

    @validates_schema
    def names_one(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """One of the two, with nothing of the other."""
        if data.keys() - {"enrollment_id"} != {"run_id"} and data.keys() - {"revision"} != {"session_id"}:
            raise ValidationError(
                "Give run_id with its enrollment_id, or session_id with its revision.", "body"
            )


class FeedbackFieldsSchema(Schema):
    """What I think of a run; at least one of the three is there.

    `seen_at`: the `at` of what I said before, as I saw it; null: nothing.
    """

    run_id = Uuid(required=True)
    at = AwareDateTime(required=True)
    seen_at = AwareDateTime(allow_none=True, load_default=None)
    knowledge = Integer(minimum=1, maximum=HIGHEST, allow_none=True, load_default=None)
    useful = Integer(minimum=1, maximum=HIGHEST, allow_none=True, load_default=None)
    words = Text(max_length=WORDS, allow_none=True, load_default=None)

    @validates_schema
    def says_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Empty feedback is a mistake of the caller."""
        if all(data.get(name) is None for name in ("knowledge", "useful", "words")):
            raise ValidationError("Give an answer or words.", "body")
