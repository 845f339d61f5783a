"""A PostgreSQL of our own for development and tests: scram, checksums, UTF-8, one private Unix socket.

    cluster = start_cluster(Path("var/postgres"), passwords={...})     # durable
    cluster = start_cluster(tmp_path / "postgres", durable=False)      # tests: fast, gone after stop()
    cluster.create_database("vedhaanden", "owner")
    cluster.url("app", "vedhaanden")   # postgresql://vedhaanden_app:…@/vedhaanden?host=/tmp/vh-…
    cluster.stop()

The roles: "superuser" (postgres), "owner" (vedhaanden_owner: migrations), "app" (vedhaanden_app: the rest).
"""

import fcntl
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from server.core.pgbinaries import (
    Account,
    LocalDatabaseError,
    account_for,
    find_binaries,
    shared_home_for,
    within_reach,
)
from server.core.pgserver import SHORT_FOLDER, Running, Server

__all__ = ["ROLE_NAMES", "Cluster", "LocalDatabaseError", "start_cluster"]

ROLE_NAMES = {"superuser": "postgres", "owner": "vedhaanden_owner", "app": "vedhaanden_app"}


@dataclass
class Cluster:
    """One running PostgreSQL that we started."""

    server: Server
    running: Running
    passwords: Mapping[str, str]
    _lock: IO[str]

    @property
    def data_dir(self) -> Path:
        """Where the data really is (elsewhere than wished if PostgreSQL's user cannot enter there)."""
        return self.server.data_dir

    @property
    def socket_dir(self) -> Path:
        """The private folder of the socket."""
        return self.running.socket_dir

    @property
    def pid(self) -> int:
        """The process number of the server."""
        return self.running.popen.pid

    def url(self, role: str, database: str = "vedhaanden") -> str:
        """The address of a database for one of the three roles, as SQLAlchemy, psql and pg_dump read it."""
        password = quote(self.passwords[role], safe="")
        return f"postgresql://{ROLE_NAMES[role]}:{password}@/{database}?host={self.socket_dir}"

    def connect(self, role: str = "superuser", database: str = "postgres") -> "psycopg.Connection[Any]":
        """A plain autocommit connection, for what cannot run inside a transaction."""
        return psycopg.connect(
            host=str(self.socket_dir),
            user=ROLE_NAMES[role],
            password=self.passwords[role],
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def create_database(self, name: str, owner: str = "owner", *, template: str = "template0") -> None:
        """Create a database unless it exists; of the other roles only the app may connect."""
        with self.connect() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return
            owner_name = sql.Identifier(ROLE_NAMES.get(owner, owner))
            named = {"name": sql.Identifier(name), "owner": owner_name, "template": sql.Identifier(template)}
            for statement in (
                "CREATE DATABASE {name} OWNER {owner} TEMPLATE {template}",
                "REVOKE ALL ON DATABASE {name} FROM PUBLIC",
                "GRANT CONNECT ON DATABASE {name} TO vedhaanden_app",
            ):
                connection.execute(sql.SQL(statement).format(**named))

    def drop_database(self, name: str) -> None:
        """Remove a database and end whoever is still connected to it."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        with self.connect() as connection:
            connection.execute(statement.format(sql.Identifier(name)))

    def is_running(self) -> bool:
        """Whether the server is still there."""
        return self.running.popen.poll() is None

    def restart(self) -> None:
        """Start a server that died, at the same address, so that whoever uses it finds it again.

        :raises LocalDatabaseError: if it does not answer
        """
        self.server.end_leftover()
        self.running = self.server.start(self.socket_dir)

    def stop(self) -> None:
        """Stop the server and leave nothing but its data (of one that is not durable: nothing)."""
        self.running.stop()
        if not self.server.durable:
            shutil.rmtree(self.data_dir, ignore_errors=True)
            if self.data_dir.parent.name.startswith("vh-data-"):
                shutil.rmtree(self.data_dir.parent, ignore_errors=True)
        self._lock.close()


def start_cluster(
    data_dir: Path,
    *,
    durable: bool = True,
    passwords: Mapping[str, str] | None = None,
    bin_dir: Path | None = None,
) -> Cluster:
    """Start PostgreSQL on a data folder, made if it is missing, after ending what a killed run left there.

    Passwords are kept by the caller, by role ("superuser", "owner", "app"); without them new ones are made,
    which fits a folder that is new.

    :raises LocalDatabaseError: if that cannot be done; the text says what to do
    """
    data_dir = data_dir.absolute()
    binaries = find_binaries(bin_dir)
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    lock = _lock(data_dir)
    try:
        place = _place_for(data_dir, account_for(data_dir), durable=durable)
        account = account_for(place)
        server = Server(place, within_reach(binaries, account), account, durable)
        known = passwords or {role: secrets.token_urlsafe(24) for role in ROLE_NAMES}
        server.check_major()
        server.end_leftover()
        server.ensure_initialised(known["superuser"])
        return _with_roles(Cluster(server, server.start(), known, lock))
    except BaseException:
        lock.close()
        raise


def _lock(data_dir: Path) -> IO[str]:
    """Held for as long as the cluster runs; the system lets go of it even when we are killed."""
    lock = data_dir.with_name(f"{data_dir.name}.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise LocalDatabaseError(f"The database in {data_dir} is in use by another run: stop that one first.")
    return lock


def _place_for(data_dir: Path, account: Account | None, *, durable: bool) -> Path:
    """Where the data can live: as wished, or where PostgreSQL's own user can enter."""
    if account is None or account.may_enter(data_dir.parent):
        return data_dir
    if durable:
        return shared_home_for(data_dir) / "data"
    shelter = Path(tempfile.mkdtemp(prefix="vh-data-", dir=SHORT_FOLDER))
    shelter.chmod(0o755)
    return shelter / data_dir.name


def _with_roles(cluster: Cluster) -> Cluster:
    try:
        _ensure_roles(cluster)
    except psycopg.OperationalError as refused:
        cluster.stop()
        raise LocalDatabaseError(
            f"The passwords kept for the database in {cluster.data_dir} do not open it: "
            "put back the secrets.env that was made with it, or remove both to start anew."
        ) from refused
    return cluster


def _ensure_roles(cluster: Cluster) -> None:
    with cluster.connect() as connection:
        for role in ("owner", "app"):
            name, password = ROLE_NAMES[role], cluster.passwords[role]
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
            statement = "ALTER ROLE {} LOGIN PASSWORD {}" if known else "CREATE ROLE {} LOGIN PASSWORD {}"
            connection.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Literal(password)))
