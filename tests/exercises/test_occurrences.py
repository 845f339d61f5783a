"""The days of a given exercise: each answer belongs to exactly one, and Danish days are what counts."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core import clock
from server.exercises.occurrences import Repeat, Rhythm, occurrence_of, occurrences

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
RHYTHMS = st.builds(
    lambda repeat, given_on, due, length: Rhythm(
        repeat,
        given_on,
        None if due is None else given_on + timedelta(days=due),
        None if length is None or repeat is Repeat.NONE else given_on + timedelta(days=(due or 0) + length),
    ),
    st.sampled_from(list(Repeat)),
    DAYS,
    st.none() | st.integers(0, 60),
    st.none() | st.integers(0, 90),
)
SUMMER_ENDS, SUMMER_BEGINS = date(2026, 10, 25), date(2027, 3, 28)


@given(rhythm=RHYTHMS, day=DAYS)
def test_an_answer_of_any_day_belongs_to_one_day_of_the_exercise(rhythm: Rhythm, day: date) -> None:
    found = occurrence_of(rhythm, day)

    everything = occurrences(rhythm, upto=max(day, rhythm.first_on), at_most=10_000)
    assert found in everything
    earlier = [one for one in everything if one <= day]
    assert found == (earlier[-1] if earlier else everything[0])


@given(rhythm=RHYTHMS, day=DAYS)
def test_a_day_of_the_exercise_belongs_to_itself(rhythm: Rhythm, day: date) -> None:
    for one in occurrences(rhythm, upto=day, at_most=50):
        assert occurrence_of(rhythm, one) == one


@given(rhythm=RHYTHMS, day=DAYS, at_most=st.integers(1, 40))
def test_the_last_few_are_the_end_of_all_of_them(rhythm: Rhythm, day: date, at_most: int) -> None:
    everything = occurrences(rhythm, upto=day, at_most=10_000)

    assert occurrences(rhythm, upto=day, at_most=at_most) == everything[-at_most:]
    assert everything == sorted(set(everything))
    if rhythm.until_on is not None:
        assert all(one <= rhythm.until_on for one in everything)


@given(
    repeat=st.sampled_from([Repeat.DAILY, Repeat.WEEKLY]),
    change=st.sampled_from([SUMMER_ENDS, SUMMER_BEGINS]),
    before=st.integers(0, 40),
    after=st.integers(0, 40),
    at=st.times(),
)
def test_the_turn_of_the_clocks_neither_loses_nor_doubles_a_day(
    repeat: Repeat, change: date, before: int, after: int, at: time
) -> None:
    first, last = change - timedelta(days=before), change + timedelta(days=after)
    rhythm = Rhythm(repeat, first, None, last)

    walls = [datetime.combine(day, at) for day in occurrences(rhythm, upto=last, at_most=10_000)]

    step = timedelta(days=1 if repeat is Repeat.DAILY else 7)
    assert len(walls) == (last - first) // step + 1
    danish = [clock.to_wall(clock.from_wall(wall)).date() for wall in walls]
    assert danish == [wall.date() for wall in walls]


def test_what_is_done_near_midnight_is_of_the_danish_day() -> None:
    rhythm = Rhythm(Repeat.DAILY, date(2026, 10, 20), None, None)
    instants = [datetime(2026, 10, day, 22, 30, tzinfo=UTC) for day in (24, 25)]

    days = [occurrence_of(rhythm, clock.to_wall(instant).date()) for instant in instants]

    # 00.30 of the 25th in summer time, 23.30 of the 25th in winter time: the same Danish day.
    assert days == [date(2026, 10, 25), date(2026, 10, 25)]


def test_one_that_does_not_repeat_has_its_day_or_the_day_it_was_given() -> None:
    given_on, due_on = date(2026, 11, 23), date(2026, 12, 1)

    assert occurrences(Rhythm(Repeat.NONE, given_on, due_on, None), upto=given_on, at_most=5) == [due_on]
    assert occurrences(Rhythm(Repeat.NONE, given_on, None, None), upto=due_on, at_most=5) == [given_on]


EXAMPLES = json.loads((Path(__file__).parents[1] / "contract" / "occurrences.json").read_text())["exercises"]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_the_examples_that_the_phone_works_out_too(example: dict[str, Any]) -> None:
    given_on, upto = date.fromisoformat(example["given_on"]), date.fromisoformat(example["upto"])
    rhythm = Rhythm(Repeat(example["repeat"]), given_on, _day(example["due_on"]), _day(example["until_on"]))

    days = occurrences(rhythm, upto=upto, at_most=example["at_most"])

    assert [day.isoformat() for day in days] == example["days"]
    found = {day: occurrence_of(rhythm, date.fromisoformat(day)).isoformat() for day in example["of"]}
    assert found == example["of"]
