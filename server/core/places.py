"""By what a list of things that phones wrote is sorted, so that no wrong clock moves them about."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import InstrumentedAttribute

from server.core.fields import instant_text


class Place(NamedTuple):
    """Where something stands in a list, as it is sorted: by when it was written.

    By the phone's clock, but no later than it came here: what a clock that goes ahead has written stands
    where it came in, not on top for as many days or years as the clock is wrong.
    """

    stands_at: datetime
    at: datetime
    id: UUID

    @classmethod
    def of(cls, at: datetime, received_at: datetime, thing_id: UUID) -> "Place":
        """The place of what was written `at` and came here at `received_at`."""
        return cls(min(at, received_at), at, thing_id)

    def packed(self) -> list[str]:
        """The same for a cursor."""
        return [instant_text(self.stands_at), instant_text(self.at), str(self.id)]

    @classmethod
    def unpacked(cls, said: object) -> "Place":
        """What `packed` made.

        :raises ValueError: if it is something else
        """
        if not isinstance(said, list) or len(said) != len(cls._fields):
            raise ValueError("Not a place.")
        stands_at, at, thing_id = map(str, said)
        return cls(datetime.fromisoformat(stands_at), datetime.fromisoformat(at), UUID(thing_id))


def place_columns(
    at: InstrumentedAttribute[datetime | None],
    received_at: InstrumentedAttribute[datetime],
    thing_id: InstrumentedAttribute[UUID],
) -> list[ColumnElement[Any] | InstrumentedAttribute[Any]]:
    """What `Place.of` says, for the database."""
    return [func.least(at, received_at), at, thing_id]
