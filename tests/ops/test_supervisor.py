"""What `make run` keeps running, and what it leaves behind: nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server.core import processes
from server.core.runfolder import AlreadyRunning, RunFolder
from server.core.supervisor import LONGEST_PAUSE, Child, StartFailed, Supervisor

HOUSE = [sys.executable, "-m", "tests.ops.house"]
ROOT = Path(__file__).parents[2]


class House:
    """The small house as a process, and what it says."""

    def __init__(self, folder: Path, *more: str, **environment: str) -> None:
        self.folder = folder
        self.popen = subprocess.Popen(
            [*HOUSE, str(folder), *more],
            cwd=ROOT,
            env={key: value for key, value in os.environ.items() if key != "MAKELEVEL"} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []

    def hear(self, words: str) -> str:
        """Read on until a line holds these words."""
        assert self.popen.stdout is not None
        for line in self.said:
            if words in line:
                return line
        for line in self.popen.stdout:
            self.said.append(line.rstrip())
            if words in line:
                return line.rstrip()
        raise AssertionError(f"It ended without saying {words!r}: {self.said}")

    def children(self) -> dict[str, processes.Process]:
        """The processes it wrote down."""
        rows = json.loads((self.folder / "processes.json").read_text())
        return {name: processes.Process(*row) for name, row in rows.items()}

    def end(self) -> None:
        """For the end of a test: nothing of it stays."""
        if self.popen.poll() is None:
            self.popen.terminate()
        self.popen.communicate(timeout=60)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., House]]:
    houses: list[House] = []

    def make(*more: str, **environment: str) -> House:
        houses.append(House(tmp_path / "run", *more, **environment))
        return houses[-1]

    yield make
    for house in houses:
        house.end()
    RunFolder(tmp_path / "run").end_leftovers()


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class TestStop:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_leaves_nothing_running(self, start: Callable[..., House], number: signal.Signals) -> None:
        house = start()
        house.hear("ready")
        children = house.children()

        house.popen.send_signal(number)
        house.hear("nothing left")

        assert house.popen.wait(60) == 0
        assert len(children) == 2
        assert not any(child.is_alive() for child in children.values())
        assert sorted(path.name for path in house.folder.iterdir()) == ["lock"]

    def test_follows_a_make_that_was_killed(self, tmp_path: Path) -> None:
        make = subprocess.Popen(
            [
                "/bin/sh",
                "-c",
                f"MAKELEVEL=1 {' '.join(HOUSE)} {tmp_path / 'run'} >{tmp_path / 'said'} 2>&1 & wait",
            ],
            cwd=ROOT,
        )
        wait_for(lambda: (tmp_path / "said").exists() and "ready" in (tmp_path / "said").read_text())

        make.kill()
        make.wait()

        wait_for(lambda: "nothing left" in (tmp_path / "said").read_text())
        assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["lock"]


class TestAfterAKill:
    def test_the_next_run_ends_what_the_killed_one_left(self, start: Callable[..., House]) -> None:
        killed = start()
        for words in ("ready", "web      | awake", "worker   | awake"):
            killed.hear(words)
        left = killed.children()
        killed.popen.kill()
        killed.popen.wait()
        assert all(child.is_alive() for child in left.values())

        house = start()
        house.hear("ready")

        assert "ended web" in house.said
        assert "ended worker" in house.said
        assert not any(child.is_alive() for child in left.values())

    def test_a_stranger_with_the_same_number_is_left_alone(self, tmp_path: Path) -> None:
        stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        folder = RunFolder(tmp_path)
        folder.remember({"web": processes.Process(stranger.pid, "another moment")})

        ended = folder.end_leftovers()

        assert ended == []
        assert stranger.poll() is None
        stranger.kill()
        stranger.wait()

    def test_a_torn_file_is_no_reason_to_fail(self, tmp_path: Path) -> None:
        (tmp_path / "processes.json").write_text('{"web": [12')

        assert RunFolder(tmp_path).end_leftovers() == []


class TestRunFolder:
    def test_refuses_a_second_run_in_the_same_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("server.core.runfolder.PATIENCE_WITH_AN_EARLIER_RUN", 0)
        first = RunFolder(tmp_path)
        first.take()

        with pytest.raises(AlreadyRunning, match=f"as process {os.getpid()}: stop that one with Ctrl-C"):
            RunFolder(tmp_path).take()

        first.release()
        third = RunFolder(tmp_path)
        third.take()
        third.release()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["lock"]

    def test_keeps_the_address_of_the_database_private(self, tmp_path: Path) -> None:
        folder = RunFolder(tmp_path)

        folder.publish_database({"DATABASE_URL": "postgresql://app:secret@/x"})

        written = tmp_path / "database.env"
        assert written.read_text() == "DATABASE_URL=postgresql://app:secret@/x\n"
        assert written.stat().st_mode & 0o077 == 0


class TestWatch:
    def test_passes_on_what_children_say(self, start: Callable[..., House]) -> None:
        house = start()

        assert house.hear("web      | awake") == "web      | awake"
        assert house.hear("worker   | awake") == "worker   | awake"

    def test_starts_a_fallen_child_again_and_says_so(self, start: Callable[..., House]) -> None:
        house = start()
        house.hear("ready")
        before = house.children()

        os.kill(before["worker"].pid, signal.SIGKILL)
        house.hear("worker   | ended with code -9; starts again in 1 s")
        wait_for(lambda: house.children()["worker"] != before["worker"])

        assert house.children()["worker"].is_alive()
        assert house.children()["web"] == before["web"]

    def test_waits_longer_after_each_fall(self, start: Callable[..., House]) -> None:
        house = start("falls")

        house.hear("ended with code 3; starts again in 1 s")
        house.hear("ended with code 3; starts again in 2 s")

        assert "worker   | cannot go on" in house.said

    def test_never_waits_longer_than_half_a_minute(self) -> None:
        child = Child("web", ["true"], {})
        child.started_at = time.monotonic()

        pauses = [child.next_pause() for _ in range(9)]

        assert pauses[:4] == [1, 2, 4, 8]
        assert pauses[-1] == LONGEST_PAUSE

    def test_says_what_the_house_found_on_its_round(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        supervisor = Supervisor(RunFolder(tmp_path), folder=tmp_path)

        def look() -> str:
            supervisor.stopping.set()
            return "was started again"

        supervisor.keep_alive = look
        supervisor.watch()

        assert capsys.readouterr().out == "database | was started again\n"


class TestWaitUntil:
    def test_gives_up_when_a_child_does_not_start(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        supervisor = Supervisor(RunFolder(tmp_path), folder=tmp_path)

        with supervisor.ending():
            supervisor.add(
                "web", [sys.executable, "-c", "raise SystemExit('no such content')"], dict(os.environ)
            )
            with pytest.raises(StartFailed, match="web did not start"):
                supervisor.wait_until(lambda: False)

        assert "web      | no such content" in capsys.readouterr().out
