"""Pairing a phone: a short code, ten minutes, once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import structlog

from server.citizens import pairing
from server.citizens import service as citizens
from server.core import db
from server.core.access import Role
from server.core.ids import new_id
from tests.conftest import actor_of

PAIRINGS = "/api/v1/public/pairings"


@pytest.fixture
def counsellor(make_staff: Any) -> Any:
    """The contact person."""
    return make_staff()


@pytest.fixture
def citizen(make_citizen: Any, counsellor: Any) -> Any:
    """Somebody with a phone."""
    return make_citizen(contact=counsellor, alias="Solsort")


@pytest.fixture
def new_code(citizen: Any, counsellor: Any, now: Any) -> Any:
    """Make a code for the citizen."""

    def make() -> str:
        with db.transaction() as session:
            return citizens.make_pairing_code(
                session, citizen_id=citizen.id, actor=actor_of(counsellor), now=now
            ).code

    return make


def try_code(browser: Any, code: str, address: str = "192.0.2.1") -> Any:
    """Type a code on a phone."""
    return browser.post(PAIRINGS, json={"code": code}, environ_base={"REMOTE_ADDR": address})


class TestMakeCode:
    def test_shows_text_address_and_picture_once(
        self, citizen: Any, counsellor: Any, sign_in_staff: Any, superuser: Any
    ) -> None:
        desk = sign_in_staff(counsellor)

        answer = desk.post(f"/api/v1/staff/citizens/{citizen.id}/pairing-codes")

        assert answer.status_code == 201
        code = answer.json["code"].replace("-", "")
        assert set(code) <= set(pairing.ALPHABET)
        assert (len(code), answer.json["code"][4]) == (8, "-")
        assert answer.json["url"] == f"http://localhost/par#{code}"
        assert answer.json["qr_svg"].startswith("<svg")
        assert answer.json["expires_at"] == "2026-11-23T09:10:00Z"
        assert code.encode() not in superuser.execute("SELECT code_hash FROM pairing_code").fetchone()[0]

    def test_is_for_those_alone_who_work_with_the_citizen(
        self, citizen: Any, make_staff: Any, make_unit: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        colleague = sign_in_staff(make_staff(), new_client())
        both = sign_in_staff(make_staff(roles=(Role.MANAGER, Role.COUNSELLOR)), new_client())
        manager = sign_in_staff(make_staff(roles=(Role.MANAGER,)), new_client())

        def ask(browser: Any, citizen_id: Any) -> Any:
            return browser.post(f"/api/v1/staff/citizens/{citizen_id}/pairing-codes")

        assert [ask(one, citizen.id).status_code for one in (colleague, both, manager)] == [404, 404, 403]
        foreign, unknown = ask(colleague, citizen.id).json, ask(colleague, new_id()).json
        assert {**foreign, "request_id": ""} == {**unknown, "request_id": ""}

    def test_ends_the_codes_made_before(self, new_code: Any, client: Any) -> None:
        old, new = new_code(), new_code()

        assert try_code(client, old).status_code == 404
        assert try_code(client, new).status_code == 201


class TestPair:
    def test_signs_the_phone_in(self, new_code: Any, citizen: Any, client: Any) -> None:
        answer = try_code(client, new_code())

        assert answer.status_code == 201
        assert answer.json == {"citizen_id": str(citizen.id), "alias": "Solsort", "language": "da"}
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert client.get("/api/v1/citizen/me").json["id"] == str(citizen.id)

    def test_reads_what_people_type(self, new_code: Any, client: Any) -> None:
        code = new_code()
        typed = f" {code[:4].lower()} – {code[4:]} ".replace("0", "o").replace("1", "l")

        assert try_code(client, typed).status_code == 201

    def test_refuses_used_expired_voided_unknown_and_shapeless_codes_alike(
        self, new_code: Any, client: Any, traveller: Any
    ) -> None:
        used, voided, expired = new_code(), "", ""
        try_code(client, used)
        voided, expired = new_code(), new_code()
        traveller.shift(timedelta(minutes=10))

        answers = [try_code(client, code) for code in (used, voided, expired, "ABCD-EFGH", "hej", "🦆")]

        assert {answer.status_code for answer in answers} == {404}
        assert {answer.json["code"] for answer in answers} == {"pairing-code-invalid"}
        bodies = {str({**answer.json, "request_id": ""}) for answer in answers}
        assert len(bodies) == 1
        assert not any("Set-Cookie" in answer.headers for answer in answers)

    def test_on_a_shared_device_ends_with_the_browser_or_after_ten_minutes_without_use(
        self, new_code: Any, client: Any, traveller: Any
    ) -> None:
        answer = client.post(PAIRINGS, json={"code": new_code(), "shared": True})

        assert answer.status_code == 201
        cookie = answer.headers["Set-Cookie"]
        assert "Max-Age" not in cookie
        assert "Expires" not in cookie
        for _ in range(3):
            traveller.shift(timedelta(minutes=9))
            assert client.get("/api/v1/citizen/me").status_code == 200
        traveller.shift(timedelta(minutes=10))
        assert client.get("/api/v1/citizen/me").status_code == 401

    def test_on_a_shared_device_leaves_nothing_in_the_browser_when_it_is_left(
        self, new_code: Any, client: Any
    ) -> None:
        client.post(PAIRINGS, json={"code": new_code(), "shared": True})

        answer = client.delete("/api/v1/citizen/session")

        assert answer.status_code == 204
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert client.get("/api/v1/citizen/me").status_code == 401

    def test_on_an_own_phone_clears_no_storage_by_itself(self, new_code: Any, client: Any) -> None:
        try_code(client, new_code())

        assert "Clear-Site-Data" not in client.delete("/api/v1/citizen/session").headers

    def test_works_until_the_last_second(self, new_code: Any, client: Any, traveller: Any) -> None:
        code = new_code()
        traveller.shift(timedelta(minutes=9, seconds=59))

        assert try_code(client, code).status_code == 201

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("code", None),
            ("code", 12345678),
            ("code", ""),
            ("code", "ABCD\u0000EFGH"),
            ("code", "A" * 20_001),
            ("label", "x" * 81),
            ("shared", "ja"),
            ("citizen_id", "17"),
        ],
    )
    def test_refuses_bad_input_by_name(self, client: Any, database: str, field: str, value: Any) -> None:
        answer = client.post(PAIRINGS, json={"code": "ABCDEFGH", field: value})

        assert (answer.status_code, list(answer.json["errors"])) == (422, [field])

    def test_ends_what_the_phone_was_before(
        self, new_code: Any, counsellor: Any, make_citizen: Any, pair: Any, client: Any, superuser: Any
    ) -> None:
        pair(make_citizen(contact=counsellor), counsellor)
        before = client.get("/api/v1/citizen/me").json["id"]

        try_code(client, new_code())

        assert client.get("/api/v1/citizen/me").json["id"] != before
        still_open = superuser.execute(
            "SELECT citizen_id::text FROM device_session WHERE ended_at IS NULL"
        ).fetchall()
        assert before not in [row[0] for row in still_open]
        assert len(still_open) == 1

    def test_leaves_the_phone_as_it_was_when_the_code_is_wrong(
        self, citizen: Any, counsellor: Any, pair: Any, client: Any
    ) -> None:
        pair(citizen, counsellor)

        try_code(client, "0000-0000")

        assert client.get("/api/v1/citizen/me").status_code == 200

    def test_is_on_the_trail(self, new_code: Any, citizen: Any, client: Any, superuser: Any) -> None:
        try_code(client, new_code())

        trail = superuser.execute(
            "SELECT event FROM audit_event WHERE citizen_id = %s ORDER BY position DESC LIMIT 2",
            (citizen.id,),
        ).fetchall()
        assert trail == [("phone.paired",), ("pairing-code.made",)]

    def test_leaves_neither_code_nor_alias_in_the_log(self, new_code: Any, client: Any) -> None:
        code = new_code()

        with structlog.testing.capture_logs() as lines:
            try_code(client, code)

        assert [line["route"] for line in lines] == ["/api/v1/public/pairings"]
        assert code not in str(lines)
        assert "Solsort" not in str(lines)


class TestGuessing:
    def test_is_stopped_after_ten_wrong_codes_from_one_address(self, new_code: Any, client: Any) -> None:
        right = new_code()
        wrong = [try_code(client, f"0000-00{number:02}").status_code for number in range(10)]

        stopped = try_code(client, right)
        elsewhere = try_code(client, right, address="192.0.2.2")

        assert wrong == [404] * 10
        assert stopped.status_code == 429
        assert 0 < int(stopped.headers["Retry-After"]) <= 601
        assert elsewhere.status_code == 201

    def test_is_welcome_again_after_the_time_that_was_named(
        self, new_code: Any, client: Any, traveller: Any
    ) -> None:
        for number in range(11):
            last = try_code(client, f"0000-00{number:02}")
        traveller.shift(timedelta(seconds=int(last.headers["Retry-After"])))

        assert try_code(client, "0000-0000").status_code == 404

    def test_is_forgotten_after_a_right_code(self, new_code: Any, client: Any) -> None:
        for number in range(9):
            try_code(client, f"0000-00{number:02}")
        try_code(client, new_code())

        assert try_code(client, "0000-0099").status_code == 404

    def test_is_stopped_for_everybody_when_it_comes_from_everywhere(
        self, new_code: Any, client: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("server.citizens.public_views.TRIES_IN_ALL", 3)
        answers = [try_code(client, "0000-0000", address=f"192.0.2.{number}") for number in range(4)]

        assert [answer.status_code for answer in answers] == [404, 404, 404, 429]


class TestRace:
    def test_one_of_twenty_phones_wins(
        self, app: Any, new_code: Any, new_client: Any, superuser: Any
    ) -> None:
        code = new_code()
        phones = [(new_client(), f"198.51.100.{number}") for number in range(20)]

        with ThreadPoolExecutor(20) as pool:
            statuses = Counter(pool.map(lambda phone: try_code(phone[0], code, phone[1]).status_code, phones))

        assert statuses == {201: 1, 404: 19}
        assert superuser.execute("SELECT count(*) FROM device_session").fetchone() == (1,)

    def test_two_codes_made_at_once_leave_one_open(self, new_code: Any, superuser: Any) -> None:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: new_code(), range(8)))

        still_open = superuser.execute("SELECT count(*) FROM pairing_code WHERE voided_at IS NULL").fetchone()
        assert still_open == (1,)
