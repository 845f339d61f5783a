"""What the house says of one table that holds something of a citizen."""

from dataclasses import dataclass
from enum import StrEnum


class Erasure(StrEnum):
    """What erasure does with a table's rows."""

    DELETE = "delete"  #: the rows go
    CASCADE = "cascade"  #: the rows go with those of the table they belong to
    BLANK = "blank"  #: the rows stay as empty tombstones
    KEEP = "keep"  #: the rows hold ids only, and stay for the reason given


@dataclass(frozen=True)
class Holding:
    """One table: how its rows are found, what of them is exported, what becomes of them."""

    table: str
    erasure: Erasure
    reason: str
    columns: tuple[str, ...] = ()
    sealed: tuple[tuple[str, str], ...] = ()  #: (column, context it was sealed for)
    unsaid_if: str = ""  #: of which rows the sealed words are not exported, though the row is
    where: str = "citizen_id = :citizen"
    order: str = "1"
    also: tuple[tuple[str, str], ...] = ()  # (name, SQL): what a row is about, from a table that names nobody
    blank: str = ""
