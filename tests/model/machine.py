"""The state machine: two phones of one person and a counsellor, on a line where anything may happen.

After every step: no text is lost, what was erased is nowhere, every change has one effect, no phone goes
back in time, nothing is written without the yes. At the end everybody is let through, and all phones show
what the server has.
"""

import itertools
import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from server.core.ids import new_id
from tests.model.house import Citizen, House, Truth
from tests.model.ledger import SETTINGS, Ledger
from tests.model.protocol import Phone
from tests.model.reference import ReferencePhone
from tests.model.wire import Fault, Wire

PHONES = st.sampled_from([0, 1])
PICK = st.integers(min_value=0, max_value=7)
SECTIONS = st.sampled_from(["own-actions", "warning-signs", "people-to-ask"])
POSITIONS = st.sampled_from(["a", "b", "m", "n", "z"])
STATUSES = st.sampled_from(["active", "on-hold", "completed"])
FAULTS = list(Fault)
DAYS = st.integers(min_value=-3, max_value=3)
TURNS = st.sampled_from(range(120))  #: with which of the faults and troubles a story begins
NEW = 3  #: how often a new line is begun rather than an old one changed
_story = itertools.count(1)


class Sync(RuleBasedStateMachine):
    """One story."""

    house: ClassVar[House]
    make_phone: ClassVar[Callable[[Wire], Phone]] = staticmethod(ReferencePhone)
    phones_at_hand: ClassVar[list[tuple[Wire, Phone]]] = []
    counted: ClassVar[Counter[str]] = Counter()

    @initialize(together=st.booleans(), turn=TURNS)
    def begin(self, together: bool, turn: int) -> None:
        """A new person with two new phones, at once or later; the processes behind them are used again."""
        kind = type(self)
        while len(kind.phones_at_hand) < 2:
            wire = kind.house.new_wire()
            kind.phones_at_hand.append((wire, kind.make_phone(wire)))
        self.wires = [wire for wire, _ in kind.phones_at_hand]
        self.phones = [phone for _, phone in kind.phones_at_hand]
        self.citizen = Citizen(kind.house, next(_story))
        self.ledger = Ledger()
        self.page: dict[str, dict[str, Any]] = {}
        self.states: list[dict[str, Any]] = [{}, {}]
        self.signed_in = [False, False]
        self.ended = [False, False]
        self.loaded = [False, False]
        self.turn = turn
        for number in (0, 1):
            self.wires[number].clear()
            self.do(number, "reset", base_url=f"http://127.0.0.1:{kind.house.port}")
        self.do(0, "pair", code=self.citizen.new_code())
        if together:
            self.do(1, "pair", code=self.citizen.new_code())
            self.citizen.share(True)
            self.write(0, 0, "own-actions", "n")
            self.aim(0, 0, "active", True)
            self._sync(0, [])
            self._sync(1, [])
            self.open_page()
        self.befall(number=turn % (1 + together), which=turn, writes=turn % 4)

    def befall(self, number: int, which: int, writes: int) -> None:
        """What befalls a phone, in stories in which something does."""

    def do(self, number: int, command: str, **more: Any) -> dict[str, Any]:
        """Tell a phone what to do; remember what it shows."""
        answer = self.phones[number].do({"cmd": command, **more})
        self.states[number] = answer["state"]
        if answer["ok"] and command in ("pair", "unpair", "reset", "evict", "give_up"):
            self.signed_in[number], self.ended[number] = command == "pair", False
        self.loaded[number] &= command not in ("reset", "evict", "give_up")
        self.counted[command] += 1
        return answer

    def heads(self, number: int, line_id: str, field: str) -> list[dict[str, Any]]:
        """The texts or numbers of a line that stand on this phone's screen."""
        line = self.states[number]["lines"].get(line_id)
        return list(line[field]) if line else []

    def new_words(self) -> str:
        """A sentence nobody has ever written."""
        return f"Jeg kan {uuid4().hex}"

    def pick(self, number: int, kind: str, which: int) -> str | None:
        """One of the things this phone shows."""
        known = sorted(
            key for key, value in self.states[number][kind].items() if kind != "lines" or not value["erased"]
        )
        return known[which % len(known)] if known else None

    # A person at a phone ------------------------------------------------------------------------

    @rule(number=PHONES, which=PICK, section=SECTIONS, position=POSITIONS)
    def write(self, number: int, which: int, section: str, position: str) -> None:
        """Begin a line or change one."""
        line = None if which % NEW == 0 else self.pick(number, "lines", which)
        line_id, words = line or str(new_id()), self.new_words()
        more = {} if line else {"section": section, "position": position}
        over = self.heads(number, line_id, "text")
        answer = self.do(number, "edit", id=line_id, field="text", value=words, **more)
        assert answer["ok"], answer
        self.ledger.wrote(words, line_id, over)
        heads = self.states[number]["lines"][line_id]["text"]
        assert [head["value"] for head in heads] == [words], "A phone does not show what was just written."

    @rule(number=PHONES, which=PICK)
    def write_on(self, number: int, which: int) -> None:
        """Change a line, most of the time the same one."""
        line_id = self.pick(number, "lines", which % 2)
        if line_id is not None:
            words, over = self.new_words(), self.heads(number, line_id, "text")
            assert self.do(number, "edit", id=line_id, field="text", value=words)["ok"]
            self.ledger.wrote(words, line_id, over)

    @rule(which=PICK)
    def write_on_both(self, which: int) -> None:
        """Change a line on both phones before either has heard of the other."""
        for number in (0, 1):
            self.write_on(number, which)

    @rule(number=PHONES, which=PICK, digits=st.integers(0, 10**6))
    def write_number(self, number: int, which: int, digits: int) -> None:
        """Give a line a telephone number."""
        line_id = self.pick(number, "lines", which)
        if line_id is not None:
            words, over = f"{digits} {uuid4().int % 10**20}", self.heads(number, line_id, "phone")
            assert self.do(number, "edit", id=line_id, field="phone", value=words)["ok"]
            self.ledger.wrote(words, line_id, over)

    @rule(number=PHONES, which=PICK, what=st.sampled_from(["move", "delete", "erase"]), position=POSITIONS)
    def rearrange(self, number: int, which: int, what: str, position: str) -> None:
        """Move a line, take it out, or have it gone for good."""
        line_id = self.pick(number, "lines", which)
        if line_id is None:
            return
        more = {"position": position} if what == "move" else {}
        waiting = set(self.states[number]["queue"])
        assert self.do(number, what, id=line_id, **more)["ok"]
        if what == "erase":
            self.ledger.erases(line_id, waiting - set(self.states[number]["queue"]))

    @rule(number=PHONES, which=PICK)
    def choose(self, number: int, which: int) -> None:
        """Choose one of several texts that stand beside each other, in words of one's own."""
        many = {key: line for key, line in self.states[number]["lines"].items() if len(line["text"]) > 1}
        if many:
            line_id = sorted(many)[which % len(many)]
            words, over = self.new_words(), self.heads(number, line_id, "text")
            assert self.do(number, "choose", id=line_id, field="text", value=words)["ok"]
            self.ledger.wrote(words, line_id, over)

    @rule(number=PHONES, which=PICK, status=STATUSES, rename=st.booleans())
    def aim(self, number: int, which: int, status: str, rename: bool) -> None:
        """Write down a goal, word it anew, or say where it stands."""
        known = None if which % NEW == 0 else self.pick(number, "goals", which)
        goal_id = known or str(new_id())
        if known and not rename:
            assert self.do(number, "goal", id=goal_id, status=status)["ok"]
        else:
            words = self.new_words()
            over = self.states[number]["goals"].get(goal_id, {}).get("titles", [])
            assert self.do(number, "goal", id=goal_id, title=words)["ok"]
            self.ledger.wrote(words, goal_id, [{"value": title} for title in over])
        self.ledger.changed(goal_id, number)

    @rule(which=PICK)
    def aim_on_both(self, which: int) -> None:
        """Word a goal anew on both phones before either has heard of the other."""
        for number in (0, 1):
            self.aim(number, which * NEW + 1, "active", True)

    @rule(number=PHONES, reply=st.sampled_from(["accepted", "declined", "on", "off"]))
    def answer(self, number: int, reply: str) -> None:
        """Answer the appointment, or choose something about reminders."""
        if reply in ("on", "off"):
            assert self.do(number, "setting", fields={"two_hours_before": reply == "on"})["ok"]
            self.ledger.changed(SETTINGS, number)
        else:
            self.reply(number, reply)

    def reply(self, number: int, reply: str) -> str | None:
        """Answer the newest appointment that this phone shows; which one that was."""
        known = sorted(self.states[number]["replies"])
        if not known or not self.do(number, "reply", id=known[-1], reply=reply)["ok"]:
            return None
        self.ledger.answered.add(known[-1])
        return known[-1]

    @rule(number=PHONES, which=PICK)
    def dismiss(self, number: int, which: int) -> None:
        """Let a refused edit go."""
        edit_id = self.pick(number, "refused", which)
        if edit_id is not None:
            self.ledger.let_go(self.states[number]["refused"][edit_id])
            self.do(number, "dismiss", id=edit_id)

    # The phone and the line ---------------------------------------------------------------------

    @rule(number=PHONES, which=PICK, second=st.booleans())
    def sync(self, number: int, which: int, second: bool) -> None:
        """Send and fetch, with a fault on the line; a story goes through all of them, from any on."""
        if self.signed_in[number] and which % 2:
            self.write_on(number, which)
        fault = self.next_fault()
        self._sync(number, [Fault.NONE, fault] if second else [fault])

    def next_fault(self) -> Fault:
        """The next in turn."""
        self.turn += 1
        return FAULTS[self.turn % len(FAULTS)]

    def _sync(self, number: int, faults: list[Fault], **more: Any) -> dict[str, Any]:
        """Send and fetch; look what came of it."""
        before, kills = self.states[number], self.wires[number].kills
        is_signed_in, was_ended = self.signed_in[number], self.ended[number]
        self.wires[number].faults[:] = faults
        answer = self.do(number, "sync", **more)
        for fault in faults[: len(faults) - len(self.wires[number].faults)]:
            self.counted[fault] += 1
        self.counted["died after the commit"] += self.wires[number].kills - kills
        self.wires[number].faults.clear()
        is_wiped = was_ended and is_empty(self.states[number])
        if is_signed_in and (is_wiped or answer["outcome"] == "ended"):
            self._wiped(number, before)
        self.ledger.told(number, answer["state"]["waiting"])
        may_be_whole = answer["outcome"] == "done" or answer.get("died", False)
        self.loaded[number] |= may_be_whole and self.states[number]["whole"]
        if is_signed_in and not faults and not more:
            assert answer["outcome"] == ("ended" if was_ended else "done"), answer
        return answer

    def _wiped(self, number: int, before: dict[str, Any]) -> None:
        """A phone that was told that it is lost holds nothing of anybody any more."""
        assert self.ended[number], "A phone was ended that nobody has lost."
        assert is_empty(self.states[number]), "A lost phone still holds something."
        self.ledger.forgets(number, before["queue"])
        self.signed_in[number] = self.ended[number] = self.loaded[number] = False
        self.counted["lost phone wiped"] += 1

    @rule()
    def sync_both(self) -> None:
        """Both phones send and fetch at the same moment."""
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda number: self._sync(number, []), (0, 1)))

    @rule(number=PHONES)
    def deliver(self, number: int) -> None:
        """What was held up on the line arrives after all."""
        self.wires[number].deliver()

    @rule(number=PHONES, what=st.sampled_from(["kill", "clock", "cookie"]), days=DAYS)
    def mistreat(self, number: int, what: str, days: int) -> None:
        """The app is killed, the phone's clock is wrong, or the phone is no longer signed in."""
        if what == "clock":
            self.do(number, "clock", seconds=days * 86_400)
        elif what == "cookie":
            self.do(number, "unpair")
        else:
            before = self.do(number, "state")["state"]
            assert self.do(number, "kill")["state"] == before, "A killed app has forgotten something."

    @rule(number=PHONES)
    def pair(self, number: int) -> None:
        """Pair a phone that is not, with whatever was written on it meanwhile."""
        if not self.signed_in[number]:
            assert self.do(number, "pair", code=self.citizen.new_code())["ok"]

    # The counsellor -----------------------------------------------------------------------------

    @rule(given=st.booleans())
    def share(self, given: bool) -> None:
        """The person says yes to the counsellor, or takes it back."""
        self.citizen.share(given)

    @rule()
    def change_hands(self) -> None:
        """The counsellor stops working with the person, or begins again."""
        self.counted["care ended"] += self.citizen.in_care
        (self.citizen.end_care if self.citizen.in_care else self.citizen.resume_care)()

    @rule()
    def open_page(self) -> None:
        """The counsellor opens the plan."""
        answer = self.house.at_desk("GET", f"/api/v1/staff/citizens/{self.citizen.id}/plan")
        assert answer.status == (200 if self.citizen.in_care else 404)
        said = json.loads(answer.body)
        may = self.citizen.in_care and self.citizen.shares
        assert bool(said.get("shared")) == may, "A page opens without the yes, or stays shut with it."
        if may:
            self.page = {line["id"]: line for line in said["lines"] if not line["erased"]}

    @precondition(lambda self: self.page)
    @rule(which=PICK, twice=st.booleans())
    def write_at_desk(self, which: int, twice: bool) -> None:
        """The counsellor writes on the page as it was opened, whatever has happened since."""
        line_id = sorted(self.page)[which % len(self.page)]
        parents = [head["version"] for head in self.page[line_id]["text"]]
        words, before = self.new_words(), self.truth()
        body = {"id": line_id, "mutation_id": str(new_id()), "text": {"value": words, "parents": parents}}
        path = f"/api/v1/staff/citizens/{self.citizen.id}/plan/lines"
        answers = [self.house.at_desk("POST", path, body) for _ in range(1 + twice)]
        if self.citizen.in_care and self.citizen.shares:
            assert {answer.status for answer in answers} == {200}
            if line_id not in before.erased:
                self.ledger.wrote(words, line_id, self.page[line_id]["text"])
        else:
            assert before.versions.keys() == self.truth().versions.keys(), "Written without the yes."
            if self.citizen.in_care:
                self.ledger.wrote(words, line_id)

    # What always holds --------------------------------------------------------------------------

    def truth(self) -> Truth:
        """What is in the database now."""
        return Truth(self.house.truth, self.citizen.id)

    @invariant()
    def nothing_is_lost_and_nothing_comes_back(self) -> None:
        """The promises, after each step."""
        if hasattr(self, "ledger"):
            self.ledger.check(self.truth(), self.states)
            for number in (0, 1):
                is_fresh = not self.loaded[number]
                assert not (is_fresh and self.states[number]["whole"]), "A half load is shown as whole."

    def teardown(self) -> None:
        """Everybody is let through; then all of them are equal."""
        if not hasattr(self, "ledger"):
            return
        for number in (0, 1):
            self.wires[number].deliver()
            self._sync(number, [])
            if not self.signed_in[number]:
                assert self.do(number, "pair", code=self.citizen.new_code())["ok"]
        for number in (0, 1, 0, 1):
            self._sync(number, [])
            assert self.states[number]["waiting"] == 0, "A phone is stuck."
        fresh = ReferencePhone(self.house.new_wire())
        fresh.do({"cmd": "pair", "code": self.citizen.new_code()})
        expected = fresh.do({"cmd": "sync"})["state"]
        fresh.wire.close()
        for number in (0, 1):
            shown = {key: _sorted(value) for key, value in self.states[number].items()}
            assert shown == {key: _sorted(value) for key, value in expected.items()}, (
                "Phone and server differ."
            )
        truth = self.truth()
        self.ledger.check(truth, self.states)
        self.ledger.check_heads(truth, expected)
        self.ledger.check_effects(truth, self.house.truth, self.citizen.id)
        self.ledger.check_answers(truth)
        self.ledger.check_trail(truth)


def is_empty(state: dict[str, Any]) -> bool:
    """Whether a phone shows nothing of anybody."""
    held = [state[name] for name in ("lines", "goals", "replies", "refused", "queue", "settings", "waiting")]
    return not any(held) and not state["paired"] and not state["whole"]


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(one) for key, one in sorted(value.items())}
    if isinstance(value, list):
        return sorted((_sorted(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value
