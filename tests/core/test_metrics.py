"""Figures on a port of their own: counts, never a person."""

from collections.abc import Callable, Iterator
from urllib.request import urlopen

import pytest

from server.core import metrics
from server.core.metrics import Figure
from tests.ops.running import free_port


@pytest.fixture
def serve() -> Iterator[Callable[[int], None]]:
    """Answer /metrics on a port until the test ends."""
    stops: list[Callable[[], None]] = []

    def start(port: int) -> None:
        read = [
            Figure("occurrences", "By state.", count, {"state": state})
            for state, count in (("planned", 7), ("confirmed", 2))
        ]
        stops.append(metrics.serve(port, read=lambda: [*read, Figure("overdue", "Late.", 1)]))

    yield start
    for stop in stops:
        stop()


def scrape(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        text: str = answer.read().decode()
        return text


class TestServe:
    def test_counts_reminders_by_state_and_shows_the_process(self, serve: Callable[[int], None]) -> None:
        port = free_port()

        serve(port)
        said = scrape(port)

        assert 'ved_haanden_occurrences{state="planned"} 7.0' in said
        assert 'ved_haanden_occurrences{state="confirmed"} 2.0' in said
        assert "ved_haanden_overdue 1.0" in said
        assert "process_open_fds" in said

    def test_says_in_one_sentence_that_the_port_is_taken(self, serve: Callable[[int], None]) -> None:
        port = free_port()
        serve(port)

        with pytest.raises(metrics.PortTaken) as refused:
            serve(port)

        assert str(refused.value) == f"Port {port} for /metrics is taken: set another METRICS_PORT."
