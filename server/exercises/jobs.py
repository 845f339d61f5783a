"""What the worker does about exercises besides sending."""

from collections.abc import Iterator
from uuid import UUID

from server.core import clock, rounds
from server.core.db import transaction
from server.exercises import reminding


def tell_of_the_day() -> int:
    """Plan the day's notices for those who chose them; says for how many people it looked.

    Each by themself: one that fails stands in nobody's way. Any number of workers may do it at once, as often
    as they like: a day has one notice at most.
    """
    return rounds.each(_people(), _tell, name="exercises")


def _people() -> Iterator[UUID]:
    """All of them, some at a time."""
    last: UUID | None = None
    while True:
        with transaction() as session:
            found = reminding.list_due(session, now=clock.now(), after=last)
        yield from found
        if not found:
            return
        last = found[-1]


def _tell(citizen_id: UUID) -> None:
    with transaction() as session:
        reminding.tell(session, citizen_id=citizen_id, now=clock.now())
