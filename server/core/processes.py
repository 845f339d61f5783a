"""Processes of this machine, known by pid and start time so that a reused pid is never mistaken for ours."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """One process, told apart from a later one with the same pid by the moment it started."""

    pid: int
    started: str

    def is_alive(self) -> bool:
        """Whether this very process still runs (a zombie does not)."""
        return started_at(self.pid) == self.started


def started_at(pid: int) -> str | None:
    """The moment a process started, as an opaque text; None if it is gone or only waits to be reaped."""
    if sys.platform == "linux":
        return _started_at_linux(pid)
    return _ps(pid, "lstart=")


def command_of(pid: int) -> list[str]:
    """The command line of a process; empty if it is gone."""
    if sys.platform == "linux":
        try:
            raw = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return []
        return [part.decode(errors="replace") for part in raw.split(b"\0") if part]
    return (_ps(pid, "command=") or "").split()


def find(pid: int) -> Process | None:
    """The process that has this pid now."""
    started = started_at(pid)
    return Process(pid, started) if started else None


def stop(process: Process, *, polite: signal.Signals, patience: float) -> bool:
    """Ask a process to end, and end it after `patience` seconds; whether it had to be forced."""
    if _asked_to_end(process, polite, patience):
        return False
    _asked_to_end(process, signal.SIGKILL, 5)
    return True


def _asked_to_end(process: Process, how: signal.Signals, patience: float) -> bool:
    if not process.is_alive():
        return True
    try:
        os.kill(process.pid, how)
    except ProcessLookupError:
        return True
    deadline = time.monotonic() + patience
    while process.is_alive():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _started_at_linux(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    state, ticks_since_boot = fields[0], fields[19]
    return None if state in "ZX" else f"{boot}:{ticks_since_boot}"


def _ps(pid: int, column: str) -> str | None:
    answer = subprocess.run(  # noqa: S603 - fixed program, a number as argument
        ["/bin/ps", "-p", str(pid), "-o", f"stat=,{column}"], capture_output=True, text=True, check=False
    )
    state, _, value = answer.stdout.strip().partition(" ")
    return None if not state or state.startswith("Z") else value.strip()
