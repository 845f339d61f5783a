"""`make run` as a person meets it: the real house, started, used, killed and started again."""

import itertools
import os
import re
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from http.client import HTTPMessage
from pathlib import Path

import pytest

from server.core.localdb import Cluster
from server.core.runfolder import RunFolder
from tests.ops.running import Run, free_port, processes_of, wait_for

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def var_dir() -> Iterator[Path]:
    """One folder for the whole file: the first run fills it, the others find it full."""
    folder = Path(tempfile.mkdtemp(prefix="vh-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    RunFolder(folder / "run").end_leftovers()
    shutil.rmtree(folder)


@pytest.fixture
def start(var_dir: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def make(port: int | None = None, **settings: str) -> Run:
        runs.append(Run(var_dir, port or free_port(), **settings))
        return runs[-1]

    yield make
    for run in runs:
        run.stop()


class TestRun:
    def test_the_first_time_it_fills_a_database_and_prints_how_to_sign_in(
        self, start: Callable[[], Run], var_dir: Path
    ) -> None:
        run = start()
        run.hear("Ctrl-C stops everything")
        status, _ = run.ready()

        said = run.stop()

        assert status == 200
        assert "Demo data: making up centres" in said
        assert f"http://localhost:{run.port}/staff/" in said
        assert re.search(r"code now \d{6}", said)
        assert run.popen.returncode == 0
        assert processes_of(var_dir) == []
        assert [path.name for path in (var_dir / "run").iterdir()] == ["lock"]

    def test_the_second_time_it_makes_nothing_anew(self, start: Callable[[], Run], var_dir: Path) -> None:
        """What keeps it within five seconds; `make bench start` takes the time."""
        run = start()
        run.hear("Ready after")
        run.stop()

        assert [re.sub(r"\d+\.\d+", "N", line) for line in run.said if line.startswith("·")] == [
            f"· PostgreSQL N runs on {var_dir}/postgres",
            "· Tables: bringing them to the newest revision",
            "· Starting web and worker",
            "· Ready after N s",
            "· PostgreSQL stopped; nothing is left running",
        ]

    def test_after_a_kill_the_next_run_clears_up(self, start: Callable[[], Run], var_dir: Path) -> None:
        killed = start()
        killed.hear("Ctrl-C stops everything")
        killed.popen.kill()
        killed.popen.wait()
        assert len(processes_of(var_dir)) >= 2

        run = start(killed.port)
        run.hear("Ctrl-C stops everything")
        said = run.stop()

        assert "Ended the worker that an earlier run left behind" in said
        assert processes_of(var_dir) == []

    def test_comes_back_by_itself_when_the_database_was_killed(
        self, start: Callable[[], Run], var_dir: Path
    ) -> None:
        run = start()
        run.hear("Ctrl-C stops everything")
        retry_after: list[str] = []

        def seen(answer: tuple[int, HTTPMessage]) -> int:
            if answer[0] == 503 and not retry_after:
                retry_after.append(answer[1]["Retry-After"])
            return answer[0]

        postmaster = int((var_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0])

        os.kill(postmaster, signal.SIGKILL)
        wait_for(lambda: seen(run.ready()) == 503)
        wait_for(lambda: seen(run.ready()) == 200)

        assert retry_after == ["5"]
        assert "PostgreSQL had ended and was started again" in run.stop()

    def test_says_in_one_sentence_that_it_runs_already(self, start: Callable[[], Run]) -> None:
        first = start()
        first.hear("Ctrl-C stops everything")

        second = start()
        said = second.stop_by_itself()

        assert second.popen.returncode == 1
        assert said == (
            f"Error: It already runs in this folder as process {first.popen.pid}:"
            " stop that one with Ctrl-C first.\n"
        )
        assert first.ready()[0] == 200

    def test_says_in_one_sentence_that_the_port_is_taken(self, start: Callable[[], Run]) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]

            run = start(port)
            said = run.stop_by_itself()

        assert run.popen.returncode == 1
        assert said == f"Error: Port {port} is taken; PORT={port + 1} make run\n"


class TestNamedDatabase:
    """`DATABASE_URL` names somebody else's PostgreSQL; it is neither started nor stopped by us."""

    @pytest.fixture
    def named(self, cluster: Cluster) -> str:
        """A new empty database."""
        name = f"named_{next(_numbers)}"
        cluster.create_database(name, "owner")
        return name

    def test_is_used_by_web_and_worker(self, start: Callable[..., Run], cluster: Cluster, named: str) -> None:
        with cluster.connect("superuser", named) as connection:  # made-up people take seconds
            connection.execute(f"COMMENT ON DATABASE {named} IS 'demo data'")

        run = start(DATABASE_URL=cluster.url("app", named), DATABASE_OWNER_URL=cluster.url("owner", named))
        run.hear("Ctrl-C stops everything")
        status, _ = run.ready()
        said = run.stop()

        assert status == 200
        assert "PostgreSQL: the one named by DATABASE_URL" in said
        assert run.popen.returncode == 0
        assert cluster.is_running()

    def test_says_in_one_sentence_that_a_role_may_not_change_the_tables(
        self, start: Callable[..., Run], cluster: Cluster, named: str
    ) -> None:
        run = start(DATABASE_URL=cluster.url("app", named))

        said = run.stop_by_itself()

        assert run.popen.returncode == 1
        assert said.splitlines()[-1] == (
            "Error: This role may not change the tables: let DATABASE_OWNER_URL name the one that owns them."
        )
        assert "Traceback" not in said

    def test_says_in_one_sentence_that_a_role_may_not_act_as_the_app(
        self, start: Callable[..., Run], cluster: Cluster, named: str
    ) -> None:
        run = start(DATABASE_URL=cluster.url("owner", named))

        said = run.stop_by_itself()

        assert run.popen.returncode == 1
        assert said.splitlines()[-1] == (
            "Error: The role vedhaanden_owner of DATABASE_URL may not act as vedhaanden_app:"
            " as an administrator run GRANT vedhaanden_app TO vedhaanden_owner."
        )

    def test_says_in_one_sentence_that_nothing_answers_there(self, start: Callable[..., Run]) -> None:
        run = start(DATABASE_URL=f"postgresql://nobody:x@127.0.0.1:{free_port()}/nowhere")

        said = run.stop_by_itself()

        assert run.popen.returncode == 1
        assert said.splitlines()[-1].startswith("Error: The database does not answer")
        assert "Traceback" not in said
