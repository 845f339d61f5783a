"""What goes over the wire about staff."""

from marshmallow import ValidationError
from marshmallow import fields as ma

from server.accounts.passwords import LONGEST
from server.core.access import Role
from server.core.fields import AwareDateTime, Boolean, Choice, Line, Schema, Text, Uuid


class UnitSchema(Schema):
    """A centre."""

    id = Uuid(required=True)
    slug = Text(required=True)
    name = Text(required=True)
    phone = Text(required=True, min_length=0, metadata={"description": "The number to call; empty if none."})


class SignInSchema(Schema):
    """Both factors in one step."""

    email = Text(required=True, max_length=254)
    password = Text(required=True, max_length=LONGEST)
    totp = Text(required=True, max_length=16)


class StaffSessionSchema(Schema):
    """Who is signed in."""

    id = Uuid(required=True)
    name = Text(required=True)
    email = Text(required=True)
    roles = ma.List(Choice(Role), required=True)
    unit = ma.Nested(UnitSchema, required=True)


class ColleagueSchema(Schema):
    """Somebody of the own unit."""

    id = Uuid(required=True)
    name = Text(required=True)
    email = Text(required=True)
    roles = ma.List(Choice(Role), required=True)
    active = Boolean(required=True)


class InvitationRequestSchema(Schema):
    """Whom to invite, and as what."""

    name = Line(required=True, max_length=200)
    email = Text(required=True, max_length=254, validate=lambda value: _check_email(value))
    roles = ma.List(Choice(Role), required=True)


class InvitationSchema(Schema):
    """An invitation that still waits."""

    id = Uuid(required=True)
    name = Text(required=True)
    email = Text(required=True)
    roles = ma.List(Choice(Role), required=True)
    expires_at = AwareDateTime(required=True)


class NewInvitationSchema(InvitationSchema):
    """A fresh invitation: the code is shown this once."""

    code = Text(required=True)
    url = Text(required=True)


class InvitationCodeSchema(Schema):
    """The one-time code of an invitation."""

    code = Text(required=True, max_length=128)


class InvitationLookupSchema(Schema):
    """What an invited person sees before choosing a password."""

    name = Text(required=True)
    email = Text(required=True)
    unit_name = Text(required=True)
    totp_secret = Text(required=True)
    totp_uri = Text(required=True)
    totp_qr_svg = Text(required=True)


class InvitationAcceptanceSchema(InvitationCodeSchema):
    """An own password, and a code that shows the second factor works."""

    password = Text(required=True, max_length=LONGEST)
    totp = Text(required=True, max_length=16)


class JoinedSchema(Schema):
    """The new colleague."""

    id = Uuid(required=True)
    email = Text(required=True)


def _check_email(value: str) -> None:
    local, at, domain = value.strip().partition("@")
    if not at or not local or "." not in domain or any(c.isspace() or c == "@" for c in local + domain):
        raise ValidationError("Must be an e-mail address.")
