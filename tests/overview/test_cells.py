"""Whatever spans somebody asks for and subtracts, no month that is hidden comes out."""

from datetime import date, datetime
from itertools import combinations
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from server.appointments.figures import COUNTED, MonthFigures
from server.overview.cells import cells_of, may_be_shown, together

COLLEAGUES = [UUID(int=number) for number in range(1, 5)]
YEARS = st.lists(
    st.dictionaries(st.sampled_from(COLLEAGUES), st.integers(1, 9), max_size=4), min_size=1, max_size=10
)


def figures(month: date, shares: dict[UUID, int]) -> MonthFigures:
    """A month in which each colleague had so many talks that were held."""
    nothing = dict.fromkeys(COUNTED, 0)
    held = {"held": sum(shares.values())}
    return MonthFigures(
        month=datetime(month.year, month.month, 1), **{**nothing, **held}, by_colleague=shares
    )


def spans(months: list[date]) -> list[set[date]]:
    """Every span that somebody can ask for."""
    return [
        set(months[first : last + 1]) for first in range(len(months)) for last in range(first, len(months))
    ]


@settings(max_examples=150, deadline=None)
@given(YEARS)
def test_no_answer_and_no_difference_of_two_answers_is_a_hidden_month(year: list[dict[UUID, int]]) -> None:
    months = [date(2026, number + 1, 1) for number in range(len(year))]
    counted = [figures(month, shares) for month, shares in zip(months, year, strict=True)]
    cells = cells_of(counted)
    alone = {cell.months[0] for cell in cells if len(cell.months) == 1}
    told: set[frozenset[date]] = set()
    for span in spans(months):
        inside = [cell for cell in cells if set(cell.months) <= span]
        told |= {frozenset(month for cell in inside for month in cell.months)}
        told |= {frozenset(m for cell in inside if len(cell.months) > 1 for m in cell.months)}
        told |= {frozenset(cell.months) for cell in inside if len(cell.months) == 1}

    differences = {one ^ other for one, other in combinations(told, 2) if one <= other or other <= one}

    hidden = {frozenset({month}) for month in months if month not in alone}
    assert not (told | differences) & hidden
    for cell in cells:
        assert may_be_shown(cell.figures)
    for one in counted:
        if not may_be_shown(one):
            assert one.month.date() not in alone


@settings(max_examples=100, deadline=None)
@given(YEARS)
def test_months_that_come_later_change_nothing_that_was_shown(year: list[dict[UUID, int]]) -> None:
    counted = [figures(date(2026, at + 1, 1), shares) for at, shares in enumerate(year)]
    whole = cells_of(counted)

    for length in range(len(counted)):
        before = cells_of(counted[:length])
        assert whole[: len(before)] == before


def test_all_cells_together_are_what_was_in_them() -> None:
    shares = dict.fromkeys(COLLEAGUES, 3)
    counted = [figures(date(2026, number, 1), shares) for number in (1, 2)]

    whole = together(cells_of(counted))

    assert whole is not None
    assert (whole.held, whole.by_colleague) == (24, dict.fromkeys(COLLEAGUES, 6))
    assert together([]) is None
