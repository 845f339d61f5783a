"""An analyst sees whole quarters, and no group below ten."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from server.core import db
from server.core.access import Role
from server.crisis_line import statistics
from server.crisis_line.models import Gender
from server.crisis_line.releases import KEYS, Way, later
from tests.crisis_line.figures import (
    BEGINS,
    WAYS,
    analyst,
    analyst_desk,
    read,
    some_year,
    write,
)

__all__ = ["analyst", "analyst_desk", "write"]


class TestAnalyst:
    @pytest.fixture
    def year(self, write: Callable[..., Any], citizen: Any, stranger: Any) -> list[dict[str, Any]]:
        """A year in which some groups are large and some are not."""
        made = some_year(Random(4), 300, [citizen, stranger])
        write(*made)
        return made

    @pytest.mark.parametrize("way", WAYS)
    def test_sees_no_group_below_ten_and_figures_that_add_up(
        self, analyst_desk: Any, year: list[Any], way: str
    ) -> None:
        shown = read(analyst_desk, way)

        assert shown["audience"] == "analyst"
        assert shown["rows"]
        assert min(row["count"] for row in shown["rows"]) >= 10
        assert sum(row["count"] for row in shown["rows"]) == shown["total"] == len(year)
        if way != "month":
            named = [key for row in shown["rows"] for key in row["keys"]]
            assert sorted(named) == sorted(KEYS[Way(way)])

    def test_sees_nothing_of_people_and_their_follow_ups(self, analyst_desk: Any, year: list[Any]) -> None:
        shown = read(analyst_desk, "reason")

        assert [shown[key] for key in ("callers", "safety", "mentioned", "follow_ups")] == [None] * 4

    def test_a_day_more_or_less_changes_nothing_but_whole_quarters(
        self, analyst_desk: Any, year: list[Any]
    ) -> None:
        whole = read(analyst_desk, "channel", **{"from": "2025-10-01", "to": "2026-06-30"})

        with_a_day_more = read(analyst_desk, "channel", **{"from": "2025-10-01", "to": "2026-07-01"})
        with_a_day_less = read(analyst_desk, "channel", **{"from": "2025-10-02", "to": "2026-06-30"})

        assert with_a_day_more["rows"] == whole["rows"]
        assert with_a_day_more["not_shown"] == ["2026-07"]
        assert with_a_day_less["not_shown"] == ["2025-10", "2025-11", "2025-12"]
        assert whole["total"] - with_a_day_less["total"] >= 10

    def test_what_was_shown_never_changes_by_what_comes_later(
        self,
        analyst_desk: Any,
        line: Any,
        year: list[Any],
        write: Callable[..., Any],
        superuser: Any,
    ) -> None:
        before = {way: read(analyst_desk, way)["rows"] for way in WAYS}

        write({"opened_at": BEGINS + timedelta(days=40), "gender": Gender.OTHER})
        superuser.execute("UPDATE crisis_contact SET gender = 'woman' WHERE gender = 'man'")
        superuser.execute("DELETE FROM crisis_contact WHERE channel = 'outreach'")
        superuser.commit()

        assert {way: read(analyst_desk, way)["rows"] for way in WAYS} == before
        assert read(line.browser, "gender")["total"] != sum(row["count"] for row in before["gender"])

    def test_a_quarter_is_shown_when_nothing_can_come_late_any_more(
        self, analyst: Any, year: list[Any], akuttilbud: Any
    ) -> None:
        months = []
        for now in (datetime(2026, 10, 31, 12, tzinfo=UTC), datetime(2026, 11, 1, 12, tzinfo=UTC)):
            with db.transaction() as session:
                blocks = statistics.release(session, unit_id=akuttilbud.id, now=now)
            months.append(later(blocks[-1].months[-1], 1))

        assert [f"{month:%Y-%m}" for month in months] == ["2026-07", "2026-10"]

    def test_too_few_contacts_are_nothing_at_all(self, analyst_desk: Any, write: Callable[..., Any]) -> None:
        write(*({"opened_at": BEGINS + timedelta(days=number)} for number in range(9)))

        shown = read(analyst_desk, "channel")

        assert (shown["rows"], shown["total"], len(shown["not_shown"])) == ([], 0, 12)

    def test_who_also_works_at_the_desk_sees_the_own_unit_as_it_is(
        self,
        write: Callable[..., Any],
        make_staff: Callable[..., Any],
        akuttilbud: Any,
        sign_in_staff: Callable[..., Any],
        new_client: Callable[..., Any],
    ) -> None:
        write({"opened_at": BEGINS + timedelta(days=1)})
        both = make_staff(roles=(Role.ANALYST, Role.CRISIS_LINE), unit=akuttilbud)

        assert read(sign_in_staff(both, new_client()))["total"] == 1

    def test_another_unit_has_its_own_figures(
        self,
        year: list[Any],
        make_staff: Callable[..., Any],
        sign_in_staff: Callable[..., Any],
        new_client: Callable[..., Any],
    ) -> None:
        stranger = sign_in_staff(make_staff(roles=(Role.ANALYST,)), new_client())

        assert read(stranger)["total"] == 0
