"""What every request passes: origin, content type, session, headers, one log line without private text."""

import secrets
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from flask import Flask, Request, Response, g, request
from flask_login import LoginManager

from server.core import db, logging
from server.core.access import Actor
from server.core.errors import Problem, Unauthenticated

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_BODY_BYTES = 1024 * 1024
#: What a browser calls something that it would show (Fetch Metadata, W3C).
PAGES = frozenset({"document", "iframe", "frame", "embed", "object"})
PRIVATE = ("/api/v1/citizen/", "/api/v1/staff/")
#: What our own pages say with every request (`pwa/src/api/client.ts`); an address bar and a form cannot.
OUR_PAGES = ("X-Requested-With", "overblik")
FETCH_METADATA = ("Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest")
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class CrossSite(Problem):
    """A write that another site's page tried to make."""

    status, code, title = 403, "cross-site", "This request came from another site."


class NotAPage(Problem):
    """A person's data asked for in the address bar, where no lock of the app stands before it."""

    status, code, title = 403, "not-a-page", "This is for the app to read, not a page to open."


class WrongContentType(Problem):
    """A body that is not JSON in UTF-8."""

    status, code, title = 415, "wrong-content-type", "Send application/json in UTF-8."


class DuplicateParameter(Problem):
    """A query parameter or session cookie that stands twice."""

    status, code, title = 400, "duplicate-parameter", "A parameter stands twice."


class _People(LoginManager):
    """Asks our own sessions alone, not the cookies of Flask and Flask-Login, which nobody is given here."""

    def _load_user(self) -> None:
        self._update_request_context_with_user(self._load_user_from_request(_asked()))


def install(app: Flask, *, load_actor: Callable[[], Actor | Unauthenticated], public_url: str) -> None:
    """Put the guard in front of every route."""
    secure = public_url.startswith("https://")
    allowed_origin = "{0.scheme}://{0.netloc}".format(urlsplit(public_url))
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    manager = _People(app)

    @manager.request_loader
    def load(_request: object) -> Actor | None:
        found = load_actor()
        if isinstance(found, Actor):
            return found
        g.refusal = found
        return None

    @app.before_request
    def check() -> None:
        asked, request_id = _asked(), secrets.token_hex(8)
        g.request_id, g.started = request_id, time.monotonic()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        db.keep_line()
        _refuse_duplicates(asked)
        _refuse_pages(asked)
        if asked.method not in SAFE and asked.path.startswith("/api/"):
            _refuse_cross_site(asked, allowed_origin)
            _refuse_other_content(asked)

    @app.after_request
    def finish(answer: Response) -> Response:
        asked, headers = _asked(), answer.headers
        if secure:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if asked.path.startswith("/api/"):
            headers["Cache-Control"] = "no-store"
        if answer.status_code == 204:
            answer.set_data(b"")
            headers.pop("Content-Type", None)
        headers["X-Request-Id"] = g.get("request_id", "")
        own = {name.lower() for name, _ in headers}
        headers.extend([(name, value) for name, value in HEADERS.items() if name.lower() not in own])
        _log(asked, answer)
        _veil_address(asked)
        return answer

    app.teardown_request(_leave)


def _asked() -> Request:
    """The request itself, which Flask's `request` would find anew at each look."""
    return request._get_current_object()  # type: ignore[attr-defined]


def _leave(_error: BaseException | None) -> None:
    """What this thread does afterwards belongs to no request."""
    structlog.contextvars.clear_contextvars()
    db.leave_line()


def _refuse_duplicates(asked: Request) -> None:
    if any(len(values) > 1 for values in asked.args.listvalues()):
        raise DuplicateParameter()


def _refuse_pages(asked: Request) -> None:
    """The app fetches. A browser that opens an address says so, or cannot say that it is the app."""
    if not asked.path.startswith(PRIVATE):
        return
    headers = asked.headers
    is_page = headers.get("Sec-Fetch-Mode") == "navigate" or headers.get("Sec-Fetch-Dest") in PAGES
    says_nothing = not any(name in headers for name in FETCH_METADATA)
    is_unknown = asked.method in SAFE and says_nothing and headers.get(OUR_PAGES[0]) != OUR_PAGES[1]
    if is_page or is_unknown:
        raise NotAPage()


def _refuse_cross_site(asked: Request, allowed_origin: str) -> None:
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site != "same-origin":
            raise CrossSite()
        return
    origin = asked.headers.get("Origin")
    if origin not in (allowed_origin, f"{asked.scheme}://{asked.host}"):
        raise CrossSite()


def _refuse_other_content(asked: Request) -> None:
    has_body = bool(asked.content_length) or "Transfer-Encoding" in asked.headers
    if not has_body and asked.mimetype == "":
        return
    charset = asked.mimetype_params.get("charset", "utf-8").lower()
    if asked.mimetype != "application/json" or charset not in ("utf-8", "utf8"):
        raise WrongContentType()


def _veil_address(asked: Request) -> None:
    """Leave the pattern where a server's own access log would find the address: it may hold a secret."""
    asked.environ["RAW_URI"] = asked.environ["PATH_INFO"] = _route(asked)
    asked.environ["QUERY_STRING"] = ""


def _route(asked: Request) -> str:
    return asked.url_rule.rule if asked.url_rule else "(none)"


def _log(asked: Request, answer: Response) -> None:
    if asked.endpoint in ("healthz", "readyz"):
        return
    taken = time.monotonic() - g.get("started", time.monotonic())
    logging.get("http").info(
        "request",
        method=asked.method,
        route=_route(asked),
        status=answer.status_code,
        ms=round(taken * 1000, 1),
    )
