"""The phone's own TypeScript under Node, against the real server: what the model test builds upon."""

import json
import random
import subprocess
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import waitress
from flask import Flask

from server.citizens import service as citizens
from server.core import clock, db
from tests.conftest import actor_of

REPOSITORY = Path(__file__).parents[2]
SECTIONS = ["warning-signs", "own-actions", "living-for"]


class NodePhone:
    """One child process that is a phone."""

    def __init__(self, address: str) -> None:
        self._process = subprocess.Popen(
            ["node", "pwa/build-out/client.mjs"],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.do("reset", base_url=address)

    def do(self, cmd: str, **said: Any) -> dict[str, Any]:
        """Carry out one command that has to succeed; what the phone shows then."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"cmd": cmd, **said}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert answer["ok"], answer
        return answer["state"] | {"outcome": answer.get("outcome")}

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture(scope="module")
def built() -> None:
    """The phone's code as files that Node runs."""
    subprocess.run(["npm", "run", "--silent", "build:client"], cwd=REPOSITORY / "pwa", check=True)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The real server, listening."""
    server = waitress.create_server(
        app, host="127.0.0.1", port=0, threads=4, clear_untrusted_proxy_headers=True
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


@pytest.fixture
def phones(address: str, built: None) -> Iterator[Callable[[], NodePhone]]:
    """Make phones out of the box."""
    made: list[NodePhone] = []

    def make() -> NodePhone:
        made.append(NodePhone(address))
        return made[-1]

    yield make
    for phone in made:
        phone.close()


@pytest.fixture
def new_code(make_staff: Any, make_citizen: Any) -> Callable[[], str]:
    """Codes for one and the same person."""
    counsellor = make_staff()
    person = make_citizen(contact=counsellor)

    def make() -> str:
        with db.transaction() as session:
            code = citizens.make_pairing_code(
                session, citizen_id=person.id, actor=actor_of(counsellor), now=clock.now()
            )
        return code.code

    return make


def new_id() -> str:
    """A UUIDv7 of no special time."""
    return str(uuid.UUID(int=(uuid.uuid4().int & ~(0xF << 76)) | (7 << 76)))


def texts(state: dict[str, Any], line: str) -> set[str]:
    """What stands in a line."""
    return {head["value"] for head in state["lines"][line]["text"]}


class Story:
    """What happens at several phones of one person, by chance."""

    def __init__(self, chance: random.Random, phones: list[NodePhone], new_code: Callable[[], str]) -> None:
        self.chance, self.phones, self.new_code = chance, phones, new_code
        self.lines, self.goal = [new_id() for _ in range(4)], new_id()
        self.erased: set[str] = set()

    def go_on(self, step: int) -> None:
        """One thing at one phone."""
        phone, line = self.chance.choice(self.phones), self.chance.choice(self.lines)
        held = phone.do("state")["lines"].get(line)
        what = self.chance.choice(["write", "write", "write", "rearrange", "rearrange", "goal", "phone"])
        if what == "goal":
            phone.do("goal", id=self.goal, title=f"Mål {step}")
        elif what == "phone":
            self.handle(phone)
        elif held is None:
            place = {"section": self.chance.choice(SECTIONS), "position": f"a{step}"}
            phone.do("edit", id=line, field="text", value=f"Tekst {step}", **place)
        elif not held["erased"]:
            self.change(phone, line, step, what)

    def handle(self, phone: NodePhone) -> None:
        """Connect, kill or pair it."""
        what = self.chance.choice(["sync", "sync", "kill", "pair"])
        if what != "pair":
            phone.do(what)
        elif not phone.do("state")["paired"]:
            phone.do("pair", code=self.new_code())

    def change(self, phone: NodePhone, line: str, step: int, what: str) -> None:
        """Change a line that this phone shows."""
        if what == "write":
            phone.do("edit", id=line, field="text", value=f"Tekst {step}")
        elif self.chance.random() < 0.4:
            phone.do("move", id=line, position=f"b{step}")
        elif self.chance.random() < 0.6:
            phone.do("delete", id=line)
        else:
            phone.do("erase", id=line)
            self.erased.add(line)

    def end(self) -> list[dict[str, Any]]:
        """Every phone is connected until nothing new comes; what each shows then."""
        for phone in self.phones:
            if not phone.do("state")["paired"]:
                phone.do("pair", code=self.new_code())
        for phone in self.phones * 2:
            assert phone.do("sync")["outcome"] == "done"
        return [phone.do("state") for phone in self.phones]


class TestThePhonesOwnCode:
    def test_brings_what_was_written_unpaired_to_another_phone(
        self, phones: Callable[[], NodePhone], new_code: Callable[[], str]
    ) -> None:
        first, second, line = phones(), phones(), new_id()
        first.do("edit", id=line, field="text", value="Gå en tur", section="own-actions", position="a0")
        first.do("kill")

        first.do("pair", code=new_code())
        assert first.do("sync")["outcome"] == "done"
        second.do("pair", code=new_code())

        assert texts(second.do("sync"), line) == {"Gå en tur"}
        assert first.do("sync")["waiting"] == 0

    def test_keeps_both_texts_that_were_written_apart_until_somebody_chooses(
        self, phones: Callable[[], NodePhone], new_code: Callable[[], str]
    ) -> None:
        first, second, line = phones(), phones(), new_id()
        for phone in (first, second):
            phone.do("pair", code=new_code())
        first.do("edit", id=line, field="text", value="Ringe", section="own-actions", position="a0")
        first.do("sync")
        second.do("sync")
        first.do("edit", id=line, field="text", value="Ringe til Bo")
        second.do("edit", id=line, field="text", value="Ringe til min søster")

        first.do("sync")
        second.do("sync")

        both = {"Ringe til Bo", "Ringe til min søster"}
        assert texts(second.do("state"), line) == texts(first.do("sync"), line) == both
        first.do("choose", id=line, field="text", value="Ringe til Bo")
        first.do("sync")
        assert texts(second.do("sync"), line) == {"Ringe til Bo"}

    def test_sends_every_line_that_was_written_before_and_after_the_code_was_forgotten(
        self, phones: Callable[[], NodePhone], new_code: Callable[[], str]
    ) -> None:
        first, second, lines = phones(), phones(), [new_id() for _ in range(4)]
        first.do("pair", code=new_code())
        first.do("sync")
        for line in lines[:3]:
            first.do(
                "edit", id=line, field="text", value=f"Linje {line}", section="own-actions", position="a"
            )
        first.do("lock", plan_open=True)
        assert len(first.do("give_up")["queue"]) == 3

        first.do("pair", code=new_code())
        first.do("edit", id=lines[3], field="text", value="Den fjerde", section="own-actions", position="b")
        assert first.do("sync")["outcome"] == "done"
        second.do("pair", code=new_code())

        assert second.do("sync")["lines"].keys() == set(lines)

    def test_takes_a_line_that_was_erased_for_good_off_every_phone(
        self, phones: Callable[[], NodePhone], new_code: Callable[[], str]
    ) -> None:
        first, second, line = phones(), phones(), new_id()
        for phone in (first, second):
            phone.do("pair", code=new_code())
        first.do("edit", id=line, field="text", value="Hemmeligt", section="own-actions", position="a0")
        first.do("sync")
        second.do("sync")

        first.do("erase", id=line)
        assert "Hemmeligt" not in json.dumps(first.do("kill"))
        first.do("sync")

        assert "Hemmeligt" not in json.dumps(second.do("sync"))
        assert first.do("sync")["lines"][line]["erased"]

    @pytest.mark.parametrize("seed", range(3))
    def test_ends_in_the_same_plan_on_every_phone_whatever_was_done(
        self, seed: int, phones: Callable[[], NodePhone], new_code: Callable[[], str]
    ) -> None:
        story = Story(random.Random(seed), [phones() for _ in range(3)], new_code)

        for step in range(60):
            story.go_on(step)
        states = story.end()

        for name in ("lines", "goals", "refused"):
            assert states[0][name] == states[1][name] == states[2][name]
        assert [state["waiting"] for state in states] == [0, 0, 0]
        assert all(states[0]["lines"][line]["erased"] for line in story.erased)
