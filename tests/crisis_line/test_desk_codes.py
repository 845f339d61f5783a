"""The six characters: always there, the person's own, and replaced as often as the person likes."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from server.citizens.pairing import ALPHABET
from server.crisis_line import citizen_views, desk_codes
from tests.crisis_line.people import CODE, Line

PULL = "/api/v1/citizen/sync/pull"


def pulled_code(phone: Any) -> str:
    """The code that a phone gets with its profile."""
    (profile,) = [c["data"] for c in phone.get(PULL).json["changes"] if c["entity"] == "profile"]
    return str(profile["desk_code"])


class TestDeskCode:
    def test_comes_with_the_profile_so_that_it_is_there_without_a_network(self, phone: Any) -> None:
        code = pulled_code(phone)

        assert len(code) == 6
        assert set(code) <= set(ALPHABET)
        assert phone.get(CODE).json == {"code": code, "made_at": "2026-11-23T09:00:00Z"}
        assert pulled_code(phone) == code

    def test_has_a_digit_so_that_the_desk_takes_it_for_no_name(
        self, phone: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        chance = iter("BCDFGH" + "BCD7GH")
        monkeypatch.setattr(desk_codes.secrets, "choice", lambda _signs: next(chance))

        assert phone.get(CODE).json["code"] == "BCD7GH"

    def test_is_one_even_if_asked_for_by_many_at_once(self, phone: Any, count: Any) -> None:
        with ThreadPoolExecutor(6) as pool:
            codes = set(pool.map(lambda _: phone.get(CODE).json["code"], range(12)))

        assert len(codes) == 1
        assert count("desk_code") == 1

    def test_is_replaced_by_the_person_and_told_to_every_phone(
        self, phone: Any, line: Line, citizen: Any, trail: Any
    ) -> None:
        cursor = phone.get(PULL).json["cursor"]
        before = phone.get(CODE).json["code"]

        after = phone.post(CODE).json["code"]

        assert after != before
        changes = phone.get(PULL, query_string={"cursor": cursor}).json["changes"]
        assert [change["data"]["desk_code"] for change in changes] == [after]
        assert line.search("code", before).json["found"] is None
        assert line.search("code", after).json["found"]["citizen_id"] == str(citizen.id)
        assert trail("desk-code.replaced") == [(None, "ok", citizen.id)]

    def test_is_sealed(self, phone: Any, superuser: Any) -> None:
        code = phone.get(CODE).json["code"]

        assert code not in str(superuser.execute("SELECT desk_code::text FROM desk_code").fetchall())

    def test_is_replaced_ten_times_a_day_at_most(self, phone: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(citizen_views, "NEW_CODES", 1)

        assert [phone.post(CODE).status_code for _ in range(2)] == [200, 429]

    def test_is_not_for_staff(self, line: Line, desk: Any) -> None:
        assert line.browser.get(CODE).status_code == 401
        assert desk.post(CODE).status_code == 401
