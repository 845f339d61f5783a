"""The neutral notice of a questionnaire: for who asked for it, once a window, and only while it waits."""

from typing import Any

import pytest

from server.measures import jobs
from tests.measures.people import Answering, Console
from tests.messages.test_notices import wishes
from tests.told import Service, at, service, work

__all__ = ["service", "wishes", "work"]


@pytest.fixture
def plan(desk: Any, citizen: Any) -> dict[str, Any]:
    """The person is asked from today on."""
    return Console(desk, citizen).begun()


def test_does_not_come_unless_the_person_asked_for_it(plan: Any, work: Any, count: Any) -> None:
    jobs.tell_of_windows()

    assert work(at("10:05")) == 0
    assert count("reminder") == 0


def test_comes_once_for_its_window_and_says_nothing(
    plan: Any, work: Any, wishes: Any, service: Service
) -> None:
    wishes(messages=False, questionnaires=True)

    for _ in range(3):
        jobs.tell_of_windows()

    assert work(at("10:05")) == 1
    assert work(at("12:00", 24)) == 1
    shown = service.taken[0]["notification"]
    assert (shown["title"], shown["body"]) == (
        "Du har en påmindelse",
        "Der er noget til dig, når du har tid. Det haster ikke.",
    )


def test_comes_again_on_the_day_of_the_next_window(plan: Any, work: Any, wishes: Any, go_to: Any) -> None:
    wishes(questionnaires=True)
    jobs.tell_of_windows()
    assert work(at("10:05")) == 1

    go_to(at("10:00", 23).replace(year=2027, month=2))
    jobs.tell_of_windows()

    assert work(at("10:05", 23).replace(year=2027, month=2)) == 2


@pytest.mark.parametrize("said", ["answered", "begun", "begun, not-now", "not-now", "stopped"])
def test_does_not_come_where_nothing_waits_any_more(
    plan: Any, work: Any, wishes: Any, phone: Any, said: str
) -> None:
    wishes(questionnaires=True)
    jobs.tell_of_windows()
    sender = Answering(phone)

    if said == "answered":
        sender.answer(plan_id=plan["id"], window_key="start")
    if "begun" in said:
        sender.answer(plan_id=plan["id"], window_key="start", items={"calm": 1}, complete=False)
    if "not-now" in said or said == "stopped":
        sender.decline(plan["id"], None if said == "stopped" else "start")

    assert work(at("10:05")) == (1 if said == "begun" else 0)


def test_is_not_planned_for_a_window_that_was_answered_before_its_day(
    desk: Any, citizen: Any, wishes: Any, phone: Any, count: Any, go_to: Any
) -> None:
    plan = Console(desk, citizen).begun(start_on="2026-11-24")
    wishes(questionnaires=True)
    Answering(phone).answer(plan_id=plan["id"], window_key="start")

    go_to(at("10:00", 24))
    jobs.tell_of_windows()

    assert count("reminder") == 0
