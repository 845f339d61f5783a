"""Which months may be shown by themselves, and which only together: no figure may point at a colleague.

The months of a unit are laid into cells once and for all, whatever span somebody asks for: a month that may
be shown is a cell by itself; one that may not waits for the next ones until they may be shown together.
Only whole cells are ever shown or added up, so no two answers differ by a month that is hidden.
"""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from typing import NamedTuple

from server.appointments.figures import MonthFigures, add

FEWEST = 5  #: below this a share says nothing and could point at somebody
FEWEST_COLLEAGUES = 3
MOST_OF_ONE = 80  #: per cent of a cell that may be one colleague's


class Cell(NamedTuple):
    """Months that are shown as one, by their first days, and their figures."""

    months: tuple[date, ...]
    figures: MonthFigures


def cells_of(counted: Sequence[MonthFigures]) -> list[Cell]:
    """The cells of a unit's months, in order. The last months are in none until they may be shown.

    A month without any appointment belongs to no cell and has nothing to show.
    """
    cells: list[Cell] = []
    waiting: Cell | None = None
    for one in counted:
        month = one.month.date()
        waiting = (
            Cell((month,), one)
            if waiting is None
            else Cell((*waiting.months, month), add(waiting.figures, one))
        )
        if may_be_shown(waiting.figures):
            cells.append(waiting)
            waiting = None
    return cells


def may_be_shown(one: MonthFigures) -> bool:
    """Whether enough appointments with enough colleagues are in it, and not nearly all with one of them."""
    shares = one.by_colleague.values()
    whole = sum(shares)
    return whole >= FEWEST and len(shares) >= FEWEST_COLLEAGUES and max(shares) * 100 <= whole * MOST_OF_ONE


def together(cells: Sequence[Cell]) -> MonthFigures | None:
    """All of the cells as one; None without any."""
    return reduce(add, [cell.figures for cell in cells]) if cells else None
