"""A push service made up for a test: whatever it says, it says before the next call begins."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from notifications.dispatcher.sending import Job
from notifications.push import Answer, Calls, Target


class OneByOne(ABC):
    """What the worker can send with; a test only says how one message is answered."""

    @abstractmethod
    def send(self, target: Target, body: bytes) -> Answer:
        """What comes of one message."""

    def calls(self, *, at_once: int) -> Calls[Job]:
        """The same answers for a lane of the worker."""
        return _Answered(self.send)


class _Answered(Calls[Job]):
    def __init__(self, send: Callable[[Target, bytes], Answer]) -> None:
        self._send = send
        self._done: list[tuple[Job, Answer]] = []

    def begin(self, key: Job, target: Target, body: bytes) -> None:
        self._done.append((key, self._send(target, body)))

    def answered(self, seconds: float) -> list[tuple[Job, Answer]]:
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        self._done.clear()
