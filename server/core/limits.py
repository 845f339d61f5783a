"""Rate limits counted in PostgreSQL, so that every process counts together."""

import hashlib
import ipaddress
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    LargeBinary,
    Select,
    bindparam,
    delete,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Asked, Base, direct, glance, transaction
from server.core.errors import TooMany
from server.core.questions import Question


class RateCounter(Base):
    """How often one key was hit within one window; the key is stored as a hash."""

    __tablename__ = "rate_counter"

    key_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    window_start: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    count: Mapped[int]


def origin_of(address: str | None) -> str:
    """Whom an address counts as: one IPv4 address, or the IPv6 network that one customer gets (/64)."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    inner = getattr(found, "ipv4_mapped", None) or found
    return str(inner if inner.version == 4 else ipaddress.ip_network((inner, 64), strict=False))


@cache
def _counting(keys: int) -> Question:
    """The statement that counts a try by so many keys in turn, each only if the one before had room."""
    room: ColumnElement[bool] = true()
    for number in range(keys):
        values: Select[*tuple[Any, ...]] = select(
            bindparam(f"key_{number}", type_=LargeBinary),
            bindparam("window_start", type_=DateTime(timezone=True)),
            bindparam("expires_at", type_=DateTime(timezone=True)),
            literal_column("1"),
        )
        new = insert(RateCounter).from_select(
            ["key_hash", "window_start", "expires_at", "count"], values.where(room)
        )
        counted = (
            new.on_conflict_do_update(
                index_elements=[RateCounter.key_hash, RateCounter.window_start],
                set_={"count": RateCounter.count + 1},
            )
            .returning(RateCounter.count)
            .cte(f"by_{number}")
        )
        room = select(counted.c.count).where(counted.c.count <= bindparam(f"limit_{number}")).exists()
    return Question(select(room.label("is_within")))


def hit(*, key: str, limit: int, window: timedelta, now: datetime) -> None:
    """Count one try, in a transaction of its own so that a later rollback does not forget it.

    :raises TooMany: if `limit` tries were already made in the present window
    """
    hit_each({key: limit}, window=window, now=now)


def hit_each(limits: Mapping[str, int], *, window: timedelta, now: datetime) -> None:
    """Count one try by several keys, each with its limit, in their order; what comes after a refusal is not
    counted, so that a stranger who is refused by address cannot use up somebody's account.

    :raises TooMany: if one of the limits was reached already in the present window
    """
    start = _window_start(window, now)
    values: dict[str, object] = {"window_start": start, "expires_at": start + window}
    for number, (key, limit) in enumerate(limits.items()):
        values |= {f"key_{number}": _hash(key), f"limit_{number}": limit}
    with glance() as connection:
        is_within = _counting(len(limits)).first(connection, values).is_within
    if not is_within:
        raise TooMany(retry_after=int((start + window - now).total_seconds()) + 1)


def require_room(*, key: str, limit: int, window: timedelta, now: datetime) -> None:
    """Refuse when the present window is used up, without counting a try.

    :raises TooMany: if `limit` tries were already made in it
    """
    start = _window_start(window, now)
    used = select(RateCounter.count).where(
        RateCounter.key_hash == _hash(key), RateCounter.window_start == start
    )
    with transaction() as session:
        count = session.scalar(used) or 0
    if count >= limit:
        raise TooMany(retry_after=int((start + window - now).total_seconds()) + 1)


def forget(*, key: str) -> None:
    """Start afresh for a key: the person has shown who they are."""
    with direct() as connection:
        forget_with(connection, key=key)


def forget_with(session: Asked, *, key: str) -> None:
    """The same as a part of what shows it."""
    session.execute(delete(RateCounter).where(RateCounter.key_hash == _hash(key)))


def sweep(*, now: datetime) -> int:
    """Delete the windows that have passed; returns how many."""
    with transaction() as session:
        gone = session.execute(
            delete(RateCounter).where(RateCounter.expires_at < now).returning(RateCounter.count)
        )
        return len(gone.all())


def _window_start(window: timedelta, now: datetime) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
