"""What an invited person can call before having an account."""

import segno
from flask import request

from server.accounts import sign_in
from server.accounts.models import StaffMember
from server.accounts.schemas import (
    InvitationAcceptanceSchema,
    InvitationCodeSchema,
    InvitationLookupSchema,
    JoinedSchema,
)
from server.core import clock, limits
from server.core.access import Action, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint

accounts = blueprint("accounts", "public")


@accounts.post("/invitation-lookups")
@requires(Action.ACCEPT_INVITATION)
@accounts.arguments(InvitationCodeSchema)
@accounts.response(200, InvitationLookupSchema)
@accounts.alt_response(404, schema=ProblemSchema)
def look_up_invitation(given: dict[str, str]) -> dict[str, str]:
    """Show an invitation and the secret for the authenticator app."""
    _count_try()
    with transaction() as session:
        invitation, unit = sign_in.look_up_invitation(session, code=given["code"], now=clock.now())
        uri = sign_in.totp_uri(invitation)
        return {
            "name": invitation.name,
            "email": invitation.email,
            "unit_name": unit.name,
            "totp_secret": invitation.totp_secret,
            "totp_uri": uri,
            "totp_qr_svg": segno.make(uri, error="m").svg_inline(scale=4, border=2),
        }


@accounts.post("/invitation-acceptances")
@requires(Action.ACCEPT_INVITATION)
@accounts.arguments(InvitationAcceptanceSchema)
@accounts.response(201, JoinedSchema)
@accounts.alt_response(404, schema=ProblemSchema)
@accounts.alt_response(409, schema=ProblemSchema)
def accept_invitation(given: dict[str, str]) -> StaffMember:
    """Become a colleague with an own password and one-time codes."""
    _count_try()
    with transaction() as session:
        return sign_in.accept_invitation(session, **given, now=clock.now())


def _count_try() -> None:
    limits.hit(
        key=f"invitation-from:{limits.origin_of(request.remote_addr)}",
        limit=30,
        window=sign_in.TRIES_WINDOW,
        now=clock.now(),
    )
