"""No window's notice is lost because another thing was told that day, or because nobody wanted it yet."""

from typing import Any

import pytest

from server.core.ids import new_id
from server.measures import jobs, notices
from tests.measures.people import Answering, Console
from tests.messages.test_notices import wishes
from tests.told import at, service, work

__all__ = ["service", "wishes", "work"]


@pytest.fixture
def console(desk: Any, citizen: Any) -> Console:
    """The contact person's console."""
    return Console(desk, citizen)


@pytest.fixture
def days(work: Any, go_to: Any) -> Any:
    """Let the worker go its rounds at a clock time of a day; says how many notices have left so far."""

    def run(clock_time: str, day: int = 23) -> int:
        go_to(at(clock_time, day))
        jobs.tell_of_windows()
        return int(work(at(clock_time, day)))

    return run


def test_who_turns_it_on_later_is_told_of_the_window_that_is_open(
    console: Console, days: Any, wishes: Any
) -> None:
    console.begun()
    assert days("10:05") == days("10:05", 24) == 0

    wishes(questionnaires=True)

    assert days("12:00", 24) == 1
    assert days("12:00", 25) == days("12:00", 26) == 1


def test_who_is_asked_from_yesterday_on_is_told_today(console: Console, days: Any, wishes: Any) -> None:
    wishes(questionnaires=True)
    console.begun(start_on="2026-11-22")

    assert days("10:05") == 1


def test_of_two_that_begin_the_same_day_the_other_comes_when_the_first_is_settled(
    console: Console, days: Any, wishes: Any, sender: Answering
) -> None:
    wishes(questionnaires=True)
    first = min(console.begun()["id"], console.begun(code="audit-c")["id"])
    jobs.tell_of_windows()
    assert sender.decline(first, "start") == "applied"

    assert days("10:05") == 0
    assert days("10:05", 24) == 1
    assert days("10:05", 25) == 1


def test_comes_the_day_after_where_a_message_has_the_day(
    console: Console, days: Any, wishes: Any, desk: Any, citizen: Any
) -> None:
    wishes(messages=True, questionnaires=True)
    path = f"/api/v1/staff/citizens/{citizen.id}/messages"
    body = {"id": str(new_id()), "text": "Hej", "seen": None}
    assert desk.post(path, json=body).status_code in (200, 201)
    console.begun()

    assert days("10:05") == 1
    assert days("10:05", 24) == 2
    assert days("10:05", 25) == 2


def test_that_could_not_be_sent_when_it_was_due_comes_when_it_can(
    console: Console, days: Any, wishes: Any, superuser: Any
) -> None:
    wishes(questionnaires=True)
    console.begun()
    jobs.tell_of_windows()
    superuser.execute("UPDATE care_relation SET ends_at = starts_at")
    superuser.commit()
    assert days("10:05") == days("10:05", 24) == 0

    superuser.execute("UPDATE care_relation SET ends_at = NULL")
    superuser.commit()

    assert days("10:05", 25) == days("10:05", 26) == 1


def test_one_that_fails_stands_in_nobodys_way(
    console: Console, days: Any, wishes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    wishes(questionnaires=True)
    plans = sorted(console.begun(code=code)["id"] for code in ("who-5", "audit-c", "days"))
    monkeypatch.setattr(notices, "BATCH", 1)
    tell = notices.tell

    def stumble(session: Any, *, plan_id: Any, **asked: Any) -> None:
        if str(plan_id) == plans[0]:
            raise RuntimeError
        tell(session, plan_id=plan_id, **asked)

    monkeypatch.setattr(notices, "tell", stumble)

    assert jobs.tell_of_windows() == 3
    assert days("10:05") == 1
