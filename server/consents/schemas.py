"""Sharing choices as they go over the wire."""

from marshmallow import fields, validate

from server.consents.models import ItemClass, Purpose
from server.core.fields import AwareDateTime, Boolean, Choice, Integer, Schema, Text

VERSION_LENGTH = 32
MAX_SEQ = 2**53


class TextVersion(Text):
    """Which words the person read before saying yes."""

    def __init__(self) -> None:
        named = validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9.-]*\Z", error="Must be letters, digits, . and -.")
        super().__init__(required=True, max_length=VERSION_LENGTH, validate=named)


class ReaderSchema(Schema):
    """Whom a yes is about: a person by name, or of another unit only which one."""

    name = Text(required=True, allow_none=True)
    unit_name = Text(required=True, allow_none=True)


class ChoiceSchema(Schema):
    """Where one choice stands."""

    purpose = Choice(Purpose, required=True)
    item_class = Choice(ItemClass, required=True)
    given = Boolean(required=True)
    given_at = AwareDateTime(required=True, allow_none=True)
    text_version = Text(required=True, allow_none=True)
    readers = fields.List(fields.Nested(ReaderSchema), required=True)


class NewChoiceSchema(Schema):
    """A yes, or its withdrawal."""

    purpose = Choice(Purpose, required=True)
    item_class = Choice(ItemClass, required=True)
    given = Boolean(required=True)
    text_version = TextVersion()


class OfferSchema(Schema):
    """Whether the contact person may see this one thing."""

    given = Boolean(required=True)


class SharedSchema(Schema):
    """A choice as the phone keeps it.

    `given_seq` is the step of the person's sequence by which the yes that stands was given, `withdrawn_seq`
    the one by which a yes was last taken back: what was offered by an earlier step is closed.
    """

    purpose = Choice(Purpose, required=True)
    item_class = Choice(ItemClass, required=True)
    given = Boolean(required=True)
    text_version = Text(required=True, allow_none=True)
    given_seq = Integer(required=True, allow_none=True, maximum=MAX_SEQ)
    withdrawn_seq = Integer(required=True, allow_none=True, maximum=MAX_SEQ)
