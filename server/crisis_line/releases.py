"""Which contacts an analyst sees together, so that no figure and no difference tells of fewer than ten.

Pure: no database, no clock. Whole quarters of a unit are laid into *blocks*, and in each block every way of
counting (by month, channel, reason, gender, hour) gets groups that share out the block's contacts. Only
blocks and groups are ever shown or added up. Two figures of one way of counting therefore differ by whole
groups, and figures of two ways of counting by nothing that could be named. Fewer than ten is counted in
*voices*: somebody known counts once however often that person came, so ten contacts of one are not ten.
What nobody did stands together with what few did: that nobody did it would tell as much.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from server.library.desk_models import CONTACT_REASONS, NOT_REGISTERED

FEWEST = 10
MONTHS_OF_A_QUARTER = 3


class Way(StrEnum):
    """By what contacts are counted."""

    MONTH = "month"
    CHANNEL = "channel"
    REASON = "reason"
    GENDER = "gender"
    HOUR = "hour"


class Counted(NamedTuple):
    """One contact as it is counted: its month's first day, its values, and whose it is.

    `voice` is the same for all contacts of a known person and the contact's own for everybody else.
    """

    month: date
    values: Mapping[Way, str]
    voice: object


#: What can be counted, in the order it is shown; months are those of the block.
KEYS: Mapping[Way, tuple[str, ...]] = {
    Way.CHANNEL: ("phone", "at-the-door", "outreach", "night-visit"),
    Way.REASON: CONTACT_REASONS,
    Way.GENDER: ("woman", "man", "other", NOT_REGISTERED),
    Way.HOUR: tuple(f"{hour:02}" for hour in range(24)),
}
_IN_A_ROW = frozenset({Way.MONTH, Way.HOUR})  # neighbours are joined; elsewhere the smallest are


@dataclass(frozen=True)
class Group:
    """Values that are shown as one, and how many contacts they have together."""

    keys: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Block:
    """Whole quarters that are shown, and the groups of each way of counting in them."""

    months: tuple[date, ...]
    groups: Mapping[Way, tuple[Group, ...]]

    @property
    def total(self) -> int:
        """How many contacts the block has."""
        return sum(group.count for group in self.groups[Way.MONTH])


def blocks_of(contacts: Iterable[Counted], *, first: date, after: date) -> list[Block]:
    """The blocks of the quarters from `first` up to, not including, `after`; both begin a quarter.

    A quarter with too few voices waits for the next ones; the last ones are in no block until then.
    """
    by_month: dict[date, list[Counted]] = {}
    for contact in contacts:
        by_month.setdefault(contact.month, []).append(contact)
    blocks: list[Block] = []
    months: list[date] = []
    month = first
    while month < after:
        months += [later(month, step) for step in range(MONTHS_OF_A_QUARTER)]
        month = later(month, MONTHS_OF_A_QUARTER)
        inside = [one for each in months for one in by_month.get(each, [])]
        if voices(inside) >= FEWEST:
            blocks.append(_block(tuple(months), inside))
            months = []
    return blocks


def voices(contacts: Iterable[Counted]) -> int:
    """How many people at most can be told apart in these contacts."""
    return len({contact.voice for contact in contacts})


def together(blocks: Sequence[Block], way: Way) -> list[Group]:
    """The groups of several blocks as one list: whatever is joined in one of them is joined in all."""
    if way is Way.MONTH:
        return [group for block in blocks for group in block.groups[way]]
    rows: list[tuple[set[str], int]] = []
    for group in (group for block in blocks for group in block.groups[way]):
        keys, count = set(group.keys), group.count
        for row in [row for row in rows if row[0] & keys]:
            rows.remove(row)
            keys, count = keys | row[0], count + row[1]
        rows.append((keys, count))
    order = KEYS[way].index
    groups = [Group(tuple(sorted(keys, key=order)), count) for keys, count in rows]
    return sorted(groups, key=lambda group: order(group.keys[0]))


def later(month: date, steps: int) -> date:
    """The first day of the month that many months later."""
    year, index = divmod(month.year * 12 + month.month - 1 + steps, 12)
    return date(year, index + 1, 1)


def quarter_of(day: date) -> date:
    """The first day of the quarter in which a day lies."""
    return date(day.year, (day.month - 1) // MONTHS_OF_A_QUARTER * MONTHS_OF_A_QUARTER + 1, 1)


def month_key(month: date) -> str:
    """A month as it is named in figures."""
    return f"{month:%Y-%m}"


def _block(months: tuple[date, ...], contacts: Sequence[Counted]) -> Block:
    groups = {}
    for way in Way:
        keys = tuple(month_key(month) for month in months) if way is Way.MONTH else KEYS[way]
        cells = {key: [one for one in contacts if one.values[way] == key] for key in keys}
        join = _join_neighbours if way in _IN_A_ROW else _join_smallest
        groups[way] = tuple(
            Group(joined, sum(len(cells[key]) for key in joined)) for joined in _joined(cells, join)
        )
    return Block(months, groups)


_Cells = Mapping[str, Sequence[Counted]]
_Join = Callable[[_Cells], list[list[str]]]


def _joined(cells: _Cells, join: _Join) -> list[tuple[str, ...]]:
    order = list(cells)
    groups = [sorted(keys, key=order.index) for keys in join(cells)]
    return [tuple(keys) for keys in sorted(groups, key=lambda keys: order.index(keys[0]))]


def _join_neighbours(cells: _Cells) -> list[list[str]]:
    """Go along the row and close a group as soon as it is large enough; a rest joins the last group."""
    groups: list[list[str]] = []
    waiting: list[str] = []
    for key in cells:
        waiting.append(key)
        if _are_enough(cells, waiting):
            groups.append(waiting)
            waiting = []
    if waiting and groups:
        groups[-1] += waiting
    elif waiting:
        groups.append(waiting)
    return groups


def _join_smallest(cells: _Cells) -> list[list[str]]:
    """All that are too small make one group; if that is too small, the smallest of the others joins it."""
    small = [key for key in cells if not _are_enough(cells, [key])]
    large = sorted((key for key in cells if key not in small), key=lambda key: (len(cells[key]), key))
    while small and large and not _are_enough(cells, small):
        small.append(large.pop(0))
    return [[key] for key in large] + ([small] if small else [])


def _are_enough(cells: _Cells, keys: Sequence[str]) -> bool:
    return voices(one for key in keys for one in cells[key]) >= FEWEST
