"""Whether the other ways than push are in order: counted by channel, and what people must look after."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, any_, func, literal, or_, select
from sqlalchemy.orm import Session

from notifications.health import DAY, LATE_AFTER, Code, Finding
from notifications.models.fallbacks import OPEN_FALLBACK, ChannelKind, Fallback, FallbackState

FAILED_IN_A_ROW = 3  #: one wrong number is that person's; three in a row are the provider's, or ours


@dataclass(frozen=True)
class WayFigures:
    """One state of one channel in the last 24 hours; `channel` is empty where none was chosen."""

    channel: str
    state: str
    count: int


def way_figures(session: Session, *, now: datetime) -> list[WayFigures]:
    """How the messages by other ways of the last 24 hours stand."""
    channel = func.coalesce(Fallback.channel, "")
    rows = session.execute(
        select(channel, Fallback.state, func.count())
        .where(Fallback.created_at > now - DAY, Fallback.created_at <= now + timedelta(minutes=1))
        .group_by(channel, Fallback.state)
        .order_by(channel, Fallback.state)
    )
    return [WayFigures(*row) for row in rows]


def look(session: Session, *, now: datetime) -> list[Finding]:
    """Channels whose last three messages were all refused or unanswered, and messages that lie there."""
    found = []
    for channel in ChannelKind:
        tried = _last_tried(session, channel, now)
        if len(tried) == FAILED_IN_A_ROW and not any(tried):
            found.append(Finding(Code.OTHER_WAY_FAILING, len(tried), channel.value))
    if late := _late(session, now):
        found.append(Finding(Code.OTHER_WAY_LATE, late))
    return found


def _last_tried(session: Session, channel: ChannelKind, now: datetime) -> list[bool]:
    """Whether the last messages that went this way were taken, newest first."""
    is_taken = and_(Fallback.state == FallbackState.SENT.value, Fallback.channel == channel.value)
    is_unanswered = and_(
        Fallback.state.in_([state.value for state in OPEN_FALLBACK]),
        func.coalesce(Fallback.reason, "").startswith(f"{channel.value}: "),
    )
    is_failed = or_(literal(channel.value) == any_(Fallback.refused), is_unanswered)
    asked = func.least(func.coalesce(Fallback.finished_at, Fallback.next_attempt_at), now)
    rows = session.scalars(
        select(is_taken)
        .where(Fallback.created_at > now - DAY, or_(is_taken, is_failed))
        .order_by(asked.desc(), Fallback.id.desc())
        .limit(FAILED_IN_A_ROW)
    )
    return list(rows)


def _late(session: Session, now: datetime) -> int:
    """How many should have gone out more than five minutes ago: neither night nor agreed hours hold them."""
    late = now - LATE_AFTER
    lies: ColumnElement[bool] = or_(
        and_(Fallback.state == FallbackState.READY.value, Fallback.next_attempt_at < late),
        and_(Fallback.state.in_(["leased", "intent"]), Fallback.lease_until < late),
    )
    return session.scalar(select(func.count()).where(lies)) or 0
