"""What a web server writes about requests by itself, when whoever runs the house turns its access log on."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from server.config import Config
from tests.conftest import REPOSITORY
from tests.ops.running import free_port, wait_for

CANARY = "kanarie-5f1c"


@pytest.fixture
def port() -> int:
    """A free port."""
    return free_port()


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
        wait_for(lambda: _answers(port, running))
        yield written
    finally:
        running.terminate()
        running.wait(90)


def _answers(port: int, running: "subprocess.Popen[bytes]") -> bool:
    assert running.poll() is None, "gunicorn has ended"
    try:
        httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=30)
    except httpx.TransportError:
        return False
    return True


def test_holds_the_pattern_of_a_route_and_never_the_secret_in_its_address(
    access_log: Path, port: int
) -> None:
    for path in (f"public/calendars/{CANARY}.ics", f"no-such-place/{CANARY}", f"staff/session?{CANARY}=1"):
        httpx.get(f"http://127.0.0.1:{port}/api/v1/{path}", timeout=30)

    wait_for(lambda: _asked(access_log.read_text()) == 3)
    written = access_log.read_text()
    assert "/api/v1/public/calendars/<token>.ics" in written
    assert CANARY not in written


def _asked(written: str) -> int:
    return sum("/healthz" not in line for line in written.splitlines())
