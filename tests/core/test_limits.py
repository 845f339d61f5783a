"""Rate limits that every process counts together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from server.core import db, limits
from server.core.errors import TooMany

MINUTE = timedelta(minutes=1)


def _try(key: str, now: datetime, limit: int = 3) -> bool:
    try:
        limits.hit(key=key, limit=limit, window=MINUTE, now=now)
    except TooMany:
        return False
    return True


def test_the_fourth_try_of_three_is_refused_and_says_how_long(database: str, now: datetime) -> None:
    assert [_try("a", now) for _ in range(3)] == [True, True, True]

    with pytest.raises(TooMany) as refused:
        limits.hit(key="a", limit=3, window=MINUTE, now=now)

    assert 1 <= refused.value.retry_after <= 61


def test_another_key_and_the_next_window_start_afresh(database: str, now: datetime) -> None:
    for _ in range(4):
        _try("a", now)

    assert _try("b", now)
    assert _try("a", now + MINUTE)


def test_a_rollback_of_the_caller_forgets_nothing(database: str, now: datetime) -> None:
    with pytest.raises(RuntimeError), db.transaction():
        for _ in range(3):
            _try("a", now)
        raise RuntimeError("the caller fails")

    assert not _try("a", now)


def test_fifty_at_once_let_exactly_the_limit_through(database: str, now: datetime) -> None:
    with ThreadPoolExecutor(20) as pool:
        passed = sum(pool.map(lambda _: _try("a", now, limit=10), range(50)))

    assert passed == 10


def test_old_windows_are_swept_away(database: str, now: datetime) -> None:
    _try("a", now)
    _try("b", now + timedelta(days=1))

    assert limits.sweep(now=now + timedelta(hours=1)) == 1


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        (None, "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_one_customer_is_one_origin(address: str | None, counts_as: str) -> None:
    assert limits.origin_of(address) == counts_as


def test_a_try_counts_by_every_key_until_one_refuses(database: str, now: datetime) -> None:
    limits.hit_each({"address": 3, "account": 2}, window=MINUTE, now=now)
    limits.hit_each({"address": 3, "account": 2}, window=MINUTE, now=now)
    for _ in range(2):
        with pytest.raises(TooMany):
            limits.hit_each({"address": 2, "account": 9}, window=MINUTE, now=now)

    assert _try("account", now), "who is refused by address uses up nobody's account"
    assert not _try("address", now, limit=4), "but each refused try by address is counted"


def test_what_stands_behind_the_key_that_refuses_is_not_counted(database: str, now: datetime) -> None:
    for _ in range(3):
        with pytest.raises(TooMany):
            limits.hit_each({"address": 9, "here": 0, "account": 9}, window=MINUTE, now=now)

    assert not _try("address", now), "counted by what stands before it"
    assert [_try("account", now) for _ in range(4)] == [True, True, True, False]


def test_fifty_at_once_by_three_keys_let_exactly_the_limit_through(database: str, now: datetime) -> None:
    def is_let_through(number: int) -> bool:
        keys = {"address": 50, f"here {number % 2}": 30, "account": 10}
        try:
            limits.hit_each(keys, window=MINUTE, now=now)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        passed = sum(pool.map(is_let_through, range(50)))

    assert passed == 10


def test_what_is_forgotten_with_other_work_stays_when_that_work_fails(database: str, now: datetime) -> None:
    for _ in range(3):
        _try("a", now)
    with pytest.raises(RuntimeError), db.transaction() as session:
        limits.forget_with(session, key="a")
        raise RuntimeError("the caller fails")

    assert not _try("a", now)
