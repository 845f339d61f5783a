"""The folder of one running house: who holds it, which processes it started, where its database answers."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from server.core import processes

PATIENCE_WITH_AN_EARLIER_RUN = 5.0
PATIENCE_WITH_A_CHILD = 15.0


class AlreadyRunning(Exception):
    """Another run holds this folder."""


class RunFolder:
    """What a run must leave behind so that the next one can clear up after a SIGKILL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: IO[str] | None = None

    def take(self) -> None:
        """Hold the folder until `release`; the system lets go of it even when we are killed.

        :raises AlreadyRunning: if another run holds it and does not end soon
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (self.folder / "lock").open("a+")
        deadline = time.monotonic() + PATIENCE_WITH_AN_EARLIER_RUN
        while not _lock_at_once(lock):
            if time.monotonic() > deadline:
                lock.seek(0)
                holder = lock.read().strip() or "unknown"
                lock.close()
                raise AlreadyRunning(
                    f"It already runs in this folder as process {holder}: stop that one with Ctrl-C first."
                )
            time.sleep(0.1)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def release(self) -> None:
        """Let go of the folder, leaving nothing in it but the lock."""
        (self.folder / "processes.json").unlink(missing_ok=True)
        (self.folder / "database.env").unlink(missing_ok=True)
        if self._lock:
            self._lock.close()

    def remember(self, started: Mapping[str, processes.Process]) -> None:
        """Write down which processes now run for us."""
        rows = {name: [process.pid, process.started] for name, process in started.items()}
        unfinished = self.folder / "processes.json.new"
        unfinished.write_text(json.dumps(rows))
        unfinished.replace(self.folder / "processes.json")

    def end_leftovers(self) -> list[str]:
        """End what a killed run left; a process that only has the same number is never touched."""
        try:
            rows = json.loads((self.folder / "processes.json").read_text())
        except (FileNotFoundError, ValueError):
            return []
        ended = []
        for name, (pid, started) in rows.items():
            process = processes.Process(pid, started)
            if process.is_alive():
                processes.stop(process, polite=signal.SIGTERM, patience=PATIENCE_WITH_A_CHILD)
                ended.append(name)
        self.remember({})
        return ended

    def publish_database(self, urls: Mapping[str, str]) -> None:
        """Tell commands in this folder, as `flask migrate`, where the database answers (mode 0600)."""
        path = self.folder / "database.env"
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.writelines(f"{key}={value}\n" for key, value in urls.items())


def _lock_at_once(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
