"""The list of today, a person's line of time and what comes next, as they go over the wire."""

from marshmallow import fields

from server.core.fields import AwareDateTime, Boolean, Choice, Date, Integer, Schema, Text, Uuid
from server.overview.urgency import TodayKind


class TodoSchema(Schema):
    """One thing to see to; who has no relation to the person sees alias and time alone.

    `in_place_of`: the absent colleague for whom the reader stands in. `day`: of the guarantee.
    """

    kind = Choice(TodayKind, required=True)
    id = Uuid(required=True)
    citizen_id = Uuid(required=True, allow_none=True)
    alias = Text(required=True, allow_none=True)
    mine = Boolean(required=True)
    in_place_of = Text(required=True, allow_none=True)
    since = AwareDateTime(required=True, allow_none=True)
    due_on = Date(required=True, allow_none=True)
    starts_at = AwareDateTime(required=True, allow_none=True)
    day = Integer(required=True, allow_none=True)
    title = Text(required=True, allow_none=True)
    wants_talk = Boolean(required=True, allow_none=True)
    link = Text(required=True)


class TodaySchema(Schema):
    """Everything to see to today, the most urgent first."""

    items = fields.List(fields.Nested(TodoSchema), required=True)
