"""How many reminders leave the house a second: `python -m tests.bench.push`, also with `COUNT=…`, `ROUNDS=…`.

The whole durable way (claim, intent, encrypt, send, record) as a worker goes it, in one process, over kept
TLS connections to 20 push services on this machine, against what pywebpush does in the same round without
writing anything down: `webpush()`, `webpush_async()` with 50 at once, and one thread that only encrypts; and
against pip `webpush-rs` on 16 threads and npm `web-push` with 50 at once (`push_peers.py`, `peers/`). Then
once more with push services that take 50 ms, against `webpush_async()` with as many at once as ours. Rates
are medians of interleaved rounds; only the ratios mean anything elsewhere. A round is void unless the push
services answer a bare curl loop at twice our rate; that loop has one call open at a time.

`webpush()` opens a connection for each message and reads the file of authorities anew. Here that file holds
one; `webpush_as_installed` is the same with all that it usually holds, for the record and without a budget.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, process_time
from uuid import uuid4

import certifi
from sqlalchemy import text

from notifications import outbox, subscriptions
from notifications.dispatcher import Dispatcher
from notifications.outbox import Slot
from notifications.outgoing import LANES, Outgoing, settle_process
from notifications.push import Message, PushSender, Transport, Vapid
from notifications.schedule import CONCURRENCY
from server import migrations
from server.core import db
from server.core.localdb import start_cluster
from tests.bench import push_peers, report
from tests.bench.push_peers import AT_ONCE, CLAIMS, COUNT, KEY
from tests.notifications.authority import Authority
from tests.notifications.push_service import Phone

ROUNDS = int(os.environ.get("ROUNDS", "5"))
SLOW = 0.05  #: seconds that a slow push service takes
BUDGET = {"webpush": 15.0, "webpush_async": 2.0, "webpush_rs": 2.0, "web_push_npm": 4.0, "encode_alone": 0.5}
SLOW_BUDGET = 1.5
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
DATABASE = "bench"


def main() -> int:
    """Measure, print one line; 1 if a budget was not kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        authority = Authority(folder)
        cluster = start_cluster(folder / "postgres")
        try:
            cluster.create_database(DATABASE)
            migrations.upgrade(cluster.url("owner", DATABASE))
            db.configure(cluster.url("app", DATABASE), pool_size=LANES + 1)
            with _sink(authority, 0.0) as origins:
                rates, cpu = _measure(authority, folder, origins)
            with _sink(authority, SLOW) as origins:
                slow = _measure_slow(authority, origins)
        finally:
            db.dispose()
            cluster.stop()
    return _say(rates, cpu, slow)


def _say(rates: dict[str, list[float]], cpu: list[float], slow: dict[str, list[float]]) -> int:
    ours = statistics.median(rates["ours"])
    ratios = {name: round(ours / statistics.median(rates[name]), 2) for name in BUDGET}
    slow_ratio = round(statistics.median(slow["ours"]) / statistics.median(slow["webpush_async"]), 2)
    void = sum(bare < 2 * own for bare, own in zip(rates["bare_curl"], rates["ours"], strict=True))
    kept = void == 0 and all(ratios[name] >= BUDGET[name] for name in BUDGET) and slow_ratio >= SLOW_BUDGET
    report.say(
        "push",
        rounds=ROUNDS,
        messages=COUNT,
        in_flight=CONCURRENCY,
        per_second={name: round(statistics.median(found)) for name, found in rates.items()},
        times_faster_than=ratios,
        budget=BUDGET,
        cpu_ms_each=round(statistics.median(cpu), 2),
        slow_per_second={name: round(statistics.median(found)) for name, found in slow.items()},
        slow_times_faster=slow_ratio,
        slow_budget=SLOW_BUDGET,
        void_rounds=void,
        kept=kept,
    )
    return 0 if kept else 1


def _measure(
    authority: Authority, folder: Path, origins: list[str]
) -> tuple[dict[str, list[float]], list[float]]:
    phones = _phones(origins)
    ca_file = str(authority.ca_file)
    usual = folder / "usual.pem"
    usual.write_bytes(Path(certifi.where()).read_bytes() + authority.ca_file.read_bytes())
    house = _House(ca_file, origins, phones)
    settle_process()  # as the worker's process does; the others here have the good of it, too
    contenders: dict[str, Callable[[], float]] = {
        "ours": house.send_all,
        "bare_curl": lambda: push_peers.bare_curl(ca_file, origins),
        "webpush": lambda: push_peers.webpush(phones, ca_file),
        "webpush_as_installed": lambda: push_peers.webpush(phones, str(usual)),
        "webpush_async": lambda: asyncio.run(push_peers.webpush_async(phones, ca_file, AT_ONCE)),
        "webpush_rs": lambda: push_peers.webpush_rs(phones, ca_file),
        "web_push_npm": lambda: push_peers.web_push_of_node(phones, ca_file),
        "encode_alone": lambda: push_peers.encode(phones),
    }
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    cpu = []
    for _ in range(ROUNDS):
        for name, run in contenders.items():
            house.plan() if name == "ours" else None
            began = process_time()
            rates[name].append(run())
            if name == "ours":
                cpu.append((process_time() - began) * 1000 / COUNT)
    return rates, cpu


