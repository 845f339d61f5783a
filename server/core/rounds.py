"""Work that comes round: a job of the house beside the sending, in a thread of its own."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

from server.core import logging

T = TypeVar("T")
LONGEST_WAIT_AT_THE_END = 1.0  #: seconds; what is cut off is rolled back and comes round again


@contextmanager
def every(pause: timedelta, job: Callable[[], object], *, name: str) -> Iterator[None]:
    """Do the job now and after each pause, as long as the block lasts; one that fails comes round again."""
    is_over = threading.Event()

    def go_round() -> None:
        while not is_over.is_set():
            try:
                job()
            except Exception as error:  # what it is about is still there in the next round
                logging.get("rounds").error("round.failed", job=name, error=type(error).__name__)
            is_over.wait(pause.total_seconds())

    thread = threading.Thread(target=go_round, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join(LONGEST_WAIT_AT_THE_END)


def each(things: Iterable[T], job: Callable[[T], object], *, name: str) -> int:
    """Do a round's job for each thing by itself, so that one that fails stands in no other's way.

    What failed is logged, by its kind alone, and comes round again. Returns how many were tried.
    """
    tried = 0
    for thing in things:
        tried += 1
        try:
            job(thing)
        except Exception as error:
            logging.get("rounds").error("round.thing-failed", job=name, error=type(error).__name__)
    return tried
