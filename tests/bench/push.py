"""How many reminders leave the house a second: `python -m tests.bench.push`, also with `COUNT=…`, `ROUNDS=…`.

The whole durable way (claim, intent, encrypt, send, record) in one process, over kept TLS connections to
20 push services on this machine, against what pywebpush does in the same round without writing anything
down: `webpush()`, `webpush_async()` with 50 at once, and one thread that only encrypts. Rates are medians of
interleaved rounds; only the ratios mean anything elsewhere. A round is void unless the services answer a bare
curl loop at twice our rate.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import ssl
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, process_time
from typing import Any
from uuid import uuid4

import aiohttp
import pycurl
import pywebpush
from py_vapid import Vapid02
from sqlalchemy import text

from notifications import outbox, subscriptions
from notifications.dispatcher import Claimed, Dispatcher, Lane
from notifications.outbox import Slot
from notifications.push import Message, PushSender, Transport, Vapid
from server import migrations
from server.core import db
from server.core.localdb import start_cluster
from tests.bench import report
from tests.notifications.authority import Authority
from tests.notifications.push_service import Phone

COUNT = int(os.environ.get("COUNT", "1000"))
SLOW_COUNT = max(20, COUNT // 10)  #: for the peer that takes ten milliseconds a message
ROUNDS = int(os.environ.get("ROUNDS", "5"))
AT_ONCE = 50
LANES = int(os.environ.get("LANES", "2"))
BUDGET = {"webpush": 15.0, "webpush_async": 2.0, "encode_alone": 0.5}
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
KEY = base64.urlsafe_b64encode(bytes(range(1, 33))).rstrip(b"=").decode()
DATABASE = "bench"
CLAIMS = {"sub": "mailto:drift@example.dk"}
BODY = "x" * 1024


def main() -> int:
    """Measure, print one line; 1 if a budget was not kept."""
    with tempfile.TemporaryDirectory() as folder, _sink(Path(folder)) as (authority, origins):
        cluster = start_cluster(Path(folder) / "postgres")
        try:
            cluster.create_database(DATABASE)
            migrations.upgrade(cluster.url("owner", DATABASE))
            db.configure(cluster.url("app", DATABASE), pool_size=LANES + 1)
            rates, cpu = _measure(str(authority.ca_file), origins)
        finally:
            db.dispose()
            cluster.stop()
    ours = statistics.median(rates["ours"])
    ratios = {name: round(ours / statistics.median(rates[name]), 2) for name in BUDGET}
    void = sum(bare < 2 * own for bare, own in zip(rates["bare_curl"], rates["ours"], strict=True))
    kept = void == 0 and all(ratios[name] >= BUDGET[name] for name in BUDGET)
    report.say(
        "push",
        rounds=ROUNDS,
        messages=COUNT,
        origins=len(origins),
        lanes=LANES,
        per_second={name: round(statistics.median(found)) for name, found in rates.items()},
        times_faster_than=ratios,
        budget=BUDGET,
        cpu_ms_each=round(statistics.median(cpu), 2),
        void_rounds=void,
        kept=kept,
    )
    return 0 if kept else 1


def _measure(ca_file: str, origins: list[str]) -> tuple[dict[str, list[float]], list[float]]:
    phones = [Phone(endpoint=f"{origin}/wpush/{uuid4().hex}") for origin in origins for _ in range(5)]
    house = _House(ca_file, origins, phones)
    os.environ["REQUESTS_CA_BUNDLE"] = ca_file
    contenders: dict[str, Callable[[], float]] = {
        "ours": house.send_all,
        "bare_curl": lambda: _bare_curl(ca_file, origins),
        "webpush": lambda: _webpush(phones),
        "webpush_async": lambda: asyncio.run(_webpush_async(ca_file, phones)),
        "encode_alone": lambda: _encode(phones),
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
        self._lanes = [self._dispatcher.lane(at_once=AT_ONCE // LANES) for _ in range(LANES)]

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
        began = monotonic()
        with ThreadPoolExecutor(LANES) as pool:
            sent = sum(pool.map(self._send, self._lanes))
        took = monotonic() - began
        with db.transaction() as session:
            accepted = session.execute(
                text("SELECT count(*) FROM delivery WHERE state = 'accepted'")
            ).scalar_one()
        assert sent == COUNT <= accepted
        return COUNT / took

    def _send(self, lane: Lane) -> int:
        """One lane, as the worker has two: claim, begin, finish, until nothing is left."""
        room, sent = AT_ONCE // LANES, 0
        waiting: list[Claimed] = []
        while True:
            if not waiting and lane.free:
                lease = self._dispatcher.claim(AT_ONCE)
                waiting = [(one, lease.token) for one in lease.delivery_ids]
            if not waiting and lane.is_empty:
                return sent
            if lane.free >= min(len(waiting), room // 2):
                leaving, waiting = waiting[: lane.free], waiting[lane.free :]
                lane.begin(leaving)
            sent += lane.finish(1.0).recorded


def _bare_curl(ca_file: str, origins: list[str]) -> float:
    call = pycurl.Curl()
    began = monotonic()
    for _, origin in zip(range(COUNT), itertools.cycle(origins), strict=False):
        call.setopt(pycurl.URL, f"{origin}/x")
        call.setopt(pycurl.CAINFO, ca_file)
        call.setopt(pycurl.MAXCONNECTS, len(origins))
        call.setopt(pycurl.POSTFIELDS, BODY)
        call.setopt(pycurl.WRITEFUNCTION, lambda _: None)
        call.perform()
    return COUNT / (monotonic() - began)


def _subscription(phone: Phone) -> dict[str, Any]:
    return {"endpoint": phone.endpoint, "keys": {"p256dh": phone.p256dh, "auth": phone.auth + "=="}}


def _webpush(phones: list[Phone]) -> float:
    key = Vapid02.from_raw(KEY.encode())
    began = monotonic()
    for _, phone in zip(range(SLOW_COUNT), itertools.cycle(phones), strict=False):
        pywebpush.webpush(
            _subscription(phone), BODY, vapid_private_key=key, vapid_claims=dict(CLAIMS), ttl=60
        )
    return SLOW_COUNT / (monotonic() - began)


async def _webpush_async(ca_file: str, phones: list[Phone]) -> float:
    key = Vapid02.from_raw(KEY.encode())
    turns = asyncio.Semaphore(AT_ONCE)
    context = ssl.create_default_context(cafile=ca_file)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context, limit=AT_ONCE)) as session:

        async def send(phone: Phone) -> None:
            async with turns:
                answer = await pywebpush.webpush_async(
                    _subscription(phone),
                    BODY,
                    vapid_private_key=key,
                    vapid_claims=dict(CLAIMS),
                    ttl=60,
                    aiohttp_session=session,
                )
                assert not isinstance(answer, str)
                answer.release()

        began = monotonic()
        await asyncio.gather(
            *(send(phone) for _, phone in zip(range(COUNT), itertools.cycle(phones), strict=False))
        )
        return COUNT / (monotonic() - began)


def _encode(phones: list[Phone]) -> float:
    began = monotonic()
    for _, phone in zip(range(COUNT), itertools.cycle(phones), strict=False):
        pywebpush.WebPusher(_subscription(phone)).encode(BODY.encode())
    return COUNT / (monotonic() - began)


@contextmanager
def _sink(folder: Path) -> Iterator[tuple[Authority, list[str]]]:
    """The push services, in a process of their own."""
    authority = Authority(folder)
    command = [sys.executable, "-m", "tests.bench.sink", str(authority.certificate())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ports = process.stdout.readline().split()
        yield authority, [f"https://localhost:{port}" for port in ports]
        process.communicate()


if __name__ == "__main__":
    sys.exit(main())
