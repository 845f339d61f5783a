"""What the worker does about appointments besides sending."""

from collections.abc import Collection
from datetime import date

from server.appointments import unreached
from server.core import clock
from server.core.db import transaction


def see_to_the_unreached(*, holidays: Collection[date]) -> int:
    """Let somebody call where reminders told nobody, and take back what is needless; says how many it was.

    Any number of workers may do it at once.
    """
    with transaction() as session:
        waiting = unreached.list_to_settle(session, now=clock.now())
    for appointment_id, citizen_id in waiting.items():
        with transaction() as session:
            unreached.settle(
                session,
                appointment_id=appointment_id,
                citizen_id=citizen_id,
                holidays=holidays,
                now=clock.now(),
            )
    return len(waiting)
