"""Runs the house as child processes: passes on what they say, restarts the fallen, leaves none behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from server.core import processes
from server.core.runfolder import PATIENCE_WITH_A_CHILD, RunFolder

LONGEST_PAUSE = 30.0
LIVED_WELL = 60.0
CHECK_SECONDS = 0.2
FIRST_START_SECONDS = 60.0


class StartFailed(Exception):
    """The house did not come up; the text is one sentence for the person at the terminal."""


@dataclass
class Child:
    """One process that we keep running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    popen: "subprocess.Popen[str] | None" = None
    process: processes.Process | None = None
    started_at: float = 0.0
    pause: float = 1.0
    start_again_at: float | None = None
    reader: threading.Thread | None = field(default=None, repr=False)

    def start(self, say: Callable[[str, str], None], folder: Path) -> None:
        """Start the process; its words are passed on line by line."""
        self.popen = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=dict(self.environment),
            cwd=folder,
            start_new_session=True,  # Ctrl-C reaches us alone; we end the children in order
        )
        self.process = processes.find(self.popen.pid)
        self.started_at = time.monotonic()
        self.start_again_at = None
        self.reader = threading.Thread(target=self._pass_on, args=(say,), daemon=True)
        self.reader.start()

    def _pass_on(self, say: Callable[[str, str], None]) -> None:
        if self.popen and self.popen.stdout:
            with self.popen.stdout as words:
                for line in words:
                    say(self.name, line.rstrip("\n"))

    def code(self) -> int | None:
        """The exit code, or None while it runs."""
        return self.popen.poll() if self.popen else None

    def next_pause(self) -> float:
        """How long to wait before starting again: longer each time, until it lived well."""
        if time.monotonic() - self.started_at > LIVED_WELL:
            self.pause = 1.0
        pause, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        return pause


class Supervisor:
    """Keeps children running until somebody says stop."""

    def __init__(self, run_folder: RunFolder, *, folder: Path) -> None:
        self.run_folder = run_folder
        self.folder = folder
        #: Asked at every look around; what it answers is said.
        self.keep_alive: Callable[[], str | None] = lambda: None
        self.children: list[Child] = []
        self.stopping = threading.Event()
        self._parent = os.getppid()

    def say(self, who: str, line: str) -> None:
        """One line on the terminal, marked with who says it."""
        try:
            sys.stdout.write(f"{who:<9}| {line}\n")
            sys.stdout.flush()
        except (BrokenPipeError, ValueError):
            self.stopping.set()

    def listen_for_signals(self) -> None:
        """Ctrl-C, SIGTERM and a closed terminal all mean: stop in order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def add(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a child and remember it for the next run."""
        child = Child(name, command, environment)
        self.children.append(child)
        self._start(child)

    def _start(self, child: Child) -> None:
        child.start(self.say, self.folder)
        self._remember()

    def _remember(self) -> None:
        self.run_folder.remember({child.name: child.process for child in self.children if child.process})

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Wait for the first start.

        :raises StartFailed: if a child ends before, or it takes too long
        """
        deadline = time.monotonic() + FIRST_START_SECONDS
        while not self.stopping.is_set() and not ready():
            for child in self.children:
                if child.code() is not None:
                    self._let_finish_talking(child)
                    raise StartFailed(f"{child.name} did not start; its last lines above say why.")
            if time.monotonic() > deadline:
                raise StartFailed(
                    f"Nothing answered within {FIRST_START_SECONDS:.0f} seconds; see the lines above."
                )
            self.stopping.wait(0.05)

    def watch(self) -> None:
        """Stay until told to stop; start again what dies, and say so."""
        while not self.stopping.wait(CHECK_SECONDS):
            self._check_parent()
            told = self.keep_alive()
            if told:
                self.say("database", told)
            for child in self.children:
                self._look_after(child)

    def _look_after(self, child: Child) -> None:
        if child.start_again_at is not None:
            if time.monotonic() >= child.start_again_at:
                self._start(child)
            return
        code = child.code()
        if code is None:
            return
        pause = child.next_pause()
        self._let_finish_talking(child)
        self.say(child.name, f"ended with code {code}; starts again in {pause:.0f} s")
        child.start_again_at = time.monotonic() + pause

    def _check_parent(self) -> None:
        """`make` was killed without a word to us: then we are not wanted any more."""
        if "MAKELEVEL" in os.environ and os.getppid() != self._parent:
            self.stopping.set()

    @contextmanager
    def ending(self) -> Iterator[None]:
        """Whatever happens inside, the children end with it."""
        try:
            yield
        finally:
            self.stop()

    def stop(self) -> None:
        """End all children, the last one started first, and wait for them."""
        for child in reversed(self.children):
            if child.process and child.code() is None:
                forced = processes.stop(child.process, polite=signal.SIGTERM, patience=PATIENCE_WITH_A_CHILD)
                self.say(child.name, "had to be killed" if forced else "stopped")
            if child.popen:
                child.popen.wait()
            self._let_finish_talking(child)
        self.children.clear()

    def _let_finish_talking(self, child: Child) -> None:
        if child.reader:
            child.reader.join(timeout=1)
