"""Messages under way: many at once for one thread, each with the same care as one alone."""

import threading
import time
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from notifications.push.answers import Answer, Failure, Sealed, Target
from notifications.push.transport import NoAnswer, Reply
from notifications.push.wires import Wires

Key = TypeVar("Key")


class Speaker(Protocol):
    """Knows the protocol: seals, signs and understands."""

    def seal(self, target: Target, body: bytes) -> Sealed | Answer: ...

    def headers(self, sealed: Sealed) -> tuple[list[str], int]: ...

    def read(
        self, reply: Reply | NoAnswer, *, asked_ttl: int, began_at: float, was_signed_anew: bool
    ) -> Answer: ...

    def shall_sign_anew(self, sealed: Sealed, answer: Answer) -> bool: ...


@dataclass(slots=True, eq=False)
class _Under(Generic[Key]):
    key: Key
    sealed: Sealed
    began_at: float
    asked_ttl: int = 0
    was_signed_anew: bool = False


class Calls(Generic[Key]):
    """Encrypts, calls and reads; every outcome is an answer, never an exception."""

    def __init__(self, speaker: Speaker, wires: Wires[_Under[Key]]) -> None:
        self._speaker, self._wires = speaker, wires
        self._known: list[tuple[Key, Answer]] = []  # answered without a call

    @property
    def turn(self) -> threading.Lock:
        """To be held while several calls are begun in a row: threads of one sender work one after the other.

        Only one of them can encrypt in any case, since that needs Python's lock. Those that compete for it
        message by message spend a quarter of the process's time on changing places; nobody who waits for
        something holds the turn. What it costs: shaking hands with many services is done by one core, too.
        """
        return self._wires.turn

    def begin(self, key: Key, target: Target, body: bytes) -> None:
        """Encrypt and start; `answered` tells of it under this key."""
        began_at = time.monotonic()
        sealed = self._speaker.seal(target, body)
        if isinstance(sealed, Answer):
            self._known.append((key, sealed))
        else:
            self._post(_Under(key, sealed, began_at))

    def answered(self, seconds: float) -> list[tuple[Key, Answer]]:
        """What came of calls meanwhile, else of the first within so many seconds."""
        known, self._known = self._known, []
        for one, reply in self._wires.answered(0 if known else seconds):
            answer = self._read(one, reply)
            if not one.was_signed_anew and self._speaker.shall_sign_anew(one.sealed, answer):
                one.was_signed_anew = True
                self._post(one)
            else:
                known.append((one.key, answer))
        return known

    def close(self) -> None:
        """Hang up."""
        self._wires.close()

    def _post(self, one: _Under[Key]) -> None:
        try:
            headers, one.asked_ttl = self._speaker.headers(one.sealed)
        except KeyError:
            self._known.append((one.key, Answer(failure=Failure.NO_KEY)))
            return
        self._wires.post(one, one.sealed.endpoint, headers, one.sealed.body)

    def _read(self, one: _Under[Key], reply: Reply | NoAnswer) -> Answer:
        return self._speaker.read(
            reply, asked_ttl=one.asked_ttl, began_at=one.began_at, was_signed_anew=one.was_signed_anew
        )
