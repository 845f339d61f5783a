"""Series: the same time on a Danish wall whatever the clocks do, all or nothing, each with its reminders."""

from datetime import UTC, datetime
from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import TALK, refused, seen, without_id
from tests.appointments.test_moving import states

WEEKLY = {**TALK, "kind": "group", "rule": "weekly", "count": 4}


@pytest.fixture
def series(desk: Any, citizen: Any) -> Any:
    """Ask for a series at the desk, whatever comes of it."""

    def post(whose: Any = citizen, **other: Any) -> Any:
        return desk.post(f"/api/v1/staff/citizens/{whose.id}/series", json={**WEEKLY, **other})

    return post


def starts(answer: Any) -> list[str]:
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return [one["starts_local"] for one in answer.json["items"]]


class TestBook:
    def test_books_each_with_its_own_reminders(self, series: Any, superuser: Any, count: Any) -> None:
        answer = series()

        assert starts(answer) == [
            "2026-11-30T10:00",
            "2026-12-07T10:00",
            "2026-12-14T10:00",
            "2026-12-21T10:00",
        ]
        assert {one["series_id"] for one in answer.json["items"]} == {answer.json["series_id"]}
        assert (count("reminder"), count("citizen_change")) == (4, 5)
        reminded = superuser.execute("SELECT count(DISTINCT subject_id) FROM reminder").fetchone()
        assert reminded == (4,)
        trail = "SELECT count(*) FROM audit_event WHERE event = 'appointment.booked'"
        assert superuser.execute(trail).fetchone() == (4,)

    def test_every_fourteen_days(self, series: Any) -> None:
        assert starts(series(rule="fortnightly", count=2)) == ["2026-11-30T10:00", "2026-12-14T10:00"]

    @pytest.mark.parametrize(
        ("first", "instants"),
        [
            (
                "2027-03-21T10:00:00+01:00",
                ["2027-03-21T09:00:00Z", "2027-03-28T08:00:00Z", "2027-04-04T08:00:00Z"],
            ),
            (
                "2027-10-24T10:00:00+02:00",
                ["2027-10-24T08:00:00Z", "2027-10-31T09:00:00Z", "2027-11-07T09:00:00Z"],
            ),
            (
                "2027-10-24T02:30:00+02:00",
                ["2027-10-24T00:30:00Z", "2027-10-31T00:30:00Z", "2027-11-07T01:30:00Z"],
            ),
            (
                "2027-10-31T02:30:00+01:00",
                ["2027-10-31T01:30:00Z", "2027-11-07T01:30:00Z", "2027-11-14T01:30:00Z"],
            ),
        ],
    )
    def test_stays_at_the_same_time_on_the_wall(self, series: Any, first: str, instants: list[str]) -> None:
        answer = series(starts_at=first, count=3)

        assert [one["starts_at"] for one in answer.json["items"]] == instants
        assert {one["starts_local"][11:] for one in answer.json["items"]} == {first[11:16]}

    def test_names_the_hour_that_does_not_exist_and_books_nothing_until_it_is_left_out(
        self, series: Any, count: Any
    ) -> None:
        night = {"starts_at": "2027-03-21T02:30:00+01:00", "count": 3}

        answer = series(**night)
        before = count("appointment")
        without = series(**night, skip=["2027-03-28"])

        assert (answer.status_code, answer.json["code"]) == (409, "series-clash")
        assert answer.json["errors"] == {
            "2027-03-28": ["02:30: This time does not exist: Danish clocks skip it when summer time begins."]
        }
        assert before == 0
        assert starts(without) == ["2027-03-21T02:30", "2027-04-04T02:30"]

    def test_names_every_date_that_is_taken_and_books_none(
        self, series: Any, book: Any, make_citizen: Any, counsellor: Any, count: Any
    ) -> None:
        book(starts_at="2026-12-07T10:30:00+01:00")
        book(starts_at="2026-12-21T09:30:00+01:00")

        answer = series(make_citizen(contact=counsellor))

        assert (answer.status_code, answer.json["code"]) == (409, "series-clash")
        assert answer.json["errors"] == {
            "2026-12-07": ["2026-12-07 10:30–11:15 Solsort"],
            "2026-12-21": ["2026-12-21 09:30–10:15 Solsort"],
        }
        assert count("appointment") == 2

    def test_leaves_dates_out_or_books_them_for_a_reason(
        self, series: Any, book: Any, superuser: Any
    ) -> None:
        book(starts_at="2026-12-07T10:30:00+01:00")

        assert starts(series(skip=["2026-12-07"], count=2)) == ["2026-11-30T10:00"]
        wanted = series(starts_at="2026-12-07T10:30:00+01:00", override_reason="Holdet deles i to", count=2)

        assert [one["override"] for one in wanted.json["items"]] == [True, False]

    def test_takes_a_whole_group_in(self, series: Any, make_citizen: Any, counsellor: Any) -> None:
        series()

        assert series(make_citizen(contact=counsellor)).status_code == 201

    def test_is_booked_once_when_the_same_request_comes_twice(
        self, series: Any, count: Any, make_citizen: Any, counsellor: Any
    ) -> None:
        series_id = str(new_id())

        first, second = series(id=series_id), series(id=series_id)
        another = series(id=series_id, count=5)
        somebody = series(make_citizen(contact=counsellor), id=series_id)

        assert (first.status_code, second.json) == (201, first.json)
        assert (another.status_code, another.json["code"]) == (409, "id-taken")
        assert (somebody.status_code, somebody.json["code"]) == (409, "id-taken")
        assert count("appointment") == 4

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("rule", "daily"),
            ("rule", None),
            ("count", 1),
            ("count", 27),
            ("count", "4"),
            ("count", True),
            ("skip", ["2026-12-08"]),
            ("skip", ["2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21"]),
            ("skip", "2026-12-07"),
            ("skip", ["x"]),
            ("starts_at", "2026-11-23T09:59:00+01:00"),
            ("starts_at", "2026-11-30T10:00:00"),
            ("starts_at", "2027-03-28T02:30:00+01:00"),
            ("end", "2026-12-24"),
        ],
    )
    def test_is_refused_by_name(self, series: Any, count: Any, field: str, value: Any) -> None:
        answer = series(**{field: value})

        assert answer.status_code == 422, answer.json
        assert any(name.partition(".")[0] == field for name in answer.json["errors"])
        assert count("appointment") == 0

    def test_beyond_two_years_names_the_dates(self, series: Any) -> None:
        answer = series(starts_at="2028-11-16T10:00:00+01:00", count=3)

        assert (answer.status_code, list(answer.json["errors"])) == (409, ["2028-11-30"])

    def test_for_somebody_out_of_sight_is_answered_like_for_nobody(
        self, series: Any, desk: Any, stranger: Any, count: Any
    ) -> None:
        nobody = desk.post(f"/api/v1/staff/citizens/{new_id()}/series", json=WEEKLY)

        assert series(stranger).status_code == 404
        assert without_id(series(stranger)) == without_id(nobody)
        assert count("appointment") == 0


