"""How fast the messages of a push service go while another one takes calls and never answers."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from statistics import median

from tests.soak.ordeal import Ordeal
from tests.soak.phones import PushService

LEAST = 0.9  #: of the pace without the hung one


@dataclass(frozen=True)
class Pace:
    """Messages a second in each round, without and beside a service that hangs."""

    alone: list[float]
    beside: list[float]

    @property
    def ratio(self) -> float:
        """What is left of the pace, in the middle of all rounds: one slow minute does not decide."""
        return median(beside / alone for alone, beside in zip(self.alone, self.beside, strict=True))

    def __str__(self) -> str:
        return (
            f"{median(self.alone):.0f}/s alone, {median(self.beside):.0f}/s beside a hung one:"
            f" {self.ratio:.2f} of it, {len(self.alone)} rounds"
        )


def measure(trial: Ordeal, hung: PushService, *, work: int, rounds: int) -> Pace:
    """The same work by turns without and beside the hung service, so that a slow minute slows both."""
    well, trial.people = list(trial.people), []
    for _ in range(trial.concurrency):
        trial.gather_at(hung)
    hanging = list(trial.people)
    pace = Pace([], [])
    for _ in range(rounds):
        trial.people = well
        pace.alone.append(work / _send(trial, work))
        trial.people = hanging
        hung.hold("connected")
        trial.plan(len(hanging))
        trial.until(lambda: hung.held("connected"))
        trial.people = well
        pace.beside.append(work / _send(trial, work))
        hung.release()
        trial.until(lambda: not trial.open())
    return pace


def _send(trial: Ordeal, work: int) -> float:
    """Let all of it wait at once, and say how many seconds it takes until everybody has seen it."""
    for worker in trial.workers:
        trial.halt(worker)
    wanted = trial.service.shown + work
    trial.plan(work)
    for worker in trial.workers:
        worker.send_signal(signal.SIGCONT)
    began = time.monotonic()
    trial.until(lambda: trial.service.shown >= wanted)
    return time.monotonic() - began
