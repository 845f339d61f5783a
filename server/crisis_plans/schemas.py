"""Plans and their lines as they go over the wire."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates

from server.consents.oral import Basis
from server.core.fields import AwareDateTime, Boolean, Choice, Date, Schema, Text, Uuid
from server.crisis_plans.models import AuthorKind, LineField, Section
from server.crisis_plans.outcomes import Result
from server.crisis_plans.positions import LONGEST, PATTERN

TEXT_LENGTH = 2000
PHONE_LENGTH = 40
PARENTS = 200
LINKS = 100


class _Parents(fields.List):
    """The versions the writer saw standing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Uuid(), required=True, validate=validate.Length(max=PARENTS), **kwargs)


class NewTextSchema(Schema):
    """New words of a line, and which words they replace."""

    value = Text(required=True, max_length=TEXT_LENGTH)
    parents = _Parents()


class NewPhoneSchema(Schema):
    """A new number of a line, or that it has none any more, and which numbers it replaces."""

    value = Text(required=True, allow_none=True, max_length=PHONE_LENGTH)
    parents = _Parents()

    @validates("value")
    def can_be_called(self, value: str | None, **_kwargs: Any) -> None:
        """Something to tap on needs digits."""
        if value is not None and sum(letter.isdigit() for letter in value) < 2:
            raise ValidationError("Must hold a telephone number.")


class LineFieldsSchema(Schema):
    """What may be written in a line; a new line needs its section."""

    section = Choice(Section)
    position = Text(
        max_length=LONGEST,
        validate=validate.Regexp(PATTERN, error="Must be letters a-z, A-Z and digits."),
    )
    text = fields.Nested(NewTextSchema)
    phone = fields.Nested(NewPhoneSchema)
    links = fields.List(Uuid(), validate=validate.Length(max=LINKS))
    restored = Boolean(validate=validate.Equal(False, error="Can only be taken away."))


class DeleteFieldsSchema(Schema):
    """Which words the person saw when taking the line out."""

    parents = _Parents()


class ReviewFieldsSchema(Schema):
    """The day on which the person wants to look at the plan again."""

    review_on = Date(required=True, allow_none=True)


class WrittenSchema(Schema):
    """What somebody wrote, and who; the name only of staff."""

    version = Uuid(required=True)
    value = Text(required=True, allow_none=True)
    author = Choice(AuthorKind, required=True)
    author_name = Text(required=True, allow_none=True)
    at = AwareDateTime(required=True)


class LineSchema(Schema):
    """A line as it stands now."""

    id = Uuid(required=True)
    section = Choice(Section, required=True, allow_none=True)
    position = Text(required=True, allow_none=True)
    text = fields.List(fields.Nested(WrittenSchema), required=True)
    phone = fields.List(fields.Nested(WrittenSchema), required=True)
    links = fields.List(Uuid(), required=True)
    deleted = Boolean(required=True)
    restored = Boolean(required=True)
    erased = Boolean(required=True)


class PlanSchema(Schema):
    """The plan beside its lines."""

    id = Uuid(required=True)
    review_on = Date(required=True, allow_none=True)


class PastSchema(WrittenSchema):
    """One step of a line's history."""

    field = Choice(LineField, required=True)
    current = Boolean(required=True)


class LookSchema(Schema):
    """That staff of a unit have seen the plan, for what, and whether a yes said aloud let them.

    `purpose` is `contact-person`, or `akutkontakt` for the crisis line.
    """

    at = AwareDateTime(required=True)
    purpose = Text(required=True)
    unit_name = Text(required=True)
    oral_yes = Boolean(required=True)


class SharedLineSchema(LineSchema):
    """A line with its history, for the contact person."""

    history = fields.List(fields.Nested(PastSchema), required=True)


class SharedPlanSchema(Schema):
    """A plan, or that it is not shared; then there is nothing more."""

    shared = Boolean(required=True)
    review_on = Date(allow_none=True)
    lines = fields.List(fields.Nested(SharedLineSchema), required=True)


class OpenAtDeskSchema(Schema):
    """`oral_yes`: the sentence was read aloud, and the person said yes."""

    oral_yes = Boolean(required=True)


class DeskPlanSchema(SharedPlanSchema):
    """A plan at the crisis line's desk: what stands, without names and earlier words, and by which yes."""

    basis = Choice(Basis, required=True)


class SharedEditSchema(LineFieldsSchema):
    """What a counsellor writes in a line; the ids make a repeated request harmless."""

    id = Uuid(required=True)
    mutation_id = Uuid(required=True)


class SharedOutcomeSchema(Schema):
    """What became of it, and the line as it stands now."""

    result = Choice(Result, required=True)
    line = fields.Nested(LineSchema, required=True, allow_none=True)


class RefusedSchema(Schema):
    """Words that could not be saved."""

    id = Uuid(required=True)
    line_id = Uuid(required=True)
    content = Text(required=True)
    reason = Text(required=True)
    at = AwareDateTime(required=True)
