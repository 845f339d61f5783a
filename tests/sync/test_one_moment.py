"""A pull while another phone writes: what it brings stood together, and the next brings the rest."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

import pytest
from sqlalchemy import event

from server.core import db
from tests.sync.pushing import PULL, Sender

Page = dict[str, Any]


class Pulled(NamedTuple):
    """What one phone was told of a goal while the other gave it another title."""

    page: Page
    goal: dict[str, Any]


@contextmanager
def after_statement(number: int, act: Callable[[], object]) -> Iterator[list[str]]:
    """Let something happen once, right after so many statements; the statements that ran before it."""
    ran: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if len(ran) < number:
            ran.append(statement)
            if len(ran) == number:
                act()

    event.listen(db.engine(), "after_cursor_execute", count)
    try:
        yield ran
    finally:
        event.remove(db.engine(), "after_cursor_execute", count)


@pytest.fixture
def sender(phone: Any) -> Sender:
    return Sender(phone)


@pytest.fixture
def other(phone: Any) -> Sender:
    """The same person's other phone."""
    return Sender(phone)


def goal_of(page: Page) -> dict[str, Any]:
    """The only goal on a page."""
    found: list[dict[str, Any]] = [each["data"] for each in page["changes"] if each["entity"] == "goal"]
    assert len(found) == 1, found
    return found[0]


def pull_from(phone: Sender, cursor: str | None = None) -> Page:
    return dict(phone.browser.get(PULL, query_string={} if cursor is None else {"cursor": cursor}).json)


def pull_at_every_moment(sender: Sender, other: Sender) -> Iterator[Pulled]:
    """Pull "Søvn" while the other phone replaces it by "Ro": after the first statement, the second, …"""
    number = 0
    while True:
        number += 1
        written = sender.change("goal", "put", title={"value": "Søvn", "base_version": 0})
        cursor = pull_from(sender)["cursor"]
        sender.send(written)
        anew = {"value": "Ro", "base_version": 1}
        change = other.change("goal", "put", written["entity_id"], title=anew)
        with after_statement(number, partial(other.send, change)) as ran:
            page = pull_from(sender, cursor)
        if len(ran) < number:
            return
        yield Pulled(page, goal_of(page))


class TestPullWhileAnotherPhoneWrites:
    def test_tells_the_titles_and_the_version_of_a_goal_as_they_stood_together(
        self, sender: Sender, other: Sender
    ) -> None:
        told = [(each.goal["version"], each.goal["titles"]) for each in pull_at_every_moment(sender, other)]

        both = [(2, ["Ro"]), (1, ["Søvn"])]
        assert [each for each in told if each not in both] == []
        assert [each for each in both if each not in told] == []

    def test_brings_with_the_next_pull_what_this_one_did_not(self, sender: Sender, other: Sender) -> None:
        for page, goal in pull_at_every_moment(sender, other):
            if goal["version"] == 1:
                assert goal_of(pull_from(sender, page["cursor"]))["titles"] == ["Ro"]

    def test_lets_no_title_stand_again_that_was_seen_and_replaced(
        self, sender: Sender, other: Sender
    ) -> None:
        for page, goal in pull_at_every_moment(sender, other):
            last = {"value": "Hvile", "base_version": goal["version"]}

            sender.send(sender.change("goal", "put", goal["id"], title=last))

            beside = {"Ro"} - set(goal["titles"])
            stand = goal_of(pull_from(sender, page["cursor"]))["titles"]
            assert set(stand) == {"Hvile"} | beside
