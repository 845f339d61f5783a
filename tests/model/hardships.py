"""What befalls phones and people beside the line: lost storage, a new version, a crash, a lost phone, others.

A story goes through all of it in turn, from any on. Each kind counts itself where it really happened, and
`test_model.py` fails a run of the usual length in which one never did.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from server.core.ids import new_id
from tests.model.machine import PHONES, PICK, Sync, is_empty
from tests.model.wire import Fault

WRITES = st.integers(min_value=0, max_value=3)

#: Every kind of trouble that a run of the usual length must have been through.
KINDS = frozenset(
    {fault.value for fault in Fault}
    | {
        "answered late",
        "cancelled under an answer",
        "care ended",
        "clock",
        "died after the commit",
        "evicted with edits",
        "gave up, the plan locked",
        "gave up, the plan open",
        "kill",
        "killed while writing",
        "locked with edits",
        "lost phone wiped",
        "lost while sending",
        "lost with edits",
        "moved under an answer",
        "pair",
        "unpair",
        "upgraded with edits",
        "withdrawn while writing",
    }
)


class Story(Sync):
    """A story in which all of it may happen."""

    @rule(number=PHONES, which=PICK, writes=WRITES)
    def befall(self, number: int, which: int, writes: int) -> None:
        """The next trouble in turn befalls a phone that is paired, with something written that waits."""
        self.turn += 1
        self.pair(number)
        self.write(number, 0, "own-actions", "n")
        troubles = [
            lambda: self.evict(number),
            lambda: self.upgrade(number),
            lambda: self.die(number, writes),
            lambda: self.overtake(number, cancel=False),
            lambda: self.overtake(number, cancel=True),
            lambda: self.lose(number, at_once=False),
            lambda: self.lose(number, at_once=True),
            lambda: self.arrive_late(number),
            lambda: self.kill_server(number),
            lambda: self.withdraw_while_writing(number, which),
            lambda: self.lock(number, plan_open=which % 2 == 0),
            lambda: self.give_up(number, plan_open=True),
            lambda: self.give_up(number, plan_open=False),
        ]
        troubles[self.turn % len(troubles)]()
        self._sync(number, [self.next_fault()])

    def evict(self, number: int) -> None:
        """The system takes the phone's storage away: it claims nothing, and with a code all comes back."""
        before = self.states[number]
        self.do(number, "evict")
        assert is_empty(self.states[number]), "Something is shown that is not there."
        self.ledger.forgets(number, before["queue"])
        self.counted["evicted with edits"] += bool(before["waiting"])

    def upgrade(self, number: int) -> None:
        """A new version of the app finds what an old one has stored, with edits that wait."""
        self.reply(number, "accepted")
        before = self.do(number, "state")["state"]
        assert self.do(number, "upgrade")["state"] == before, "A new version has forgotten something."
        self.counted["upgraded with edits"] += bool(before["waiting"])

    def lock(self, number: int, *, plan_open: bool) -> None:
        """A code is chosen: nothing is shown or sent without it, and with it all is as it was."""
        before, known = self.states[number], self.truth().versions
        self.do(number, "lock", plan_open=plan_open)
        self.do(number, "sync")
        assert is_empty(self.states[number]), "A locked phone shows something."
        assert self.truth().versions == known, "A locked phone has sent something."
        assert self.do(number, "unlock")["state"] == before, "A code has changed what a phone holds."
        self.counted["locked with edits"] += bool(before["waiting"])

    def give_up(self, number: int, *, plan_open: bool) -> None:
        """The code is forgotten: the plan stays for reading where its person wanted it, all else goes."""
        before = self.states[number]
        self.do(number, "lock", plan_open=plan_open)
        after = self.do(number, "give_up")["state"]
        stays = before["lines"] if plan_open else {}
        assert after["lines"] == stays, "The plan is not what its person wanted it to be."
        assert is_empty({**after, "lines": {}, "queue": [], "waiting": 0, "refused": {}})
        self.ledger.forgets(number, [words for words in before["queue"] if words not in after["queue"]])
        if line_id := self.pick(number, "lines", number):
            answer = self.do(number, "edit", id=line_id, field="text", value=self.new_words())
            assert not answer["ok"], "Somebody who may be anybody has changed the plan."
        self.pair(number)
        for _ in range(2):
            self.write(number, 0, "own-actions", "n")
        self.counted[f"gave up, the plan {'open' if plan_open else 'locked'}"] += bool(before["waiting"])

    def die(self, number: int, writes: int) -> None:
        """The app is killed in the middle of sending and fetching: before one write, before the next, …"""
        for before in range(writes, 7):
            self.write(number, 0, "own-actions", "n")
            answer = self._sync(number, [], dies_after=before)
            self.counted["killed while writing"] += bool(answer.get("died"))

    def overtake(self, number: int, *, cancel: bool) -> None:
        """The counsellor moves or cancels an appointment while an answer to it waits on the phone."""
        self._sync(number, [])
        self.pair(number)
        answered = self.reply(number, "declined" if cancel else "accepted")
        self._resume_care()
        if answered is not None and self.citizen.rearrange(answered, cancel=cancel):
            self.counted["cancelled under an answer" if cancel else "moved under an answer"] += 1

    def lose(self, number: int, *, at_once: bool) -> None:
        """ "Mobilen er væk" while edits wait, or in the very moment in which they are sent."""
        self._resume_care()
        waits = bool(self.states[number]["waiting"])
        for each in (0, 1):
            self.ended[each] |= self.signed_in[each]
        if at_once:
            with ThreadPoolExecutor(2) as pool:
                sent = pool.submit(self._sync, number, [Fault.NONE])
                pool.submit(self.citizen.lose_phones).result()
                sent.result()
        else:
            self.citizen.lose_phones()
        self.counted["lost while sending" if at_once else "lost with edits"] += waits

    def arrive_late(self, number: int) -> None:
        """What was held up on the line arrives after the phone has sent it again, and more."""
        self._sync(number, [Fault.DELAYED])
        self.write(number, 0, "own-actions", "n")
        self._sync(number, [Fault.NONE])
        self.counted["answered late"] += bool(self.wires[number].held)
        self.wires[number].deliver()

    def kill_server(self, number: int) -> None:
        """The server is killed after it has taken something in, and before it says so."""
        self._sync(number, [Fault.KILLED])

    def withdraw_while_writing(self, number: int, which: int) -> None:
        """The yes is taken back in the very moment in which the counsellor writes: before, or after."""
        self._sync(number, [])
        self._resume_care()
        self.citizen.share(True)
        self.open_page()
        line_id = sorted(self.page)[which % len(self.page)]
        heads, words, was_erased = self.page[line_id]["text"], self.new_words(), self.truth().erased
        body: dict[str, Any] = {"id": line_id, "mutation_id": str(new_id())}
        body["text"] = {"value": words, "parents": [head["version"] for head in heads]}
        path = f"/api/v1/staff/citizens/{self.citizen.id}/plan/lines"
        with ThreadPoolExecutor(2) as pool:
            wrote = pool.submit(self.house.at_desk, "POST", path, body)
            pool.submit(self.citizen.share, False).result()
            answer = wrote.result()
        assert answer.status == 200, answer
        if line_id not in was_erased:
            self.ledger.wrote(words, line_id, heads)
        self.counted["withdrawn while writing"] += 1

    def _resume_care(self) -> None:
        if not self.citizen.in_care:
            self.citizen.resume_care()
