"""The OpenAPI document, completed with what every route can answer."""

import re
from html import escape
from typing import Any

from flask import Flask, Response, jsonify
from werkzeug.routing import Rule

from server.core.access import ROLES_FOR, Action, Actor, Role, action_of, find_actor, requires
from server.core.errors import Unauthenticated
from server.core.http import PROBLEM_TYPE, Api

_CONVERTER = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_PHRASES = {
    "400": "Not readable",
    "401": "Not signed in",
    "403": "Not allowed",
    "404": "Not found, or not yours to see",
    "412": "Somebody saved first",
    "413": "Too large",
    "415": "Not JSON",
    "422": "A field needs another value",
    "428": "If-Match is missing",
    "429": "Too many tries",
    "503": "Not answering now",
}
_METHODS = ("get", "put", "post", "delete", "patch")


def install(app: Flask, api: Api, *, for_members_only: bool) -> None:
    """Answer both routes of the document; in production only whoever is signed in reads it."""
    document: dict[str, Any] = {}

    def whole_document() -> dict[str, Any]:
        if for_members_only and not isinstance(find_actor(), Actor):
            raise Unauthenticated()
        if not document:
            document.update(complete_document(app, api))
        return document

    @requires(Action.READ_API_DOCUMENT)
    def openapi() -> Response:
        return jsonify(whole_document())

    @requires(Action.READ_API_DOCUMENT)
    def docs() -> Response:
        return Response(readable_page(whole_document()), mimetype="text/html")

    app.add_url_rule("/api/v1/openapi.json", endpoint="openapi", view_func=openapi)
    app.add_url_rule("/api/v1/docs", endpoint="docs", view_func=docs)


def complete_document(app: Flask, api: Api) -> dict[str, Any]:
    """The API document with the failures that the house adds to each route."""
    document: dict[str, Any] = api.spec.to_dict()
    _drop_default_responses(document)
    views = {
        (_CONVERTER.sub(r"{\1}", rule.rule), method.lower()): app.view_functions[rule.endpoint]
        for rule in app.url_map.iter_rules()
        for method in _methods(rule)
    }
    for path, item in document.get("paths", {}).items():
        for method in _METHODS:
            if method in item:
                _complete(item[method], views[path, method], path, method)
    return document


def _drop_default_responses(document: dict[str, Any]) -> None:
    responses = document.get("components", {}).get("responses", {})
    for name in list(responses):
        del responses[name]


def _methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def _complete(operation: dict[str, Any], view: Any, path: str, method: str) -> None:
    responses = operation.setdefault("responses", {})
    responses.pop("default", None)
    for status in [status for status, found in responses.items() if "$ref" in found]:
        del responses[status]
    for response in responses.values():
        _as_problem_type(response)
    for status in sorted(_failures(operation, view, path, method)):
        responses.setdefault(status, _problem(status))
    if getattr(view, "_versioned", False):
        operation.setdefault("parameters", []).append(
            {
                "in": "header",
                "name": "If-Match",
                "required": True,
                "schema": {"type": "string", "pattern": '^"\\d{1,9}"$'},
                "description": "The version you have seen, in quotes.",
            }
        )


def _failures(operation: dict[str, Any], view: Any, path: str, method: str) -> set[str]:
    found = {"400", "503"}
    action = action_of(view)
    if action is not None and Role.ANYONE not in ROLES_FOR[action]:
        found |= {"401", "403"}
    if method != "get":
        found |= {"403", "413", "415", "429"}
    if operation.get("requestBody") or operation.get("parameters"):
        found.add("422")
    if "{" in path:
        found.add("404")
    if getattr(view, "_versioned", False):
        found |= {"412", "428"}
    return found


def _as_problem_type(response: dict[str, Any]) -> None:
    content = response.get("content", {})
    plain = content.get("application/json")
    if plain and plain.get("schema", {}).get("$ref", "").endswith("/Problem"):
        response["content"] = {PROBLEM_TYPE: plain}


def _problem(status: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": _PHRASES[status], "content": {PROBLEM_TYPE: {"schema": schema}}}


def readable_page(document: dict[str, Any]) -> str:
    """The document as a plain page for people: each route with what it takes and what it answers."""
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>API</title></head><body>',
        f"<h1>{escape(document['info']['title'])} API {escape(document['info']['version'])}</h1>",
        '<p>The machine-readable form is <a href="openapi.json">openapi.json</a>.</p>',
    ]
    for path, item in sorted(document.get("paths", {}).items()):
        for method in _METHODS:
            if method in item:
                parts.append(_readable_operation(path, method, item[method]))
    parts.append("<h2>Shapes</h2>")
    for name, schema in sorted(document.get("components", {}).get("schemas", {}).items()):
        fields = ", ".join(escape(field) for field in schema.get("properties", {}))
        parts.append(f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{fields or "no fields"}</p>')
    return "\n".join([*parts, "</body></html>"])


def _readable_operation(path: str, method: str, operation: dict[str, Any]) -> str:
    takes = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    lines = [f"<h2>{method.upper()} {escape(path)}</h2>", f"<p>{escape(operation.get('summary', ''))}</p>"]
    if takes:
        lines.append(f"<p>Takes {_readable_schema(takes)}.</p>")
    lines.append("<ul>")
    for status, response in sorted(operation["responses"].items()):
        content: dict[str, Any] = next(iter(response.get("content", {}).values()), {})
        shape = f": {_readable_schema(content['schema'])}" if content.get("schema") else ""
        lines.append(f"<li>{escape(status)} {escape(response.get('description', ''))}{shape}</li>")
    return "\n".join([*lines, "</ul>"])


def _readable_schema(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f'<a href="#{name}">{name}</a>'
    if schema.get("type") == "array":
        return f"a list of {_readable_schema(schema.get('items', {}))}"
    return escape(str(schema.get("type", "anything")))
