"""How fast the messages of a push service go while another one takes calls and never answers."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass

from tests.soak.ordeal import Ordeal
from tests.soak.phones import PushService

LEAST = 0.9  #: of the pace without the hung one


@dataclass(frozen=True)
class Pace:
    """Messages a second, without and beside a service that hangs."""

    alone: float
    beside: float

    @property
    def ratio(self) -> float:
        """What is left of the pace."""
        return self.beside / self.alone

    def __str__(self) -> str:
        return f"{self.alone:.0f}/s alone, {self.beside:.0f}/s beside a hung one: {self.ratio:.2f} of it"


def measure(trial: Ordeal, hung: PushService, *, work: int, rounds: int) -> Pace:
    """The same work by turns without and beside the hung service, so that a slow minute slows both."""
    well, trial.people = list(trial.people), []
    for _ in range(trial.concurrency):
        trial.gather_at(hung)
    hanging = list(trial.people)
    seconds = {"alone": 0.0, "beside": 0.0}
    for _ in range(rounds):
        trial.people = well
        seconds["alone"] += _send(trial, work)
        trial.people = hanging
        hung.hold("connected")
        trial.plan(len(hanging))
        trial.until(lambda: hung.held("connected"))
        trial.people = well
        seconds["beside"] += _send(trial, work)
        hung.release()
        trial.until(lambda: not trial.open())
    done = work * rounds
    return Pace(alone=done / seconds["alone"], beside=done / seconds["beside"])


def _send(trial: Ordeal, work: int) -> float:
    """Let all of it wait at once, and say how many seconds it takes until everybody has seen it."""
    for worker in trial.workers:
        worker.send_signal(signal.SIGSTOP)
    wanted = trial.service.shown + work
    trial.plan(work)
    for worker in trial.workers:
        worker.send_signal(signal.SIGCONT)
    began = time.monotonic()
    trial.until(lambda: trial.service.shown >= wanted)
    return time.monotonic() - began
