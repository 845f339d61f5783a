"""The own unit sees true figures that add up to the last contact, on the page and in the sheet."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.core.access import Role
from server.crisis_line import figures, statistics_sheet
from server.crisis_line.models import Gender
from server.crisis_line.releases import KEYS, Way
from server.library.desk_models import Desk, DeskEntry
from tests.conftest import NOW
from tests.crisis_line.figures import (
    BEGINS,
    SHEET,
    STATISTICS,
    WAYS,
    YEAR,
    analyst,
    analyst_desk,
    read,
    rows_of,
    some_year,
    write,
)
from tests.crisis_line.people import CANARY, DESK

__all__ = ["analyst", "analyst_desk", "write"]


class TestOwnUnit:
    @settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(luck=st.randoms(use_true_random=False), number=st.integers(0, 200))
    def test_a_generated_year_reconciles_to_the_last_contact(
        self,
        line: Any,
        write: Callable[..., Any],
        superuser: Any,
        citizen: Any,
        luck: Random,
        number: int,
    ) -> None:
        superuser.execute("DELETE FROM crisis_contact")
        superuser.commit()
        year = some_year(luck, number, [citizen])
        write(*year)

        for way in WAYS:
            shown = read(line.browser, way)
            counted = sum(row["count"] for row in shown["rows"]) + sum(gap["count"] for gap in shown["gaps"])
            assert counted == shown["total"] == number

        channels = rows_of(read(line.browser, "channel"))
        assert channels == Counter(str(each["channel"]) for each in year)
        months = read(line.browser, "month")["rows"]
        halves = [
            read(line.browser, "month", **{"from": "2025-10-01", "to": "2026-03-31"})["total"],
            read(line.browser, "month", **{"from": "2026-04-01", "to": "2026-09-30"})["total"],
        ]
        assert sum(row["count"] for row in months) == sum(halves) == number

    def test_the_sources_338_stand_in_rows_and_the_four_they_leave_out_in_a_named_gap(
        self, line: Any, write: Callable[..., Any]
    ) -> None:
        at = datetime(2026, 2, 3, 12, tzinfo=UTC)
        said = {Gender.MAN: 176, Gender.WOMAN: 116, Gender.NOT_REGISTERED: 42}
        write(*({"opened_at": at, "gender": gender} for gender, times in said.items() for _ in range(times)))
        empty: dict[str, Any] = {"citizen_id": None, "reasons": [], "erased_at": NOW}
        write(*({"opened_at": at, **empty} for _ in range(4)))

        shown = read(line.browser, "gender")

        assert rows_of(shown) == {"man": 176, "woman": 116, "not-registered": 42}
        assert shown["gaps"] == [{"code": "erased", "count": 4}]
        assert shown["total"] == 338

    def test_every_gap_has_a_name(self, line: Any, write: Callable[..., Any]) -> None:
        at = datetime(2026, 2, 3, 12, tzinfo=UTC)
        write(
            {"opened_at": at},
            {"opened_at": at, "reasons": []},
            {"opened_at": at, "reasons": [], "closed_at": None, "closed_by": None},
            {"opened_at": at, "reasons": ["of-old"]},
        )

        shown = read(line.browser, "reason")

        assert {gap["code"]: gap["count"] for gap in shown["gaps"]} == {
            "still-open": 1,
            "unanswered": 1,
            "not-on-the-list": 1,
        }
        assert (rows_of(shown), shown["total"]) == ({"sleep": 1}, 4)

    def test_counts_the_first_reason_and_names_how_often_each_was_mentioned(
        self, line: Any, write: Callable[..., Any]
    ) -> None:
        at = datetime(2026, 2, 3, 12, tzinfo=UTC)
        write({"opened_at": at, "reasons": ["grief", "sleep"]}, {"opened_at": at, "reasons": ["sleep"]})

        shown = read(line.browser, "reason")

        assert rows_of(shown) == {"grief": 1, "sleep": 1}
        assert {key: times for key, times in shown["mentioned"].items() if times} == {"grief": 1, "sleep": 2}

    def test_hours_and_days_are_those_of_danish_clocks(self, line: Any, write: Callable[..., Any]) -> None:
        write(
            {"opened_at": datetime(2026, 1, 31, 23, 30, tzinfo=UTC)},
            {"opened_at": datetime(2026, 7, 31, 22, 30, tzinfo=UTC)},
        )

        assert rows_of(read(line.browser, "hour")) == {"00": 2}
        assert rows_of(read(line.browser, "month")) == {"2026-02": 1, "2026-08": 1}
        assert read(line.browser, "hour", **{"from": "2026-02-01", "to": "2026-02-01"})["total"] == 1

    def test_who_came_back_is_said_of_known_people_alone(
        self, line: Any, write: Callable[..., Any], citizen: Any, stranger: Any
    ) -> None:
        at = datetime(2026, 2, 3, 12, tzinfo=UTC)
        whose = [citizen.id, citizen.id, citizen.id, stranger.id, None, None]
        write(*({"opened_at": at, "citizen_id": each} for each in whose))

        assert read(line.browser)["callers"] == {
            "known_people": 2,
            "came_again": 1,
            "contacts_of_known": 4,
            "contacts_of_came_again": 3,
            "contacts_unknown": 2,
        }

    def test_who_claimed_a_contact_is_unknown_there_too(
        self, line: Any, write: Callable[..., Any], citizen: Any
    ) -> None:
        at = datetime(2026, 2, 3, 12, tzinfo=UTC)
        claimed = {"found_by": None, "claimed_at": at}
        write(*({"opened_at": at, "citizen_id": citizen.id, **more} for more in ({}, claimed)))

        assert read(line.browser)["callers"] == {
            "known_people": 1,
            "came_again": 0,
            "contacts_of_known": 1,
            "contacts_of_came_again": 0,
            "contacts_unknown": 1,
        }

    def test_what_changed_stands_beside_the_share_that_answered(
        self, line: Any, go_to: Callable[..., Any]
    ) -> None:
        for _ in range(4):
            contact = line.change(line.open(), wants_follow_up_14d=True).json
            line.do(contact, "close")
        items = line.browser.get(f"{DESK}/follow-ups").json["items"]
        bodies = [
            {"result": "done", "changed": "yes"},
            {"result": "done"},
            {"result": "not-reached"},
        ]
        for each, body in zip(items, bodies, strict=False):
            path = f"{DESK}/follow-ups/{each['id']}/result"
            line.browser.post(path, json=body, headers={"If-Match": f'"{each["version"]}"'})

        figures_of_them = read(line.browser, **{"from": "2026-11-01", "to": "2026-11-30"})["follow_ups"]

        assert figures_of_them == {
            "agreed": 4,
            "waiting": 1,
            "done": 2,
            "not_reached": 1,
            "declined": 0,
            "changed": {"yes": 1, "some": 0, "no": 0},
            "answered": 1,
            "answered_percent": 25,
        }

    def test_how_safe_people_felt_is_said_of_those_who_were_asked_twice(
        self, line: Any, write: Callable[..., Any]
    ) -> None:
        at = datetime(2026, 2, 3, 12, tzinfo=UTC)
        asked = [(2, 5), (5, 5), (5, 3), (None, 4), (None, None)]
        write(*({"opened_at": at, "safety_before": one, "safety_after": two} for one, two in asked))

        assert read(line.browser)["safety"] == {
            "answered": 3,
            "contacts": 5,
            "safer": 1,
            "same": 1,
            "less_safe": 1,
        }

    def test_the_manager_sees_the_own_unit_and_no_other(
        self,
        write: Callable[..., Any],
        make_staff: Callable[..., Any],
        akuttilbud: Any,
        sign_in_staff: Callable[..., Any],
        new_client: Callable[..., Any],
        elsewhere: Any,
    ) -> None:
        write({"opened_at": datetime(2026, 2, 3, 12, tzinfo=UTC)})
        manager = sign_in_staff(make_staff(roles=(Role.MANAGER,), unit=akuttilbud), new_client())

        assert (read(manager)["total"], read(manager)["audience"]) == (1, "own")
        assert read(elsewhere.browser)["total"] == 0

    @pytest.mark.parametrize(
        "query",
        [
            {"from": "2026-02-01", "to": "2026-01-31", "by": "hour"},
            {"from": "2020-01-01", "to": "2026-01-31", "by": "hour"},
            {"from": "2026-02-01", "to": "2026-02-28", "by": "worker"},
            {"from": "2026-02", "to": "2026-03", "by": "hour"},
            {"from": "2026-02-01", "to": "2026-02-28", "by": "hour", "citizen_id": "x"},
            {},
        ],
    )
    def test_refuses_what_cannot_be_shown(self, line: Any, query: dict[str, str]) -> None:
        assert line.browser.get(STATISTICS, query_string=query).status_code == 422
        assert line.browser.get(SHEET, query_string=query).status_code == 422

    def test_is_not_for_counsellors(self, desk: Any) -> None:
        query = {**YEAR, "by": "hour"}
        assert desk.get(STATISTICS, query_string=query).status_code == 403
        assert desk.get(SHEET, query_string=query).status_code == 403

    def test_the_look_is_on_the_trail(self, line: Any, trail: Callable[[str], list[Any]]) -> None:
        read(line.browser, "hour")

        assert [purpose for purpose, _, _ in trail("desk-figures.read")] == ["hour 2025-10-01 to 2026-09-30"]


class TestSheet:
    def sheet(self, browser: Any, **query: str) -> list[list[str]]:
        """The rows of the sheet."""
        answer = browser.get(SHEET, query_string={**YEAR, "by": "channel", **query})
        assert answer.status_code == 200
        return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))

    def test_says_the_same_as_the_screen(self, line: Any, write: Callable[..., Any]) -> None:
        write({"opened_at": BEGINS + timedelta(days=1)}, {"opened_at": BEGINS + timedelta(days=2)})

        assert self.sheet(line.browser)[:2] == [
            ["kanal", "kode", "antal henvendelser"],
            ["telefon", "phone", "2"],
        ]
        assert self.sheet(line.browser, language="en")[-1] == ["in all", "total", "2"]

    def test_an_analysts_sheet_has_no_group_below_ten(
        self, analyst_desk: Any, write: Callable[..., Any], citizen: Any
    ) -> None:
        write(*some_year(Random(5), 300, [citizen]))

        for way in WAYS:
            counts = [int(row[2]) for row in self.sheet(analyst_desk, by=way)[1:] if row[2]]
            assert min(counts) >= 10

    def test_no_spreadsheet_works_anything_out_of_it(self) -> None:
        names = {"da": '=HYPERLINK("https://example.dk")', "en": "@SUM(1)"}
        desk = Desk({"reasons": (DeskEntry("sleep", names),)}, ())
        shown = {
            "by": Way.REASON,
            "rows": [{"keys": ["sleep"], "count": 3}],
            "gaps": [],
            "total": 3,
            "not_shown": [],
        }

        sheet = statistics_sheet.write(shown, desk=desk, language="da").decode("utf-8-sig")

        assert "'=HYPERLINK" in sheet
        for line in sheet.splitlines():
            for cell in next(csv.reader([line], delimiter=";")):
                assert not cell.startswith(("=", "+", "-", "@"))

    def test_names_nobody(self, line: Any, write: Callable[..., Any], worker: Any) -> None:
        contact = line.open()
        line.change(contact, note=CANARY)
        text = str(self.sheet(line.browser, **{"from": "2026-11-01", "to": "2026-11-30"}))

        assert CANARY not in text
        assert worker.name not in text
        assert contact["id"] not in text


def test_every_gap_and_every_key_has_its_words() -> None:
    keys = {key for way in (Way.CHANNEL, Way.GENDER) for key in KEYS[way]}

    assert keys | set(figures.GAPS) | set(WAYS) <= statistics_sheet.named()
