"""What every request passes: origin, content type, session, headers, one log line without private text."""

import secrets
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, request
from flask_login import LoginManager

from server.core import logging
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


def install(app: Flask, *, load_actor: Callable[[], Actor | Unauthenticated], public_url: str) -> None:
    """Put the guard in front of every route."""
    secure = public_url.startswith("https://")
    allowed_origin = "{0.scheme}://{0.netloc}".format(urlsplit(public_url))
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    manager = LoginManager(app)
    manager.session_protection = None

    @manager.request_loader
    def load(_request: object) -> Actor | None:
        found = load_actor()
        if isinstance(found, Actor):
            return found
        g.refusal = found
        return None

    @app.before_request
    def check() -> None:
        g.request_id = secrets.token_hex(8)
        g.started = time.monotonic()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)
        _refuse_duplicates()
        _refuse_pages()
        if request.method not in SAFE and request.path.startswith("/api/"):
            _refuse_cross_site(allowed_origin)
            _refuse_other_content()

    @app.after_request
    def finish(answer: Response) -> Response:
        for header, value in HEADERS.items():
            answer.headers.setdefault(header, value)
        if secure:
            answer.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.path.startswith("/api/"):
            answer.headers["Cache-Control"] = "no-store"
        if answer.status_code == 204:
            answer.set_data(b"")
            answer.headers.pop("Content-Type", None)
        answer.headers["X-Request-Id"] = g.get("request_id", "")
        _log(answer)
        _veil_address()
        return answer


def _refuse_duplicates() -> None:
    if any(len(values) > 1 for values in request.args.listvalues()):
        raise DuplicateParameter()


def _refuse_pages() -> None:
    """The app fetches. A browser that opens an address says so, or cannot say that it is the app."""
    if not request.path.startswith(PRIVATE):
        return
    headers = request.headers
    is_page = headers.get("Sec-Fetch-Mode") == "navigate" or headers.get("Sec-Fetch-Dest") in PAGES
    says_nothing = not any(name in headers for name in FETCH_METADATA)
    is_unknown = request.method in SAFE and says_nothing and headers.get(OUR_PAGES[0]) != OUR_PAGES[1]
    if is_page or is_unknown:
        raise NotAPage()


def _refuse_cross_site(allowed_origin: str) -> None:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site != "same-origin":
            raise CrossSite()
        return
    origin = request.headers.get("Origin")
    if origin not in (allowed_origin, f"{request.scheme}://{request.host}"):
        raise CrossSite()


def _refuse_other_content() -> None:
    has_body = bool(request.content_length) or "Transfer-Encoding" in request.headers
    if not has_body and request.mimetype == "":
        return
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != "application/json" or charset not in ("utf-8", "utf8"):
        raise WrongContentType()


def _veil_address() -> None:
    """Leave the pattern where a server's own access log would find the address: it may hold a secret."""
    request.environ["RAW_URI"] = request.environ["PATH_INFO"] = _route()
    request.environ["QUERY_STRING"] = ""


def _route() -> str:
    return request.url_rule.rule if request.url_rule else "(none)"


def _log(answer: Response) -> None:
    if request.endpoint in ("healthz", "readyz"):
        return
    taken = time.monotonic() - g.get("started", time.monotonic())
    logging.get("http").info(
        "request",
        method=request.method,
        route=_route(),
        status=answer.status_code,
        ms=round(taken * 1000, 1),
    )
