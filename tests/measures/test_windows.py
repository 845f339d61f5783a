"""The windows in which a questionnaire is asked: by the calendar, one at a time, and late is allowed."""

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.measures import windows
from server.measures.windows import Answered, WindowState

EXAMPLES = json.loads((Path(__file__).parents[1] / "contract" / "questionnaire_windows.json").read_text())
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))
A_DAY = timedelta(days=1)


@st.composite
def plans(draw: st.DrawFn) -> tuple[date, date | None, date]:
    """A start, an end or none, and the day on which somebody looks."""
    start_on = draw(DAYS)
    end_on = draw(st.none() | st.integers(min_value=0, max_value=900).map(lambda n: start_on + n * A_DAY))
    return start_on, end_on, start_on + draw(st.integers(min_value=-60, max_value=1500)) * A_DAY


@pytest.mark.parametrize("example", EXAMPLES["plans"], ids=lambda one: one["name"])
def test_the_windows_are_those_of_the_examples(example: dict[str, Any]) -> None:
    found = windows.windows(
        start_on=date.fromisoformat(example["start_on"]),
        end_on=example["end_on"] and date.fromisoformat(example["end_on"]),
        until=date.fromisoformat(example["until"]),
    )

    assert [[one.key, *(str(day) for day in one[1:])] for one in found] == example["windows"]


@pytest.mark.parametrize("example", EXAMPLES["states"], ids=lambda one: one["name"])
def test_the_states_are_those_of_the_examples(example: dict[str, Any]) -> None:
    key, *days = example["window"]

    found = windows.state(
        windows.Window(key, *(date.fromisoformat(day) for day in days)),
        today=date.fromisoformat(example["today"]),
        answered=[Answered(**one) for one in example["answered"]],
        skipped=example["skipped"],
        withdrawn_on=example["withdrawn_on"] and date.fromisoformat(example["withdrawn_on"]),
    )

    assert found == example["state"]


@pytest.mark.parametrize("example", EXAMPLES["months"], ids=str)
def test_months_are_clipped_as_in_the_examples(example: list[Any]) -> None:
    day, months, then = example

    assert windows.months_after(date.fromisoformat(day), months) == date.fromisoformat(then)


@given(plans())
def test_windows_never_overlap_and_stand_in_their_order(plan: tuple[date, date | None, date]) -> None:
    start_on, end_on, until = plan

    found = windows.windows(start_on=start_on, end_on=end_on, until=until)

    assert found[0].key == "start"
    for one in found:
        assert one.opens_on <= one.due_on <= one.overdue_on <= one.expires_on
        assert one.opens_on < one.expires_on
    for one, after in pairwise(found):
        assert one.expires_on <= after.opens_on
        assert one.due_on < after.due_on
    assert len({one.key for one in found}) == len(found)


@given(plans(), st.integers(min_value=-10, max_value=1500))
def test_on_every_day_at_most_one_is_open_and_it_is_the_current_one(
    plan: tuple[date, date | None, date], later: int
) -> None:
    start_on, end_on, until = plan
    today = start_on + later * A_DAY

    found = windows.windows(start_on=start_on, end_on=end_on, until=max(until, today))

    open_now = [one for one in found if one.opens_on <= today < one.expires_on]
    assert len(open_now) <= 1
    assert windows.current(found, today) == (open_now[0] if open_now else None)


@given(plans(), st.integers(min_value=0, max_value=800))
def test_looking_later_never_moves_a_window(plan: tuple[date, date | None, date], later: int) -> None:
    start_on, end_on, until = plan

    sooner = windows.windows(start_on=start_on, end_on=end_on, until=until)
    after = windows.windows(start_on=start_on, end_on=end_on, until=until + later * A_DAY)

    assert after[: len(sooner)] == sooner


@given(plans(), st.data())
def test_an_answer_counts_for_its_own_window_alone(
    plan: tuple[date, date | None, date], data: st.DataObject
) -> None:
    start_on, end_on, until = plan
    found = windows.windows(start_on=start_on, end_on=end_on, until=until)
    chosen = data.draw(st.sampled_from(found))
    answered = [Answered(chosen.key, complete=True)]

    for one in found:
        without = windows.state(one, today=until, answered=[])
        given_one = windows.state(one, today=until, answered=answered)
        assert given_one == (WindowState.COMPLETED if one == chosen else without)


@given(plans(), st.data())
def test_late_is_allowed_until_the_window_closes(
    plan: tuple[date, date | None, date], data: st.DataObject
) -> None:
    start_on, end_on, until = plan
    one = data.draw(st.sampled_from(windows.windows(start_on=start_on, end_on=end_on, until=until)))
    today = data.draw(st.dates(min_value=one.opens_on, max_value=one.expires_on - A_DAY))

    assert windows.state(one, today=today, answered=[]) in (WindowState.DUE, WindowState.OVERDUE)
    assert windows.state(one, today=one.expires_on, answered=[]) == WindowState.EXPIRED
    assert windows.state(one, today=one.opens_on - A_DAY, answered=[]) == WindowState.UPCOMING
