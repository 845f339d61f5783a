"""The unit's figures, against numbers that were worked out by hand."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.core import clock
from server.core.access import Role
from server.core.ids import new_id
from server.overview import rates
from tests.appointments.people import refused
from tests.conftest import NOW

RATES = "/api/v1/staff/rates"

#: What can become of an appointment, as its columns: status, cancellation, noshow_excused.
HELD = ("fulfilled", None, None)
MISSED = ("noshow", None, False)
EXCUSED = ("noshow", None, True)
LATE = ("cancelled", "late", None)
IN_TIME = ("cancelled", "by-citizen", None)
BY_US = ("cancelled", "by-service", None)
MOVED = ("cancelled", "moved", None)
STRUCK = ("entered-in-error", None, None)
BOOKED = ("booked", None, None)


@pytest.fixture
def desk(manager_desk: Any) -> Any:
    """The manager's browser: the figures are a manager's to read."""
    return manager_desk


@pytest.fixture
def team(counsellor: Any, colleague: Any, make_staff: Any) -> tuple[Any, ...]:
    """Three counsellors, as many as a month must have to be shown by itself."""
    return counsellor, colleague, make_staff(name="Tove Tredje")


@pytest.fixture
def write(superuser: Any, citizen: Any, counsellor: Any) -> Callable[..., None]:
    """Write appointments of a month as they ended, each half an hour after the last."""
    written = 0

    def rows(
        outcomes: Sequence[tuple[str, str | None, bool | None]],
        *,
        wall: datetime = datetime(2026, 10, 5, 8, 0),
        with_whom: Sequence[Any] = (),
        person: Any = None,
    ) -> None:
        nonlocal written
        people = with_whom or (counsellor,)
        for number, (status, cancellation, excused) in enumerate(outcomes):
            written += 1
            at = wall + timedelta(minutes=30 * number)
            whom = people[number % len(people)]
            superuser.execute(
                "INSERT INTO appointment (id, citizen_id, unit_id, staff_id, kind, mode, starts_at,"
                " starts_local, duration_minutes, status, cancellation, noshow_excused, reply, revision,"
                " request_hash, created_by, created_at, updated_at)"
                " VALUES (%s, %s, %s, %s, 'talk', 'phone', %s, %s, 30, %s, %s, %s, 'needs-action', 1, '', %s,"
                " now(), now())",
                [
                    new_id(),
                    (person or citizen).id,
                    whom.unit_id,
                    whom.id,
                    clock.from_wall(at),
                    at,
                    status,
                    cancellation,
                    excused,
                    whom.id,
                ],
            )
        superuser.commit()

    return rows


@pytest.fixture
def came(make_citizen: Any, counsellor: Any) -> Callable[[int], Any]:
    """Take somebody in whose first contact was so many days before today, at noon."""

    def person(days: int) -> Any:
        noon = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
        return make_citizen(contact=counsellor, first_contact_at=min(noon - timedelta(days=days), NOW))

    return person


def month(answer: Any, name: str) -> dict[str, Any]:
    """One month of an answer."""
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return dict(next(one for one in answer.json["months"] if one["month"] == name))


def numbers(rate: dict[str, Any]) -> set[int | None]:
    """Every number of a rate."""
    return {value for name, value in rate.items() if name not in ("month", "months", "shown")}


class TestTheRate:
    def test_of_a_month_worked_out_by_hand(self, desk: Any, write: Any, team: Any) -> None:
        """2 missed of 5 held + 2 missed + 1 late = 8: 25 %. Excused, in time, ours and moved stand apart."""
        outcomes = [HELD] * 5 + [MISSED] * 2 + [LATE] + [EXCUSED] * 3 + [IN_TIME] * 4 + [BY_US] * 2
        write([*outcomes, MOVED, STRUCK, BOOKED], with_whom=team)

        assert month(desk.get(RATES, query_string={"from": "2026-10", "to": "2026-10"}), "2026-10") == {
            "month": "2026-10",
            "shown": True,
            "numerator": 2,
            "denominator": 8,
            "percent": 25,
            "held": 5,
            "late": 1,
            "excused": 3,
            "in_time": 4,
            "by_service": 2,
            "moved": 1,
            "unmarked": 1,
        }

    @pytest.mark.parametrize(
        ("outcomes", "people"),
        [
            ([HELD, HELD, MISSED, LATE], 3),
            ([HELD] * 9 + [MISSED], 1),
            ([HELD] * 9 + [MISSED], 2),
        ],
        ids=["fewer than five", "one colleague", "two colleagues"],
    )
    def test_says_nothing_at_all_of_a_month_that_could_point_at_somebody(
        self, desk: Any, write: Any, team: Any, outcomes: Any, people: int
    ) -> None:
        write(outcomes, with_whom=team[:people])

        answer = desk.get(RATES)

        assert numbers(month(answer, "2026-10")) == numbers(answer.json["total"]) == {None}
        assert answer.json["total"]["months"] == answer.json["smaller"]["months"] == []

    @pytest.mark.parametrize(("most", "is_shown"), [(8, True), (9, False)])
    def test_says_nothing_where_more_than_four_fifths_are_one_colleagues(
        self, desk: Any, write: Any, team: Any, most: int, is_shown: bool
    ) -> None:
        write([HELD] * most, with_whom=team[:1])
        write([HELD, MISSED], wall=datetime(2026, 10, 6, 8), with_whom=team[1:])

        assert month(desk.get(RATES), "2026-10")["shown"] is is_shown

    def test_shows_a_share_from_five_on(self, desk: Any, write: Any, team: Any) -> None:
        write([HELD, HELD, HELD, MISSED, LATE], with_whom=team)

        assert month(desk.get(RATES), "2026-10")["percent"] == 20

    def test_of_small_months_is_shown_for_all_of_them_together(
        self, desk: Any, write: Any, team: Any
    ) -> None:
        write([MISSED] * 2, wall=datetime(2026, 7, 6, 8), with_whom=team[:1])
        write([HELD] * 6 + [MISSED] * 2, wall=datetime(2026, 8, 3, 8), with_whom=team)
        write([HELD] * 9 + [MISSED], wall=datetime(2026, 9, 7, 8), with_whom=team)

        answer = desk.get(RATES)

        assert [month(answer, f"2026-0{number}")["shown"] for number in (7, 8, 9)] == [False, False, True]
        smaller, total = answer.json["smaller"], answer.json["total"]
        assert (smaller["months"], smaller["numerator"], smaller["denominator"]) == (
            ["2026-07", "2026-08"],
            4,
            10,
        )
        assert (total["months"], total["numerator"], total["denominator"]) == (
            ["2026-07", "2026-08", "2026-09"],
            5,
            20,
        )

    @pytest.mark.parametrize(
        ("part", "whole", "percent"), [(1, 8, 13), (1, 200, 1), (0, 5, 0), (7, 7, 100), (2, 7, 29)]
    )
    def test_rounds_half_a_percent_upwards(self, part: int, whole: int, percent: int) -> None:
        assert rates._percent(part, whole) == percent

    def test_a_month_is_a_danish_one(self, desk: Any, write: Any, team: Any) -> None:
        """23.30 on 31 October and 00.30 on 1 November in Denmark; in UTC both are October."""
        write([HELD] * 6, wall=datetime(2026, 10, 31, 20, 45), with_whom=team)
        write([MISSED] * 6, wall=datetime(2026, 11, 1, 0, 30), with_whom=team)

        answer = desk.get(RATES)

        assert (month(answer, "2026-10")["held"], month(answer, "2026-10")["numerator"]) == (6, 0)
        assert (month(answer, "2026-11")["held"], month(answer, "2026-11")["numerator"]) == (0, 6)

    def test_an_appointment_still_ahead_is_not_unmarked(self, desk: Any, write: Any, team: Any) -> None:
        write([HELD] * 6, wall=datetime(2026, 11, 2, 8), with_whom=team)
        write([BOOKED, BOOKED], wall=datetime(2026, 11, 23, 9, 45))

        assert month(desk.get(RATES), "2026-11")["unmarked"] == 1

    def test_another_centres_appointments_are_not_in_it(
        self, desk: Any, write: Any, make_unit: Any, make_staff: Any, make_citizen: Any
    ) -> None:
        house = make_unit("krisecenter", "Krisecenter")
        others = [make_staff(unit=house) for _ in range(3)]
        write([MISSED] * 6, with_whom=others, person=make_citizen(contact=others[0]))

        assert desk.get(RATES).json["total"]["shown"] is False


class TestDaysToTheFirstTalk:
    def test_worked_out_by_hand(self, desk: Any, write: Any, came: Any) -> None:
        """Held after 3, 14, 15, 7 and 30 days: median 14, three of five in time; one waits 20 days, two less.

        Within 14 days: 3 of the 6 for whom it is decided, that is 50 %.
        """
        for days in (3, 14, 15, 7, 30):
            write([HELD], wall=datetime(2026, 10, 13, 23, 30) + timedelta(days=days), person=came(41))
        came(20)
        came(2)

        waiting = desk.get(RATES).json["waiting"]

        assert waiting == {
            "came": 8,
            "held": 5,
            "median_days": 14.0,
            "within_14": 3,
            "decided": 6,
            "percent_within_14": 50,
            "waiting": 3,
            "waiting_over_14": 1,
            "ended_without": 0,
        }

    def test_the_first_talk_held_counts_and_a_missed_one_does_not(
        self, desk: Any, write: Any, came: Any
    ) -> None:
        person = came(40)
        write([MISSED, HELD], wall=datetime(2026, 10, 20, 8), person=person)
        write([HELD], wall=datetime(2026, 11, 2, 8), person=person)

        waiting = desk.get(RATES).json["waiting"]

        assert (waiting["held"], waiting["within_14"]) == (1, 1)

    def test_few_people_give_no_median_and_no_share(self, desk: Any, write: Any, came: Any) -> None:
        for days in (3, 4, 5, 6):
            write([HELD], wall=datetime(2026, 10, 14, 8) + timedelta(days=days), person=came(40))

        waiting = desk.get(RATES).json["waiting"]

        assert (waiting["held"], waiting["median_days"], waiting["percent_within_14"]) == (4, None, None)

    def test_who_left_before_a_talk_stands_apart_and_who_was_erased_is_gone(
        self, desk: Any, came: Any, superuser: Any
    ) -> None:
        gone, erased = came(40), came(40)
        superuser.execute("UPDATE citizen SET status = 'finished' WHERE id = ANY(%s)", [[gone.id, erased.id]])
        superuser.execute("UPDATE citizen SET intake_digest = '\\x00' WHERE id = %s", [erased.id])
        superuser.commit()

        waiting = desk.get(RATES).json["waiting"]

        assert (waiting["came"], waiting["waiting"], waiting["ended_without"]) == (1, 0, 1)


class TestReadRates:
    def test_shows_twelve_months_to_begin_with(self, desk: Any) -> None:
        answer = desk.get(RATES).json

        assert (answer["from"], answer["to"]) == ("2025-12", "2026-11")
        assert [one["month"] for one in answer["months"]][::11] == ["2025-12", "2026-11"]

    def test_carries_the_figure_of_2016_where_it_belongs(
        self, desk: Any, make_unit: Any, make_staff: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        sara = make_staff(unit=make_unit("krisecenter", "Krisecenter"), roles=(Role.MANAGER,))

        elsewhere = sign_in_staff(sara, new_client()).get(RATES).json

        assert desk.get(RATES).json["earlier"] == {
            "year": 2016,
            "percent": 29,
            "source": "Udsatteområdets udviklingsplaner 2017-2018, Viborg Kommune",
        }
        assert elsewhere["earlier"] is None

    @pytest.mark.parametrize(
        "query",
        [
            {"from": "2026-11", "to": "2026-10"},
            {"from": "2023-11", "to": "2026-11"},
        ],
    )
    def test_refuses_months_that_cannot_be_shown(self, desk: Any, query: dict[str, str]) -> None:
        assert refused(desk.get(RATES, query_string=query), "to")

    @pytest.mark.parametrize("given", ["2026-13", "2026-1", "202610", "2026-10-01", ""])
    def test_refuses_what_is_no_month(self, desk: Any, given: str) -> None:
        assert refused(desk.get(RATES, query_string={"from": given}), "from")

    @pytest.mark.parametrize("field", ["staff_id", "counsellor", "owner"])
    def test_knows_no_filter_for_one_colleague(self, desk: Any, counsellor: Any, field: str) -> None:
        assert refused(desk.get(RATES, query_string={field: str(counsellor.id)}), field)

    def test_names_nobody(self, desk: Any, write: Any, counsellor: Any, team: Any) -> None:
        write([HELD] * 6, with_whom=team)

        text = desk.get(RATES).get_data(as_text=True)

        assert str(counsellor.id) not in text
        assert counsellor.name not in text

    def test_a_manager_reads_it_and_other_roles_do_not(
        self, manager_desk: Any, make_staff: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        assert manager_desk.get(RATES).status_code == 200
        for role in (Role.COUNSELLOR, Role.CRISIS_LINE, Role.ADMIN, Role.COURSE_LEADER, Role.ANALYST):
            assert sign_in_staff(make_staff(roles=(role,)), new_client()).get(RATES).status_code == 403

    def test_the_look_is_on_the_trail(self, desk: Any, superuser: Any) -> None:
        desk.get(RATES, query_string={"from": "2026-09", "to": "2026-10"})

        rows = superuser.execute("SELECT purpose FROM audit_event WHERE event = 'rates.read'").fetchall()
        assert rows == [("2026-09 to 2026-10",)]
