"""The server of the model test leaves nothing behind."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from server.config import Config
from tests.conftest import REPOSITORY
from tests.model.house import PATIENCE, environment
from tests.ops.running import free_port

RUN = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-m", "tests.model.server", sys.argv[1]], stdin=subprocess.PIPE)
time.sleep(600)
"""


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(port: int, *, is_there: bool) -> None:
    until = time.monotonic() + PATIENCE
    while answers(port) is not is_there:
        assert time.monotonic() < until, "still there" if not is_there else "never there"
        time.sleep(0.05)


def test_it_ends_with_the_run_that_started_it_however_that_ended(
    settings: Config, database: str, tmp_path: Path
) -> None:
    port = free_port()
    run = subprocess.Popen(
        [sys.executable, "-c", RUN, str(port)],
        cwd=REPOSITORY,
        env=environment(settings, tmp_path, tmp_path / "ready"),
    )
    wait_until(port, is_there=True)

    run.send_signal(signal.SIGKILL)
    run.wait()

    wait_until(port, is_there=False)
    assert not answers(port)
