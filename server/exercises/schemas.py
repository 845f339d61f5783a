"""Exercises as they go over the wire: what a person was given, what came of it, and own exercises."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from server.consents.offers import Offer
from server.core.fields import AwareDateTime, Boolean, Choice, Date, Integer, Line, Schema, Text, Uuid
from server.exercises.blocks import BlockKind, Refused
from server.exercises.models import AssignmentStatus, Outcome, OwnStatus, Profession
from server.exercises.occurrences import Repeat
from server.exercises.states import State

CODE = 40
TITLE_LENGTH = 80
LEAD_LENGTH = 300
BODY_LENGTH = 6000
LINE_LENGTH = 300
WORDS_LENGTH = 2000
FIELDS = 20
BEST = 4
MAX_SEQ = 2**53
_SLUG = validate.Regexp(r"^[a-z0-9-]{1,40}\Z", error="Must be small letters, digits and -.")


class RefSchema(Schema):
    """Which exercise: one of the house's library by its name, or one that a colleague wrote."""

    library = Line(max_length=CODE, validate=_SLUG)
    own = Uuid()

    @validates_schema
    def names_one(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An exercise is one of the two."""
        if len(data) != 1:
            raise ValidationError("Give one of library and own.", "library")


class AnswerFieldsSchema(Schema):
    """A new answer from the phone; `seen_no` is the last no to sharing that the phone knew of (0: none).

    `on` is the Danish day it is about. `fields`: what was written, by the id of the step that asked.
    `replaces` names the earlier answer of which this is an edit; both stay.
    """

    ref = fields.Nested(RefSchema, required=True)
    assignment_id = Uuid(allow_none=True, load_default=None)
    on = Date(required=True)
    at = AwareDateTime(required=True)
    outcome = Choice(Outcome, required=True)
    how = Integer(minimum=0, maximum=BEST, allow_none=True, load_default=None)
    written = fields.Dict(
        data_key="fields",
        keys=Line(max_length=CODE, validate=_SLUG),
        values=Text(max_length=WORDS_LENGTH),
        load_default=dict,
        validate=validate.Length(max=FIELDS),
    )
    note = Text(max_length=WORDS_LENGTH, allow_none=True, load_default=None)
    replaces = Uuid(allow_none=True, load_default=None)
    sharing = Choice(Offer, required=True)
    seen_no = Integer(minimum=0, maximum=MAX_SEQ, load_default=0)


class BlockSchema(Schema):
    """A paragraph (p), a point of a list (li) or a heading (h), as plain text."""

    kind = Choice(BlockKind, required=True)
    text = Text(required=True)


class PhoneOwnSchema(Schema):
    """The words of an exercise that a colleague wrote; `reviewed`: read by a second profession."""

    title = Line(required=True)
    lead = Text(required=True)
    blocks = fields.List(fields.Nested(BlockSchema), required=True)
    by = Line(required=True)
    reviewed = Boolean(required=True)


class PhoneAssignmentSchema(Schema):
    """An exercise as the phone of the person keeps it; `by` is the name of who gave it."""

    id = Uuid(required=True)
    ref = fields.Nested(RefSchema, required=True)
    own = fields.Nested(PhoneOwnSchema, required=True, allow_none=True)
    goal_id = Uuid(required=True, allow_none=True)
    given_on = Date(required=True)
    given_at = AwareDateTime(required=True)
    due_on = Date(required=True, allow_none=True)
    repeat = Choice(Repeat, required=True)
    until_on = Date(required=True, allow_none=True)
    line = Text(required=True, allow_none=True)
    by = Line(required=True)
    status = Choice(AssignmentStatus, required=True)
    version = Integer(required=True, minimum=1)


class PhoneAnswerSchema(Schema):
    """An answer as its writer's phone keeps it; an erased one is empty.

    The contact person sees it as long as `offered_seq` is later than the yes that stands ("as-chosen"), or
    than the last no ("shared"): the choice tells both. Of several for the same thing the highest `seq` is
    the newest.
    """

    id = Uuid(required=True)
    seq = Integer(required=True, maximum=MAX_SEQ)
    assignment_id = Uuid(required=True, allow_none=True)
    ref = fields.Nested(RefSchema, required=True, allow_none=True, attribute="named")
    on = Date(required=True, allow_none=True)
    at = AwareDateTime(required=True, allow_none=True)
    outcome = Choice(Outcome, required=True, allow_none=True)
    how = Integer(required=True, allow_none=True)
    written = fields.Dict(data_key="fields", keys=Line(), values=Text(), required=True)
    note = Text(required=True, allow_none=True)
    replaces = Uuid(required=True, allow_none=True)
    sharing = Choice(Offer, required=True)
    offered_seq = Integer(required=True, allow_none=True, maximum=MAX_SEQ)
    erased = Boolean(required=True)


class NewAssignmentSchema(Schema):
    """An exercise for a person: by a day, or again and again from a day on; `line` is for that person."""

    id = Uuid()
    ref = fields.Nested(RefSchema, required=True)
    goal_id = Uuid(allow_none=True, load_default=None)
    due_on = Date(allow_none=True, load_default=None)
    repeat = Choice(Repeat, load_default=Repeat.NONE)
    until_on = Date(allow_none=True, load_default=None)
    line = Text(max_length=LINE_LENGTH, allow_none=True, load_default=None)


class AssignmentChangeSchema(Schema):
    """What of it changes; the others stay. Only one that is given can be changed."""

    goal_id = Uuid(allow_none=True)
    due_on = Date(allow_none=True)
    repeat = Choice(Repeat)
    until_on = Date(allow_none=True)
    line = Text(max_length=LINE_LENGTH, allow_none=True)
    status = Choice(AssignmentStatus, validate=validate.Equal(AssignmentStatus.WITHDRAWN))

    @validates_schema
    def says_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty change is a mistake of the caller."""
        if not data:
            raise ValidationError("Give at least one change.", "body")


class AssignmentSchema(Schema):
    """An exercise that somebody was given; `title` only of one that a colleague wrote."""

    id = Uuid(required=True)
    ref = fields.Nested(RefSchema, required=True)
    title = Line(required=True, allow_none=True)
    goal_id = Uuid(required=True, allow_none=True)
    given_on = Date(required=True)
    due_on = Date(required=True, allow_none=True)
    repeat = Choice(Repeat, required=True)
    until_on = Date(required=True, allow_none=True)
    line = Text(required=True, allow_none=True)
    by_name = Line(required=True)
    status = Choice(AssignmentStatus, required=True)
    version = Integer(required=True, minimum=1)


class OccurrenceSchema(Schema):
    """One day of an exercise; `open` is also what was answered and is not shared: nothing tells which."""

    on = Date(required=True)
    state = Choice(State, required=True)
    answer_id = Uuid(required=True, allow_none=True)


class GivenSchema(Schema):
    """An exercise with its days, the newest last."""

    assignment = fields.Nested(AssignmentSchema, required=True)
    occurrences = fields.List(fields.Nested(OccurrenceSchema), required=True)


class SharedAnswerSchema(Schema):
    """An answer as its writer lets staff see it; `title` only of an exercise that a colleague wrote."""

    id = Uuid(required=True)
    assignment_id = Uuid(required=True, allow_none=True)
    ref = fields.Nested(RefSchema, required=True)
    title = Line(required=True, allow_none=True)
    on = Date(required=True)
    at = AwareDateTime(required=True)
    outcome = Choice(Outcome, required=True)
    how = Integer(required=True, allow_none=True)
    written = fields.Dict(data_key="fields", keys=Line(), values=Text(), required=True)
    note = Text(required=True, allow_none=True)


class GivenListSchema(Schema):
    """What a person was given, and of what came of it the part that is shared; nothing tells of any more.

    `shared`: whether there is a yes to all of it, or something was shared by itself.
    """

    items = fields.List(fields.Nested(GivenSchema), required=True)
    shared = Boolean(required=True)
    answers = fields.List(fields.Nested(SharedAnswerSchema), required=True)


class OwnTextSchema(Schema):
    """The words of an own exercise, and what the author is by profession."""

    title = Line(required=True, max_length=TITLE_LENGTH)
    lead = Text(required=True, max_length=LEAD_LENGTH)
    body = Text(required=True, max_length=BODY_LENGTH)
    method = Line(required=True, max_length=CODE, validate=_SLUG)
    profession = Choice(Profession, required=True)


class NewOwnSchema(OwnTextSchema):
    """A new own exercise; the same id again is the same exercise."""

    id = Uuid()


class OwnReviewedSchema(Schema):
    """Who of another profession has read this very version."""

    by_name = Line(required=True)
    profession = Choice(Profession, required=True)
    at = AwareDateTime(required=True)


class OwnSchema(Schema):
    """An own exercise as colleagues see it; `is_own`: the reader wrote it; `may_give`: to own citizens."""

    id = Uuid(required=True)
    status = Choice(OwnStatus, required=True)
    version = Integer(required=True, minimum=1)
    title = Line(required=True)
    lead = Text(required=True)
    body = Text(required=True)
    blocks = fields.List(fields.Nested(BlockSchema), required=True)
    method = Line(required=True)
    author_name = Line(required=True)
    author_profession = Choice(Profession, required=True)
    reviewed = fields.Nested(OwnReviewedSchema, required=True, allow_none=True)
    remark = Text(required=True, allow_none=True)
    is_own = Boolean(required=True)
    may_give = Boolean(required=True)
    updated_at = AwareDateTime(required=True)


class OwnListSchema(Schema):
    """The reader's own exercises, and those of the unit that wait for a second reader or are shared."""

    items = fields.List(fields.Nested(OwnSchema), required=True)


class OwnReviewSchema(Schema):
    """What the second reader says of this very version, and what that reader is by profession."""

    approved = Boolean(required=True)
    profession = Choice(Profession, required=True)
    remark = Text(max_length=WORDS_LENGTH, allow_none=True, load_default=None)


class OwnBodySchema(Schema):
    """A text that is being written."""

    body = Text(required=True, max_length=BODY_LENGTH, min_length=0)


class FaultSchema(Schema):
    """What cannot be shown, and its line, from 1."""

    line = Integer(required=True, minimum=1)
    what = Choice(Refused, required=True)


class OwnPreviewSchema(Schema):
    """What the phone would show, and what it would not."""

    blocks = fields.List(fields.Nested(BlockSchema), required=True)
    faults = fields.List(fields.Nested(FaultSchema), required=True)
