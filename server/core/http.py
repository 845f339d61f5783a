"""HTTP: blueprints per room and audience, problem+json answers, versioned writes, the API document."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar

import flask
import orjson
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, Response, g, request
from flask.json.provider import JSONProvider
from flask_smorest import Api as SmorestApi
from flask_smorest import Blueprint as SmorestBlueprint
from flask_smorest.utils import set_status_and_headers_in_response, unpack_tuple_response
from marshmallow import fields as ma_fields
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WerkzeugResponse

from server.core import logging
from server.core.dumping import Written, to_json
from server.core.errors import Conflict, PreconditionFailed, PreconditionRequired, Problem, Unavailable
from server.core.fields import Integer, Schema, Text

P = ParamSpec("P")
R = TypeVar("R")
Audience = Literal["citizen", "staff", "public"]

PROBLEM_TYPE = "application/problem+json"
IF_MATCH = re.compile(r'^"(\d{1,9})"$')
CODES = {
    400: "bad-request",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    414: "address-too-long",
    415: "wrong-content-type",
    422: "invalid",
    429: "too-many-tries",
    500: "internal-error",
    503: "unavailable",
}


class ProblemSchema(Schema):
    """What went wrong, in the form of RFC 9457; `code` is stable, `errors` names the fields."""

    type = Text()
    title = Text()
    status = Integer()
    code = Text()
    request_id = Text()
    errors = ma_fields.Dict(keys=Text(), values=ma_fields.List(Text()))


class Parser(FlaskParser):
    """Reads arguments strictly: JSON by orjson (bounded depth, no NaN), unknown query fields refused."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": "raise"}

    def _raw_load_json(self, req: flask.Request) -> Any:
        return req.get_json(cache=True)


class Blueprint(SmorestBlueprint):
    """A room's routes for one audience."""

    ARGUMENTS_PARSER = Parser()

    def arguments(self, schema: Any, **kwargs: Any) -> Any:
        """Read a route's arguments by this schema, made once and not at every request."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **kwargs)

    def response(self, status_code: int, schema: Any = None, **kwargs: Any) -> Any:
        """Answer with what the view returns, written by this schema; a whole answer is passed on."""
        made = schema() if isinstance(schema, type) else schema
        document = super().response(status_code, made, **kwargs)

        def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(document(view))
            def answered(*args: Any, **kwargs: Any) -> Any:
                result, status, headers = unpack_tuple_response(view(*args, **kwargs))
                if not isinstance(result, WerkzeugResponse):
                    is_written = made is None or type(result) is Written
                    body = to_json(result if is_written else made.tree(result))
                    result = Response(body, status_code, content_type="application/json")
                set_status_and_headers_in_response(result, status, headers)
                return result

            return answered

        return decorate

    def alt_response(self, *args: Any, **kwargs: Any) -> Any:
        """Document another answer; nothing stands between the view and who calls it."""
        document = super().alt_response(*args, **kwargs)

        def decorate(view: Any) -> Any:
            view._apidoc = document(view)._apidoc
            return view

        return decorate


def blueprint(name: str, audience: Audience) -> Blueprint:
    """The blueprint of one room for one audience, under /api/v1/<audience>."""
    return Blueprint(
        f"{audience}-{name}", f"server.{name}.{audience}_views", url_prefix=f"/api/v1/{audience}"
    )


class OrjsonProvider(JSONProvider):
    """JSON by orjson: fast, depth bounded, no NaN, no duplicate surprises with floats."""

    def dumps(self, obj: Any, **_: Any) -> str:
        return to_json(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        body = self._prepare_response_obj(args, kwargs)
        return Response(to_json(body), mimetype="application/json")


def problem_response(problem: Problem) -> Response:
    """A problem as it goes over the wire."""
    body = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "code": problem.code,
        "request_id": g.get("request_id", ""),
    }
    if problem.errors is not None:
        body["errors"] = problem.errors
    answer = Response(orjson.dumps(body), status=problem.status, content_type=PROBLEM_TYPE)
    answer.headers.update(problem.headers)
    return answer


def flatten_errors(messages: Any, path: str = "") -> dict[str, list[str]]:
    """Nested validation messages as one flat object: `keys.p256dh`, `items.0.title`."""
    if isinstance(messages, dict):
        flat: dict[str, list[str]] = {}
        for key, value in messages.items():
            flat.update(flatten_errors(value, f"{path}.{key}" if path else str(key)))
        return flat
    texts = messages if isinstance(messages, list) else [messages]
    return {path or "body": [str(text) for text in texts]}


class Api(SmorestApi):
    """flask-smorest's Api, answering every failure as problem+json."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        super()._register_error_handlers()
        app: Flask = self._app
        app.register_error_handler(Problem, problem_response)
        app.register_error_handler(IntegrityError, self._clash)
        for lost in (OperationalError, InterfaceError, PoolTimeout):
            app.register_error_handler(lost, self._database_lost)

    def handle_http_exception(self, error: HTTPException) -> Response:
        """Turn an HTTP exception, validation included, into a problem."""
        if error.code is None or error.code < 400:
            return error.get_response()  # type: ignore[return-value]
        problem = Problem(error.name)
        problem.status = error.code
        problem.code = CODES.get(error.code, "error")
        data = getattr(error, "data", None) or {}
        messages = data.get("messages")
        if isinstance(messages, dict):
            inner = {key: value for found in messages.values() for key, value in _as_dict(found).items()}
            problem.errors = flatten_errors(inner)
        problem.headers.update({k: v for k, v in error.get_headers() if k in ("Allow", "Retry-After")})
        return problem_response(problem)

    @staticmethod
    def _clash(_error: IntegrityError) -> Response:
        logging.get("http").warning("database.constraint")
        return problem_response(Conflict())

    @staticmethod
    def _database_lost(error: Exception) -> Response:
        logging.get("http").error("database.lost", kind=type(error).__name__)
        return problem_response(Unavailable())


def _as_dict(found: Any) -> dict[str, Any]:
    return found if isinstance(found, dict) else {"body": found}


def versioned(view: Callable[P, R]) -> Callable[P, R]:
    """Require `If-Match: "<version>"` and pass it on as the keyword `version`.

    :raises PreconditionRequired: without the header
    :raises PreconditionFailed: if it is not an integer version (`*` included)
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        given = request.headers.get("If-Match")
        if given is None:
            raise PreconditionRequired()
        match = IF_MATCH.match(given)
        if match is None:
            raise PreconditionFailed()
        kwargs["version"] = int(match.group(1))
        return view(*args, **kwargs)

    guarded._versioned = True  # type: ignore[attr-defined]
    return guarded


def at_most(length: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Refuse a body of more bytes than this before it is read: 413."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            request.max_content_length = length
            return view(*args, **kwargs)

        return guarded

    return guard


class House(Flask):
    """A Flask whose own log of a failed request holds no words of anybody."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The view itself: none is asynchronous, and asking takes time at every layer of every request."""
        return func

    def log_exception(self, _exc_info: Any) -> None:
        """Write where it failed and with which kind of exception, never its text."""
        logging.get("http").error("request.failed", exc_info=True)


def make_api(app: Flask) -> Api:
    """Attach the API to the app."""
    app.json = OrjsonProvider(app)
    app.config.update(API_TITLE="Ved Hånden", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    return Api(app, spec_kwargs={"marshmallow_plugin": _document_plugin()})


def _document_plugin() -> MarshmallowPlugin:
    def name(schema: Any) -> str:
        cls = schema if isinstance(schema, type) else type(schema)
        return cls.__name__.removesuffix("Schema")

    return MarshmallowPlugin(schema_name_resolver=name)
