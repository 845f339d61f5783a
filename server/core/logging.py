"""Logs: JSON lines without private text. Ids and codes only (docs/security.md)."""

import logging as stdlib
import sys
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

import orjson
import structlog

Event = MutableMapping[str, Any]

#: Names that never reach a log line, whatever a caller passes.
FORBIDDEN_KEYS = frozenset("alias name cpr phone email title text body endpoint code password token".split())


def configure(*, level: str = "INFO") -> None:
    """Send structured lines to standard error."""
    stdlib.basicConfig(stream=sys.stderr, level=level, format="%(message)s", force=True)
    for noisy in ("waitress", "apscheduler", "httpx", "httpcore", "urllib3"):
        stdlib.getLogger(noisy).setLevel("WARNING")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_private_fields,
            _without_values_in_tracebacks,
            structlog.processors.JSONRenderer(serializer=_as_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(stdlib.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    get.cache_clear()


def _as_json(event: Event, *, default: Callable[[Any], Any], **_: Any) -> str:
    return orjson.dumps(event, default=default).decode()


@lru_cache(maxsize=64)
def get(name: str) -> Any:
    """A logger whose lines carry the room's name."""
    return structlog.get_logger().bind(logger=name)


def _without_private_fields(_logger: Any, _method: str, event: Event) -> Event:
    return {key: value for key, value in event.items() if key not in FORBIDDEN_KEYS}


def _without_values_in_tracebacks(_logger: Any, _method: str, event: Event) -> Event:
    """Keep where it failed and the exception's type; its message may hold a person's words."""
    if event.pop("exc_info", None):
        kind, error, trace = sys.exc_info()
        event["exception"] = kind.__name__ if kind else None
        if isinstance(error, BaseException) and trace is not None:
            frames = structlog.tracebacks.extract(kind, error, trace).stacks[0].frames  # type: ignore[arg-type]
            event["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
    return event
