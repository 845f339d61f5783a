"""Named places at which a test can have the process die or stand still, as a lost machine would.

Nobody listens unless the house was told to (`configure`); production refuses that. What happens at a point
is decided by whoever listens: this library only says where it is.
"""

from collections.abc import Callable
from enum import StrEnum


class Point(StrEnum):
    """The moments that a reminder must survive, in the order in which one passes them."""

    SLOTS_WRITTEN = "slots-written"  #: a booking's slots are written, its transaction is open
    FANNED_OUT = "fanned-out"  #: one row per device is written, the planner's transaction is open
    LEASED = "leased"  #: deliveries are taken, not committed
    LEASE_COMMITTED = "lease-committed"
    INTENT_COMMITTED = "intent-committed"  #: the push service is called next
    ANSWERED = "answered"  #: the push service has answered, nothing is written about it
    RECORDED = "recorded"  #: the result is written, not committed
    RECORD_COMMITTED = "record-committed"
    ENDING = "ending"  #: told to stop, leases not handed back yet


_listener: Callable[[str], None] | None = None


def configure(listener: Callable[[str], None] | None) -> None:
    """Tell this function whenever a point is reached; None: nobody."""
    global _listener
    _listener = listener


def reach(point: Point) -> None:
    """Say that this point is reached; may not come back."""
    if _listener is not None:
        _listener(point.value)
