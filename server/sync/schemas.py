"""What a phone pulls."""

from enum import StrEnum

from marshmallow import fields

from server.citizens.schemas import ProfileSchema
from server.core.fields import Boolean, Choice, Schema, Text, Uuid
from server.reminders.schemas import ChosenSchema

CURSOR_LENGTH = 1024


class Entity(StrEnum):
    """The kinds of things a phone holds."""

    PROFILE = "profile"
    APPOINTMENT = "appointment"
    GOAL = "goal"


class Op(StrEnum):
    """What the phone does with a thing."""

    PUT = "put"  #: keep this version
    FORGET = "forget"  #: remove it


class PullSchema(Schema):
    """Where the phone stands; without a cursor it has nothing yet."""

    cursor = Text(max_length=CURSOR_LENGTH, min_length=0)


class ChangeSchema(Schema):
    """One thing as it stands now, or that it is gone."""

    entity = Choice(Entity, required=True)
    id = Uuid(required=True)
    op = Choice(Op, required=True)
    data = fields.Dict(required=True, allow_none=True)


class PageSchema(Schema):
    """Changes to be kept together; `reset` means: what the phone holds is to be replaced by these."""

    changes = fields.List(fields.Nested(ChangeSchema), required=True)
    cursor = Text(required=True)
    more = Boolean(required=True)
    reset = Boolean(required=True)


class PhoneProfileSchema(ProfileSchema):
    """The profile with what the person chose about reminders."""

    reminders = fields.Nested(ChosenSchema, required=True)
