"""Work that comes round: a job of the house beside the sending, in a thread of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from server.core import logging

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
