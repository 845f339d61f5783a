"""Appointments as they go over the wire."""

from enum import StrEnum

from marshmallow import fields

from notifications.outbox import Standing
from server.appointments.models import AppointmentKind, AppointmentStatus, Cancellation, Mode, Reply
from server.core.fields import AwareDateTime, Choice, Integer, Line, Schema, Text, Uuid, WallTime

PLACE_LENGTH = 200
SHORTEST, LONGEST = 5, 480


class GivenReply(StrEnum):
    """What a citizen can answer."""

    ACCEPTED = Reply.ACCEPTED.value
    DECLINED = Reply.DECLINED.value


class GivenCancellation(StrEnum):
    """The reasons staff can give; `moved` follows from moving."""

    BY_CITIZEN = Cancellation.BY_CITIZEN.value
    BY_SERVICE = Cancellation.BY_SERVICE.value
    LATE = Cancellation.LATE.value


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
    status = Choice(AppointmentStatus, required=True)
    cancellation = Choice(Cancellation, required=True, allow_none=True)
    reply = Choice(Reply, required=True)
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
    reminder = Choice(Standing, required=True)
    created_at = AwareDateTime(required=True)


class AppointmentListSchema(Schema):
    """Appointments in the order in which they begin."""

    items = fields.List(fields.Nested(StaffAppointmentSchema), required=True)


class SpanSchema(Schema):
    """From when up to, not including, when; without them: this week from today."""

    since = AwareDateTime(data_key="from")
    until = AwareDateTime(data_key="to")


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


class MoveSchema(Schema):
    """Another time, and what else becomes different; the id is the successor's."""

    id = Uuid()
    starts_at = AwareDateTime(required=True)
    duration_minutes = Integer(minimum=SHORTEST, maximum=LONGEST)
    mode = Choice(Mode)
    place = Line(max_length=PLACE_LENGTH, allow_none=True)


class CancellationSchema(Schema):
    """Why an appointment will not take place."""

    cancellation = Choice(GivenCancellation, required=True)


class ReplySchema(Schema):
    """A citizen's answer, and which revision it answers."""

    revision = Integer(required=True, minimum=1)
    reply = Choice(GivenReply, required=True)
