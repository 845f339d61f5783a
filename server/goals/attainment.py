"""Goal attainment scaling: one figure for how far several goals are reached. Pure: no database, no clock.

T = 50 + 10·Σwx / √(0.7·Σw² + 0.3·(Σw)²), where x is the level reached (-2 to +2, 0 is what was expected) and
w the weight of the goal (Kiresuk & Sherman 1968; weights and the change in T: Turner-Stokes 2009, Clinical
Rehabilitation 23:362-370, whose erratum prints the formula as it stands here, and PubMed 20026573). 50 means:
as expected, over all. The figure stands in reports only; no citizen is shown it.
"""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

MIDDLE = 50.0
SPREAD = 10.0
#: How much the goals of one person are taken to go together; the usual assumption.
CORRELATION = 0.3


class Scaled(NamedTuple):
    """One goal with its two levels; without importance or difficulty it weighs 1."""

    baseline: int
    reached: int
    importance: int | None = None
    difficulty: int | None = None

    @property
    def weight(self) -> int:
        """Importance times difficulty; 0 of either takes the goal out of the figure."""
        if self.importance is None or self.difficulty is None:
            return 1
        return self.importance * self.difficulty


class Attainment(NamedTuple):
    """T at the start and now, and the change between the two as printed; one decimal."""

    baseline: float
    reached: float
    change: float


def t_score(levels: Sequence[int], weights: Sequence[int]) -> float | None:
    """T of goals by level and weight; None if there is no goal, or none that weighs anything.

    :raises ValueError: if there are not as many weights as levels
    """
    weighed = sum(weight * level for weight, level in zip(weights, levels, strict=True))
    squares, total = sum(weight**2 for weight in weights), sum(weights)
    if total == 0:
        return None
    return MIDDLE + SPREAD * weighed / sqrt((1 - CORRELATION) * squares + CORRELATION * total**2)


def attainment(goals: Sequence[Scaled]) -> Attainment | None:
    """How far these goals were reached at the start and are now; None where nothing can be said."""
    weights = [goal.weight for goal in goals]
    before = t_score([goal.baseline for goal in goals], weights)
    after = t_score([goal.reached for goal in goals], weights)
    if before is None or after is None:
        return None
    start, present = round(before, 1), round(after, 1)
    return Attainment(start, present, round(present - start, 1))
