"""Goals as they go over the wire."""

from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from server.core.fields import Boolean, Choice, Integer, Schema, Text, Uuid
from server.goals.models import GoalOrigin, GoalStatus

TITLE_LENGTH = 300


class SettableStatus(StrEnum):
    """The statuses a person can give a goal."""

    PROPOSED = GoalStatus.PROPOSED.value
    ACCEPTED = GoalStatus.ACCEPTED.value
    ACTIVE = GoalStatus.ACTIVE.value
    ON_HOLD = GoalStatus.ON_HOLD.value
    COMPLETED = GoalStatus.COMPLETED.value
    CANCELLED = GoalStatus.CANCELLED.value


class GoalSchema(Schema):
    """One goal, alike for its owner and for staff."""

    id = Uuid(required=True)
    title = Text(required=True, max_length=TITLE_LENGTH)
    origin = Choice(GoalOrigin, required=True)
    status = Choice(GoalStatus, required=True)
    version = Integer(required=True)


class GoalListSchema(Schema):
    """The goals of one citizen."""

    items = fields.List(fields.Nested(GoalSchema), required=True)


class GoalSharingSchema(Schema):
    """Whether the crisis line may see the title."""

    given = Boolean(required=True)


class SharedTitleSchema(Schema):
    """A goal by its title alone."""

    id = Uuid(required=True)
    title = Text(required=True, max_length=TITLE_LENGTH)


class SharedTitleListSchema(Schema):
    """What a person shares of the own goals with the crisis line."""

    items = fields.List(fields.Nested(SharedTitleSchema), required=True)


class NewGoalSchema(Schema):
    """A goal as staff write it down."""

    id = Uuid()
    title = Text(required=True, max_length=TITLE_LENGTH)
    origin = Choice(GoalOrigin, required=True)


class GoalChangeSchema(Schema):
    """What may be changed in a goal; at least one of the two."""

    title = Text(max_length=TITLE_LENGTH)
    status = Choice(SettableStatus)

    @validates_schema
    def says_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty change is a mistake of the caller, not a change."""
        if not data:
            raise ValidationError("Give a title or a status.", "body")
