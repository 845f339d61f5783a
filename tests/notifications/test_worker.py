"""The worker process: wakes, sends, survives the database, and leaves in order."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from notifications import health, sms
from notifications.dispatcher import Dispatcher, planning
from notifications.schedule import Worker
from server.core import db
from server.core.localdb import Cluster
from tests.notifications.conftest import House
from tests.notifications.other_ways import Ways
from tests.notifications.push_service import Script


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def awake(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house by the real clock, without a night."""
    monkeypatch.setattr("notifications.dispatcher.planning.held_until", lambda *_a, **_k: None)
    monkeypatch.setattr("notifications.dispatcher.sending.held_until", lambda *_a, **_k: None)
    monkeypatch.setattr("notifications.dispatcher.reactions.held_until", lambda *_a, **_k: None)
    house.now = now()
    return house


def worker_of(dispatcher: Dispatcher, **changes: Any) -> Worker:
    parts: dict[str, Any] = {"engine": db.engine(), "session_factory": db.transaction, "tick_seconds": 0.1}
    return Worker(dispatcher=dispatcher, **(parts | changes))


@contextmanager
def working(house: House, **changes: Any) -> Iterator[Worker]:
    dispatcher = house.dispatcher(clock=changes.pop("clock", now))
    with running(worker_of(dispatcher, **changes)) as worker:
        yield worker


@contextmanager
def running(worker: Worker) -> Iterator[Worker]:
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(60)
        assert not thread.is_alive()


def until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait for something."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, "did not happen"
        time.sleep(0.01)


def settled(count: Callable[[], int], seconds: float = 0.5) -> int:
    """Wait until a number has not changed for so long; says the number."""
    seen, since = count(), time.monotonic()
    while time.monotonic() - since < seconds:
        time.sleep(0.01)
        if count() != seen:
            seen, since = count(), time.monotonic()
    return seen


def listening(house: House) -> set[int]:
    """Who has an ear on the database; one that was stopped keeps it for a moment."""
    return set(house.query("SELECT array_agg(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'") or ())


def last_tick() -> datetime | None:
    with db.transaction() as session:
        return health.last_tick(session, now=now())


def test_a_booking_wakes_it_long_before_the_next_tick(awake: House, anna: UUID) -> None:
    awake.add_phone(anna)
    former = listening(awake)

    with working(awake, tick_seconds=3600) as worker:
        until(lambda: listening(awake) - former)
        worker._wake.set()
        until(last_tick)
        awake.remind(anna)
        until(lambda: awake.push_service.received)  # the next tick is an hour away

    assert awake.deliveries()[0].state == "accepted"


def test_it_empties_a_backlog_and_ticks(awake: House, anna: UUID) -> None:
    awake.add_phone(anna)
    for _ in range(40):
        awake.remind(anna)

    with working(awake, tick_seconds=0.2):
        until(lambda: {one.state for one in awake.deliveries()} == {"accepted"})
        ticked = last_tick()

    assert ticked is not None
    assert len({message.content["id"] for message in awake.push_service.received}) == 40
    assert now() - ticked < timedelta(seconds=30)


