"""The staff's read models as they go over the wire."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from server.appointments.service import AppointmentKind
from server.citizens.schemas import CitizenSchema
from server.citizens.service import CareRole, Channel
from server.core.fields import AwareDateTime, Boolean, Choice, Integer, Schema, Text, Uuid

PAGE = 50
LARGEST_PAGE = 100


class PageSize(fields.Field[int]):
    """How many rows a page holds, as a query string writes it: plain digits, 1 to 100."""

    default_error_messages = {"invalid": f"Must be 1 to {LARGEST_PAGE}."}

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}
        super().__init__(metadata=metadata, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int:
        if not isinstance(value, str) or not re.fullmatch(r"[1-9][0-9]{0,2}", value):
            raise self.make_error("invalid")
        if int(value) > LARGEST_PAGE:
            raise self.make_error("invalid")
        return int(value)


class PageQuerySchema(Schema):
    """Which page of a list."""

    cursor = Text(max_length=400)
    limit = PageSize(load_default=PAGE)


class ColleagueOnRowSchema(Schema):
    """A colleague's id and name."""

    id = Uuid(required=True)
    name = Text(required=True)


class NextAppointmentSchema(Schema):
    """When the citizen comes next, and whether the reminder got there."""

    id = Uuid(required=True)
    starts_at = AwareDateTime(required=True)
    kind = Choice(AppointmentKind, required=True, allow_none=True)
    reminder = Text(required=True)


class CaseloadRowSchema(Schema):
    """One citizen in the list."""

    id = Uuid(required=True)
    alias = Text(required=True)
    my_role = Choice(CareRole, required=True, allow_none=True)
    contact_person = fields.Nested(ColleagueOnRowSchema, required=True, allow_none=True)
    first_contact_at = AwareDateTime(required=True)
    first_contact_channel = Choice(Channel, required=True)
    days_since_first_contact = Integer(required=True)
    next_appointment = fields.Nested(NextAppointmentSchema, required=True, allow_none=True)
    reachable = Boolean(required=True)
    paired = Boolean(required=True)
    address_protected = Boolean(required=True)


class CaseloadSchema(Schema):
    """One page of the list."""

    items = fields.List(fields.Nested(CaseloadRowSchema), required=True)
    next_cursor = Text(required=True, allow_none=True)


class RemindersOnPageSchema(Schema):
    """What the citizen has chosen about reminders."""

    appointments = Boolean(required=True)
    two_hours_before = Boolean(required=True)
    paused_until = AwareDateTime(required=True, allow_none=True)


class PersonSchema(CitizenSchema):
    """A citizen's record with what the phone can receive; never when the phone was last here."""

    reachable = Boolean(required=True)
    paired = Boolean(required=True)
    reminders = fields.Nested(RemindersOnPageSchema, required=True, allow_none=True)
