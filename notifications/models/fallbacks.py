"""The other ways to tell somebody when no phone has answered: a row per occurrence, its states and steps."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Text, Update, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from notifications.models.tables import INSTANT, Base, Occurrence, new_id
from notifications.models.transitions import IllegalStep


class ChannelKind(StrEnum):
    """A way to reach a person besides push, in the order in which they are tried."""

    SMS = "sms"
    EMAIL = "email"


class Told(StrEnum):
    """What a provider made of a message."""

    TAKEN = "taken"  #: it took the message, now or at an earlier try with the same id
    REFUSED = "refused"  #: it will never take this one
    UNKNOWN = "unknown"  #: no answer that can be trusted: the same again, with the same id


@dataclass(frozen=True)
class Words:
    """What is sent by another way; neutral in every part."""

    subject: str
    text: str
    lang: str


class FallbackState(StrEnum):
    """Where one occurrence's other way stands."""

    READY = "ready"  #: may be taken by a dispatcher from `next_attempt_at` on
    LEASED = "leased"  #: taken by one dispatcher until `lease_until`
    INTENT = "intent"  #: about to be sent by `channel`, or sent with unknown result
    SENT = "sent"  #: the provider of `channel` took it
    FAILED = "failed"  #: every safe channel refused it, or never answered
    SUPERFLUOUS = "superfluous"  #: a phone answered after all, or the notice is not wanted any more
    SKIPPED = "skipped"  #: there was no safe channel, or no waking time was left


F = FallbackState

FALLBACK_EDGES: Mapping[FallbackState, frozenset[FallbackState]] = {
    F.READY: frozenset({F.LEASED, F.SUPERFLUOUS}),
    F.LEASED: frozenset({F.INTENT, F.READY, F.FAILED, F.SUPERFLUOUS, F.SKIPPED}),
    F.INTENT: frozenset({F.SENT, F.READY}),  # what may have left is never called superfluous before we know
    F.SENT: frozenset(),
    F.FAILED: frozenset(),
    F.SUPERFLUOUS: frozenset(),
    F.SKIPPED: frozenset(),
}
OPEN_FALLBACK = frozenset({F.READY, F.LEASED, F.INTENT})
UNSENT_FALLBACK = frozenset({F.READY, F.LEASED})


class Fallback(Base):
    """That one occurrence is to be told by another way; its id is the same however often it is tried."""

    __tablename__ = "fallback"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    occurrence_id: Mapped[UUID] = mapped_column(ForeignKey("occurrence.id"))
    channel: Mapped[str | None]
    state: Mapped[str]
    refused: Mapped[list[str]] = mapped_column(ARRAY(Text))
    lease_token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None] = mapped_column(INSTANT)
    next_attempt_at: Mapped[datetime] = mapped_column(INSTANT)
    attempts: Mapped[int]
    deadline_at: Mapped[datetime] = mapped_column(INSTANT)
    created_at: Mapped[datetime] = mapped_column(INSTANT)
    finished_at: Mapped[datetime | None] = mapped_column(INSTANT)
    reason: Mapped[str | None]


def fallback_step(
    source: Collection[FallbackState], target: FallbackState, *, now: datetime, **values: object
) -> Update:
    """The UPDATE from any of these states to `target`; the caller adds which rows, and the token.

    :raises IllegalStep: if the state machine does not have one of these edges
    """
    if any(target not in FALLBACK_EDGES[one] for one in source):
        raise IllegalStep(f"{sorted(source)} -> {target}")
    if target not in OPEN_FALLBACK:
        values["finished_at"] = now
    if target not in (F.LEASED, F.INTENT):
        values |= {"lease_token": None, "lease_until": None}
    return (
        update(Fallback)
        .where(Fallback.state.in_(source))
        .values(state=target.value, **values)
        .execution_options(synchronize_session=False)
    )


def spare(session: Session, *, occurrence_ids: Collection[UUID], reason: str, now: datetime) -> None:
    """Call off the other ways of these occurrences that have not been used yet; the caller holds the rows."""
    step = fallback_step(UNSENT_FALLBACK, F.SUPERFLUOUS, now=now, reason=reason)
    session.execute(step.where(Fallback.occurrence_id.in_(occurrence_ids)))


def spare_reminders(session: Session, *, reminder_ids: Collection[UUID], reason: str, now: datetime) -> None:
    """The same for all occurrences of reminders that were withdrawn or moved."""
    step = fallback_step(UNSENT_FALLBACK, F.SUPERFLUOUS, now=now, reason=reason)
    theirs = select(Occurrence.id).where(Occurrence.reminder_id.in_(reminder_ids))
    session.execute(step.where(Fallback.occurrence_id.in_(theirs)))
