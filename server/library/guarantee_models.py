"""Within how many days a centre has to hold the first talk, for whom, and when the days do not count."""

from collections.abc import Mapping
from dataclasses import dataclass

#: Why the days do not count for somebody: the codes that the house can store; content gives each its words.
WAIVER_CODES = ("other-provider", "later-wish")


@dataclass(frozen=True)
class Waiver:
    """One lawful reason why the days do not count, in the words of each language, as said to the person."""

    code: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Guarantee:
    """The guarantee of one centre: the days from first contact to first talk held.

    `laws` names the law by the service that has the guarantee; who came for one of `without` has none.
    """

    days: int
    laws: Mapping[str, str]
    without: frozenset[str]
    waivers: tuple[Waiver, ...]

    @property
    def services(self) -> tuple[str, ...]:
        """Everything somebody can have come for here, as far as the guarantee hangs on it."""
        return (*self.laws, *sorted(self.without))
