"""A push service that says of many phones in the same moment that they have ended."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from notifications import failpoints
from notifications.failpoints import Point
from tests.notifications.conftest import House
from tests.notifications.push_service import Script
from tests.notifications.test_faults import many_phones, remind_phones

HANDS = 8
PATIENCE_SECONDS = 1


@pytest.fixture
def all_before_any_commits() -> Iterator[None]:
    """Nobody's result is committed before all have written theirs, unless one has to wait for another."""
    together = threading.Barrier(HANDS)

    def wait(point: str) -> None:
        if point != Point.RECORDED:
            return
        try:
            together.wait(PATIENCE_SECONDS)
        except threading.BrokenBarrierError:
            return  # somebody waits for our commit, so we go on

    failpoints.configure(wait)
    yield
    failpoints.configure(None)


def deliver_all_at_once(house: House) -> None:
    dispatcher = house.dispatcher()
    dispatcher.advance()
    lease = dispatcher.claim(HANDS)
    with ThreadPoolExecutor(HANDS) as hands:
        sent = list(hands.map(lambda one: dispatcher.deliver(one, lease.token), lease.delivery_ids))
    assert sent == [True] * HANDS


def believed_gone(house: House) -> int:
    return [device.state for device in house.devices()].count("dead")


@pytest.mark.usefixtures("all_before_any_commits")
class TestManyEndsInTheSameMoment:
    @pytest.mark.parametrize("status", [404, 410])
    def test_are_believed_of_four_phones_whoever_writes_them_down_together(
        self, house: House, status: int
    ) -> None:
        house.push_service.default = Script(status)
        remind_phones(house, HANDS)

        deliver_all_at_once(house)

        assert believed_gone(house) == 4

    def test_are_all_believed_where_they_are_few_among_many(self, house: House) -> None:
        many_phones(house, 21 * HANDS)
        house.push_service.default = Script(410)
        remind_phones(house, HANDS)

        deliver_all_at_once(house)

        assert believed_gone(house) == HANDS
