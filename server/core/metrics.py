"""Figures for Prometheus, on a port of their own that only this machine reaches."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector


@dataclass(frozen=True)
class Figure:
    """One number with its name and labels; counts and moments, never a person."""

    name: str
    help: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


Read = Callable[[], Iterable[Figure]]


class PortTaken(Exception):
    """Another process answers there; the text is one sentence that says what to do."""


class _Figures(Collector):
    """Reads the house's figures at each scrape."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def collect(self) -> Iterator[GaugeMetricFamily]:
        families: dict[str, GaugeMetricFamily] = {}
        for one in self._read():
            if one.name not in families:
                families[one.name] = GaugeMetricFamily(
                    f"ved_haanden_{one.name}", one.help, labels=list(one.labels)
                )
            families[one.name].add_metric(list(one.labels.values()), one.value)
        yield from families.values()


def serve(port: int, *, read: Read) -> Callable[[], None]:
    """Answer /metrics on 127.0.0.1 until the answer of this function is called.

    :raises PortTaken: if another process, perhaps another worker, has the port
    """
    registry = CollectorRegistry()
    registry.register(_Figures(read))
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
