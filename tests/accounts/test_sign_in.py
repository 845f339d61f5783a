"""Staff sign in with a password and a one-time code, and every failure looks the same."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import psycopg
import pytest
import time_machine

from server.accounts import sign_in
from server.accounts.models import StaffMember
from server.core.access import Role
from tests.conftest import PASSWORD, Client, code_now

SESSION = "/api/v1/staff/session"
MakeStaff = Callable[..., StaffMember]
SignIn = Callable[..., Client]


def _given(member: StaffMember, **changes: str) -> dict[str, str]:
    return {"email": member.email, "password": PASSWORD, "totp": code_now()} | changes


class TestSignIn:
    def test_tells_who_i_am_and_where_i_work(self, client: Client, make_staff: MakeStaff) -> None:
        member = make_staff(name="Karla")

        answer = client.post(SESSION, json=_given(member))

        assert answer.status_code == 200
        assert answer.json["name"] == "Karla"
        assert answer.json["unit"]["slug"] == "rusmiddelcenter"
        assert client.get(SESSION).json == answer.json

    @pytest.mark.usefixtures("passwords_at_full_cost")
    def test_takes_a_password_that_is_stored_at_the_cost_that_owasp_asks_for(
        self, client: Client, make_staff: MakeStaff, superuser: "psycopg.Connection[Any]"
    ) -> None:
        member = make_staff()

        stored = superuser.execute("SELECT password_hash FROM credential").fetchall()

        assert [str(text).split("$")[1:4] for (text,) in stored] == [["argon2id", "v=19", "m=19456,t=2,p=1"]]
        assert client.post(SESSION, json=_given(member)).status_code == 200

    def test_takes_the_address_in_any_case(self, client: Client, make_staff: MakeStaff) -> None:
        member = make_staff()

        assert client.post(SESSION, json=_given(member, email=member.email.upper())).status_code == 200

    @pytest.mark.parametrize(
        "changes",
        [{"email": "nobody@example.dk"}, {"password": "something else"}, {"totp": "000000"}, {"totp": "ø"}],
    )
    def test_every_failure_is_one_answer(
        self, client: Client, make_staff: MakeStaff, changes: dict[str, str]
    ) -> None:
        answer = client.post(SESSION, json=_given(make_staff(), **changes))

        assert (answer.status_code, answer.json["code"]) == (401, "sign-in-failed")
        assert "errors" not in answer.json
        assert "Set-Cookie" not in answer.headers

    def test_a_code_works_once(self, client: Client, make_staff: MakeStaff) -> None:
        member = make_staff()
        given = _given(member)

        assert client.post(SESSION, json=given).status_code == 200
        assert client.post(SESSION, json=given).status_code == 401

    def test_a_code_that_two_use_at_the_same_moment_works_once(
        self, new_client: Callable[[], Client], make_staff: MakeStaff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given, both_are_right = _given(make_staff()), Barrier(2)
        verify = sign_in._password_fits

        def fits(stored: str, password: str) -> bool:
            found = verify(stored, password)
            both_are_right.wait(60)
            return found

        monkeypatch.setattr(sign_in, "_password_fits", fits)
        with ThreadPoolExecutor(2) as pool:
            answers = [pool.submit(new_client().post, SESSION, json=given) for _ in range(2)]

        assert sorted(one.result().status_code for one in answers) == [200, 401]

    def test_a_code_of_a_minute_ago_is_too_old(
        self, client: Client, make_staff: MakeStaff, traveller: time_machine.Traveller
    ) -> None:
        given = _given(make_staff())
        traveller.shift(timedelta(seconds=61))

        assert client.post(SESSION, json=given).status_code == 401

    def test_ten_wrong_tries_make_one_wait_even_with_the_right_password(
        self, client: Client, make_staff: MakeStaff, traveller: time_machine.Traveller
    ) -> None:
        member = make_staff()
        for _ in range(10):
            client.post(SESSION, json=_given(member, password="wrong words"))

        refused = client.post(SESSION, json=_given(member))
        traveller.shift(timedelta(seconds=int(refused.headers["Retry-After"])))
        later = client.post(SESSION, json=_given(member))

        assert refused.status_code == 429
        assert later.status_code == 200

    def test_a_stranger_elsewhere_cannot_lock_a_colleague_out(
        self, client: Client, new_client: Callable[[], Client], make_staff: MakeStaff
    ) -> None:
        member, stranger = make_staff(), {"REMOTE_ADDR": "192.0.2.66"}
        wrong = _given(member, password="wrong words")
        tries = [new_client().post(SESSION, json=wrong, environ_base=stranger) for _ in range(12)]

        assert [one.status_code for one in tries] == [401] * 10 + [429] * 2
        assert client.post(SESSION, json=_given(member)).status_code == 200

    @pytest.mark.parametrize("written", ["{email}:127.0.0.1", "{email} 127.0.0.1", "127.0.0.1 {email}"])
    def test_nor_with_an_address_made_up_to_look_like_where_the_colleague_is(
        self, client: Client, new_client: Callable[[], Client], make_staff: MakeStaff, written: str
    ) -> None:
        member, stranger = make_staff(), {"REMOTE_ADDR": "192.0.2.66"}
        made_up = _given(member) | {"email": written.format(email=member.email)}
        for _ in range(10):
            new_client().post(SESSION, json=made_up, environ_base=stranger)

        assert client.post(SESSION, json=_given(member)).status_code == 200

    def test_guesses_from_everywhere_meet_a_wider_limit(
        self, client: Client, make_staff: MakeStaff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("server.accounts.sign_in.TRIES_FROM_ANYWHERE", 3)
        wrong = _given(make_staff(), password="wrong words")
        tries = [
            client.post(SESSION, json=wrong, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})
            for number in range(4)
        ]

        assert [one.status_code for one in tries] == [401, 401, 401, 429]

    def test_a_try_in_vain_stands_on_the_trail_without_saying_as_whom(
        self, client: Client, make_staff: MakeStaff, superuser: "psycopg.Connection[Any]"
    ) -> None:
        client.post(SESSION, json=_given(make_staff(), password="wrong words"))

        trail = superuser.execute(
            "SELECT event, outcome, actor_id, subject_id FROM audit_event WHERE event LIKE 'staff.sign%'"
        ).fetchall()

        assert trail == [("staff.sign-in-failed", "401", None, None)]

    def test_the_token_is_stored_only_as_a_hash(
        self, client: Client, make_staff: MakeStaff, superuser: "psycopg.Connection[Any]"
    ) -> None:
        answer = client.post(SESSION, json=_given(make_staff()))
        token = answer.headers["Set-Cookie"].split("=")[1].split(";")[0]

        rows = superuser.execute("SELECT * FROM device_session").fetchall()

        assert len(token) >= 43
        assert token not in str(rows)
        assert "HttpOnly" in answer.headers["Set-Cookie"]
        assert "SameSite=Lax" in answer.headers["Set-Cookie"]

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"password": "x", "totp": "1"}, "email"),
            ({"email": "a@b.dk", "password": 5, "totp": "1"}, "password"),
            ({"email": "a@b.dk", "password": "x" * 129, "totp": "1"}, "password"),
            ({"email": "a@b.dk\x00", "password": "x", "totp": "1"}, "email"),
            ({"email": "a@b.dk", "password": "x", "totp": "1", "is_admin": True}, "is_admin"),
        ],
    )
    def test_names_the_field_that_cannot_be_used(
        self, client: Client, body: dict[str, object], field: str
    ) -> None:
        answer = client.post(SESSION, json=body)

        assert answer.status_code == 422
        assert list(answer.json["errors"]) == [field]


class TestStaffSession:
    def test_that_a_browser_held_ends_when_somebody_signs_in_there(
        self, make_staff: MakeStaff, sign_in_staff: SignIn, new_client: Any
    ) -> None:
        browser, thief = sign_in_staff(make_staff()), new_client()
        kept = browser.get_cookie("staff-session")
        thief.set_cookie("staff-session", kept.value)
        assert thief.get("/api/v1/staff/session").status_code == 200

        sign_in_staff(make_staff(), browser)

        assert browser.get("/api/v1/staff/session").status_code == 200
        assert thief.get("/api/v1/staff/session").json["code"] == "session-ended"

    def test_ends_after_thirty_idle_minutes(
        self,
        make_staff: MakeStaff,
        sign_in_staff: SignIn,
        traveller: time_machine.Traveller,
    ) -> None:
        browser = sign_in_staff(make_staff())
        traveller.shift(timedelta(minutes=29))
        assert browser.get(SESSION).status_code == 200
        traveller.shift(timedelta(minutes=31))

        answer = browser.get(SESSION)

        assert (answer.status_code, answer.json["code"]) == (401, "session-expired")

    def test_ends_after_twelve_hours_of_steady_work(
        self,
        make_staff: MakeStaff,
        sign_in_staff: SignIn,
        traveller: time_machine.Traveller,
    ) -> None:
        browser = sign_in_staff(make_staff())
        for _ in range(12 * 3 - 1):
            traveller.shift(timedelta(minutes=20))
            assert browser.get(SESSION).status_code == 200
        traveller.shift(timedelta(minutes=20))

        assert browser.get(SESSION).status_code == 401

    def test_signing_out_ends_it_on_the_server(self, make_staff: MakeStaff, sign_in_staff: SignIn) -> None:
        browser = sign_in_staff(make_staff())
        cookie = browser.get_cookie("staff-session")
        assert cookie is not None

        assert browser.delete(SESSION).status_code == 204
        browser.set_cookie("staff-session", cookie.value)

        assert browser.get(SESSION).json["code"] == "session-ended"

    def test_a_staff_cookie_opens_no_citizen_route(
        self, make_staff: MakeStaff, sign_in_staff: SignIn
    ) -> None:
        browser = sign_in_staff(make_staff())
        cookie = browser.get_cookie("staff-session")
        assert cookie is not None
        browser.set_cookie("session", cookie.value)

        assert browser.get("/api/v1/citizen/me").status_code == 401

    @pytest.mark.parametrize("token", ["", "x", "x" * 5000, "a=b", "; staff-session=y"])
    def test_a_made_up_cookie_opens_nothing(self, client: Client, token: str) -> None:
        answer = client.get(SESSION, headers={"Cookie": f"staff-session={token}"})

        assert answer.status_code == 401


class TestColleagues:
    def test_a_deactivated_colleague_is_out_at_the_next_request(
        self, make_staff: MakeStaff, sign_in_staff: SignIn, new_client: Callable[[], Client]
    ) -> None:
        manager, member = make_staff(roles=(Role.MANAGER,)), make_staff()
        theirs = sign_in_staff(member, new_client())
        mine = sign_in_staff(manager, new_client())

        answer = mine.post(f"/api/v1/staff/colleagues/{member.id}/deactivation")

        assert answer.json["active"] is False
        assert theirs.get(SESSION).json["code"] == "session-ended"
        assert theirs.post(SESSION, json=_given(member)).status_code == 401

    def test_nobody_deactivates_themself(self, make_staff: MakeStaff, sign_in_staff: SignIn) -> None:
        manager = make_staff(roles=(Role.MANAGER,))
        browser = sign_in_staff(manager)

        assert browser.post(f"/api/v1/staff/colleagues/{manager.id}/deactivation").status_code == 422

    def test_another_units_colleague_does_not_exist(
        self, make_staff: MakeStaff, make_unit: Callable[..., Any], sign_in_staff: SignIn
    ) -> None:
        elsewhere = make_staff(unit=make_unit("krisecenter", "Viborg Krisecenter"))
        browser = sign_in_staff(make_staff(roles=(Role.MANAGER,)))

        answer = browser.post(f"/api/v1/staff/colleagues/{elsewhere.id}/deactivation")

        assert answer.status_code == 404
        assert str(elsewhere.id) not in browser.get("/api/v1/staff/colleagues").get_data(as_text=True)

    def test_a_counsellor_deactivates_nobody(self, make_staff: MakeStaff, sign_in_staff: SignIn) -> None:
        other = make_staff()
        browser = sign_in_staff(make_staff())

        assert browser.post(f"/api/v1/staff/colleagues/{other.id}/deactivation").status_code == 403
