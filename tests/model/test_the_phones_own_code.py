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
        chance, written, erased = random.Random(seed), {}, set()
        devices, lines, goals = [phones() for _ in range(3)], [new_id() for _ in range(4)], [new_id()]
        for step in range(60):
            phone, line = chance.choice(devices), chance.choice(lines)
            state = phone.do("state")
            held = state["lines"].get(line)
            what = chance.choice(
                ["edit", "edit", "edit", "delete", "erase", "move", "goal", "sync", "kill", "pair"]
            )
            if what in ("sync", "kill"):
                phone.do(what)
            elif what == "pair" and not state["paired"]:
                phone.do("pair", code=new_code())
            elif what == "goal":
                phone.do("goal", id=goals[0], title=f"Mål {step}")
            elif what == "edit" and not (held and held["erased"]):
                written[f"Tekst {step}"] = line
                place = {} if held else {"section": chance.choice(SECTIONS), "position": f"a{step}"}
                phone.do("edit", id=line, field="text", value=f"Tekst {step}", **place)
            elif what == "erase" and chance.random() < 0.3:
                erased.add(line)
                phone.do("erase", id=line)
            elif held and not held["erased"]:
                if what == "delete":
                    phone.do("delete", id=line)
                if what == "move":
                    phone.do("move", id=line, position=f"b{step}")

        for phone in devices:
            if not phone.do("state")["paired"]:
                phone.do("pair", code=new_code())
        for phone in devices * 2:
            assert phone.do("sync")["outcome"] == "done"

        states = [phone.do("state") for phone in devices]
        for name in ("lines", "goals", "refused"):
            assert states[0][name] == states[1][name] == states[2][name]
        assert [state["waiting"] for state in states] == [0, 0, 0]
        for line in erased:
            assert states[0]["lines"][line]["erased"]
