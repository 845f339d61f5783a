"""A worker that sends what is due to one phone, and what left the house."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from notifications.dispatcher import Dispatcher, Message
from notifications.push import Answer, Target
from server.app import MAY_SEND
from server.core import db
from server.library import service as library
from tests.conftest import REPOSITORY
from tests.notifications.one_by_one import OneByOne
from tests.reminders.test_phones import URL as SUBSCRIPTION
from tests.reminders.test_phones import keys

#: A phone's choices of reminders as an old app says them.
SETTINGS = "/api/v1/citizen/reminder-settings"
PLAIN = {"appointments": True, "two_hours_before": False, "paused_until": None}


def at(clock_time: str, day: int = 23) -> datetime:
    """A moment of the week of the tests in Denmark."""
    return datetime.fromisoformat(f"2026-11-{day}T{clock_time}:00+01:00")


class Service(OneByOne):
    """A push service that takes every message."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []

    def send(self, target: Target, body: bytes) -> Answer:
        self.taken.append(json.loads(body))
        return Answer(status=201)


@pytest.fixture
def service() -> Service:
    """What left the house."""
    return Service()


@pytest.fixture
def work(app: Any, phone: Any, service: Service, go_to: Any) -> Callable[[datetime], int]:
    """Let the worker work at a moment; says how many notices have left so far."""
    return worker_of(app, phone, service, go_to)


def worker_of(
    app: Any, phone: Any, service: Service, go_to: Any, first: Callable[[], object] = lambda: None
) -> Callable[[datetime], int]:
    """A worker for one phone with reminders turned on; `first` is the round that it does before it sends."""
    body = {
        "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/x",
        "keys": keys(),
        "vapid_public_key": app.config["VAPID_PUBLIC_KEY"],
    }
    assert phone.put(SUBSCRIPTION, json=body).status_code == 200
    content = library.load(REPOSITORY / "content")

    def render(session: Any, *, kind: str, **_: Any) -> Message:
        title, text = library.message(content, kind, "da")
        return Message(title=title, body=text, lang="da")

    def run(moment: datetime) -> int:
        go_to(moment)
        first()
        Dispatcher(
            session_factory=db.transaction,
            render=render,
            may_send=lambda session, *, kind, **asked: MAY_SEND[kind](session, **asked),
            public_url="http://localhost",
            push=service,
            clock=lambda: moment,
        ).run_until_idle()
        return len(service.taken)

    return run
