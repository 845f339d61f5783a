"""What became of one edit of a plan."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from server.crisis_plans.reading import Line


class Result(StrEnum):
    """What a phone is told about one edit, the calmest first."""

    APPLIED = "applied"  #: it stands as it was sent
    MERGED = "merged"  #: it stands beside something the writer did not know of
    KEPT_BOTH = "kept_both"  #: two versions stand, somebody chooses later
    DUPLICATE = "duplicate"  #: it had come before; nothing happened
    REJECTED_PERMISSION = "rejected_permission"  #: the writer may not, at this moment
    REJECTED_VALIDATION = "rejected_validation"  #: something in it cannot be used
    REJECTED_GONE = "rejected_gone"  #: its owner has deleted the line for good
    REJECTED_REUSE = "rejected_reuse"  #: the same mutation id came with other words

    @property
    def is_rejected(self) -> bool:
        """Whether nothing was written."""
        return self.value.startswith("rejected")


class Outcome(NamedTuple):
    """The result, the line as it stands now, and for unusable fields what is wrong, by name."""

    result: Result
    line: Line | None = None
    errors: Mapping[str, list[str]] | None = None


def calmest_first(results: list[Result]) -> Result:
    """The one result that says most about an edit of several fields."""
    order = list(Result)
    return max(results, key=order.index)
