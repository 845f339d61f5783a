"""What a web server writes about requests by itself, when whoever runs the house turns its access log on."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from server.config import Config
from tests.conftest import REPOSITORY

CANARY = "kanarie-5f1c"


@pytest.fixture
def port() -> int:
    """A free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def access_log(database: str, settings: Config, port: int, tmp_path: Path) -> Iterator[Path]:
    """A gunicorn that logs every request to a file."""
    written = tmp_path / "access.log"
    given = {
        **os.environ,
        "APP_ENV": "test",
        "VAR_DIR": str(settings.var_dir),
        "DATABASE_URL": database,
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(REPOSITORY),
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    command += ["--access-logfile", str(written), "tests.ops.served:app"]
    with (tmp_path / "output").open("wb") as output:
        running = subprocess.Popen(command, cwd=REPOSITORY, env=given, stdout=output, stderr=output)
    try:
        _wait(port, running)
        yield written
    finally:
        running.terminate()
        running.wait(20)


def _wait(port: int, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert running.poll() is None, "gunicorn has ended"
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("gunicorn does not answer")


def test_holds_the_pattern_of_a_route_and_never_the_secret_in_its_address(
    access_log: Path, port: int
) -> None:
    for path in (f"public/calendars/{CANARY}.ics", f"no-such-place/{CANARY}", f"staff/session?{CANARY}=1"):
        httpx.get(f"http://127.0.0.1:{port}/api/v1/{path}")

    for _ in range(100):
        written = access_log.read_text()
        if written.count("/api/v1/") + written.count("(none)") >= 3:
            break
        time.sleep(0.05)
    assert "/api/v1/public/calendars/<token>.ics" in written
    assert CANARY not in written
