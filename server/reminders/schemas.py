"""Push subscriptions, acknowledgements and reminder settings as they go over the wire."""

from marshmallow import fields, validate

from server.citizens.schemas import NewCodeSchema
from server.core.fields import AwareDateTime, Boolean, Integer, Schema, Text, Uuid

ENDPOINT_LENGTH = 2048
SECRET_LENGTH = 128


class KeysSchema(Schema):
    """The two keys to which messages for this phone are encrypted (RFC 8291)."""

    p256dh = Text(required=True, max_length=200)
    auth = Text(required=True, max_length=100)


class NewSubscriptionSchema(Schema):
    """A push subscription as the browser gives it, and the server key it was made with."""

    endpoint = Text(required=True, max_length=ENDPOINT_LENGTH)
    keys = fields.Nested(KeysSchema, required=True)
    vapid_public_key = Text(required=True, max_length=200)


class SubscriptionStateSchema(Schema):
    """That this phone now receives reminders."""

    state = Text(required=True, metadata={"enum": ["active"]})


class SubscriptionSchema(Schema):
    """Whether this phone receives reminders, by which address (its hash), and with which server key."""

    active = Boolean(required=True)
    endpoint_hash = Text(required=True, allow_none=True)
    vapid_public_key = Text(required=True)


class ChoicesSchema(Schema):
    """What a citizen wants to be reminded of."""

    appointments = Boolean(required=True)
    two_hours_before = Boolean(required=True)
    paused_until = AwareDateTime(required=True, allow_none=True)


class ChosenSchema(ChoicesSchema):
    """The same, with the version to send back in If-Match."""

    version = Integer(required=True, minimum=0)


class ReminderSchema(Schema):
    """What a reminder is about; the words are on the phone."""

    kind = Text(required=True)
    subject_id = Uuid(required=True)


class AcknowledgementSchema(Schema):
    """That a notice was shown, proven by the secret inside it."""

    delivery_id = Uuid(required=True)
    secret = Text(required=True, max_length=SECRET_LENGTH, validate=validate.Length(min=16))


class LostPhoneSchema(Schema):
    """How many phones were ended, and the code for the next one."""

    ended_sessions = Integer(required=True)
    pairing = fields.Nested(NewCodeSchema, required=True)


class ConfigurationSchema(Schema):
    """The push key and the languages of this house; `demo` if everybody in it is made up."""

    vapid_public_key = Text(required=True)
    languages = fields.List(Text(), required=True)
    demo = Boolean(required=True)
