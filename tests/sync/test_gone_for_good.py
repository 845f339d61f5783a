"""A line that its owner has deleted for good: no word for it is kept, however it comes."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.sync.pushing import Sender


@pytest.fixture
def sender(phone: Any) -> Sender:
    """The citizen's phone as it sends."""
    return Sender(phone)


@pytest.fixture
def second(citizen: Any, counsellor: Any, pair: Any, new_client: Callable[..., Any]) -> Sender:
    """Another phone of the same person, that has not heard of it yet."""
    return Sender(pair(citizen, counsellor, new_client()))


class TestALineGoneForGood:
    @pytest.mark.parametrize(
        ("more", "result"),
        [
            ({}, "rejected_gone"),
            ({"position": "a b"}, "rejected_validation"),
            ({"colour": "red"}, "rejected_validation"),
        ],
    )
    def test_takes_no_word_and_none_is_kept(
        self, sender: Sender, second: Sender, count: Any, more: dict[str, Any], result: str
    ) -> None:
        first = sender.line("Løbe")
        sender.send(first, sender.change("plan_line", "erase", first["entity_id"]))

        (answer,) = second.send(second.line("Gå en tur", first["entity_id"], **more))

        assert (answer["result"], answer["data"]) == (result, None)
        assert count("rejected_edit") == 0
        assert second.pull("rejected_edit") == {}
        assert second.pull("plan_line")[first["entity_id"]]["erased"]

    def test_takes_the_words_that_were_refused_before_with_it(
        self, sender: Sender, second: Sender, superuser: Any
    ) -> None:
        first = sender.line("Løbe")
        sender.send(first)
        second.send(second.line("Gå en tur", first["entity_id"], position="a b"))
        assert superuser.execute("SELECT count(content_sealed) FROM rejected_edit").fetchone() == (1,)

        sender.send(sender.change("plan_line", "erase", first["entity_id"]))

        assert superuser.execute("SELECT count(content_sealed) FROM rejected_edit").fetchone() == (0,)
        assert not any(second.pull("rejected_edit").values())
