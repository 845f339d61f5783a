"""Three writers, any order: every text that was written is there, but for what its owner erased."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.core import db
from server.core.ids import new_id
from server.crisis_plans import service
from server.crisis_plans.outcomes import Result
from server.crisis_plans.reading import Line
from tests.conftest import NOW, actor_of
from tests.crisis_plans.people import Pen, ids, say, texts, version_of

WORDS = ("Løbe", "Gå en tur", "Ringe til Bo", "Sove")
WRITERS = ("first phone", "second phone", "counsellor")


@dataclass
class Said:
    """A version as the writer meant it."""

    text: str
    over: frozenset[UUID]


@dataclass
class Queue:
    """A writer who is not always connected: what was seen, and what waits to be sent."""

    pen: Pen
    seen: dict[UUID, set[UUID]] = field(default_factory=dict)
    waiting: list[Callable[[], None]] = field(default_factory=list)


@dataclass
class House:
    """What really was written, deleted and erased, in the order in which it came in."""

    said: dict[UUID, dict[UUID, Said]] = field(default_factory=dict)
    deleted_over: dict[UUID, set[UUID]] = field(default_factory=dict)
    erased: set[UUID] = field(default_factory=set)

    def write(self, queue: Queue, line: UUID, text: str) -> None:
        """Write over what was seen, and remember the own words as seen."""
        mutation, over = new_id(), set(queue.seen.get(line, set()))
        queue.seen[line] = {version_of(mutation)}

        def send() -> None:
            outcome = queue.pen.put(line, text, over=sorted(over), mutation_id=mutation)
            assert outcome.result.is_rejected == (line in self.erased)
            if line not in self.erased:
                self.said.setdefault(line, {})[version_of(mutation)] = Said(text, frozenset(over))
                self.deleted_over.pop(line, None)

        queue.waiting.append(send)

    def delete(self, queue: Queue, line: UUID) -> None:
        """Take the line out, as far as it was seen."""
        seen = set(queue.seen.get(line, set()))

        def send() -> None:
            outcome = queue.pen.delete(line, sorted(seen))
            if outcome.result == Result.APPLIED and line not in self.erased:
                self.deleted_over.setdefault(line, seen)

        queue.waiting.append(send)

    def erase(self, queue: Queue, line: UUID) -> None:
        """Make the line gone for good."""

        def send() -> None:
            assert queue.pen.erase(line).result == Result.APPLIED
            self.erased.add(line)

        queue.waiting.append(send)


def standing(citizen_id: UUID, lines: list[UUID]) -> dict[UUID, Line]:
    """The lines as the server has them."""
    with db.transaction() as session:
        return service.current_lines(session, citizen_id=citizen_id, line_ids=lines)


def check(house: House, owner: Pen, lines: list[UUID]) -> None:
    """Nothing lost, nothing left of what was erased, nothing replaced unseen, nothing deleted unseen."""
    shown = standing(owner.citizen_id, lines)
    for line_id in lines:
        said = house.said.get(line_id, {})
        if line_id in house.erased:
            assert (shown[line_id].erased, texts(shown[line_id])) == (True, [])
            assert owner.history(line_id) == []
            continue
        if line_id not in shown:
            assert not said
            continue
        line = shown[line_id]
        assert Counter(owner.history(line_id)) == Counter(one.text for one in said.values())
        for version, one in said.items():
            if version not in ids(line):
                replaced = [other for other in said.values() if version in other.over]
                agreed = [v for v, other in said.items() if other.text == one.text and v != version]
                assert replaced or agreed, f"{one.text} was replaced by somebody who had not seen it"
        if line.deleted:
            assert set(ids(line)) <= house.deleted_over[line_id]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("write", "write", "write", "delete", "erase", "pull", "push", "push")),
        st.sampled_from(WRITERS),
        st.integers(0, 2),
        st.sampled_from(WORDS),
    ),
    min_size=5,
    max_size=30,
)


class TestThreeWriters:
    @pytest.fixture
    def counsellors(self, pen: Pen, citizen: Any, counsellor: Any) -> Pen:
        """The counsellor, with the person's yes."""
        say(citizen, given=True)
        return Pen(pen.citizen_id, actor_of(counsellor))

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps=STEPS)
    def test_lose_no_text_in_any_order(self, pen: Pen, counsellors: Pen, steps: list[Any]) -> None:
        house, lines = House(), [new_id() for _ in range(3)]
        queues = {name: Queue(counsellors if name == "counsellor" else pen) for name in WRITERS}

        for what, name, number, words in steps:
            queue, line = queues[name], lines[number]
            if what == "write":
                house.write(queue, line, words)
            elif what == "pull":
                shown = standing(pen.citizen_id, lines)
                queue.seen = {line_id: set(ids(found)) for line_id, found in shown.items()}
            elif what == "push":
                _send(queue)
            elif name != "counsellor":
                (house.delete if what == "delete" else house.erase)(queue, line)
        for queue in queues.values():
            _send(queue)

        check(house, pen, lines)

    def test_leave_the_order_of_arrival_in_the_history(self, pen: Pen, counsellors: Pen) -> None:
        line_id = new_id()

        for writer, words in ((pen, "et"), (counsellors, "to"), (pen, "tre")):
            writer.put(line_id, words, now=NOW)

        assert pen.history(line_id) == ["tre", "to", "et"]


def _send(queue: Queue) -> None:
    waiting, queue.waiting = queue.waiting, []
    for send in waiting:
        send()