class TestOneOfThem:
    def test_moved_leaves_the_others_and_stays_in_the_series(
        self, series: Any, desk: Any, citizen: Any, superuser: Any
    ) -> None:
        booked = series().json
        second = booked["items"][1]

        moved = desk.post(
            f"/api/v1/staff/appointments/{second['id']}/move",
            json={"starts_at": "2026-12-08T11:00:00+01:00"},
            headers=seen(1),
        ).json

        assert moved["series_id"] == booked["series_id"]
        items = desk.get(f"/api/v1/staff/citizens/{citizen.id}/appointments").json["items"]
        assert [one["starts_local"] for one in items if one["status"] == "booked"] == [
            "2026-11-30T10:00",
            "2026-12-08T11:00",
            "2026-12-14T10:00",
            "2026-12-21T10:00",
        ]


class TestEnd:
    def test_cancels_the_rest_and_its_reminders_and_leaves_what_lies_before(
        self, series: Any, desk: Any, superuser: Any
    ) -> None:
        booked = series().json
        url = f"/api/v1/staff/series/{booked['series_id']}/end"

        answer = desk.post(url, json={"from": "2026-12-14", "reason_code": "service-planning"})
        again = desk.post(url, json={"from": "2026-12-14"})

        assert answer.status_code == 200
        assert [
            (one["starts_local"], one["status"], one["cancellation"]) for one in answer.json["items"]
        ] == [
            ("2026-12-14T10:00", "cancelled", "by-service"),
            ("2026-12-21T10:00", "cancelled", "by-service"),
        ]
        assert again.json["items"] == []
        ids = [one["id"] for one in booked["items"]]
        assert [states(superuser, each) == {"cancelled"} for each in ids] == [False, False, True, True]

    def test_by_the_citizen_counts_the_next_one_late(self, series: Any, desk: Any, go_to: Any) -> None:
        booked = series(kind="talk").json
        go_to(datetime(2026, 11, 29, 12, 0, tzinfo=UTC))

        answer = desk.post(
            f"/api/v1/staff/series/{booked['series_id']}/end",
            json={"from": "2026-11-29", "cancellation": "by-citizen", "reason_code": "no-wish"},
        )

        assert [one["cancellation"] for one in answer.json["items"]] == ["late"] + ["by-citizen"] * 3

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "from"),
            ({"from": "2026-12-14T10:00:00Z"}, "from"),
            ({"from": "2026-12-14", "cancellation": "late"}, "cancellation"),
            ({"from": "2026-12-14", "reason_code": "ill"}, "reason_code"),
        ],
    )
    def test_is_refused_by_name_and_ends_nothing(
        self, series: Any, desk: Any, superuser: Any, body: dict[str, Any], field: str
    ) -> None:
        booked = series().json

        assert refused(desk.post(f"/api/v1/staff/series/{booked['series_id']}/end", json=body), field)
        assert superuser.execute("SELECT DISTINCT status FROM appointment").fetchall() == [("booked",)]

    def test_of_somebody_out_of_sight_is_answered_like_none(
        self, series: Any, make_staff: Any, sign_in_staff: Any, new_client: Any, superuser: Any
    ) -> None:
        booked = series().json
        other = sign_in_staff(make_staff(), new_client())

        def ask(series_id: Any) -> Any:
            return other.post(f"/api/v1/staff/series/{series_id}/end", json={"from": "2026-11-30"})

        theirs, nobodys = ask(booked["series_id"]), ask(new_id())

        assert theirs.status_code == 404
        assert without_id(theirs) == without_id(nobodys)
        assert superuser.execute("SELECT DISTINCT status FROM appointment").fetchall() == [("booked",)]
