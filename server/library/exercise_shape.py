"""The keys of an exercise in the library: its facts, and its words in one language."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from server.core.fields import Boolean, Choice, Integer, Schema, Text
from server.library.exercise_models import Aim, Method, Moment, Need, StepKind
from server.library.review_shape import ReviewShape, short_line

MOST_STEPS = 12
STEP_LENGTH = 320
_ID = validate.Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", error="Must be small letters, digits and hyphens.")
#: The numbers that belong to each kind of step, and to no other.
_NUMBERS = {
    StepKind.TEXT: set(),
    StepKind.TIMER: {"seconds"},
    StepKind.BREATHE: {"seconds", "seconds_out", "rounds"},
    StepKind.FIELD: {"lines"},
}
LONGEST_BREATH = 12


class LibraryStepShape(Schema):
    """One step. Everything that runs has an end."""

    id = Text(required=True, validate=_ID)
    kind = Choice(StepKind, required=True)
    seconds = Integer(minimum=1, maximum=600)
    seconds_out = Integer(minimum=1, maximum=LONGEST_BREATH)
    rounds = Integer(minimum=1, maximum=30)
    lines = Integer(minimum=1, maximum=8)

    @validates_schema
    def numbers_fit_the_kind(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """A timer has seconds, a breath has in, out and rounds, a field has lines; nothing else has any."""
        given = {"seconds", "seconds_out", "rounds", "lines"} & data.keys()
        wanted = _NUMBERS[data["kind"]]
        if given != wanted:
            raise ValidationError(
                f"this kind of step has: {', '.join(sorted(wanted)) or 'no number'}", "kind"
            )
        if data["kind"] is StepKind.BREATHE and data["seconds"] > LONGEST_BREATH:
            raise ValidationError(f"a breath is at most {LONGEST_BREATH} seconds", "seconds")


class LibraryExerciseShape(Schema):
    """The facts of an exercise."""

    methods = fields.List(Choice(Method), required=True, validate=validate.Length(min=1, max=4))
    needs = fields.List(Choice(Need), required=True, validate=validate.Length(min=1, max=3))
    moment = Choice(Moment, required=True)
    aim = Choice(Aim)
    minutes = Integer(required=True, minimum=1, maximum=60)
    centres = fields.List(Text(validate=_ID), required=True, validate=validate.Length(min=1))
    careful = Boolean(required=True)
    step = fields.List(
        fields.Nested(LibraryStepShape), required=True, validate=validate.Length(min=1, max=MOST_STEPS)
    )

    @validates_schema
    def homework_has_an_aim(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """What is done between two talks says what it is for; nothing else needs to."""
        if (data["moment"] is Moment.HOMEWORK) != ("aim" in data):
            raise ValidationError('an aim belongs to moment = "homework", and only there', "aim")


class LibraryExerciseTextShape(Schema):
    """The words: what it is called, what it is for, what each step says, and what stands at its end."""

    title = short_line(required=True, max_length=60)
    lead = short_line(required=True, max_length=140)
    after = short_line(required=True, max_length=240)
    stop = short_line()
    steps = fields.Dict(keys=Text(validate=_ID), values=short_line(max_length=STEP_LENGTH), required=True)
    hints = fields.Dict(keys=Text(validate=_ID), values=short_line(max_length=200))
    review = fields.Nested(ReviewShape, required=True)
