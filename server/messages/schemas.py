"""Messages as they go over the wire."""

from marshmallow import fields

from server.core.fields import AwareDateTime, Boolean, Choice, Integer, Schema, Text, Uuid
from server.messages.models import Writer

TEXT_LENGTH = 2000
CURSOR_LENGTH = 512


class MessageFieldsSchema(Schema):
    """What a phone says of a new message."""

    text = Text(required=True, max_length=TEXT_LENGTH)


class PhoneMessageSchema(Schema):
    """A message on its owner's phone; `order`: its place among all. Without text it is gone.

    `occurrence_ids`: the notices that lead to it, for a tap without a network.
    """

    id = Uuid(required=True)
    at = AwareDateTime(required=True)
    order = Integer(required=True, maximum=2**53)
    by = Choice(Writer, required=True)
    name = Text(required=True, allow_none=True)
    text = Text(required=True, allow_none=True, max_length=TEXT_LENGTH)
    withdrawn = Boolean(required=True)
    erased = Boolean(required=True)
    occurrence_ids = fields.List(Uuid(), required=True)


class MessageSchema(Schema):
    """A message as staff see it; `at` by the clock of the device, `received_at` by ours."""

    id = Uuid(required=True)
    by = Choice(Writer, required=True)
    staff_name = Text(required=True, allow_none=True)
    mine = Boolean(required=True)
    text = Text(required=True, allow_none=True, max_length=TEXT_LENGTH)
    at = AwareDateTime(required=True)
    received_at = AwareDateTime(required=True)
    withdrawn = Boolean(required=True)


class ThreadSchema(Schema):
    """One page of a person's messages, newest first, and since when the person waits for an answer."""

    items = fields.List(fields.Nested(MessageSchema), required=True)
    next_cursor = Text(required=True, allow_none=True)
    waiting_since = AwareDateTime(required=True, allow_none=True)


class PageSchema(Schema):
    """Which page."""

    cursor = Text(max_length=CURSOR_LENGTH)


class NewMessageSchema(Schema):
    """A message of staff; `seen`: the newest message of the person on the screen, null if there was none."""

    id = Uuid(required=True)
    text = Text(required=True, max_length=TEXT_LENGTH)
    seen = Uuid(required=True, allow_none=True)


class OtherAnswerSchema(Schema):
    """Up to which message the person was answered in another way."""

    seen = Uuid(required=True)


class StillWaitingSchema(Schema):
    """Since when the person waits, if something came afterwards."""

    waiting_since = AwareDateTime(required=True, allow_none=True)


class WaitingSchema(Schema):
    """Somebody who waits for an answer; `opens`: whether the reader may open the messages."""

    citizen_id = Uuid(required=True)
    alias = Text(required=True)
    waiting_since = AwareDateTime(required=True)
    opens = Boolean(required=True)


class WaitingListSchema(Schema):
    """Everybody who waits, who has waited longest first."""

    items = fields.List(fields.Nested(WaitingSchema), required=True)
