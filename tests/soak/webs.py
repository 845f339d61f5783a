"""A web process of the house, and what it says about being ready."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.ops.running import NOT_OURS, free_port
from tests.soak.ordeal import ROOT

START_SECONDS = 60


@dataclass(frozen=True)
class Readiness:
    """One answer of /readyz."""

    status: int
    failed: frozenset[str]  #: the names of the checks that failed
    seconds: float


@dataclass(frozen=True)
class Web:
    """A running web process."""

    port: int

    def ready(self) -> Readiness:
        """Ask it."""
        began = time.monotonic()
        answer = httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=60)
        checks = answer.json()["checks"]
        failed = frozenset(name for name, found in checks.items() if found != "ok")
        return Readiness(answer.status_code, failed, time.monotonic() - began)

    def answers(self) -> bool:
        """Whether the process is up."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False


@contextmanager
def web_at(database: str, folder: Path, name: str) -> Iterator[Web]:
    """A web process on this way to the database, until the end of the block."""
    web = Web(free_port())
    environment = {key: value for key, value in os.environ.items() if not key.startswith(NOT_OURS)}
    environment |= {
        "APP_ENV": "test",
        "DATABASE_URL": database,
        "PUBLIC_URL": "http://localhost",
        "VAR_DIR": str(folder / f"{name}-var"),
        "CONTENT_DIR": str(ROOT / "content"),
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{web.port}", "--threads", "4"]
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "tests.ops.served:app"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not web.answers():
            assert process.poll() is None, (folder / f"{name}.log").read_text()
            assert time.monotonic() < deadline, (folder / f"{name}.log").read_text()
            time.sleep(0.1)
        yield web
    finally:
        process.terminate()
        process.wait()
