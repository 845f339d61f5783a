"""How many people a contact person has, beside a figure that only the centre sets."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.citizens import deaths
from server.citizens.gauge import pro_rata
from server.core import db
from server.core.ids import new_id
from tests.appointments.people import citizen, counsellor, desk, give_case, without_id
from tests.conftest import NOW, actor_of
from tests.tasks.people import colleague, manager, manager_desk, stand_in_for

__all__ = [
    "citizen",
    "colleague",
    "counsellor",
    "desk",
    "give_case",
    "manager",
    "manager_desk",
    "stand_in_for",
]

GAUGE = "/api/v1/staff/caseload-gauge"
FIGURE = "/api/v1/staff/caseload-figure"
EMPLOYMENT = "/api/v1/staff/colleagues/{}/employment"


@pytest.fixture
def of_25(manager_desk: Any) -> Any:
    """The manager, after having set a figure of 25."""
    assert manager_desk.put(FIGURE, json={"figure": 25}).status_code == 200
    return manager_desk


def load_of(answer: Any, staff: Any) -> tuple[int, int]:
    """Somebody's cases and figure."""
    [found] = [one for one in answer.json["items"] if one["staff_id"] == str(staff.id)]
    return found["cases"], found["figure"]


class TestTheGauge:
    def test_shows_nothing_where_no_figure_is_set(self, citizen: Any, desk: Any, manager_desk: Any) -> None:
        assert desk.get(GAUGE).json == {"figure": None, "items": []}
        assert manager_desk.get(GAUGE).json == {"figure": None, "items": []}

    def test_shows_a_counsellor_the_own_and_nobody_elses(
        self, citizen: Any, counsellor: Any, colleague: Any, desk: Any, of_25: Any
    ) -> None:
        assert desk.get(GAUGE).json == {
            "figure": 25,
            "items": [
                {
                    "staff_id": str(counsellor.id),
                    "name": "Karen Kontakt",
                    "percent": 100,
                    "cases": 1,
                    "figure": 25,
                }
            ],
        }

    def test_shows_a_manager_every_counsellor_of_the_unit_and_of_no_other(
        self, citizen: Any, counsellor: Any, colleague: Any, of_25: Any, make_staff: Any, make_unit: Any
    ) -> None:
        make_staff(name="Sara", unit=make_unit("krisecenter", "Krisecenter"))

        answer = of_25.get(GAUGE)

        assert {one["name"] for one in answer.json["items"]} == {"Karen Kontakt", "Viggo Vikar"}
        assert load_of(answer, counsellor) == (1, 25)
        assert load_of(answer, colleague) == (0, 25)

    def test_gives_a_part_of_a_post_its_part_of_the_figure(
        self, citizen: Any, counsellor: Any, desk: Any, of_25: Any
    ) -> None:
        answer = of_25.put(EMPLOYMENT.format(counsellor.id), json={"percent": 50})

        assert load_of(answer, counsellor) == (1, 13)
        assert load_of(desk.get(GAUGE), counsellor) == (1, 13)

    def test_counts_neither_teams_nor_stand_ins_nor_the_dead(
        self,
        citizen: Any,
        counsellor: Any,
        colleague: Any,
        of_25: Any,
        give_case: Any,
        make_citizen: Any,
        stand_in_for: Any,
    ) -> None:
        give_case(make_citizen(contact=colleague), counsellor)
        stand_in_for(colleague, counsellor)
        gone = make_citizen(contact=counsellor)
        with db.transaction() as session:
            deaths.mark(session, citizen_id=gone.id, actor=actor_of(counsellor), now=NOW)

        assert load_of(of_25.get(GAUGE), counsellor) == (1, 25)

    def test_counts_nobody_whose_care_has_ended(
        self, citizen: Any, counsellor: Any, of_25: Any, superuser: Any
    ) -> None:
        superuser.execute("UPDATE care_relation SET ends_at = starts_at")
        superuser.commit()

        assert load_of(of_25.get(GAUGE), counsellor) == (0, 25)

    def test_is_gone_again_when_the_figure_is(self, citizen: Any, desk: Any, of_25: Any) -> None:
        assert of_25.put(FIGURE, json={"figure": None}).json == {"figure": None, "items": []}
        assert desk.get(GAUGE).json["items"] == []

    @given(figure=st.integers(1, 200), percent=st.integers(1, 100))
    def test_never_gives_less_than_one_nor_more_than_a_full_post(self, figure: int, percent: int) -> None:
        part = pro_rata(figure, Decimal(percent) / 100)

        assert 1 <= part <= figure
        assert part == 1 or abs(part - figure * percent / 100) <= 0.5


class TestSettingIt:
    def test_is_the_managers_alone(self, desk: Any, counsellor: Any) -> None:
        assert desk.put(FIGURE, json={"figure": 25}).status_code == 403
        assert desk.put(EMPLOYMENT.format(counsellor.id), json={"percent": 50}).status_code == 403

    @pytest.mark.parametrize("figure", [0, 201, "25", 2.5, True])
    def test_takes_whole_sensible_numbers(self, manager_desk: Any, figure: Any) -> None:
        assert manager_desk.put(FIGURE, json={"figure": figure}).status_code == 422

    @pytest.mark.parametrize("percent", [0, 101, "50", None])
    def test_takes_whole_per_cent(self, manager_desk: Any, counsellor: Any, percent: Any) -> None:
        answer = manager_desk.put(EMPLOYMENT.format(counsellor.id), json={"percent": percent})

        assert answer.status_code == 422

    def test_of_another_units_colleague_is_the_same_as_of_nobody(
        self, manager_desk: Any, make_staff: Any, make_unit: Any
    ) -> None:
        other = make_staff(unit=make_unit("krisecenter", "Krisecenter"))
        body = {"percent": 50}

        assert without_id(manager_desk.put(EMPLOYMENT.format(other.id), json=body)) == without_id(
            manager_desk.put(EMPLOYMENT.format(new_id()), json=body)
        )

    def test_stands_on_the_trail(self, of_25: Any, counsellor: Any, superuser: Any) -> None:
        of_25.put(EMPLOYMENT.format(counsellor.id), json={"percent": 80})

        rows = superuser.execute(
            "SELECT event, purpose FROM audit_event"
            " WHERE event IN ('unit.caseload-figure', 'staff.employment') ORDER BY position"
        ).fetchall()
        assert rows == [("unit.caseload-figure", "25"), ("staff.employment", "80 %")]
