"""Whom the sending is measured against: each says how many messages a second it sends; none keeps books."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp
import pycurl
import pywebpush
import webpush_rs as rust
from py_vapid import Vapid02

from tests.notifications.push_service import Phone

COUNT = int(os.environ.get("COUNT", "1000"))
SLOW_COUNT = max(20, COUNT // 10)  #: for the peer that takes ten milliseconds a message
AT_ONCE = 50  #: calls that the asynchronous peers have open; ours are as many as a worker's
RUST_THREADS = 16  #: of 1, 4, 16 and 50 the quickest here
PEERS = Path(__file__).parent / "peers"
BESIDE_PYTHON = Path(sys.executable).parent  #: where Node is if the machine has none of its own
KEY = base64.urlsafe_b64encode(bytes(range(1, 33))).rstrip(b"=").decode()
CLAIMS = {"sub": "mailto:drift@example.dk"}
BODY = "x" * 1024


def bare_curl(ca_file: str, origins: list[str]) -> float:
    """What the push services can take: no message is encrypted, none written down, one call at a time."""
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


def webpush(phones: list[Phone], ca_file: str) -> float:
    """pywebpush's plain way: a connection for each message."""
    os.environ["REQUESTS_CA_BUNDLE"] = ca_file
    key = Vapid02.from_raw(KEY.encode())
    began = monotonic()
    for _, phone in zip(range(SLOW_COUNT), itertools.cycle(phones), strict=False):
        pywebpush.webpush(
            _subscription(phone), BODY, vapid_private_key=key, vapid_claims=dict(CLAIMS), ttl=60
        )
    return SLOW_COUNT / (monotonic() - began)


def webpush_rs(phones: list[Phone], ca_file: str) -> float:
    """pip `webpush-rs`, on as many threads as served it best."""
    os.environ["SSL_CERT_FILE"] = ca_file  # read by its own OpenSSL, at every connection

    def send(phone: Phone) -> None:
        status = rust.send_one(phone.endpoint, phone.p256dh, phone.auth, KEY, CLAIMS["sub"], BODY.encode())
        assert status == 201

    with ThreadPoolExecutor(RUST_THREADS) as threads:
        began = monotonic()
        for _ in threads.map(send, itertools.islice(itertools.cycle(phones), COUNT)):
            pass
        return COUNT / (monotonic() - began)


def web_push_of_node(phones: list[Phone], ca_file: str) -> float:
    """npm `web-push`, with so many at once; its clock starts when it is warm."""
    told = {
        "phones": [_subscription(phone) for phone in phones],
        "key": KEY,
        "subject": CLAIMS["sub"],
        "body": BODY,
        "count": COUNT,
        "atOnce": AT_ONCE,
    }
    done = subprocess.run(
        ["node", "web_push.js"],
        cwd=PEERS,
        env={**os.environ, "NODE_EXTRA_CA_CERTS": ca_file, "PATH": f"{BESIDE_PYTHON}:{os.environ['PATH']}"},
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=True,
    )
    return COUNT / float(done.stdout)


async def webpush_async(phones: list[Phone], ca_file: str, at_once: int) -> float:
    """pywebpush's asynchronous way over kept connections, opened beforehand, with so many calls at once."""
    key = Vapid02.from_raw(KEY.encode())
    turns = asyncio.Semaphore(at_once)
    context = ssl.create_default_context(cafile=ca_file)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context, limit=at_once)) as session:

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

        async def send_many(count: int) -> None:
            await asyncio.gather(*map(send, itertools.islice(itertools.cycle(phones), count)))

        await send_many(at_once)
        began = monotonic()
        await send_many(COUNT)
        return COUNT / (monotonic() - began)


def encode(phones: list[Phone]) -> float:
    """One thread of pywebpush's encryption alone: nothing is sent."""
    began = monotonic()
    for _, phone in zip(range(COUNT), itertools.cycle(phones), strict=False):
        pywebpush.WebPusher(_subscription(phone)).encode(BODY.encode())
    return COUNT / (monotonic() - began)