def _measure_slow(authority: Authority, origins: list[str]) -> dict[str, list[float]]:
    phones = _phones(origins)
    ca_file = str(authority.ca_file)
    house = _House(ca_file, origins, phones)
    settle_process()
    rates: dict[str, list[float]] = {"ours": [], "webpush_async": []}
    for _ in range(ROUNDS):
        house.plan()
        rates["ours"].append(house.send_all())
        rates["webpush_async"].append(asyncio.run(push_peers.webpush_async(phones, ca_file, CONCURRENCY)))
    return rates


def _phones(origins: list[str]) -> list[Phone]:
    return [Phone(endpoint=f"{origin}/wpush/{uuid4().hex}") for origin in origins for _ in range(5)]


class _House:
    """People with phones, and a dispatcher with the real sender."""

    def __init__(self, ca_file: str, origins: list[str], phones: list[Phone]) -> None:
        self._people = [uuid4() for _ in phones]
        with db.transaction() as session:
            for person, phone in zip(self._people, phones, strict=True):
                subscriptions.register(
                    session,
                    recipient_id=person,
                    session_id=uuid4(),
                    endpoint=phone.endpoint,
                    p256dh=phone.p256dh,
                    auth=phone.auth,
                    vapid_key_id="first",
                    origins=origins,
                    now=NOON,
                )
        sender = PushSender(
            vapid=Vapid(subject=CLAIMS["sub"], keys={"first": KEY}),
            topic_key=b"bench",
            origins=origins,
            clock=lambda: NOON,
            transport=Transport(ca_file=ca_file),
        )
        self._dispatcher = Dispatcher(
            session_factory=db.transaction,
            render=lambda *_, **__: Message("Overblik", "Du har en påmindelse", "da"),
            may_send=lambda *_, **__: True,
            public_url="https://overblik.example.dk",
            push=sender,
            clock=lambda: NOON,
        )
        self._hungry = threading.Event()
        self._outgoing = Outgoing(self._dispatcher, concurrency=CONCURRENCY, when_hungry=self._hungry.set)
        self._outgoing.start()

    def plan(self) -> None:
        """As many reminders as one round sends, each ready for its phone."""
        slot = Slot("day-before", NOON, NOON + timedelta(hours=20))
        with db.transaction() as session:
            for _, person in zip(range(COUNT), itertools.cycle(self._people), strict=False):
                subject = uuid4()
                outbox.enqueue(
                    session,
                    kind="appointment",
                    subject_id=subject,
                    recipient_id=person,
                    slots=[slot],
                    dedupe_key=str(subject),
                    revision=1,
                    now=NOON,
                )
        while self._dispatcher.advance():
            pass

    def send_all(self) -> float:
        """Messages a second, from the claim to the record."""
        before = self._accepted()
        began = monotonic()
        while self._claim() or self._outgoing.busy():
            self._hungry.wait(0.05)
            self._hungry.clear()
        took = monotonic() - began
        assert self._accepted() - before == COUNT
        return COUNT / took

    def _claim(self) -> int:
        room = self._outgoing.room()
        if not room:
            return 0
        lease = self._dispatcher.claim(room, slots=CONCURRENCY, busy=self._outgoing.busy())
        self._outgoing.put(lease)
        return len(lease.delivery_ids)

    def _accepted(self) -> int:
        with db.transaction() as session:
            return int(session.scalar(text("SELECT count(*) FROM delivery WHERE state = 'accepted'")) or 0)


@contextmanager
def _sink(authority: Authority, delay: float) -> Iterator[list[str]]:
    """The push services, in a process of their own; each answer takes so many seconds."""
    command = [sys.executable, "-m", "tests.bench.sink", str(authority.certificate()), str(delay)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield [f"https://localhost:{port}" for port in process.stdout.readline().split()]
        process.communicate()


if __name__ == "__main__":
    sys.exit(main())
