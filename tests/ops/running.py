"""One `make run` without make, heard by whoever started it."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from server.core import processes

ROOT = Path(__file__).parents[2]
PORTS, WORKERS = range(20_000, 32_000), 16  # below those that the machine gives to whoever asks for any
_given: set[int] = set()
_luck = random.Random()
NOT_OURS = ("APP_ENV", "DATABASE_", "MAKE", "VAR_DIR", "PORT", "FLASK_")


def free_port() -> int:
    """A port that nobody has, and that no client and no other test is given before it is used."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % WORKERS
    mine = [port for port in PORTS[number::WORKERS] if port not in _given]
    port = next(one for one in _luck.sample(mine, len(mine)) if _is_free(one))
    _given.add(port)
    return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def wait_for(condition: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


class Run:
    """One `make run` without make."""

    def __init__(self, var_dir: Path, port: int, **settings: str) -> None:
        self.var_dir, self.port = var_dir, port
        environment = {key: value for key, value in os.environ.items() if not key.startswith(NOT_OURS)}
        self.popen = subprocess.Popen(
            [sys.executable, "-m", "server.cli", "run"],
            cwd=ROOT,
            env=environment | {"VAR_DIR": str(var_dir), "PORT": str(port)} | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []

    def hear(self, words: str) -> None:
        """Read on until a line holds these words."""
        assert self.popen.stdout is not None
        for line in self.popen.stdout:
            self.said.append(line.rstrip())
            if words in line:
                return
        raise AssertionError(f"It ended without saying {words!r}:\n" + "\n".join(self.said))

    def ready(self) -> tuple[int, HTTPMessage]:
        """What /readyz answers; a status of 0 if nothing does."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=30) as answer:
                return answer.status, answer.headers
        except HTTPError as refused:
            return refused.code, refused.headers
        except (OSError, HTTPException):
            return 0, HTTPMessage()

    def stop_by_itself(self) -> str:
        """Wait for its end; everything it said."""
        said, _ = self.popen.communicate(timeout=120)
        return said

    def stop(self) -> str:
        """Ctrl-C; everything it had said and still says."""
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGINT)
        if self.popen.stdout and not self.popen.stdout.closed:
            self.said += self.popen.communicate(timeout=120)[0].splitlines()
        return "\n".join(self.said)


def processes_of(var_dir: Path) -> list[str]:
    """Every process that has this folder in its command line or its environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            text = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue
        alive = processes.started_at(int(folder.name)) is not None
        if alive and str(var_dir).encode() in text and int(folder.name) != os.getpid():
            found.append(text.replace(b"\0", b" ").decode(errors="replace")[:120])
    return found
