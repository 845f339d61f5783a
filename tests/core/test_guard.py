"""A person's data is for the app alone: whoever types its address reads nothing."""

from typing import Any

import pytest

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
BY_THE_APP = [
    {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Mode": "same-origin", "Sec-Fetch-Dest": "empty"},
    {},
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
def test_the_app_and_browsers_that_do_not_say_what_they_do_are_let_through(
    phone: Any, path: str, headers: dict[str, str]
) -> None:
    assert phone.get(f"/api/v1/citizen/{path}", headers=headers).status_code == 200


def test_the_console_s_address_bar_is_told_nothing_either(desk: Any, citizen: Any) -> None:
    path = f"/api/v1/staff/citizens/{citizen.id}"

    assert desk.get(path, headers=AS_A_PAGE[0]).status_code == 403
    assert desk.get(path, headers=BY_THE_APP[0]).status_code == 200


def test_whoever_is_not_signed_in_gets_the_same_refusal(client: Client, phone: Any) -> None:
    client.delete_cookie("citizen-session")
    known = phone.get("/api/v1/citizen/me", headers=AS_A_PAGE[0]).json
    stranger = client.get("/api/v1/citizen/me", headers=AS_A_PAGE[0]).json

    assert known | {"request_id": ""} == stranger | {"request_id": ""}


def test_what_anybody_may_read_still_opens(client: Client) -> None:
    for path in ("/api/v1/public/configuration", "/api/v1/docs"):
        assert client.get(path, headers=AS_A_PAGE[0]).status_code == 200
