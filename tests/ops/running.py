"""One `make run` without make, heard by whoever started it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPMessage
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from server.core import processes

ROOT = Path(__file__).parents[2]
NOT_OURS = ("APP_ENV", "DATABASE_", "MAKE", "VAR_DIR", "PORT", "FLASK_")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
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
        """What /readyz answers."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return answer.status, answer.headers
        except HTTPError as refused:
            return refused.code, refused.headers

    def stop_by_itself(self) -> str:
        """Wait for its end; everything it said."""
        said, _ = self.popen.communicate(timeout=20)
        return said

    def stop(self) -> str:
        """Ctrl-C; everything it had said and still says."""
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGINT)
        if self.popen.stdout and not self.popen.stdout.closed:
            self.said += self.popen.communicate(timeout=40)[0].splitlines()
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
