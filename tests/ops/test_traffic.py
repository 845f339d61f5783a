"""Requests as figures, from a web server of several processes: everything is counted, and nobody named."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from server.config import Config
from server.core import traffic
from tests.conftest import REPOSITORY
from tests.ops.running import free_port, wait_for

PROCESSES, ASKED, PATIENCE = 2, 40, 90
CANARY = "01999999-0000-7000-8000-00000000cafe"
PUBLIC = "/api/v1/public/configuration"


class Web:
    """A gunicorn of several processes that counts."""

    def __init__(self, database: str, settings: Config, folder: Path) -> None:
        self.port, self.metrics_port = free_port(), free_port()
        given = {
            **os.environ,
            "APP_ENV": "test",
            "VAR_DIR": str(settings.var_dir),
            "DATABASE_URL": database,
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "PYTHONPATH": str(REPOSITORY),
            "WEB_METRICS_PORT": str(self.metrics_port),
            "TMPDIR": str(folder),
        }
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", str(PROCESSES), "tests.ops.served:app"]
        self.output = folder / "output"
        with self.output.open("wb") as output:
            self.running = subprocess.Popen(command, cwd=REPOSITORY, env=given, stdout=output, stderr=output)

    def ask(self, path: str, count: int = 1) -> None:
        """Ask so often, on a connection of its own each time, so that every process gets its share."""
        for _ in range(count):
            httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=20)

    def figures(self) -> str:
        """What the metrics port says."""
        return httpx.get(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=5).text

    def has_figures(self) -> bool:
        """Whether a process has the metrics port."""
        try:
            return self.figures() is not None
        except httpx.TransportError:
            return False

    def counted(self, route: str, status: str = "2xx") -> float:
        """How many requests of a route ended so."""
        labels = f'method="GET",route="{re.escape(route)}",status="{status}"'
        found = re.search(rf"^ved_haanden_requests_total\{{{labels}\}} (\S+)$", self.figures(), re.MULTILINE)
        return float(found[1]) if found else 0

    def pids(self) -> list[int]:
        """The processes that answer."""
        booted = re.findall(r"Booting worker with pid: (\d+)", self.output.read_text())
        return [int(pid) for pid in booted if Path(f"/proc/{pid}").exists()]


@pytest.fixture
def web(database: str, settings: Config, tmp_path: Path) -> Iterator[Web]:
    running = Web(database, settings, tmp_path)
    try:
        wait_for(lambda: len(running.pids()) == PROCESSES and running.has_figures(), PATIENCE)
        yield running
    finally:
        running.running.terminate()
        running.running.wait(20)


def test_every_request_is_counted_once_whichever_process_answered_it(web: Web) -> None:
    web.ask(PUBLIC, ASKED)
    web.ask(f"/api/v1/public/calendars/{CANARY}.ics?{CANARY}=1")
    web.ask(f"/api/v1/no-such-place/{CANARY}")

    assert web.counted(PUBLIC) == ASKED
    said = web.figures()
    assert f'ved_haanden_request_seconds_count{{method="GET",route="{PUBLIC}"}} {ASKED}.0' in said
    assert f'ved_haanden_request_seconds_bucket{{le="+Inf",method="GET",route="{PUBLIC}"}} {ASKED}.0' in said
    assert 'route="/api/v1/public/calendars/' in said
    assert CANARY not in said
    assert "127.0.0.1" not in said


def test_a_process_that_is_killed_takes_no_figure_with_it(web: Web) -> None:
    web.ask(PUBLIC, ASKED)

    for pid in web.pids():  # one after the other, whoever has the port among them
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda killed=pid: killed not in web.pids() and len(web.pids()) == PROCESSES, PATIENCE)  # type: ignore[misc]
    wait_for(web.has_figures, PATIENCE)

    assert web.counted(PUBLIC) == ASKED
    web.ask(PUBLIC, ASKED)
    assert web.counted(PUBLIC) == 2 * ASKED


class TestTheFolder:
    @pytest.fixture(autouse=True)
    def elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A folder for passing things that is this test's own."""
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        return tmp_path

    def test_is_the_same_for_all_that_one_server_has_started(self) -> None:
        assert traffic.shared_folder() == traffic.shared_folder()
        assert traffic.shared_folder().stat().st_mode & 0o077 == 0

    def test_of_a_server_that_has_ended_is_removed(self, elsewhere: Path) -> None:
        old = elsewhere / f"{traffic.FOLDERS}1-000000000000"
        old.mkdir(mode=0o700)

        traffic.shared_folder()

        assert not old.exists()

    def test_that_others_can_read_is_refused(self) -> None:
        traffic.shared_folder().chmod(0o755)

        with pytest.raises(traffic.NotOurs):
            traffic.shared_folder()
