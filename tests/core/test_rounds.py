"""Work that comes round beside the sending."""

import threading
from datetime import timedelta

import structlog

from server.core import rounds

AT_ONCE = timedelta(0)
PATIENCE = 60


class TestEvery:
    def test_comes_round_as_long_as_the_block_lasts(self) -> None:
        done = threading.Semaphore(0)

        with rounds.every(AT_ONCE, done.release, name="test"):
            for _ in range(3):
                assert done.acquire(timeout=PATIENCE)

        assert "test" not in [thread.name for thread in threading.enumerate()]

    def test_a_round_that_fails_does_not_end_it(self) -> None:
        tried = threading.Semaphore(0)

        def fail() -> None:
            tried.release()
            raise ValueError("a row that nobody expected")

        with rounds.every(AT_ONCE, fail, name="test"):
            for _ in range(3):
                assert tried.acquire(timeout=PATIENCE)

    def test_it_is_told_to_stop_in_the_middle_of_a_pause(self) -> None:
        done = threading.Semaphore(0)

        with rounds.every(timedelta(hours=1), done.release, name="test"):
            assert done.acquire(timeout=PATIENCE)

        assert "test" not in [thread.name for thread in threading.enumerate()]


def test_what_fails_for_one_is_done_for_the_others_and_logged_by_its_kind_alone() -> None:
    done = []

    def halve(number: int) -> None:
        done.append(12 // number)

    with structlog.testing.capture_logs() as lines:
        assert rounds.each([1, 0, 4], halve, name="halving") == 3

    assert done == [12, 3]
    assert [(line["job"], line["error"]) for line in lines] == [("halving", "ZeroDivisionError")]
