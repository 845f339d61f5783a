"""What a questionnaire consists of. The words of an instrument are quoted, never made easier."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class QuestionnaireKind(StrEnum):
    """How it is answered."""

    ITEMS = "items"  # one answer to each item
    WEEKS = "weeks"  # for each thing that a person names, a number of days (0 to 7) for each week


class Lowest(StrEnum):
    """What the low end of a score means; only where it is the worst there can be a rule about low scores."""

    WORST = "worst"
    BEST = "best"


@dataclass(frozen=True)
class Item:
    """One item: the answers it takes with their values, in the order in which they are shown."""

    id: str
    answers: str  # the list of answers, by id
    values: Mapping[str, int]
    unless_zero: str | None  # not asked, and counted 0, where this earlier item was answered with 0


@dataclass(frozen=True)
class Scoring:
    """The score: the sum of the values times `factor`, from `lowest_score` to `highest_score`."""

    factor: int
    lowest_score: int
    highest_score: int
    lowest: Lowest


@dataclass(frozen=True)
class Band:
    """A span of scores as a source tells of it: background for colleagues, shown to no citizen."""

    from_score: int
    to_score: int
    source: str


@dataclass(frozen=True)
class Questionnaire:
    """The definition of a questionnaire, without its words."""

    code: str
    version: int
    order: int
    kind: QuestionnaireKind
    licence: str
    origin: str
    items: tuple[Item, ...]
    scoring: Scoring | None
    bands: tuple[Band, ...]
    weeks: int  # how many weeks the grid has; 0 where there is none
