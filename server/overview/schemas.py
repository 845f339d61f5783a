"""The staff's read models as they go over the wire."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import fields

from server.appointments.schemas import WishSchema
from server.appointments.service import AppointmentKind
from server.citizens.channels import ChannelKind
from server.citizens.schemas import CitizenSchema, StaffFirstContactSchema
from server.citizens.service import CareRole, Channel
from server.core.fields import AwareDateTime, Boolean, Choice, Date, Integer, Schema, Text, Uuid
from server.tasks.service import ClosedReason, Outcome

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
    first_contact = fields.Nested(StaffFirstContactSchema, required=True)
    next_appointment = fields.Nested(NextAppointmentSchema, required=True, allow_none=True)
    reachable = Boolean(required=True)
    paired = Boolean(required=True)
    address_protected = Boolean(required=True)


class CaseloadSchema(Schema):
    """One page of the list."""

    items = fields.List(fields.Nested(CaseloadRowSchema), required=True)
    next_cursor = Text(required=True, allow_none=True)


class RemindersOnPageSchema(Schema):
    """What the citizen has chosen about reminders, and the pause that staff have set."""

    appointments = Boolean(required=True)
    week_before = Boolean(required=True)
    two_hours_before = Boolean(required=True)
    paused_until = AwareDateTime(required=True, allow_none=True)
    staff_paused_until = AwareDateTime(required=True, allow_none=True)
    staff_pause_reason = Text(required=True, allow_none=True)


class PersonSchema(CitizenSchema):
    """A citizen's record with what the phone can receive; never when the phone was last here."""

    reachable = Boolean(required=True)
    paired = Boolean(required=True)
    reminders = fields.Nested(RemindersOnPageSchema, required=True, allow_none=True)
    first_contact = fields.Nested(StaffFirstContactSchema, required=True)


class MissedTalkSchema(Schema):
    """The talk to which the person did not come, and what the person asks for instead.

    A manager sees neither what it was for nor what was asked for.
    """

    id = Uuid(required=True)
    starts_at = AwareDateTime(required=True)
    kind = Choice(AppointmentKind, required=True, allow_none=True)
    excused = Boolean(required=True)
    asks_again = Boolean(required=True)
    late_no_at = AwareDateTime(required=True, allow_none=True)
    wishes = fields.List(fields.Nested(WishSchema), required=True)
    wish_note = Text(required=True, allow_none=True)
    staff_name = Text(required=True)


class CallSchema(Schema):
    """One call about it."""

    outcome = Choice(Outcome, required=True)
    reason = Choice(ClosedReason, required=True, allow_none=True)
    next_on = Date(required=True, allow_none=True)
    note = Text(required=True, allow_none=True)
    by = Text(required=True)
    at = AwareDateTime(required=True)


class ComingAppointmentSchema(Schema):
    """When the citizen comes next."""

    id = Uuid(required=True)
    starts_at = AwareDateTime(required=True)


class MissedRowSchema(Schema):
    """Somebody to be called; `mine` says whether it is the reader's to work on.

    `other_way` is how a message would go where no phone is `reachable`.
    """

    id = Uuid(required=True)
    version = Integer(required=True)
    citizen_id = Uuid(required=True)
    citizen_alias = Text(required=True)
    talk = fields.Nested(MissedTalkSchema, required=True)
    mine = Boolean(required=True)
    owner = fields.Nested(ColleagueOnRowSchema, required=True, allow_none=True)
    due_on = Date(required=True)
    waiting_days = Integer(required=True)
    tries = Integer(required=True)
    last_outcome = Choice(Outcome, required=True, allow_none=True)
    calls = fields.List(fields.Nested(CallSchema), required=True)
    messaged = Boolean(required=True)
    reachable = Boolean(required=True)
    other_way = Choice(ChannelKind, required=True, allow_none=True)
    next_appointment = fields.Nested(ComingAppointmentSchema, required=True, allow_none=True)


class UnreachedAppointmentSchema(Schema):
    """The appointment ahead; a manager does not see what it is for."""

    id = Uuid(required=True)
    starts_at = AwareDateTime(required=True)
    kind = Choice(AppointmentKind, required=True, allow_none=True)
    staff_name = Text(required=True)