def test_its_ticks_alone_find_another_way_for_who_has_no_phone(
    awake: House, ways: Ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.dispatcher.fallback.morning_after", lambda *_a, **_k: None)
    worker = worker_of(ways.dispatcher(clock=now))
    worker.tick()  # what is stuck was asked for just now
    awake.remind(uuid4())
    with db.transaction() as session:
        planning.plan(session, now=now())  # by somebody else, who then fell silent
    assert [one.state for one in awake.occurrences()] == ["no-device"]

    with running(worker):
        until(lambda: ways.gateway.received)

    assert [one.state for one in ways.fallbacks()] == ["sent"]


def test_gateways_that_hang_take_no_thread_from_the_push_services(
    awake: House, ways: Ways, anna: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.dispatcher.fallback.morning_after", lambda *_a, **_k: None)
    monkeypatch.setattr(sms, "READ_SECONDS", 120.0)
    monkeypatch.setattr(sms, "WHOLE_SECONDS", 300.0)
    let_go = threading.Event()

    def hang(_message: object) -> None:
        let_go.wait(120)

    ways.gateway.on_message = hang
    awake.add_phone(anna)
    for _ in range(2):
        awake.remind(uuid4())

    with running(worker_of(ways.dispatcher(clock=now), concurrency=2)):
        until(lambda: len(ways.gateway.received) == 2)
        for _ in range(3):
            awake.remind(anna)
        until(lambda: len(awake.push_service.received) == 3)
        assert "sent" not in {one.state for one in ways.fallbacks()}, "the gateways did not hang"
        let_go.set()
        until(lambda: [one.state for one in ways.fallbacks()] == ["sent", "sent"])

    assert len(ways.gateway.received) == 2


def test_told_to_stop_it_lets_the_open_call_end_and_hands_back_the_rest(awake: House, anna: UUID) -> None:
    awake.add_phone(anna)
    for _ in range(5):
        awake.remind(anna)
    awake.push_service.default = Script(hang=1.0)

    with working(awake, tick_seconds=0.1, concurrency=2):
        until(lambda: awake.push_service.received)
    states = sorted(one.state for one in awake.deliveries())

    assert "leased" not in states
    assert "intent" not in states
    assert states.count("accepted") == len(awake.push_service.received)


def test_told_to_stop_before_it_runs_it_comes_back_and_leaves_nothing_open(awake: House, anna: UUID) -> None:
    awake.add_phone(anna)
    awake.remind(anna)
    worker = worker_of(awake.dispatcher(clock=now))

    with worker.leaves_when_told():
        signal.raise_signal(signal.SIGTERM)
        worker.run()

    states = {one.state for one in awake.deliveries()}
    assert states.isdisjoint({"leased", "intent"})


def test_a_clock_half_a_minute_off_claims_nothing_and_says_so(
    awake: House, anna: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    awake.add_phone(anna)
    awake.remind(anna)

    with working(awake, tick_seconds=0.05, clock=lambda: now() + timedelta(seconds=60)):
        until(lambda: "clock differs" in caplog.text)
        time.sleep(0.3)

    assert awake.push_service.received == []
    assert last_tick() is None
    assert [record.levelname for record in caplog.records if "clock differs" in record.message] == ["ERROR"]


def test_it_outlives_the_database_connections_and_says_so_once(
    awake: House, anna: UUID, cluster: Cluster, caplog: pytest.LogCaptureFixture
) -> None:
    awake.add_phone(anna)

    with working(awake, tick_seconds=0.1):
        until(last_tick)
        with cluster.connect("superuser") as admin:
            admin.execute("ALTER DATABASE vedhaanden ALLOW_CONNECTIONS false")
            try:
                admin.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'vedhaanden'"
                )
                until(lambda: "does not do its work" in caplog.text)
                time.sleep(1.5)
            finally:
                admin.execute("ALTER DATABASE vedhaanden ALLOW_CONNECTIONS true")
        until(lambda: "database is back" in caplog.text)
        awake.remind(anna)
        until(lambda: awake.push_service.received)

    assert caplog.text.count("does not do its work") == 1


def test_one_bad_notice_does_not_stop_the_others(awake: House, anna: UUID) -> None:
    awake.add_phone(anna)
    awake.remind(anna)
    worker = Worker(
        dispatcher=awake.dispatcher(clock=now, render=broken_then(awake)),
        engine=db.engine(),
        session_factory=db.transaction,
        tick_seconds=0.1,
        concurrency=1,
    )
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        until(lambda: [one.state for one in awake.deliveries()] == ["retry-wait"])
        awake.remind(anna)
        until(lambda: awake.push_service.received)
    finally:
        worker.stop()
        thread.join(60)

    assert len(awake.push_service.received) == 1


def broken_then(house: House) -> Callable[..., Any]:
    calls: list[None] = []

    def render(*_: object, **__: object) -> Any:
        calls.append(None)
        if len(calls) == 1:
            raise LookupError("a text is missing")
        return house.said

    return render
