"""What staff can call about their own session and their colleagues."""

from datetime import datetime
from uuid import UUID

from flask import Response, current_app, jsonify, make_response, request

from server.accounts import cookies, service, sign_in
from server.accounts.models import SessionKind, StaffMember, Unit
from server.accounts.schemas import (
    ColleagueSchema,
    InvitationRequestSchema,
    InvitationSchema,
    NewInvitationSchema,
    SignInSchema,
    StaffSessionSchema,
)
from server.core import clock, limits
from server.core.access import Action, Role, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint

accounts = blueprint("accounts", "staff")


@accounts.post("/session")
@requires(Action.SIGN_IN)
@accounts.arguments(SignInSchema)
@accounts.response(200, StaffSessionSchema)
@accounts.alt_response(401, schema=ProblemSchema)
@accounts.alt_response(429, schema=ProblemSchema)
def sign_in_staff(given: dict[str, str]) -> Response:
    """Sign in with e-mail, password and one-time code."""
    now = clock.now()
    account_key = _count_try(given["email"], now)
    former = cookies.find_token(SessionKind.STAFF)
    try:
        with transaction() as session:
            member, unit, token = sign_in.sign_in(session, **given, label=None, now=now)
            if former is not None:
                service.end_session_of(session, token=former, kind=SessionKind.STAFF, now=now)
            limits.forget_with(session, key=account_key)
    except sign_in.SignInFailed:
        with transaction() as session:
            sign_in.record_failure(session, now=now)
        raise
    answer = make_response(jsonify(StaffSessionSchema().dump(_me(member, unit))))
    cookies.set_session(answer, kind=SessionKind.STAFF, token=token)
    return answer


def _count_try(email: str, now: datetime) -> str:
    """Count by account and address, so that a stranger elsewhere cannot lock a colleague out.

    What a stranger types stands at the end of a key, behind a word of its own: no address that anybody makes
    up is another's key.
    Guesses from many addresses at once meet the wider limit of the account and the second factor.
    """
    origin, account = limits.origin_of(request.remote_addr), email.strip().lower()
    key = f"sign-in-here:{origin} {account}"
    limits.hit_each(
        {
            f"sign-in-from:{origin}": sign_in.TRIES_FROM_ADDRESS,
            key: sign_in.TRIES,
            f"sign-in-anywhere:{account}": sign_in.TRIES_FROM_ANYWHERE,
        },
        window=sign_in.TRIES_WINDOW,
        now=now,
    )
    return key


@accounts.get("/session")
@requires(Action.READ_STAFF_SESSION)
@accounts.response(200, StaffSessionSchema)
def read_session() -> dict[str, object]:
    """Who I am, and where I work."""
    actor = current_actor()
    with transaction() as session:
        member = service.get_staff_member(session, staff_id=_own_id(), actor=actor)
        return _me(member, service.get_unit(session, unit_id=member.unit_id))


@accounts.delete("/session")
@requires(Action.READ_STAFF_SESSION)
@accounts.response(204)
def sign_out() -> Response:
    """End my session on this device."""
    with transaction() as session:
        service.revoke_sessions(session, session_id=current_actor().session_id, now=clock.now())
    answer = make_response("", 204)
    cookies.clear_session(answer, kind=SessionKind.STAFF)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@accounts.get("/colleagues")
@requires(Action.READ_COLLEAGUES)
@accounts.response(200, ColleagueSchema(many=True))
def list_colleagues() -> list[StaffMember]:
    """The staff of my unit."""
    with transaction() as session:
        return service.list_colleagues(session, actor=current_actor())


@accounts.post("/colleagues/<uuid:staff_id>/deactivation")
@requires(Action.DEACTIVATE_STAFF)
@accounts.response(200, ColleagueSchema)
@accounts.alt_response(404, schema=ProblemSchema)
@accounts.alt_response(422, schema=ProblemSchema)
def deactivate(staff_id: UUID) -> StaffMember:
    """End a colleague's access at once."""
    with transaction() as session:
        return service.deactivate_staff(session, staff_id=staff_id, actor=current_actor(), now=clock.now())


@accounts.get("/invitations")
@requires(Action.INVITE_STAFF)
@accounts.response(200, InvitationSchema(many=True))
def list_invitations() -> list[object]:
    """Invitations that nobody has used yet."""
    with transaction() as session:
        return list(sign_in.list_open_invitations(session, actor=current_actor(), now=clock.now()))


@accounts.post("/invitations")
@requires(Action.INVITE_STAFF)
@accounts.arguments(InvitationRequestSchema)
@accounts.response(201, NewInvitationSchema)
@accounts.alt_response(409, schema=ProblemSchema)
def invite(given: dict[str, object]) -> dict[str, object]:
    """Invite a colleague; the code is shown this once."""
    with transaction() as session:
        invitation, code = sign_in.invite(
            session,
            actor=current_actor(),
            name=str(given["name"]),
            email=str(given["email"]),
            roles=[Role(role) for role in given["roles"]],  # type: ignore[attr-defined]
            now=clock.now(),
        )
    return {
        "id": invitation.id,
        "name": invitation.name,
        "email": invitation.email,
        "roles": [Role(role) for role in invitation.roles],
        "expires_at": invitation.expires_at,
        "code": code,
        "url": f"{current_app.config['PUBLIC_URL']}/staff/invitation#{code}",
    }


def _own_id() -> UUID:
    staff_id = current_actor().staff_id
    assert staff_id is not None
    return staff_id


def _me(member: StaffMember, unit: Unit) -> dict[str, object]:
    phones = current_app.config["CENTRE_PHONES"]
    return {
        "id": member.id,
        "name": member.name,
        "email": member.email,
        "roles": sorted(member.role_set),
        "unit": {"id": unit.id, "slug": unit.slug, "name": unit.name, "phone": phones.get(unit.slug, "")},
    }
