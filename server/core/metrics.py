"""Figures for Prometheus, on a port of their own that only this machine reaches."""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

Read = Callable[[], Mapping[str, int]]


class PortTaken(Exception):
    """Another process answers there; the text is one sentence that says what to do."""


class _Ledger(Collector):
    """Reads the reminders' states at each scrape; counts only, no person."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def collect(self) -> Iterator[GaugeMetricFamily]:
        family = GaugeMetricFamily(
            "ved_haanden_occurrences", "Due instances of reminders by state.", labels=["state"]
        )
        for state, count in self._read().items():
            family.add_metric([state], count)
        yield family


def serve(port: int, *, read: Read) -> Callable[[], None]:
    """Answer /metrics on 127.0.0.1 until the answer of this function is called.

    :raises PortTaken: if another process, perhaps another worker, has the port
    """
    registry = CollectorRegistry()
    registry.register(_Ledger(read))
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    try:
        server, _thread = start_http_server(port, addr="127.0.0.1", registry=registry)
    except OSError as refused:
        raise PortTaken(f"Port {port} for /metrics is taken: set another METRICS_PORT.") from refused

    def stop() -> None:
        server.shutdown()
        server.server_close()

    return stop
