"""The session cookie: one for citizens, one for staff, never mixed."""

from datetime import timedelta

from flask import Response, current_app, request

from server.accounts import service
from server.accounts.models import SessionKind
from server.core import clock
from server.core.access import Actor
from server.core.db import look
from server.core.errors import Unauthenticated

_PLAIN = {SessionKind.CITIZEN: "session", SessionKind.STAFF: "staff-session"}
_LASTS = {SessionKind.CITIZEN: timedelta(days=400), SessionKind.STAFF: service.STAFF_LONGEST}
MAX_TOKEN = 128


def cookie_name(kind: SessionKind) -> str:
    """`__Host-…` on https; the plain name on http, where browsers refuse the prefix."""
    return f"__Host-{_PLAIN[kind]}" if current_app.config["SECURE_COOKIES"] else _PLAIN[kind]


def set_session(answer: Response, *, kind: SessionKind, token: str, shared: bool = False) -> None:
    """Give the device its session; a `shared` one forgets it when the browser is closed."""
    answer.set_cookie(
        cookie_name(kind),
        token,
        max_age=None if shared else _LASTS[kind],
        httponly=True,
        secure=current_app.config["SECURE_COOKIES"],
        samesite="Lax",
        path="/",
    )


def renew_staff_session(answer: Response) -> None:
    """Let a colleague's browser keep the session that it holds; how long it opens, its row decides."""
    token = find_token(SessionKind.STAFF)
    if token is not None:
        set_session(answer, kind=SessionKind.STAFF, token=token)


def clear_session(answer: Response, *, kind: SessionKind) -> None:
    """Take the device's session cookie away."""
    answer.delete_cookie(
        cookie_name(kind),
        httponly=True,
        secure=current_app.config["SECURE_COOKIES"],
        samesite="Lax",
        path="/",
    )


def find_token(kind: SessionKind) -> str | None:
    """The one token that this browser holds for a door; two of them are none."""
    tokens = request.cookies.getlist(cookie_name(kind))
    return tokens[0] if len(tokens) == 1 and 0 < len(tokens[0]) <= MAX_TOKEN else None


def load_actor() -> Actor | Unauthenticated:
    """Who is behind this request; the path decides which of the two cookies counts."""
    kind = SessionKind.CITIZEN if request.path.startswith("/api/v1/citizen/") else SessionKind.STAFF
    token = find_token(kind)
    if token is None:
        return Unauthenticated()
    now = clock.now()
    return look(lambda session: service.find_actor(session, token=token, kind=kind, now=now))
