"""`flask worker` as a process of its own: figures on their port, and an end when asked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from server.config import Config
from tests.ops.running import NOT_OURS, free_port

ROOT = Path(__file__).parents[2]
Start = Callable[[int], "subprocess.Popen[str]"]


@pytest.fixture
def start(database: str, settings: Config, tmp_path: Path) -> Iterator[Start]:
    """Start a worker on the tests' database, its figures on a port; whatever is left is ended."""
    started: list[subprocess.Popen[str]] = []
    environment = {key: value for key, value in os.environ.items() if not key.startswith(NOT_OURS)}
    environment |= {"VAR_DIR": str(tmp_path), "DATABASE_URL": settings.database_url}

    def worker(metrics_port: int) -> "subprocess.Popen[str]":
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "flask", "worker"],
                cwd=ROOT,
                env=environment | {"METRICS_PORT": str(metrics_port)},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
        return started[-1]

    yield worker
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def scrape(port: int) -> str:
    """What the worker answers, as soon as it answers."""
    deadline = time.monotonic() + 90
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
                text: str = answer.read().decode()
                return text
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_shows_how_the_reminders_stand_and_leaves_when_told(start: Start) -> None:
    port = free_port()
    worker = start(port)

    said = scrape(port)
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=90)

    assert 'ved_haanden_occurrences{state="planned"} 0.0' in said
    assert 'ved_haanden_occurrences{state="unconfirmed"} 0.0' in said
    assert worker.returncode == 0


def test_says_in_one_sentence_that_another_has_its_port(start: Start) -> None:
    port = free_port()
    start(port)
    scrape(port)

    second = start(port)
    said, _ = second.communicate(timeout=90)

    assert second.returncode == 1
    assert said == f"Error: Port {port} for /metrics is taken: set another METRICS_PORT.\n"
