"""Whatever an analyst asks for and subtracts, nothing tells of fewer than ten people."""

from collections import Counter
from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from server.crisis_line.releases import (
    FEWEST,
    KEYS,
    Block,
    Counted,
    Way,
    blocks_of,
    later,
    month_key,
    together,
)

FIRST = date(2026, 1, 1)
QUARTERS = 4
AFTER = later(FIRST, 3 * QUARTERS)
MONTHS = [later(FIRST, step) for step in range(3 * QUARTERS)]
PEOPLE = [None, None, None, "a", "b"]  #: most who turn to the crisis line are not known


@st.composite
def contacts(draw: st.DrawFn) -> list[Counted]:
    """A year of contacts: some months empty, some values rare, a few people who come often."""
    luck = draw(st.randoms(use_true_random=False))
    year = []
    for month in MONTHS:
        values = {way: luck.sample(KEYS[way], luck.randint(1, 4)) for way in KEYS}
        for number in range(luck.choice([0, 0, 1, 4, 9, 11, 25])):
            who = luck.choice(PEOPLE)
            each = {way: luck.choice([*several, several[0]]) for way, several in values.items()}
            each[Way.MONTH] = month_key(month)
            year.append(Counted(month, each, who or (month, number)))
    return year


def told(blocks: list[Block]) -> dict[Way, set[frozenset[tuple[str, str]]]]:
    """Every set of contacts that some query of some span counts, as pairs of month and value."""
    sets: dict[Way, set[frozenset[tuple[str, str]]]] = {way: set() for way in Way}
    for first in range(len(blocks)):
        for last in range(first, len(blocks)):
            span = blocks[first : last + 1]
            months = [month_key(month) for block in span for month in block.months]
            for way in Way:
                for group in together(span, way):
                    sets[way].add(_cells(months, group.keys, way))
                sets[way].add(_cells(months, _every(way), way))
    return sets


def _every(way: Way) -> tuple[str, ...]:
    return tuple(month_key(month) for month in MONTHS) if way is Way.MONTH else KEYS[way]


def _cells(months: list[str], keys: tuple[str, ...], way: Way) -> frozenset[tuple[str, str]]:
    if way is Way.MONTH:
        return frozenset((month, "") for month in months if month in keys)
    return frozenset((month, key) for month in months for key in keys)


def _voices(year: list[Counted], cells: frozenset[tuple[str, str]], way: Way) -> int:
    def cell(one: Counted) -> tuple[str, str]:
        return (month_key(one.month), "" if way is Way.MONTH else one.values[way])

    return len({one.voice for one in year if cell(one) in cells})


@settings(max_examples=40, deadline=None)
@given(contacts())
def test_no_query_and_no_difference_of_two_queries_is_a_group_below_ten(year: list[Counted]) -> None:
    blocks = blocks_of(year, first=FIRST, after=AFTER)

    for way, sets in told(blocks).items():
        by_months = {(cells, "") for cells in sets}
        differences = {
            (one ^ other, "") for one, other in combinations(sets, 2) if one < other or other < one
        }
        for cells, _ in by_months | differences:
            assert _voices(year, cells, way) >= FEWEST


@settings(max_examples=40, deadline=None)
@given(contacts())
def test_totals_of_one_way_and_months_of_another_differ_by_no_month_below_ten(year: list[Counted]) -> None:
    blocks = blocks_of(year, first=FIRST, after=AFTER)
    months = told(blocks)[Way.MONTH]
    totals = {
        frozenset((month_key(month), "") for block in blocks[first : last + 1] for month in block.months)
        for first in range(len(blocks))
        for last in range(first, len(blocks))
    }

    differences = {one - other for one in totals | months for other in totals | months if other < one}

    for cells in differences:
        assert _voices(year, cells, Way.MONTH) >= FEWEST


@settings(max_examples=40, deadline=None)
@given(contacts())
def test_every_way_of_counting_has_the_same_contacts(year: list[Counted]) -> None:
    blocks = blocks_of(year, first=FIRST, after=AFTER)

    shown = {month for block in blocks for month in block.months}
    for way in Way:
        groups = together(blocks, way)
        assert sum(group.count for group in groups) == sum(one.month in shown for one in year)
        named = Counter(key for group in groups for key in group.keys)
        every = [month_key(month) for month in shown] if way is Way.MONTH else KEYS[way] if blocks else []
        assert named == Counter(every)


@settings(max_examples=40, deadline=None)
@given(contacts())
def test_quarters_that_come_later_change_nothing_that_was_shown(year: list[Counted]) -> None:
    whole = blocks_of(year, first=FIRST, after=AFTER)

    for quarters in range(QUARTERS):
        before = blocks_of(year, first=FIRST, after=later(FIRST, 3 * quarters))
        assert whole[: len(before)] == before


def test_ten_contacts_of_one_person_are_not_ten_people() -> None:
    values = {
        Way.MONTH: "2026-01",
        Way.CHANNEL: "phone",
        Way.REASON: "sleep",
        Way.GENDER: "woman",
        Way.HOUR: "03",
    }
    often = [Counted(FIRST, values, "one and the same") for _ in range(40)]
    others = [Counted(FIRST, {**values, Way.CHANNEL: "at-the-door"}, number) for number in range(12)]

    (block,) = blocks_of([*often, *others], first=FIRST, after=later(FIRST, 3))

    assert [group.count for group in block.groups[Way.CHANNEL]] == [52]


def test_what_is_large_enough_stands_by_itself_and_the_rest_together() -> None:
    values = {Way.MONTH: "2026-01", Way.REASON: "sleep", Way.GENDER: "woman", Way.HOUR: "03"}
    channels = ["phone"] * 30 + ["at-the-door"] * 20 + ["outreach"] * 7 + ["night-visit"] * 4
    year = [Counted(FIRST, {**values, Way.CHANNEL: each}, number) for number, each in enumerate(channels)]

    (block,) = blocks_of(year, first=FIRST, after=later(FIRST, 3))

    shown = {group.keys: group.count for group in block.groups[Way.CHANNEL]}
    assert shown == {("phone",): 30, ("at-the-door",): 20, ("outreach", "night-visit"): 11}


def test_a_single_small_value_takes_the_smallest_of_the_others_with_it() -> None:
    values = {Way.MONTH: "2026-01", Way.CHANNEL: "phone", Way.REASON: "sleep", Way.HOUR: "03"}
    genders = ["woman"] * 20 + ["man"] * 15 + ["other"] * 3 + ["not-registered"] * 12
    year = [Counted(FIRST, {**values, Way.GENDER: each}, number) for number, each in enumerate(genders)]

    (block,) = blocks_of(year, first=FIRST, after=later(FIRST, 3))

    shown = {group.keys: group.count for group in block.groups[Way.GENDER]}
    assert shown == {("woman",): 20, ("man",): 15, ("other", "not-registered"): 15}
