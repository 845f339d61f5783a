"""Appointments as they go over the wire."""

from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from notifications.outbox import Standing
from server.appointments.models import (
    AppointmentKind,
    AppointmentStatus,
    Cancellation,
    Mode,
    ReasonCode,
    Reply,
)
from server.appointments.wishes import MOST as MOST_WISHES
from server.appointments.wishes import DayPart
from server.core.fields import (
    AwareDateTime,
    Boolean,
    Choice,
    Date,
    Integer,
    Line,
    Schema,
    Text,
    Uuid,
    WallTime,
)
from server.core.recurrence import Rule

PLACE_LENGTH = 200
SHORTEST, LONGEST = 5, 480
REASON_LENGTH = 300
NOTE_LENGTH = 300
MOST_IN_A_SERIES = 26


class ShownStatus(StrEnum):
    """Where an appointment can stand; nothing makes one that is only proposed."""

    BOOKED = AppointmentStatus.BOOKED.value
    ARRIVED = AppointmentStatus.ARRIVED.value
    FULFILLED = AppointmentStatus.FULFILLED.value
    CANCELLED = AppointmentStatus.CANCELLED.value
    NOSHOW = AppointmentStatus.NOSHOW.value
    ENTERED_IN_ERROR = AppointmentStatus.ENTERED_IN_ERROR.value


class GivenReply(StrEnum):
    """What a citizen can answer."""

    ACCEPTED = Reply.ACCEPTED.value
    DECLINED = Reply.DECLINED.value
    TENTATIVE = Reply.TENTATIVE.value


class GivenCancellation(StrEnum):
    """Who cancelled; `moved` follows from moving. `late` is staff's own judgement that it was late."""

    BY_CITIZEN = Cancellation.BY_CITIZEN.value
    BY_SERVICE = Cancellation.BY_SERVICE.value
    LATE = Cancellation.LATE.value


class GivenEnd(StrEnum):
    """Who ends a series."""

    BY_CITIZEN = Cancellation.BY_CITIZEN.value
    BY_SERVICE = Cancellation.BY_SERVICE.value


