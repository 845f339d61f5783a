"""Whoever did not come is called: the mark makes a task, taking it back takes the task back."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.appointments.people import seen

APPOINTMENT = "/api/v1/staff/appointments/{}/{}"
MISSED = "/api/v1/staff/missed-talks"


@pytest.fixture
def mark(desk: Any) -> Any:
    """Say what became of an appointment."""

    def say(booked: Any, step: str, version: int, **body: Any) -> Any:
        given = {"json": body} if body else {}
        answer = desk.post(APPOINTMENT.format(booked["id"], step), headers=seen(version), **given)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.json

    return say


@pytest.fixture
def later(traveller: Any, desk: Any, counsellor: Any, sign_in_staff: Any) -> Any:
    """Let time pass, and let the counsellor sign in again."""

    def move(*given: int) -> None:
        traveller.move_to(datetime(*given, tzinfo=UTC))  # type: ignore[misc, arg-type]
        sign_in_staff(counsellor, desk)

    return move


def waiting(desk: Any) -> list[tuple[str, str, bool]]:
    """Who waits for a call, when it is due, and whether there was a good reason."""
    items = desk.get(MISSED).json["items"]
    return [(item["talk"]["id"], item["due_on"], item["talk"]["excused"]) for item in items]


class TestANoShow:
    @pytest.mark.parametrize("excused", [False, True])
    def test_becomes_a_task_for_the_next_working_day(
        self, desk: Any, book: Any, mark: Any, later: Any, excused: bool
    ) -> None:
        booked = book(starts_at="2026-11-23T13:00:00+01:00")
        later(2026, 11, 23, 12, 30)

        mark(booked, "no-show", 1, excused=excused)

        assert waiting(desk) == [(booked["id"], "2026-11-24", excused)]

    def test_before_christmas_waits_for_the_first_day_after_it(
        self, desk: Any, book: Any, mark: Any, later: Any
    ) -> None:
        booked = book(starts_at="2026-12-23T10:00:00+01:00")
        later(2026, 12, 23, 12, 0)

        mark(booked, "no-show", 1, excused=False)

        assert waiting(desk) == [(booked["id"], "2026-12-28", False)]

    def test_that_is_marked_days_later_is_due_at_once(
        self, desk: Any, book: Any, mark: Any, later: Any
    ) -> None:
        booked = book(starts_at="2026-11-23T13:00:00+01:00")
        later(2026, 11, 26, 9, 0)

        mark(booked, "no-show", 1, excused=False)

        assert waiting(desk) == [(booked["id"], "2026-11-26", False)]


class TestTakingItBack:
    @pytest.mark.parametrize("step", ["undo", "error"])
    def test_takes_the_task_back(
        self, desk: Any, book: Any, mark: Any, later: Any, step: str, superuser: Any
    ) -> None:
        booked = book(starts_at="2026-11-23T13:00:00+01:00")
        later(2026, 11, 23, 12, 30)
        missed = mark(booked, "no-show", 1, excused=False)

        if step == "undo":
            mark(booked, step, missed["revision"])
        else:
            desk.post(APPOINTMENT.format(booked["id"], step), headers=seen(missed["revision"]))

        assert waiting(desk) == []
        assert superuser.execute("SELECT status FROM task").fetchall() == [("cancelled",)]

    def test_and_marking_it_again_opens_the_same_task(
        self, desk: Any, book: Any, mark: Any, later: Any, count: Any
    ) -> None:
        booked = book(starts_at="2026-11-23T13:00:00+01:00")
        later(2026, 11, 23, 12, 30)
        missed = mark(booked, "no-show", 1, excused=False)
        back = mark(booked, "undo", missed["revision"])

        mark(booked, "no-show", back["revision"], excused=True)

        assert waiting(desk) == [(booked["id"], "2026-11-24", True)]
        assert count("task") == 1
