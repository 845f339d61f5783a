"""A house with people in it, for the benches: a database of its own, staff, citizens, and a browser."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from flask import Flask
from sqlalchemy import event
from werkzeug.test import EnvironBuilder

from server import migrations
from server.accounts import service as accounts
from server.accounts import sign_in
from server.citizens import service as citizens
from server.consents import service as consents
from server.consents.service import Purpose
from server.core import clock, db
from server.core.access import Actor, ActorKind, Role
from server.core.ids import new_id
from server.core.localdb import Cluster, start_cluster
from server.crisis_plans import service as crisis_plans

DATABASE = "bench"


class House(NamedTuple):
    """The cluster, and what a process of the house is told by its environment."""

    cluster: Cluster
    settings: dict[str, str]


@contextmanager
def house() -> Iterator[House]:
    """A migrated, empty database on a cluster of its own; this process is configured for it."""
    from server.app import configure_house
    from server.config import Config

    with tempfile.TemporaryDirectory(prefix="vh-bench-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL's user may enter, so the data goes with the folder
        cluster = start_cluster(Path(folder) / "postgres")
        try:
            cluster.create_database(DATABASE)
            migrations.upgrade(cluster.url("owner", DATABASE))
            settings = {
                "APP_ENV": "test",
                "VAR_DIR": folder,
                "DATABASE_URL": cluster.url("app", DATABASE),
                "PUBLIC_URL": "http://localhost",
            }
            configure_house(Config.from_env(settings))
            yield House(cluster, settings)
        finally:
            db.dispose()
            cluster.stop()


def employ(session: db.Session, unit_id: UUID, name: str, role: Role) -> accounts.StaffMember:
    """A colleague who can sign in."""
    return sign_in.add_staff_member(
        session,
        unit_id=unit_id,
        name=name,
        email=f"{name}@example.dk",
        roles=[role],
        password="grøn cykel under æbletræet",
        totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        now=clock.now(),
    )


def as_staff(member: accounts.StaffMember, role: Role) -> Actor:
    """The colleague as the one who acts."""
    return Actor(kind=ActorKind.STAFF, roles=frozenset({role}), staff_id=member.id, unit_id=member.unit_id)


def as_citizen(citizen_id: UUID) -> Actor:
    """The person as the one who acts."""
    return Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=citizen_id)


def open_case(session: db.Session, number: int, counsellor: Actor, *, lines: int = 5) -> UUID:
    """Take somebody in who lets the contact person and the crisis line see a plan of so many lines."""
    now = clock.now()
    citizen_id = citizens.take_in(
        session,
        alias=f"Fugl {number}",
        first_contact_channel=citizens.Channel.AT_THE_DOOR,
        actor=counsellor,
        now=now,
    ).id
    owner = as_citizen(citizen_id)
    for purpose, version in ((Purpose.CRISIS_LINE, "plan-2"), (Purpose.CONTACT_PERSON, "plan-1")):
        consents.choose(
            session,
            purpose=purpose,
            item_class=consents.ItemClass.CRISIS_PLAN,
            given=True,
            text_version=version,
            actor=owner,
            now=now,
        )
    for each in range(lines):
        crisis_plans.apply_put(
            session,
            citizen_id=citizen_id,
            line_id=new_id(),
            mutation_id=new_id(),
            fields={
                "section": "own-actions",
                "position": f"a{each:03d}",
                "text": {"value": f"Jeg går en tur, nummer {each}.", "parents": []},
            },
            device_at=None,
            actor=owner,
            now=now,
        )
    return citizen_id


class Browser:
    """One person's browser on a port of this machine; it keeps its line open."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._line = http.client.HTTPConnection("localhost", port, timeout=60)
        self._headers = {
            "Cookie": cookie,
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json",
        }

    def ask(self, method: str, path: str, body: Any = None, version: int | None = None) -> tuple[int, bytes]:
        """One request and its whole answer."""
        headers = dict(self._headers)
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        self._line.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = self._line.getresponse()
        return answer.status, answer.read()


def wait_for(port: int, path: str = "/healthz") -> None:
    """Until the process behind the port answers.

    :raises SystemExit: if it does not within half a minute
    """
    for _ in range(300):
        try:
            Browser(port).ask("GET", path)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"Nothing answered on port {port}: start the same process by hand to see why.")


class Server(NamedTuple):
    """A web server with one process at work, and its port."""

    port: int
    pid: int  #: of the process that answers

    def cpu_seconds(self) -> float:
        """The processor time that the answering process has used so far, its own and the kernel's for it."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Server]:
    """A web server on a free port, which the command takes as `{port}`; it has one worker process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [word.format(port=port) for word in command]
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, "/healthz")
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        yield Server(port, int(children[0]) if children else process.pid)
    finally:
        process.terminate()
        process.wait()


#: As an operator runs it, with one process so that its work can be read off.
GUNICORN = ("gunicorn", "--workers=1", "--threads=4", "--bind=127.0.0.1:{port}")


class Call:
    """One GET, asked of the application itself: no server, no line, nothing but its own work."""

    def __init__(self, app: Flask, path: str, cookie: str = "") -> None:
        self._app = app
        builder = EnvironBuilder(path=path, headers={"Cookie": cookie, "Sec-Fetch-Site": "same-origin"})
        self._environ = builder.get_environ()

    def __call__(self) -> bytes:
        """The body of the answer.

        :raises SystemExit: for any answer but 200
        """
        said: list[str] = []

        def start(status: str, _headers: Any, _trouble: Any = None) -> Any:
            said.append(status)
            return lambda _data: None

        answer = self._app.wsgi_app({**self._environ, "wsgi.input": BytesIO()}, start)
        try:
            body = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        if not said[0].startswith("200"):
            raise SystemExit(f"{self._environ['PATH_INFO']} was answered {said[0]}: {body.decode()[:300]}")
        return body


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that this process sends to its database meanwhile."""
    ran: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        ran.append(statement)

    engine = db.engine()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(engine, "before_cursor_execute", note)
