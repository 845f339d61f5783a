"""Where a goal may go: who may take it from which status to which. Pure: no database, no clock."""

from collections.abc import Mapping
from typing import NamedTuple

from server.core.errors import Conflict
from server.goals.models import EventKind, GoalOrigin, GoalStatus, Side

#: Where a goal stands once somebody works on it; what was reached or let go may be opened again.
WORKED_ON = frozenset(
    {
        GoalStatus.ACCEPTED,
        GoalStatus.ACTIVE,
        GoalStatus.ON_HOLD,
        GoalStatus.COMPLETED,
        GoalStatus.CANCELLED,
    }
)
#: Statuses in which there is something to look at on the day of the review.
UNDER_WAY = frozenset({GoalStatus.ACCEPTED, GoalStatus.ACTIVE, GoalStatus.ON_HOLD})


class Standing(NamedTuple):
    """What decides who may take a goal where."""

    origin: GoalOrigin
    agreed: bool
    status: GoalStatus


#: Whose goal it is, whether the other side has said yes, and who moves it: where it may go then.
#: A suggestion is answered by the person alone: until then staff can only take it back.
MAY_MOVE_TO: Mapping[tuple[GoalOrigin, bool, Side], frozenset[GoalStatus]] = {
    (GoalOrigin.CITIZEN, False, Side.CITIZEN): WORKED_ON,
    (GoalOrigin.CITIZEN, False, Side.STAFF): WORKED_ON,
    (GoalOrigin.CITIZEN, True, Side.CITIZEN): WORKED_ON,
    (GoalOrigin.CITIZEN, True, Side.STAFF): WORKED_ON,
    (GoalOrigin.STAFF, False, Side.CITIZEN): WORKED_ON,
    (GoalOrigin.STAFF, False, Side.STAFF): frozenset({GoalStatus.ENTERED_IN_ERROR}),
    (GoalOrigin.STAFF, True, Side.CITIZEN): WORKED_ON,
    # Once the person has said yes their own words hang on it: it can be let go, and no more be unwritten.
    (GoalOrigin.STAFF, True, Side.STAFF): WORKED_ON,
}


class MoveNotAllowed(Conflict):
    """This side cannot take the goal there."""

    code, title = "move-not-allowed", "The goal cannot be taken there from where it stands, or not by you."


class NotYoursToAgree(Conflict):
    """The yes to a suggestion is the person's."""

    code, title = "not-yours-to-agree", "Only the person can say yes to a suggestion."


class Move(NamedTuple):
    """Where a goal stands after a move, and what the history says of it; nothing if it stood there."""

    standing: Standing
    told: EventKind | None


def start(origin: GoalOrigin) -> Standing:
    """Where a new goal stands: the person's own is worked on at once, a suggestion waits for a yes."""
    return Standing(origin, False, GoalStatus.ACTIVE if origin == GoalOrigin.CITIZEN else GoalStatus.PROPOSED)


def move(standing: Standing, *, to: GoalStatus, by: Side) -> Move:
    """Take a goal to a status. Saying what it says already changes nothing.

    :raises MoveNotAllowed: if this side may not take it there
    """
    origin, agreed, status = standing
    if status == to != GoalStatus.ENTERED_IN_ERROR:
        return Move(standing, None)
    if status == GoalStatus.ENTERED_IN_ERROR or to not in MAY_MOVE_TO[origin, agreed, by]:
        raise MoveNotAllowed(errors={"status": ["The goal cannot be taken there."]})
    if origin == GoalOrigin.STAFF and not agreed and by == Side.CITIZEN:
        says_yes = to != GoalStatus.CANCELLED
        told = EventKind.ACCEPTED if says_yes else EventKind.DECLINED
        return Move(Standing(origin, says_yes, to), told)
    return Move(Standing(origin, agreed, to), EventKind.STATUS)


def agree(standing: Standing, *, by: Side) -> Move:
    """Say yes to the other side's goal without taking it anywhere; a second yes changes nothing.

    :raises NotYoursToAgree: for one's own goal, and for staff and a suggestion
    """
    if by == Side.CITIZEN or standing.origin == GoalOrigin.STAFF:
        raise NotYoursToAgree()
    if standing.agreed:
        return Move(standing, None)
    return Move(standing._replace(agreed=True), EventKind.ACCEPTED)
