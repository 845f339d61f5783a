"""What the worker does about questionnaires."""

from collections.abc import Iterator
from uuid import UUID

from server.core import clock, rounds
from server.core.db import transaction
from server.measures import notices


def tell_of_windows() -> int:
    """Plan the notices of the windows whose day has come; says how many plans were looked at.

    Each by itself: one that fails stands in nobody's way. Any number of workers may do it at once.
    """
    return rounds.each(_waiting(), _tell, name="questionnaires")


def _waiting() -> Iterator[tuple[UUID, UUID]]:
    """All of them, some at a time."""
    last: tuple[UUID, UUID] | None = None
    while True:
        with transaction() as session:
            found = notices.list_to_tell(session, now=clock.now(), after=last)
        yield from found
        if not found:
            return
        last = found[-1]


def _tell(plan: tuple[UUID, UUID]) -> None:
    citizen_id, plan_id = plan
    with transaction() as session:
        notices.tell(session, citizen_id=citizen_id, plan_id=plan_id, now=clock.now())
