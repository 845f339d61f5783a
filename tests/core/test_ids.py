"""UUIDv7."""

import time

from server.core.ids import new_id


def test_carries_its_version_and_variant() -> None:
    made = new_id()

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


def test_sorts_by_the_time_it_was_made() -> None:
    first = new_id()
    time.sleep(0.002)

    assert first < new_id()
