"""Tasks as they go over the wire."""

from server.core.fields import Boolean, Choice, Date, Integer, Schema, Text, Uuid
from server.tasks.models import ClosedReason, Outcome, TaskKind, TaskStatus

NOTE_LENGTH = 500


class TaskSchema(Schema):
    """A task as it stands after it was worked on."""

    id = Uuid(required=True)
    version = Integer(required=True)
    kind = Choice(TaskKind, required=True)
    subject_id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    owner_id = Uuid(required=True, allow_none=True)
    status = Choice(TaskStatus, required=True)
    due_on = Date(required=True)
    business_outcome = Choice(Outcome, required=True, allow_none=True)
    reason = Choice(ClosedReason, required=True, allow_none=True)
    wants_talk = Boolean(required=True, allow_none=True)


class OutcomeSchema(Schema):
    """What came of a call: agreed names the appointment, later the day, closed the reason."""

    outcome = Choice(Outcome, required=True)
    appointment_id = Uuid()
    next_on = Date()
    reason = Choice(ClosedReason)
    note = Text(max_length=NOTE_LENGTH)
