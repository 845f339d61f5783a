"""What the worker does about courses: seats that people gave up on their phones go to who waits."""

from uuid import UUID

from server.core import clock, rounds
from server.core.db import transaction
from server.courses import holding, waiting


def fill_places() -> int:
    """Give free seats away, run by run, in the order of the waiting lists; says how many got a place.

    Where nobody waits a seat needs no giving; the place of who has died goes when somebody waits for it, and
    so does a wish for what is over. Nobody is held where there is nothing to do, and a run that cannot be
    filled stands in no other's way.

    Any number of workers may do it at once.
    """
    with transaction() as session:
        unfilled = waiting.list_unfilled(session, now=clock.now())
    placed: list[int] = []

    def fill(run_id: UUID) -> None:
        with transaction() as session:
            run, now = holding.hold_everybody(session, run_id=run_id), clock.now()
            waiting.let_the_dead_go(session, run, now=now)
            waiting.release(session, run, now=now)
            filled = waiting.fill_places(session, run, now=now)
        placed.append(filled)

    rounds.each(unfilled, fill, name="course-places")
    return sum(placed)