class UnreachedRowSchema(Schema):
    """Somebody whom no reminder told; `mine` says whether it is the reader's to work on."""

    id = Uuid(required=True)
    version = Integer(required=True)
    citizen_id = Uuid(required=True)
    citizen_alias = Text(required=True)
    appointment = fields.Nested(UnreachedAppointmentSchema, required=True)
    mine = Boolean(required=True)
    owner = fields.Nested(ColleagueOnRowSchema, required=True, allow_none=True)
    due_on = Date(required=True)
    tries = Integer(required=True)
    calls = fields.List(fields.Nested(CallSchema), required=True)


class UnreachedListSchema(Schema):
    """Everybody to be called before an appointment, whose is next first."""

    items = fields.List(fields.Nested(UnreachedRowSchema), required=True)


class MissedListSchema(Schema):
    """Everybody to be called, who has waited longest first."""

    items = fields.List(fields.Nested(MissedRowSchema), required=True)


class Month(fields.Field[date]):
    """A Danish month, `YYYY-MM`; read as its first day."""

    default_error_messages = {"invalid": "Must be a month such as 2027-03."}

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"type": "string", "pattern": r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"}
        super().__init__(metadata=metadata, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> date:
        if not isinstance(value, str) or not re.fullmatch(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])", value):
            raise self.make_error("invalid")
        return date.fromisoformat(f"{value}-01")


class MonthsQuerySchema(Schema):
    """From which month to which, both included."""

    first = Month(data_key="from")
    last = Month(data_key="to")


class RateSchema(Schema):
    """One no-show rate with everything it is made of; all null and not `shown` if it says too much."""

    shown = Boolean(required=True)
    numerator = Integer(required=True, allow_none=True)
    denominator = Integer(required=True, allow_none=True)
    percent = Integer(required=True, allow_none=True)
    held = Integer(required=True, allow_none=True)
    late = Integer(required=True, allow_none=True)
    excused = Integer(required=True, allow_none=True)
    in_time = Integer(required=True, allow_none=True)
    by_service = Integer(required=True, allow_none=True)
    moved = Integer(required=True, allow_none=True)
    unmarked = Integer(required=True, allow_none=True)


class MonthRateSchema(RateSchema):
    """The rate of one month."""

    month = Text(required=True)


class MonthsTogetherSchema(RateSchema):
    """The rate of several months together, and which they are."""

    months = fields.List(Text(), required=True)


class DaysWaitedSchema(Schema):
    """Days from first contact to first talk held, of those who first came in these months."""

    came = Integer(required=True)
    held = Integer(required=True)
    median_days = fields.Float(required=True, allow_none=True)
    within_14 = Integer(required=True)
    decided = Integer(required=True)
    percent_within_14 = Integer(required=True, allow_none=True)
    waiting = Integer(required=True)
    waiting_over_14 = Integer(required=True)
    ended_without = Integer(required=True)


class EarlierSchema(Schema):
    """A figure from before our own, beside them and never a target."""

    year = Integer(required=True)
    percent = Integer(required=True)
    source = Text(required=True)


class RatesSchema(Schema):
    """A unit's figures."""

    since = Text(required=True, data_key="from")
    until = Text(required=True, data_key="to")
    months = fields.List(fields.Nested(MonthRateSchema), required=True)
    smaller = fields.Nested(MonthsTogetherSchema, required=True)
    total = fields.Nested(MonthsTogetherSchema, required=True)
    waiting = fields.Nested(DaysWaitedSchema, required=True)
    earlier = fields.Nested(EarlierSchema, required=True, allow_none=True)


class CallGoalSchema(Schema):
    """What the goal is called that a call is about; null when the person does not share it any more."""

    follow_up_id = Uuid(required=True)
    title = Text(required=True, allow_none=True)


class CallGoalListSchema(Schema):
    """The goals of my calls that are due."""

    items = fields.List(fields.Nested(CallGoalSchema), required=True)
