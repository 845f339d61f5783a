"""Citizens, relations, stand-ins and pairing codes as they go over the wire."""

from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from server.citizens.models import CareRole, Channel, CitizenStatus, Language, WaiverReason
from server.core.fields import AwareDateTime, Boolean, Choice, Date, Integer, Line, Schema, Text, Uuid

ALIAS_LENGTH = 80
NAME_LENGTH = 200
PHONE_LENGTH = 40
CPR_LENGTH = 11
MUNICIPALITY_LENGTH = 80
REASON_LENGTH = 500
SERVICE_LENGTH = 40


class GivenRole(StrEnum):
    """The roles a manager can give; a stand-in follows from an arrangement instead."""

    CONTACT_PERSON = CareRole.CONTACT_PERSON.value
    CARE_TEAM = CareRole.CARE_TEAM.value


class IntakeSchema(Schema):
    """A new person at the door; an alias and the channel are enough."""

    id = Uuid()
    alias = Line(required=True, max_length=ALIAS_LENGTH)
    first_contact_at = AwareDateTime()
    first_contact_channel = Choice(Channel, required=True)
    name = Line(max_length=NAME_LENGTH)
    cpr = Text(max_length=CPR_LENGTH)
    phone = Line(max_length=PHONE_LENGTH)
    language = Choice(Language)
    address_protected = Boolean()
    home_municipality = Line(max_length=MUNICIPALITY_LENGTH)
    seeks = Line(max_length=SERVICE_LENGTH)


class CitizenChangeSchema(Schema):
    """What may be corrected about a citizen; null takes an optional field away."""

    alias = Line(max_length=ALIAS_LENGTH)
    first_contact_at = AwareDateTime()
    first_contact_channel = Choice(Channel)
    name = Line(max_length=NAME_LENGTH, allow_none=True)
    cpr = Text(max_length=CPR_LENGTH, allow_none=True)
    phone = Line(max_length=PHONE_LENGTH, allow_none=True)
    language = Choice(Language)
    address_protected = Boolean()
    home_municipality = Line(max_length=MUNICIPALITY_LENGTH, allow_none=True)
    seeks = Line(max_length=SERVICE_LENGTH, allow_none=True)

    @validates_schema
    def says_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty change is a mistake of the caller, not a change."""
        if not data:
            raise ValidationError("Give at least one field.", "body")


class RelationSchema(Schema):
    """Who works with a citizen, as what, and in whose place."""

    id = Uuid(required=True)
    staff_id = Uuid(required=True)
    staff_name = Text(required=True)
    role = Choice(CareRole, required=True)
    starts_at = AwareDateTime(required=True)
    ends_at = AwareDateTime(required=True, allow_none=True)
    reason = Text(required=True)
    stand_in_for_id = Uuid(required=True, allow_none=True)


class CitizenSchema(Schema):
    """A citizen's record; name, CPR and phone are null for those who do not work with the citizen."""

    id = Uuid(required=True)
    version = Integer(required=True)
    alias = Text(required=True)
    name = Text(required=True, allow_none=True)
    cpr = Text(required=True, allow_none=True, metadata={"description": "Masked: DDMMYY-••••"})
    phone = Text(required=True, allow_none=True)
    language = Choice(Language, required=True)
    address_protected = Boolean(required=True)
    home_municipality = Text(required=True, allow_none=True)
    first_contact_at = AwareDateTime(required=True)
    first_contact_channel = Choice(Channel, required=True)
    status = Choice(CitizenStatus, required=True)
    deceased_at = AwareDateTime(required=True, allow_none=True)
    relations = fields.List(fields.Nested(RelationSchema), required=True)


class WaivedSchema(Schema):
    """The words of the reason why the days do not count, as said to the person."""

    da = Text(required=True)
    en = Text(required=True)


class FirstContactSchema(Schema):
    """The first contact, and the day on which the first talk was held; `has_clock`: days are counted."""

    on = Date(required=True)
    days_limit = Integer(required=True)
    has_clock = Boolean(required=True)
    stopped_on = Date(required=True, allow_none=True)
    waived = fields.Nested(WaivedSchema, required=True, allow_none=True)


class StaffFirstContactSchema(FirstContactSchema):
    """The same for staff: how many days have gone by, what the person came for, and the law behind it."""

    day = Integer(required=True)
    seeks = Text(required=True, allow_none=True)
    law = Text(required=True, allow_none=True)


class SoughtSchema(Schema):
    """Something that people come for, and the law that promises it in time; none: no days are counted."""

    id = Text(required=True)
    law = Text(required=True, allow_none=True)
    da = Text(required=True)
    en = Text(required=True)


