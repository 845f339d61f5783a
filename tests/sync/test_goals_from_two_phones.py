"""Steps and history from two phones that send late, twice, in any order: nothing lost, nothing back."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.core.ids import new_id
from tests.sync.pushing import Sender

PHONES = st.integers(0, 1)
WHICH = st.integers(0, 5)
TURN = st.one_of(
    st.tuples(st.just("step"), PHONES, WHICH),
    st.tuples(st.just("tell"), PHONES, WHICH),
    st.tuples(st.just("tick"), PHONES, WHICH),
    st.tuples(st.just("untick"), PHONES, WHICH),
    st.tuples(st.just("reword"), PHONES, WHICH),
    st.tuples(st.just("erase-step"), PHONES, WHICH),
    st.tuples(st.just("erase-event"), PHONES, WHICH),
    st.tuples(st.just("send"), PHONES, WHICH),
)


class TwoPhones:
    """Two phones of one person about one goal, and what a plain reader of their changes would expect."""

    def __init__(self, browsers: list[Any], goal: str) -> None:
        self.senders = [Sender(browser) for browser in browsers]
        self.queues: list[list[dict[str, Any]]] = [[], []]
        self.goal = goal
        self.step_ids: list[str] = []
        self.event_ids: list[str] = []
        self.steps: dict[str, tuple[str, bool]] = {}
        self.events: dict[str, str] = {}
        self.gone: set[str] = set()

    def turn(self, what: str, phone: int, which: int) -> None:
        """One thing that a person does on one of the phones; nothing is sent by it but by "send"."""
        if what == "send":
            self.send(phone, twice=which % 2 == 0)
        elif what == "step":
            self.step_ids.append(self.write_step(phone))
        elif what == "tell":
            words = {"text": f"ord {new_id()}", "shared": which % 2 == 0}
            told = {"goal_id": self.goal, "kind": "note", "happened_at": "2026-11-22T20:15:00Z", **words}
            self.event_ids.append(self.queue(phone, "goal_event", "put", None, **told))
        elif what == "erase-event":
            if self.event_ids:
                self.queue(phone, "goal_event", "erase", self.event_ids[which % len(self.event_ids)])
        elif self.step_ids:
            self.change_step(what, phone, self.step_ids[which % len(self.step_ids)])

    def change_step(self, what: str, phone: int, step_id: str) -> None:
        """Tick a step or not, have it gone, or word it anew: gone, and another in its place."""
        if what in ("tick", "untick"):
            self.queue(phone, "goal_step", "put", step_id, done=what == "tick")
            return
        self.queue(phone, "goal_step", "erase", step_id)
        if what == "reword":
            self.step_ids.append(self.write_step(phone))

    def write_step(self, phone: int) -> str:
        """A step with words that nobody has ever written; its id."""
        new = {"goal_id": self.goal, "text": f"trin {new_id()}", "position": len(self.step_ids)}
        return self.queue(phone, "goal_step", "put", None, **new)

    def queue(self, phone: int, entity: str, op: str, entity_id: object, **fields: Any) -> str:
        """Keep a change until it is sent."""
        change = self.senders[phone].change(entity, op, entity_id, **fields)
        self.queues[phone].append(change)
        return str(change["entity_id"])

    def send(self, phone: int, *, twice: bool) -> None:
        """Send what waits; twice, where the first answer was lost."""
        waiting, self.queues[phone] = self.queues[phone], []
        if not waiting:
            return
        answers = self.senders[phone].send(*waiting)
        if twice:
            assert self.senders[phone].send(*waiting) == answers
        expected = ["applied" if self.takes(change) else "rejected_gone" for change in waiting]
        assert [answer["result"] for answer in answers] == expected

    def takes(self, change: dict[str, Any]) -> bool:
        """Whether a plain reader of the changes would take this one in; and what follows."""
        entity_id, said = change["entity_id"], change["fields"]
        if change["op"] == "erase":
            self.gone.add(entity_id)
            self.steps.pop(entity_id, None)
            self.events.pop(entity_id, None)
            return True
        if entity_id in self.gone:
            return False
        if change["entity"] == "goal_event":
            self.events[entity_id] = said["text"]
        elif "text" in said:
            self.steps[entity_id] = (said["text"], False)
        elif entity_id in self.steps:
            self.steps[entity_id] = (self.steps[entity_id][0], said["done"])
        else:
            return False
        return True


@pytest.mark.usefixtures("traveller")
@given(story=st.lists(TURN, max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_phones_end_with_every_word_that_nobody_has_erased(
    desk: Any, citizen: Any, phone: Any, second_phone: Any, superuser: Any, story: list[tuple[str, int, int]]
) -> None:
    goals = f"/api/v1/staff/citizens/{citizen.id}/goals"
    goal = desk.post(goals, json={"title": "Sove", "origin": "citizen"}).json["id"]
    both = TwoPhones([phone, second_phone], goal)

    for what, number, which in [*story, ("send", 0, 0), ("send", 1, 1)]:
        both.turn(what, number, which)

    for sender in both.senders:
        steps = {key: one for key, one in sender.pull("goal_step").items() if one["goal_id"] == goal}
        events = {key: one for key, one in sender.pull("goal_event").items() if one["goal_id"] == goal}
        standing = {key: (one["text"], one["done"]) for key, one in steps.items() if not one["erased"]}
        told = {key: one["text"] for key, one in events.items() if one["kind"] == "note"}
        assert standing == both.steps
        assert told == both.events
        tombstones = {**sender.pull("goal_step"), **sender.pull("goal_event")}
        assert all(tombstones[key]["erased"] and tombstones[key]["text"] is None for key in both.gone)
    kept = {edit["entity_id"] for edit in both.senders[0].pull("rejected_edit").values()}
    assert not kept & both.gone
    sealed = "SELECT count(*) FROM goal_step WHERE erased_at IS NOT NULL AND text_sealed IS NOT NULL"
    assert superuser.execute(sealed).fetchone() == (0,)


@pytest.fixture
def second_phone(
    citizen: Any, counsellor: Any, pair: Callable[..., Any], new_client: Callable[..., Any]
) -> Any:
    """Another phone of the same person."""
    return pair(citizen, counsellor, new_client())
