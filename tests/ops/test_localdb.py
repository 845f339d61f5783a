"""The PostgreSQL that we start ourselves."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from server.core import processes
from server.core.localdb import ROLE_NAMES, Cluster, LocalDatabaseError, start_cluster
from server.core.pgbinaries import (
    OLDEST_MAJOR,
    Account,
    account_for,
    find_binaries,
    shared_home_for,
    within_reach,
)

PASSWORDS = {role: f"secret-of-{role}" for role in ROLE_NAMES}
SYSTEM = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
ENGINES = [None, *SYSTEM]


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that PostgreSQL's own user can enter."""
    folder = Path(tempfile.mkdtemp(prefix="vh-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def rows(cluster: Cluster) -> int:
    with cluster.connect("owner", "house") as connection:
        found = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert found is not None
    return int(found[0])


def fill(cluster: Cluster) -> None:
    cluster.create_database("house", "owner")
    with cluster.connect("owner", "house") as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 500) AS id")


class TestStartCluster:
    @pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: str(engine or "first choice"))
    def test_keeps_its_data_from_one_start_to_the_next(self, place: Path, engine: Path | None) -> None:
        first = start_cluster(place / "postgres", passwords=PASSWORDS, bin_dir=engine)
        fill(first)
        first.stop()

        second = start_cluster(place / "postgres", passwords=PASSWORDS, bin_dir=engine)

        assert rows(second) == 500
        second.stop()
        assert not second.is_running()
        assert not second.socket_dir.exists()

    @pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: str(engine or "first choice"))
    def test_is_set_up_for_danish_text_and_safe_storage(self, place: Path, engine: Path | None) -> None:
        cluster = start_cluster(place / "postgres", durable=False, bin_dir=engine)
        try:
            with cluster.connect() as connection:
                answer = connection.execute(
                    "SELECT upper('æøå'), current_setting('data_checksums'),"
                    " current_setting('server_encoding'), current_setting('listen_addresses'),"
                    " current_setting('TimeZone'),"
                    " (SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules)"
                ).fetchone()
        finally:
            cluster.stop()

        assert answer == ("ÆØÅ", "on", "UTF8", "", "UTC", "scram-sha-256")

    def test_gives_the_address_of_each_role(self, place: Path) -> None:
        cluster = start_cluster(place / "postgres", durable=False)
        cluster.create_database("house", "owner")
        try:
            for role, name in ROLE_NAMES.items():
                with psycopg.connect(cluster.url(role, "house").replace("+psycopg", "")) as connection:
                    assert connection.execute("SELECT current_user").fetchone() == (name,)
        finally:
            cluster.stop()

    def test_lets_nobody_in_with_a_wrong_password(self, place: Path) -> None:
        cluster = start_cluster(place / "postgres", durable=False)
        address = {"host": str(cluster.socket_dir), "dbname": "postgres"}
        try:
            with pytest.raises(psycopg.OperationalError, match="authentication failed"):
                psycopg.connect(user="postgres", password="guessed", **address)
            assert cluster.socket_dir.stat().st_mode & 0o077 == 0
        finally:
            cluster.stop()

    def test_says_which_passwords_are_missing(self, place: Path) -> None:
        start_cluster(place / "postgres", passwords=PASSWORDS).stop()

        with pytest.raises(LocalDatabaseError, match=r"put back the secrets\.env"):
            start_cluster(place / "postgres", passwords=PASSWORDS | {"superuser": "forgotten"})

    def test_leaves_nothing_of_a_test_cluster(self, place: Path) -> None:
        cluster = start_cluster(place / "postgres", durable=False)

        cluster.stop()

        assert not cluster.data_dir.exists()

    def test_refuses_a_folder_in_use(self, place: Path) -> None:
        cluster = start_cluster(place / "postgres", passwords=PASSWORDS)
        try:
            with pytest.raises(LocalDatabaseError, match="in use by another run"):
                start_cluster(place / "postgres", passwords=PASSWORDS)
            assert cluster.is_running()
        finally:
            cluster.stop()

    def test_refuses_the_folder_of_another_major(self, place: Path) -> None:
        start_cluster(place / "postgres", passwords=PASSWORDS).stop()
        (place / "postgres" / "PG_VERSION").write_text("13\n")

        with pytest.raises(LocalDatabaseError) as refused:
            start_cluster(place / "postgres", passwords=PASSWORDS)

        assert "was made by PostgreSQL 13" in str(refused.value)
        assert "pg_dump 13" in str(refused.value)

    def test_says_what_postgresql_said_when_it_does_not_start(
        self, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("server.core.pgserver.RETRY_SECONDS", 0)
        start_cluster(place / "postgres", passwords=PASSWORDS).stop()
        (place / "postgres" / "postgresql.conf").write_text("nonsense = 1\n")

        with pytest.raises(LocalDatabaseError, match=r"nonsense|configuration file"):
            start_cluster(place / "postgres", passwords=PASSWORDS)

    def test_makes_anew_what_an_interrupted_first_start_left(self, place: Path) -> None:
        (place / "postgres" / "base").mkdir(parents=True)

        cluster = start_cluster(place / "postgres", durable=False)

        assert cluster.is_running()
        cluster.stop()


class TestAfterAKill:
    def test_comes_back_at_the_same_address_with_all_rows(self, place: Path) -> None:
        cluster = start_cluster(place / "postgres", passwords=PASSWORDS)
        fill(cluster)
        before = cluster.url("app", "house")
        os.kill(cluster.pid, signal.SIGKILL)
        wait_for(lambda: not cluster.is_running())

        cluster.restart()

        assert cluster.url("app", "house") == before
        assert rows(cluster) == 500
        cluster.stop()

    def test_ends_the_server_that_a_killed_run_left(self, place: Path) -> None:
        left = left_behind(place / "postgres")

        cluster = start_cluster(place / "postgres", passwords=PASSWORDS)

        assert not left.is_alive()
        assert cluster.is_running()
        cluster.stop()

    def test_starts_beside_a_stranger_with_the_old_number(self, place: Path) -> None:
        start_cluster(place / "postgres", passwords=PASSWORDS).stop()
        stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        (place / "postgres" / "postmaster.pid").write_text(
            f"{stranger.pid}\n{place / 'postgres'}\n{int(time.time())}\n5432\n/tmp/nowhere\n\n  0 0\nready\n"
        )

        cluster = start_cluster(place / "postgres", passwords=PASSWORDS)

        assert stranger.poll() is None
        assert cluster.is_running()
        cluster.stop()
        stranger.kill()
        stranger.wait()


def left_behind(data_dir: Path) -> processes.Process:
    """A server whose starter was killed without a chance to stop it."""
    starter = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path; from server.core.localdb import start_cluster\n"
            f"cluster = start_cluster(Path({str(data_dir)!r}), passwords={PASSWORDS!r})\n"
            "print(cluster.pid, flush=True); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout is not None
    found = processes.find(int(starter.stdout.readline()))
    starter.kill()
    starter.wait()
    starter.stdout.close()
    assert found is not None
    assert found.is_alive()
    return found


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


class TestFindBinaries:
    def test_finds_a_version_that_is_new_enough(self) -> None:
        assert find_binaries().major >= OLDEST_MAJOR

    def test_refuses_a_folder_without_postgresql(self, tmp_path: Path) -> None:
        with pytest.raises(LocalDatabaseError, match="holds no PostgreSQL 15 or later"):
            find_binaries(tmp_path)

    def test_refuses_one_that_is_too_old(self, tmp_path: Path) -> None:
        for name in ("initdb", "postgres"):
            (tmp_path / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.3'\n")
            (tmp_path / name).chmod(0o755)

        with pytest.raises(LocalDatabaseError, match="holds no PostgreSQL 15 or later"):
            find_binaries(tmp_path)


class TestWhoeverStartsIt:
    """As root PostgreSQL runs as somebody else, who may not be able to enter; as anybody else, as oneself."""

    def test_never_runs_as_root(self, place: Path) -> None:
        cluster = start_cluster(place / "postgres", durable=False)
        owner = cluster.data_dir.stat().st_uid

        cluster.stop()

        assert owner != 0
        assert os.geteuid() in (0, owner)

    def test_finds_room_elsewhere_when_the_folder_is_closed(self, place: Path) -> None:
        closed = place / "closed"
        closed.mkdir(mode=0o700)
        mode_before = closed.stat().st_mode

        cluster = start_cluster(closed / "postgres", passwords=PASSWORDS)
        cluster.stop()

        assert closed.stat().st_mode == mode_before
        if os.geteuid() == 0:
            home = shared_home_for(closed / "postgres")
            assert cluster.data_dir == home / "data"
            shutil.rmtree(home)
        else:
            assert cluster.data_dir == closed / "postgres"

    def test_works_for_an_ordinary_user(self, place: Path) -> None:
        """As root: in a process that gives root up; else this very process is the proof."""
        account = account_for(place / "postgres")
        engine = within_reach(find_binaries(), account).folder
        if account:
            os.chown(place, account.uid, account.gid)

        child = os.fork()
        if child == 0:
            os._exit(0 if starts_as(account, place, engine) else 1)

        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def starts_as(account: Account | None, place: Path, engine: Path) -> bool:
    """Start and stop a cluster as somebody; only for a process that ends afterwards."""
    if account:
        os.setgroups([])
        os.setgid(account.gid)
        os.setuid(account.uid)
    cluster = start_cluster(place / "mine" / "postgres", durable=False, bin_dir=engine)
    owner = cluster.data_dir.stat().st_uid
    cluster.stop()
    return owner == os.geteuid() != 0