class WaiverWordsSchema(WaivedSchema):
    """One lawful reason why the days do not count."""

    code = Choice(WaiverReason, required=True)


class GuaranteeRulesSchema(Schema):
    """The guarantee of my centre; without days it has none."""

    days = Integer(required=True, allow_none=True)
    sought = fields.List(fields.Nested(SoughtSchema), required=True)
    waivers = fields.List(fields.Nested(WaiverWordsSchema), required=True)


class WaiverSchema(Schema):
    """Why the days do not count for a person."""

    reason = Choice(WaiverReason, required=True)


class LoadSchema(Schema):
    """One contact person's cases beside the figure for that part of a post."""

    staff_id = Uuid(required=True)
    name = Text(required=True)
    percent = Integer(required=True)
    cases = Integer(required=True)
    figure = Integer(required=True)


class GaugeSchema(Schema):
    """How many people each contact person has; without a figure of the centre, nobody's."""

    figure = Integer(required=True, allow_none=True)
    items = fields.List(fields.Nested(LoadSchema), required=True)


class CaseloadFigureSchema(Schema):
    """How many cases a full post has at most; null where the centre sets no figure."""

    figure = Integer(required=True, allow_none=True, minimum=1, maximum=200)


class EmploymentSchema(Schema):
    """How large a part of a full post somebody has, in per cent."""

    percent = Integer(required=True, minimum=1, maximum=100)


class NewRelationSchema(Schema):
    """Whom a manager gives a citizen, as what, and why."""

    staff_id = Uuid(required=True)
    role = Choice(GivenRole, required=True)
    reason = Line(required=True, max_length=REASON_LENGTH)


class ReasonSchema(Schema):
    """Why something ends."""

    reason = Line(required=True, max_length=REASON_LENGTH)


class OptionalReasonSchema(Schema):
    """Why something ends, if there is more to say than that it does."""

    reason = Line(max_length=REASON_LENGTH)


class NewStandInSchema(Schema):
    """Who stands in for whom, from which day to which, both included."""

    staff_id = Uuid(required=True)
    stand_in_id = Uuid(required=True)
    starts_on = Date()
    ends_on = Date(required=True)
    reason = Line(required=True, max_length=REASON_LENGTH)


class StandInSchema(Schema):
    """An arrangement with the names of the two."""

    id = Uuid(required=True)
    staff_id = Uuid(required=True)
    staff_name = Text(required=True)
    stand_in_id = Uuid(required=True)
    stand_in_name = Text(required=True)
    starts_on = Date(required=True)
    ends_on = Date(required=True)
    reason = Text(required=True)
    ended_at = AwareDateTime(required=True, allow_none=True)


class StandInListSchema(Schema):
    """The unit's arrangements that run or are to come."""

    items = fields.List(fields.Nested(StandInSchema), required=True)


class NewCodeSchema(Schema):
    """A pairing code, shown once: as text, as an address, and as a picture of that address."""

    code = Text(required=True)
    url = Text(required=True)
    qr_svg = Text(required=True)
    expires_at = AwareDateTime(required=True)


class PairingSchema(Schema):
    """The code as it was typed or scanned, what the phone calls itself, and whether others use it, too."""

    code = Text(required=True, max_length=40)
    label = Line(max_length=80)
    shared = Boolean(load_default=False)


class PairedSchema(Schema):
    """Whose phone this now is."""

    citizen_id = Uuid(required=True)
    alias = Text(required=True)
    language = Choice(Language, required=True)


class UnitOnCardSchema(Schema):
    """The citizen's centre and its number."""

    slug = Text(required=True)
    name = Text(required=True)
    phone = Text(required=True, min_length=0)


class ContactPersonSchema(Schema):
    """The one the citizen turns to, and the unit's number."""

    name = Text(required=True)
    phone = Text(required=True, min_length=0)


class StandInOnCardSchema(Schema):
    """Who works in the contact person's place, and until when."""

    name = Text(required=True)
    until = AwareDateTime(required=True)


class ProfileSchema(Schema):
    """What the citizen's phone shows about the citizen and about us."""

    id = Uuid(required=True)
    alias = Text(required=True)
    language = Choice(Language, required=True)
    unit = fields.Nested(UnitOnCardSchema, required=True)
    contact_person = fields.Nested(ContactPersonSchema, required=True, allow_none=True)
    stand_ins = fields.List(fields.Nested(StandInOnCardSchema), required=True)
    first_contact_at = AwareDateTime(required=True)
