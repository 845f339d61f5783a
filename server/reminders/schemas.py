"""Push subscriptions, acknowledgements and reminder settings as they go over the wire."""

from marshmallow import fields, validate

from server.citizens.channels import EARLIEST, LATEST, ChannelKind, SafeWhen
from server.citizens.schemas import NewCodeSchema
from server.core.fields import AwareDateTime, Boolean, Choice, Integer, Line, Schema, Text, Uuid
from server.reminders.models import PauseReason

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
    """Whether this phone receives reminders, by which address (its hash), and with which server key.

    `silent`: three in a row were sent and never shown; the phone says so to its owner.
    """

    active = Boolean(required=True)
    silent = Boolean(required=True)
    endpoint_hash = Text(required=True, allow_none=True)
    vapid_public_key = Text(required=True)


class ChoicesSchema(Schema):
    """What a citizen wants to be reminded of."""

    appointments = Boolean(required=True)
    week_before = Boolean(metadata={"description": "Left out by older phones; then it stays as it is."})
    two_hours_before = Boolean(required=True)
    messages = Boolean(metadata={"description": "Left out by older phones; then it stays as it is."})
    exercises = Boolean(metadata={"description": "Left out by older phones; then it stays as it is."})
    sessions = Boolean(metadata={"description": "Left out by older phones; then it stays as it is."})
    questionnaires = Boolean(metadata={"description": "Left out by older phones; then it stays as it is."})
    paused_until = AwareDateTime(required=True, allow_none=True)


class ChosenSchema(ChoicesSchema):
    """The same, with the version to send back in If-Match, and until when staff have paused, never why."""

    week_before = Boolean(required=True)
    messages = Boolean(required=True)
    exercises = Boolean(required=True)
    sessions = Boolean(required=True)
    questionnaires = Boolean(required=True)
    version = Integer(required=True, minimum=0)
    staff_paused_until = AwareDateTime(required=True, allow_none=True)


class PauseSchema(Schema):
    """Until when a citizen is sent nothing, and why; the reason stays with staff."""

    until = AwareDateTime(required=True)
    reason = Choice(PauseReason, required=True)


class PausedSchema(Schema):
    """The pause that staff have set, if there is one."""

    staff_paused_until = AwareDateTime(required=True, allow_none=True)
    staff_pause_reason = Choice(PauseReason, required=True, allow_none=True)


class NewChannelSchema(Schema):
    """What was agreed with the citizen about one channel."""

    address = Line(required=True, max_length=254)
    safe = Choice(SafeWhen, required=True)
    hours_from = Integer(minimum=EARLIEST, maximum=LATEST, allow_none=True)
    hours_until = Integer(minimum=EARLIEST, maximum=LATEST, allow_none=True)
    agreed_together = Boolean(required=True)


class OwnChannelSchema(Schema):
    """One channel as its owner sees it on a phone that others may hold; not agreed: nothing is sent there."""

    kind = Choice(ChannelKind, required=True)
    masked = Text(required=True)
    safe = Choice(SafeWhen, required=True)
    hours_from = Integer(required=True, allow_none=True)
    hours_until = Integer(required=True, allow_none=True)
    is_agreed = Boolean(required=True)


class ChannelSchema(OwnChannelSchema):
    """The same with the whole number or address, for those who work with the citizen."""

    address = Text(required=True)
    verified_at = AwareDateTime(required=True, allow_none=True)


class OwnChannelsSchema(Schema):
    """The channels we know of."""

    items = fields.List(fields.Nested(OwnChannelSchema), required=True)


class WordsPreviewSchema(Schema):
    """What would be sent: sender, subject (mails only) and the exact text; `sender` null: not set up here."""

    kind = Choice(ChannelKind, required=True)
    sender = Text(required=True, allow_none=True)
    subject = Text(required=True, allow_none=True)
    text = Text(required=True)


class ChannelsSchema(Schema):
    """The channels with what would be sent by each."""

    items = fields.List(fields.Nested(ChannelSchema), required=True)
    previews = fields.List(fields.Nested(WordsPreviewSchema), required=True)


class DeathSchema(Schema):
    """When it was noted that the citizen has died, if it was."""

    deceased_at = AwareDateTime(required=True, allow_none=True)


class ReminderSchema(Schema):
    """What a reminder is about; the words are on the phone."""

    kind = Text(required=True)
    subject_id = Uuid(required=True)


class AcknowledgementSchema(Schema):
    """That a notice was shown, proven by the secret inside it."""

    delivery_id = Uuid(required=True)
    secret = Text(required=True, max_length=SECRET_LENGTH, validate=validate.Length(min=16))


class LostPhoneSchema(Schema):
    """How many phones were ended, what that does to other ways to write, and the code for the next phone."""

    ended_sessions = Integer(required=True)
    sms_stopped = Boolean(required=True)
    email_in_use = Boolean(required=True)
    pairing = fields.Nested(NewCodeSchema, required=True)


class ConfigurationSchema(Schema):
    """The push key and the languages of this house; `demo` if everybody in it is made up."""

    vapid_public_key = Text(required=True)
    languages = fields.List(Text(), required=True)
    demo = Boolean(required=True)
