"""The API does what its document says, whatever is sent to it."""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server.accounts import service as accounts
from server.accounts.models import StaffMember
from server.citizens.models import Citizen
from server.core import db
from server.core.access import STAFF_ROLES
from tests.conftest import NOW, Client

SignedIn = Callable[[], tuple[dict[str, str], str]]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 25


@pytest.fixture
def signed_in(make_staff: Callable[..., StaffMember], make_citizen: Callable[..., Citizen]) -> SignedIn:
    """Sign a colleague with every right and a citizen in, afresh at each call; cookies and citizen id."""
    member = make_staff(roles=tuple(sorted(STAFF_ROLES)))
    citizen = make_citizen(contact=member)

    def sign_both_in() -> tuple[dict[str, str], str]:
        with db.transaction() as session:
            at_desk = accounts.create_staff_session(session, staff_id=member.id, label=None, now=NOW)
            at_home = accounts.create_citizen_session(session, citizen_id=citizen.id, label=None, now=NOW)
        return {"staff-session": at_desk[1], "session": at_home[1]}, str(citizen.id)

    return sign_both_in


def _refute(operation: Any, cookies: dict[str, str], citizen_id: str) -> set[int]:
    """Try to find a request whose answer the document does not hold; says which statuses came."""
    seen: set[int] = set()

    @given(case=operation.as_strategy(), own=st.booleans())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    def answers_as_promised(case: Any, own: bool) -> None:
        if own and "citizen_id" in (case.path_parameters or {}):
            case.path_parameters["citizen_id"] = citizen_id
        case.cookies = cookies
        answer = case.call_and_validate(headers={"Sec-Fetch-Site": "same-origin"}, checks=CHECKS)
        seen.add(answer.status_code)

    answers_as_promised()
    return seen


def test_answers_only_what_its_document_promises(app: Flask, signed_in: SignedIn) -> None:
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    seen: set[int] = set()
    tried, broken = 0, []

    for found in document.get_all_operations():
        operation = found.ok()
        tried += 1
        try:
            seen |= _refute(operation, *signed_in())
        except Exception as failure:
            broken.append(f"{operation.method} {operation.path}: {_told(failure)}")

    assert tried > 40
    assert {200, 201, 204, 404, 422} <= seen
    assert broken == [], "\n\n".join(broken)


def _told(failure: BaseException) -> str:
    inner = getattr(failure, "exceptions", ())
    return "; ".join([str(failure)[:600], *(_told(each) for each in inner)])


def test_every_route_of_the_api_stands_in_the_document(app: Flask, client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json
    documented = {
        (path.replace("{", "<").replace("}", ">"), method)
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }

    routes = {
        (_without_converters(rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and rule.endpoint not in ("openapi", "docs")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert routes == documented


def test_the_document_is_readable_by_people(client: Client) -> None:
    page = client.get("/api/v1/docs").get_data(as_text=True)

    assert "POST /api/v1/public/pairings" in page
    assert "<script" not in page


def _without_converters(rule: str) -> str:
    return rule.replace("<uuid:", "<")
