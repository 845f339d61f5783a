"""The life of an appointment as data: what can be done in which state, and where it leads. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from server.appointments.models import AppointmentStatus
from server.core.clock import from_wall, to_wall

HELD_FROM = timedelta(minutes=15)
UNDO_WITHIN = timedelta(hours=24)


class Step(StrEnum):
    """What staff can do with an appointment."""

    ARRIVAL = "arrival"  #: the person has come
    HELD = "held"  #: the talk was held
    NO_SHOW = "no-show"  #: the person did not come
    UNDO = "undo"  #: take back the last of the three above
    ERROR = "error"  #: should never have been written
    CANCELLATION = "cancellation"  #: will not take place
    MOVE = "move"  #: takes place at another time


_BOOKED, _ARRIVED, _FULFILLED = (
    AppointmentStatus.BOOKED,
    AppointmentStatus.ARRIVED,
    AppointmentStatus.FULFILLED,
)
_CANCELLED, _NOSHOW = AppointmentStatus.CANCELLED, AppointmentStatus.NOSHOW
_ERROR = AppointmentStatus.ENTERED_IN_ERROR

#: Every edge there is. Undoing a held talk leads to `arrived` if the arrival was noted, else to `booked`.
EDGES: Final[Mapping[tuple[AppointmentStatus, Step], AppointmentStatus]] = {
    (_BOOKED, Step.ARRIVAL): _ARRIVED,
    (_BOOKED, Step.HELD): _FULFILLED,
    (_BOOKED, Step.NO_SHOW): _NOSHOW,
    (_BOOKED, Step.CANCELLATION): _CANCELLED,
    (_BOOKED, Step.MOVE): _CANCELLED,
    (_BOOKED, Step.ERROR): _ERROR,
    (_ARRIVED, Step.HELD): _FULFILLED,
    (_ARRIVED, Step.NO_SHOW): _NOSHOW,
    (_ARRIVED, Step.UNDO): _BOOKED,
    (_ARRIVED, Step.ERROR): _ERROR,
    (_FULFILLED, Step.UNDO): _BOOKED,
    (_FULFILLED, Step.ERROR): _ERROR,
    (_NOSHOW, Step.UNDO): _BOOKED,
    (_NOSHOW, Step.ERROR): _ERROR,
    (_CANCELLED, Step.ERROR): _ERROR,
}


def leads_to(status: AppointmentStatus, step: Step) -> AppointmentStatus | None:
    """The state after a step, or None if it cannot be done in this one."""
    return EDGES.get((status, step))


def possible_from(step: Step, starts_at: datetime) -> datetime | None:
    """From when a step is possible at all; None if the clock has no say.

    Arrivals count on the Danish day itself, so that a slip of the hand on next week's talk does not
    silence its reminders; a talk can be held a little early; nobody has failed to come before the start.
    """
    if step == Step.ARRIVAL:
        return from_wall(to_wall(starts_at).replace(hour=0, minute=0))
    if step == Step.HELD:
        return starts_at - HELD_FROM
    return starts_at + timedelta(microseconds=1) if step == Step.NO_SHOW else None
