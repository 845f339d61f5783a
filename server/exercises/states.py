"""How a day of a given exercise stands, as far as somebody may know."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from server.exercises.models import Answer
from server.exercises.occurrences import Rhythm, occurrence_of, occurrences

SHOWN = 30


class State(StrEnum):
    """What is known of one day."""

    OPEN = "open"  #: not answered, or not for this reader to know
    DONE = "done"
    NOT_NOW = "not-now"


class Occurrence(NamedTuple):
    """One day of an exercise, and the newest answer to it that is to be seen."""

    on: date
    state: State
    answer_id: UUID | None


def states(rhythm: Rhythm, answers: Sequence[Answer], *, today: date) -> list[Occurrence]:
    """The days up to today (of one that has not begun, the first), each as its newest answer says."""
    newest: dict[date, Answer] = {}
    for answer in sorted(answers, key=lambda one: one.seq):
        if answer.on is not None:
            newest[occurrence_of(rhythm, answer.on)] = answer
    days = occurrences(rhythm, upto=today, at_most=SHOWN) or [rhythm.first_on]
    return [_of(day, newest.get(day)) for day in days]


def _of(day: date, answer: Answer | None) -> Occurrence:
    if answer is None or answer.outcome is None:
        return Occurrence(day, State.OPEN, None)
    return Occurrence(day, State(answer.outcome.value), answer.id)
