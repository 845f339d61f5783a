"""The crisis line's figures as they go over the wire."""

from enum import StrEnum

from marshmallow import fields

from server.core.fields import Choice, Date, Integer, Schema, Text
from server.crisis_line.releases import Way


class Language(StrEnum):
    """In whose words a sheet is written."""

    DA = "da"
    EN = "en"


class StatisticsQuerySchema(Schema):
    """From which day to which, both included, and by what is counted."""

    first = Date(required=True, data_key="from")
    last = Date(required=True, data_key="to")
    by = Choice(Way, required=True)


class DeskSheetQuerySchema(StatisticsQuerySchema):
    """The same as a sheet, in a language."""

    language = Choice(Language, load_default=Language.DA)


class FigureRowSchema(Schema):
    """How many contacts there were; several keys are shown together because each alone would say too much."""

    keys = fields.List(Text(), required=True)
    count = Integer(required=True)


class FigureGapSchema(Schema):
    """Contacts that stand in no row, and why: erased, still-open, unanswered, not-on-the-list."""

    code = Text(required=True)
    count = Integer(required=True)


class ReturningSchema(Schema):
    """Who came back, among people who are known; all others are unknown."""

    known_people = Integer(required=True)
    came_again = Integer(required=True)
    contacts_of_known = Integer(required=True)
    contacts_of_came_again = Integer(required=True)
    contacts_unknown = Integer(required=True)


class SafetySchema(Schema):
    """How safe people felt after compared with before, where both were said."""

    answered = Integer(required=True)
    contacts = Integer(required=True)
    safer = Integer(required=True)
    same = Integer(required=True)
    less_safe = Integer(required=True)


class FollowUpFiguresSchema(Schema):
    """What came of the follow-ups that were agreed; the answers stand beside the share that answered."""

    agreed = Integer(required=True)
    waiting = Integer(required=True)
    done = Integer(required=True)
    not_reached = Integer(required=True)
    declined = Integer(required=True)
    changed = fields.Dict(keys=Text(), values=Integer(), required=True)
    answered = Integer(required=True)
    answered_percent = Integer(required=True, allow_none=True)


class StatisticsSchema(Schema):
    """The figures; rows and gaps always add up to the total.

    `audience`: `own` sees true counts. `analyst` sees whole quarters that are complete, groups of at least
    ten, and null for everything else; `not_shown` names the months that were asked for and are not in it.
    """

    first = Date(required=True, data_key="from")
    last = Date(required=True, data_key="to")
    by = Choice(Way, required=True)
    audience = Text(required=True)
    rows = fields.List(fields.Nested(FigureRowSchema), required=True)
    gaps = fields.List(fields.Nested(FigureGapSchema), required=True)
    total = Integer(required=True)
    not_shown = fields.List(Text(), required=True)
    callers = fields.Nested(ReturningSchema, required=True, allow_none=True)
    safety = fields.Nested(SafetySchema, required=True, allow_none=True)
    mentioned = fields.Dict(keys=Text(), values=Integer(), required=True, allow_none=True)
    follow_ups = fields.Nested(FollowUpFiguresSchema, required=True, allow_none=True)
