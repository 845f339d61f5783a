"""A manager invites; the invited person chooses a password and shows that the second factor works."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from server.accounts.models import StaffMember
from server.core.access import Role
from tests.conftest import Client, code_now

INVITATIONS = "/api/v1/staff/invitations"
LOOK_UP = "/api/v1/public/invitation-lookups"
ACCEPT = "/api/v1/public/invitation-acceptances"
GIVEN = {"name": "Ny Kollega", "email": "ny@example.dk", "roles": ["counsellor"]}
WORDS = "fire små grå katte"


@pytest.fixture
def manager(
    make_staff: Callable[..., StaffMember], sign_in_staff: Callable[..., Client], client: Client
) -> Client:
    """A manager's browser."""
    return sign_in_staff(make_staff(roles=(Role.MANAGER,)))


@pytest.fixture
def guest(manager: Client, new_client: Callable[[], Client]) -> Client:
    """The invited person's browser."""
    return new_client()


def _invite(manager: Client, **changes: object) -> Any:
    answer = manager.post(INVITATIONS, json=GIVEN | changes)
    assert answer.status_code == 201, answer.json
    return answer.json


def _accept(guest: Client, code: str, **changes: str) -> Any:
    secret = guest.post(LOOK_UP, json={"code": code}).json["totp_secret"]
    return guest.post(ACCEPT, json={"code": code, "password": WORDS, "totp": code_now(secret)} | changes)


def test_an_invited_person_becomes_a_colleague(
    manager: Client, guest: Client, traveller: time_machine.Traveller
) -> None:
    invited = _invite(manager)
    secret = guest.post(LOOK_UP, json={"code": invited["code"]}).json["totp_secret"]

    joined = _accept(guest, invited["code"])
    traveller.shift(timedelta(seconds=30))
    signed_in = guest.post(
        "/api/v1/staff/session",
        json={"email": "NY@example.dk", "password": WORDS, "totp": code_now(secret)},
    )

    assert joined.status_code == 201
    assert signed_in.json["roles"] == ["counsellor"]
    assert manager.get(INVITATIONS).json == []


def test_the_code_stands_in_the_fragment_so_that_no_server_logs_it(manager: Client) -> None:
    invited = _invite(manager)

    assert invited["url"].endswith(f"/staff/invitation#{invited['code']}")
    assert invited["code"] not in str(manager.get(INVITATIONS).json)


def test_a_code_works_once_and_for_three_days(
    manager: Client, guest: Client, traveller: time_machine.Traveller
) -> None:
    used, old = _invite(manager), _invite(manager, email="anden@example.dk")
    _accept(guest, used["code"])

    again = guest.post(LOOK_UP, json={"code": used["code"]})
    traveller.shift(timedelta(hours=73))
    late = guest.post(LOOK_UP, json={"code": old["code"]})
    guessed = guest.post(LOOK_UP, json={"code": "x" * 43})

    answers = [{k: v for k, v in a.json.items() if k != "request_id"} for a in (again, late, guessed)]
    assert [a["status"] for a in answers] == [404, 404, 404]
    assert answers[0] == answers[1] == answers[2]


def test_a_wrong_one_time_code_keeps_the_invitation(manager: Client, guest: Client) -> None:
    invited = _invite(manager)

    refused = _accept(guest, invited["code"], totp="000000")

    assert list(refused.json["errors"]) == ["totp"]
    assert _accept(guest, invited["code"]).status_code == 201


@pytest.mark.parametrize(
    "password",
    ["short", *"password Password123 12345678 aaaaaaaaaa rusmiddelcenter1 example.dk".split(), "x" * 129],
)
def test_a_password_that_is_easy_to_guess_is_refused(manager: Client, guest: Client, password: str) -> None:
    refused = _accept(guest, _invite(manager)["code"], password=password)

    assert refused.status_code == 422
    assert list(refused.json["errors"]) == ["password"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"email": "a@b.dk\r\nBcc: x@y.dk"}, "email"),
        ({"roles": []}, "roles"),
        ({"roles": ["admin"]}, "roles"),
        ({"roles": ["king"]}, "roles.0"),
        ({"name": ""}, "name"),
        ({"unit_id": "x"}, "unit_id"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(
    manager: Client, changes: dict[str, object], field: str
) -> None:
    refused = manager.post(INVITATIONS, json=GIVEN | changes)

    assert refused.status_code == 422
    assert list(refused.json["errors"]) == [field]
    assert manager.get(INVITATIONS).json == []


def test_an_address_that_is_taken_is_told_to_the_manager(
    manager: Client, make_staff: Callable[..., StaffMember]
) -> None:
    known = make_staff()

    refused = manager.post(INVITATIONS, json=GIVEN | {"email": known.email.upper()})

    assert (refused.status_code, refused.json["code"]) == (409, "email-taken")


def test_a_counsellor_invites_nobody(
    make_staff: Callable[..., StaffMember], sign_in_staff: Callable[..., Client]
) -> None:
    assert sign_in_staff(make_staff()).post(INVITATIONS, json=GIVEN).status_code == 403
