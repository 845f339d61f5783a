"""A person's data is for the app alone: whoever types its address reads nothing."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.core import guard
from server.core.errors import Unauthenticated
from tests.appointments.people import citizen, counsellor, desk, phone
from tests.conftest import Client

__all__ = ["citizen", "counsellor", "desk", "phone"]

OF_THE_CITIZEN = ["me", "sync/pull", "erasure", "export.json", "export.pdf", "plan.pdf", "reminder-settings"]
AS_A_PAGE = [
    {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "empty"},
    {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "document"},
    {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "object"},
]
OURS = {"X-Requested-With": "overblik"}
BY_THE_APP = [
    {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Mode": "same-origin", "Sec-Fetch-Dest": "empty"},
]


@pytest.mark.parametrize("path", OF_THE_CITIZEN)
@pytest.mark.parametrize("headers", AS_A_PAGE, ids=str)
def test_the_address_bar_is_told_nothing(phone: Any, path: str, headers: dict[str, str]) -> None:
    answer = phone.get(f"/api/v1/citizen/{path}", headers=headers)

    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert answer.json["code"] == "not-a-page"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", OF_THE_CITIZEN)
@pytest.mark.parametrize("headers", BY_THE_APP, ids=str)
def test_the_app_is_let_through(phone: Any, path: str, headers: dict[str, str]) -> None:
    assert phone.get(f"/api/v1/citizen/{path}", headers=headers).status_code == 200
    assert phone.get(f"/api/v1/citizen/{path}", headers=headers | OURS).status_code == 200


class TestABrowserThatDoesNotSayWhatItDoes:
    """Safari before 16.4, Firefox before 90, and some web views send no Fetch Metadata."""

    @pytest.fixture
    def old_phone(self, app: Flask, phone: Any) -> FlaskClient:
        session = phone.get_cookie("session")
        old = app.test_client()
        old.set_cookie(session.key, session.value)
        return old

    @pytest.mark.parametrize("path", OF_THE_CITIZEN)
    @pytest.mark.parametrize("said", [{}, {"X-Requested-With": "XMLHttpRequest"}], ids=str)
    def test_is_told_nothing_in_its_address_bar(
        self, old_phone: FlaskClient, path: str, said: dict[str, str]
    ) -> None:
        for ask in (old_phone.get, old_phone.head):
            answer = ask(f"/api/v1/citizen/{path}", headers=said)
            assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")

    @pytest.mark.parametrize("path", OF_THE_CITIZEN)
    def test_is_told_what_the_app_in_it_asks_for(self, old_phone: FlaskClient, path: str) -> None:
        assert old_phone.get(f"/api/v1/citizen/{path}", headers=OURS).status_code == 200

    def test_opens_no_page_by_saying_what_the_app_says(self, phone: Any) -> None:
        answer = phone.get("/api/v1/citizen/me", headers=AS_A_PAGE[0] | OURS)

        assert answer.status_code == 403

    def test_is_told_nothing_at_the_desk_either(self, app: Flask) -> None:
        answer = app.test_client().get("/api/v1/staff/caseload")

        assert (answer.status_code, answer.get_json()["code"]) == (403, "not-a-page")

    def test_reads_what_anybody_may_read(self, app: Flask) -> None:
        for path in ("/api/v1/public/configuration", "/api/v1/docs"):
            assert app.test_client().get(path).status_code == 200


def test_the_console_s_address_bar_is_told_nothing_either(desk: Any, citizen: Any) -> None:
    path = f"/api/v1/staff/citizens/{citizen.id}"

    assert desk.get(path, headers=AS_A_PAGE[0]).status_code == 403
    assert desk.get(path, headers=BY_THE_APP[0]).status_code == 200


def test_whoever_is_not_signed_in_gets_the_same_refusal(client: Client, phone: Any) -> None:
    known = phone.get("/api/v1/citizen/me", headers=AS_A_PAGE[0]).json
    stranger = client.get("/api/v1/citizen/me", headers=AS_A_PAGE[0]).json

    assert stranger is not None
    assert known | {"request_id": ""} == stranger | {"request_id": ""}


def test_what_anybody_may_read_still_opens(client: Client) -> None:
    for path in ("/api/v1/public/configuration", "/api/v1/docs"):
        assert client.get(path, headers=AS_A_PAGE[0]).status_code == 200


def test_every_answer_bears_the_house_headers_once_and_a_view_may_say_its_own() -> None:
    app = Flask(__name__)
    guard.install(app, load_actor=Unauthenticated, public_url="https://example.dk")

    @app.get("/api/own")
    def own() -> Any:
        return "x", {"referrer-policy": "same-origin", "Cache-Control": "max-age=60", "Vary": "Accept"}

    headers = app.test_client().get("/api/own").headers

    assert headers.getlist("Referrer-Policy") == ["same-origin"]
    assert headers.getlist("Cache-Control") == ["no-store"]
    assert headers.getlist("Vary") == ["Accept"]
    for name, value in guard.HEADERS.items():
        assert headers.getlist(name) == [value] or name == "Referrer-Policy"
    assert len(headers.getlist("Strict-Transport-Security")) == 1
    assert len(headers["X-Request-Id"]) == 16


@pytest.mark.parametrize("name", ["remember_token", "session_id"])
def test_a_cookie_of_another_app_of_the_host_signs_nobody_out(phone: Any, name: str) -> None:
    phone.set_cookie(name, "7|0123456789abcdef")

    assert phone.get("/api/v1/citizen/me", headers=BY_THE_APP[0]).status_code == 200