class WishSchema(Schema):
    """Another time: an hour, or a part of a day."""

    starts_at = AwareDateTime()
    on = Date()
    day_part = Choice(DayPart)

    @validates_schema
    def names_one_time(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An hour alone, or a day with its part."""
        if set(data) not in ({"starts_at"}, {"on", "day_part"}):
            raise ValidationError("Give starts_at alone, or on and day_part.")


class AppointmentSchema(Schema):
    """One appointment as its citizen sees it."""

    id = Uuid(required=True)
    revision = Integer(required=True)
    kind = Choice(AppointmentKind, required=True)
    mode = Choice(Mode, required=True)
    place = Text(required=True, allow_none=True)
    starts_at = AwareDateTime(required=True)
    starts_local = WallTime(required=True)
    duration_minutes = Integer(required=True)
    ends_at = AwareDateTime(required=True)
    status = Choice(ShownStatus, required=True)
    cancellation = Choice(Cancellation, required=True, allow_none=True)
    reply = Choice(Reply, required=True)
    wishes = fields.List(fields.Nested(WishSchema), required=True)
    wish_note = Text(required=True, allow_none=True)
    moved_to_id = Uuid(required=True, allow_none=True)
    goal_id = Uuid(required=True, allow_none=True)
    staff_name = Text(required=True)
    unit_slug = Text(required=True)
    occurrence_ids = fields.List(Uuid(), required=True)


class StaffAppointmentSchema(AppointmentSchema):
    """The same for staff: whose it is, and whether the reminder reached the phone; never when."""

    citizen_id = Uuid(required=True)
    citizen_alias = Text(required=True)
    staff_id = Uuid(required=True)
    mine = Boolean(required=True)
    reminder = Choice(Standing, required=True)
    noshow_excused = Boolean(required=True, allow_none=True)
    reason_code = Choice(ReasonCode, required=True, allow_none=True)
    reason_text = Text(required=True, allow_none=True)
    series_id = Uuid(required=True, allow_none=True)
    override = Boolean(required=True)
    override_reason = Text(required=True, allow_none=True)
    overlaps = fields.List(Uuid(), required=True)
    late_no_at = AwareDateTime(required=True, allow_none=True)
    arrived_at = AwareDateTime(required=True, allow_none=True)
    closed_at = AwareDateTime(required=True, allow_none=True)
    created_at = AwareDateTime(required=True)


class AppointmentListSchema(Schema):
    """Appointments in the order in which they begin."""

    items = fields.List(fields.Nested(StaffAppointmentSchema), required=True)


class Whose(StrEnum):
    """Whose appointments are listed."""

    ME = "me"
    MINE_AND_STAND_IN = "mine-and-stand-in"  #: also of colleagues for whom one stands in


class SpanSchema(Schema):
    """From when up to, not including, when; without them: this week from today."""

    since = AwareDateTime(data_key="from")
    until = AwareDateTime(data_key="to")


class OwnSpanSchema(SpanSchema):
    """The same, and whose; without it: one's own."""

    whose = Choice(Whose, data_key="for", load_default=Whose.ME)


class NewAppointmentSchema(Schema):
    """A new appointment; without a colleague it is with oneself."""

    id = Uuid()
    starts_at = AwareDateTime(required=True)
    duration_minutes = Integer(required=True, minimum=SHORTEST, maximum=LONGEST)
    kind = Choice(AppointmentKind, required=True)
    mode = Choice(Mode, required=True)
    place = Line(max_length=PLACE_LENGTH, allow_none=True)
    goal_id = Uuid(allow_none=True)
    staff_id = Uuid(allow_none=True)
    override_reason = Line(max_length=REASON_LENGTH)


class MoveSchema(Schema):
    """Another time, and what else becomes different; the id is the successor's."""

    id = Uuid()
    starts_at = AwareDateTime(required=True)
    duration_minutes = Integer(minimum=SHORTEST, maximum=LONGEST)
    mode = Choice(Mode)
    place = Line(max_length=PLACE_LENGTH, allow_none=True)
    override_reason = Line(max_length=REASON_LENGTH)


class CancellationSchema(Schema):
    """Why an appointment will not take place; `late` only to judge otherwise than the centre's rule."""

    cancellation = Choice(GivenCancellation, required=True)
    reason_code = Choice(ReasonCode)
    reason_text = Text(max_length=REASON_LENGTH)
    late = Boolean(attribute="late_judgement")


class NoShowSchema(Schema):
    """Whether there was a good reason for not coming."""

    excused = Boolean(required=True)


class NewSeriesSchema(NewAppointmentSchema):
    """A series: its first appointment, how often, how many, and on which dates not; the id is the series'."""

    rule = Choice(Rule, required=True)
    count = Integer(required=True, minimum=2, maximum=MOST_IN_A_SERIES)
    skip = fields.List(Date(), load_default=list, validate=validate.Length(max=MOST_IN_A_SERIES))


class SeriesSchema(Schema):
    """What was booked as a series, in order."""

    series_id = Uuid(required=True)
    items = fields.List(fields.Nested(StaffAppointmentSchema), required=True)


class EndSeriesSchema(Schema):
    """From which date on a series ends, and who ends it."""

    since = Date(required=True, data_key="from")
    cancellation = Choice(GivenEnd)
    reason_code = Choice(ReasonCode)


class CancellationReasonSchema(Schema):
    """One reason for a cancellation: who can have given it, and its words."""

    code = Choice(ReasonCode, required=True)
    cancellations = fields.List(Choice(Cancellation), required=True)
    da = Text(required=True)
    en = Text(required=True)


class CancellationReasonsSchema(Schema):
    """The reasons, and up to how many hours before the start a no is in time at the own centre."""

    items = fields.List(fields.Nested(CancellationReasonSchema), required=True)
    late_hours = Integer(required=True)
    late_hours_by_kind = fields.Dict(keys=Text(), values=Integer(), required=True)


class ReplySchema(Schema):
    """A citizen's answer, and which revision it answers."""

    revision = Integer(required=True, minimum=1)
    reply = Choice(GivenReply, required=True)
    wishes = fields.List(
        fields.Nested(WishSchema), load_default=list, validate=validate.Length(max=MOST_WISHES)
    )
    note = Text(max_length=NOTE_LENGTH, allow_none=True)

    @validates_schema
    def wishes_another_time(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Other times belong to the wish for another time."""
        if data["reply"] != GivenReply.TENTATIVE and (data["wishes"] or data.get("note") is not None):
            raise ValidationError("Belong to the reply `tentative` only.", "wishes")
