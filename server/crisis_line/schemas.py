"""The desk's search, contacts and codes as they go over the wire."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from server.core.fields import AwareDateTime, Boolean, Choice, Date, Integer, Line, Schema, Text, Uuid
from server.crisis_line.models import Channel, Gender, SearchKind, Voicemail
from server.crisis_line.models_desk import FollowUpKind, FollowUpResult
from server.library.desk_models import DESK_CODES

VALUE_LENGTH = 120
CODE_LENGTH = 40
CODES = 12
NOTE_LENGTH = 4000
PHONE_LENGTH = 40
WHEN_LENGTH = 120
CODE_WORD_LENGTH = 60
TYPED_CODE_LENGTH = 24
LONGEST_CONTACT = 24 * 60  #: minutes
SAFEST = 10


class Code(Text):
    """One entry of a list in `content/crisis_line/`, by the name of its file."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        listed = validate.OneOf(DESK_CODES[name], error="Must be a code of the list.")
        super().__init__(max_length=CODE_LENGTH, validate=listed, **kwargs)


class _Codes(fields.List):
    def __init__(self, name: str) -> None:
        super().__init__(Code(name), validate=validate.Length(max=CODES))


class SearchSchema(Schema):
    """Whom the worker looks for; never in an address.

    `oral_yes`: the sentence was read aloud, and the person on the line said yes. The person is told of it.
    """

    by = Choice(SearchKind, required=True)
    value = Line(required=True, max_length=VALUE_LENGTH)
    oral_yes = Boolean(load_default=False)

    @validates_schema
    def hears_whom_it_finds(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An alias is nobody's alone: it finds only who said yes in the app."""
        if data.get("oral_yes") and data.get("by") == SearchKind.ALIAS:
            raise ValidationError("Belongs to phone, cpr or code.", "oral_yes")


class FoundSchema(Schema):
    """A person who was found: no name, no centre, no number."""

    citizen_id = Uuid(required=True)
    alias = Text(required=True)
    sharing = Boolean(required=True)
    contact_open = Uuid(required=True, allow_none=True)


class SearchAnswerSchema(Schema):
    """One person, or null: not found and no access are the same.

    `ambiguous`: several people who said yes to the crisis line answer to this; ask for their code.
    """

    found = fields.Nested(FoundSchema, required=True, allow_none=True)
    ambiguous = Boolean(required=True)


class NewContactSchema(Schema):
    """A contact begins; the id makes a repeated request harmless, whenever the desk comes to send it."""

    id = Uuid(required=True)
    citizen_id = Uuid(load_default=None, allow_none=True)
    channel = Choice(Channel, required=True)
    opened_by = Choice(SearchKind, load_default=None, allow_none=True)
    opened_at = AwareDateTime()

    @validates_schema
    def says_how_it_was_found(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """A person is found by something; nobody is found by nothing."""
        if (data.get("citizen_id") is None) != (data.get("opened_by") is None):
            raise ValidationError("Belongs to a person who was found, and only there.", "opened_by")


class CallBackSchema(Schema):
    """What was agreed before anybody is called; without `may_ring` nothing else is kept."""

    may_ring = Boolean(required=True)
    phone = Line(load_default=None, allow_none=True, max_length=PHONE_LENGTH)
    when = Line(load_default=None, allow_none=True, max_length=WHEN_LENGTH)
    voicemail = Choice(Voicemail, load_default=Voicemail.NEVER)
    code_word = Line(load_default=None, allow_none=True, max_length=CODE_WORD_LENGTH)

    @validates_schema
    def keeps_nothing_without_a_yes(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """A number that nobody may ring is not kept."""
        if data.get("may_ring"):
            return
        for name in ("phone", "when", "code_word"):
            if data.get(name) is not None:
                raise ValidationError("Is kept only if we may ring.", name)
        if data.get("voicemail") == Voicemail.OK:
            raise ValidationError("Is kept only if we may ring.", "voicemail")


class ContactChangeSchema(Schema):
    """What may be written about an open contact; everything is optional, null takes a value away."""

    channel = Choice(Channel)
    reason = _Codes("reasons")
    given = _Codes("given")
    referral = _Codes("referrals")
    outcome = Code("outcomes", allow_none=True)
    duration_minutes = Integer(minimum=0, maximum=LONGEST_CONTACT, allow_none=True)
    gender = Choice(Gender)
    note = Text(max_length=NOTE_LENGTH, allow_none=True)
    safety_before = Integer(minimum=0, maximum=SAFEST, allow_none=True)
    safety_after = Integer(minimum=0, maximum=SAFEST, allow_none=True)
    goal_id = Uuid(allow_none=True)
    callback = fields.Nested(CallBackSchema, allow_none=True)
    wants_follow_up_14d = Boolean()
    wants_call_72h = Boolean()
    wants_shown_in_app = Boolean()

    @validates_schema
    def says_something(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """An empty change is a mistake of the caller, not a change."""
        if not data:
            raise ValidationError("Give at least one field.", "body")


class ContactCardSchema(Schema):
    """A contact in a list: no note, no number.

    `known`: the desk found the person, or the person claimed it. Who it is stands here only while the
    contact is open. `mine`: opened by the one who reads.
    """

    id = Uuid(required=True)
    version = Integer(required=True)
    known = Boolean(required=True)
    citizen_id = Uuid(required=True, allow_none=True)
    citizen_alias = Text(required=True, allow_none=True)
    mine = Boolean(required=True)
    opened_by_name = Text(required=True)
    channel = Choice(Channel, required=True)
    opened_by = Choice(SearchKind, required=True, allow_none=True, attribute="found_by")
    opened_at = AwareDateTime(required=True)
    received_at = AwareDateTime(required=True)
    closed_at = AwareDateTime(required=True, allow_none=True)
    reason = fields.List(Text(), required=True, attribute="reasons")
    given = fields.List(Text(), required=True)
    referral = fields.List(Text(), required=True, attribute="referrals")
    outcome = Text(required=True, allow_none=True)
    duration_minutes = Integer(required=True, allow_none=True)
    gender = Choice(Gender, required=True)
    wants_follow_up_14d = Boolean(required=True)
    wants_call_72h = Boolean(required=True)
    wants_shown_in_app = Boolean(required=True)
    claimed = Boolean(required=True)


class CallBackCardSchema(Schema):
    """What was agreed about being called."""

    may_ring = Boolean(required=True)
    phone = Text(required=True, allow_none=True)
    when = Text(required=True, allow_none=True)
    voicemail = Choice(Voicemail, required=True)
    code_word = Text(required=True, allow_none=True)


class ContactSchema(ContactCardSchema):
    """A whole contact, for its own unit; `access_until` is how long the reader may open the plan."""

    access_until = AwareDateTime(required=True, allow_none=True)
    reopen_until = AwareDateTime(required=True, allow_none=True)
    claim_code_until = AwareDateTime(required=True, allow_none=True)
    note = Text(required=True, allow_none=True)
    safety_before = Integer(required=True, allow_none=True)
    safety_after = Integer(required=True, allow_none=True)
    goal_id = Uuid(required=True, allow_none=True)
    callback = fields.Nested(CallBackCardSchema, required=True)


class ContactQuerySchema(Schema):
    """Which contacts: those that are open, or those that began within a span of at most a year."""

    open = Text(validate=validate.Equal("1"))
    since = AwareDateTime(data_key="from")
    until = AwareDateTime(data_key="to")

    @validates_schema
    def asks_for_one_thing(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Open ones, or a span."""
        asked = ("open" in data, "since" in data, "until" in data)
        if asked not in ((True, False, False), (False, True, True)):
            raise ValidationError("Ask for open=1, or for from and to.", "body")


class ContactListSchema(Schema):
    """Contacts of the own unit, newest first."""

    items = fields.List(fields.Nested(ContactCardSchema), required=True)


class PresenceSchema(Schema):
    """What the console hears while a worker is in a contact."""

    may_read_plan = Boolean(required=True)


class ClaimCodeSchema(Schema):
    """A code for whoever turned to us: read, erase, or claim this one contact with it. Shown only now."""

    code = Text(required=True)
    expires_at = AwareDateTime(required=True)


class TypedCodeSchema(Schema):
    """A code as somebody typed it."""

    code = Line(required=True, max_length=TYPED_CODE_LENGTH)


class KeptSchema(Schema):
    """Everything that is kept of one contact, as staff of the crisis line see it."""

    opened_at = AwareDateTime(required=True)
    unit_name = Text(required=True)
    channel = Choice(Channel, required=True)
    reason = fields.List(Text(), required=True, attribute="reasons")
    given = fields.List(Text(), required=True)
    referral = fields.List(Text(), required=True, attribute="referrals")
    outcome = Text(required=True, allow_none=True)
    duration_minutes = Integer(required=True, allow_none=True)
    gender = Choice(Gender, required=True)
    note = Text(required=True, allow_none=True)
    safety_before = Integer(required=True, allow_none=True)
    safety_after = Integer(required=True, allow_none=True)
    callback = fields.Nested(CallBackCardSchema, required=True)
    wants_follow_up_14d = Boolean(required=True)
    wants_call_72h = Boolean(required=True)


class KeptAnswerSchema(Schema):
    """What a code leads to."""

    contact = fields.Nested(KeptSchema, required=True)


class ClaimedSchema(Schema):
    """The contact that is the citizen's now."""

    id = Uuid(required=True)


class DeskCodeSchema(Schema):
    """My six characters, and since when."""

    code = Text(required=True)
    made_at = AwareDateTime(required=True)


class PhoneFollowUpSchema(Schema):
    """A call that was agreed: its day, and what came of it once it was made."""

    kind = Choice(FollowUpKind, required=True)
    due_on = Date(required=True)
    result = Choice(FollowUpResult, required=True, allow_none=True)


class PhoneContactSchema(Schema):
    """A contact as the person's own phone keeps it, if the person wants that (entity `crisis_contact`)."""

    id = Uuid(required=True)
    opened_at = AwareDateTime(required=True)
    closed_at = AwareDateTime(required=True, allow_none=True)
    unit_name = Text(required=True)
    channel = Choice(Channel, required=True)
    given = fields.List(Text(), required=True)
    referral = fields.List(Text(), required=True, attribute="referrals")
    outcome = Text(required=True, allow_none=True)
    goal_id = Uuid(required=True, allow_none=True)
    wants_follow_up_14d = Boolean(required=True)
    wants_call_72h = Boolean(required=True)
    follow_ups = fields.List(fields.Nested(PhoneFollowUpSchema), required=True)
