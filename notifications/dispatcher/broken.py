"""What cannot even be written: a notice whose own question or words fail. It waits, and people are told.

Left to its lease it would come back every 90 seconds, first in line, without an end and without an alarm.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal
from sqlalchemy.orm import Session

from notifications.models import Delivery, DeliveryState
from notifications.models.fallbacks import Fallback, FallbackState, fallback_step
from notifications.models.states import BROKEN
from notifications.models.tables import INSTANT
from notifications.models.transitions import affected, delivery_step

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=15)
_TAKEN = (DeliveryState.LEASED, DeliveryState.INTENT)


def put_aside(session: Session, *, delivery_id: UUID, token: UUID, now: datetime) -> bool:
    """Count the try and let the delivery wait, each time twice as long; false if the lease is lost.

    It counts as tried and not taken, so that another way to tell is found for it in time.
    """
    step = delivery_step(
        _TAKEN,
        DeliveryState.RETRY_WAIT,
        now=now,
        attempts=Delivery.attempts + 1,
        next_attempt_at=_again_at(Delivery.attempts, now),
        reason=BROKEN,
    )
    return affected(session, step.where(Delivery.id == delivery_id, Delivery.lease_token == token)) == 1


def put_fallback_aside(session: Session, *, fallback_id: UUID, token: UUID, now: datetime) -> bool:
    """The same for another way, which is over when the notice is of no use any more."""
    step = fallback_step(
        [FallbackState.LEASED, FallbackState.INTENT],
        FallbackState.READY,
        now=now,
        attempts=Fallback.attempts + 1,
        next_attempt_at=_again_at(Fallback.attempts, now),
        channel=None,
        reason=BROKEN,
    )
    return affected(session, step.where(Fallback.id == fallback_id, Fallback.lease_token == token)) == 1


def _again_at(attempts: Any, now: datetime) -> Any:
    wait = FIRST_WAIT * func.power(2, func.least(attempts, 10))
    return literal(now, INSTANT) + func.least(wait, LONGEST_WAIT)
