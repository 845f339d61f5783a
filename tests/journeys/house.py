"""The real server and the real worker, as processes, on a database of their own."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pyotp

from notifications import outbox
from server import migrations
from server.accounts import service as accounts
from server.accounts import sign_in
from server.config import Config
from server.core import crypto, db
from server.core.access import Role
from server.core.localdb import Cluster
from server.rights.holdings import HOLDINGS

REPOSITORY = Path(__file__).parents[2]
BUILD = Path(os.environ.get("PWA_DIR") or REPOSITORY / "pwa" / "dist")
NOT_BUILT = "The app is not built: type make test, or flask render-content and then npm run build in pwa/."
DATABASE = "journeys"
START_SECONDS = 60
WORKER = ["tests.journeys.worker_by_day"]
#: The house is reached without TLS; to read the world's authorities takes longer than most calls.
TRUSTS_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
PASSWORD = "grøn cykel under æbletræet"


#: What other journeys did to the push service must not rest it for this one.
WELL_AGAIN = """
INSERT INTO push_origin (origin, state, closed_at)
SELECT DISTINCT origin, 'closed', now() FROM push_device WHERE origin IS NOT NULL
ON CONFLICT (origin) DO UPDATE
SET state = 'closed', closed_at = now(), reason = NULL, opened_at = NULL, next_probe_at = NULL
"""


@dataclass(frozen=True)
class Login:
    """A colleague with all that is needed to sign in."""

    id: str
    name: str
    email: str
    password: str
    secret: str

    def code(self) -> str:
        """What the authenticator app shows now."""
        return pyotp.TOTP(self.secret).at(datetime.now(UTC))


class House:
    """Web and worker, ready for browsers, until `stop`."""

    def __init__(
        self, cluster: Cluster, folder: Path, *, push_origin: str, sms_gateway: str | None = None
    ) -> None:
        assert (BUILD / "index.html").is_file(), NOT_BUILT
        shutil.copytree(BUILD, folder / "pwa")
        self._cluster = cluster
        self._folder = folder
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        cluster.create_database(DATABASE)
        migrations.upgrade(cluster.url("owner", DATABASE))
        settings = {
            "APP_ENV": "test",
            "DATABASE_URL": cluster.url("app", DATABASE),
            "DATABASE_OWNER_URL": cluster.url("owner", DATABASE),
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "PUSH_EXTRA_ORIGINS": push_origin,
            "PWA_DIR": str(folder / "pwa"),
            "VAR_DIR": str(folder / "var"),
        }
        if sms_gateway is not None:
            settings |= {"SMS_GATEWAY_URL": sms_gateway, "SMS_GATEWAY_TOKEN": "t", "SMS_SENDER": "Overblik"}
        self.config = Config.from_env(settings)
        self.environment = {**os.environ, **settings, "PYTHONUNBUFFERED": "1"}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> House:
        """Start both processes and wait until they are ready.

        :raises AssertionError: with the log, if they are not
        """
        self._launch_web()
        self._launch("worker", WORKER)
        self._wait_until_ready()
        return self

    def _launch_web(self) -> None:
        address = ["--host=127.0.0.1", f"--port={self.port}", "--threads=8"]
        self._launch("web", ["waitress", *address, "wsgi:app"])

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._is_ready():
                return
            if any(process.poll() is not None for process in self._processes.values()):
                break
            time.sleep(0.1)
        raise AssertionError(f"The house did not come up. It said:\n{self.log()}")

    def _launch(self, name: str, module: list[str], **more: str) -> None:
        with (self._folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=REPOSITORY,
                env={**self.environment, **more},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2, verify=TRUSTS_NOBODY).status_code == 200
        except httpx.HTTPError:
            return False

    @contextmanager
    def web_killed(self) -> Iterator[None]:
        """Let the web process be dead in the middle of its work, and afterwards start it anew."""
        self._processes["web"].kill()
        self._processes["web"].wait(timeout=5)
        try:
            yield
        finally:
            self._launch_web()
            self._wait_until_ready()

    def stop(self) -> None:
        """End both processes as an operator does."""
        for process in self._processes.values():
            process.terminate()
        for name in self._processes:
            self._end(name)

    def _end(self, name: str) -> None:
        process = self._processes[name]
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=5)

    def log(self) -> str:
        """Everything that web and worker have said."""
        return "".join(path.read_text(errors="replace") for path in sorted(self._folder.glob("*.log")))

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Let this process call the house's own services."""
        db.configure(self.config.database_url)
        crypto.configure(
            field_keys=self.config.field_keys,
            index_key=self.config.blind_index_key,
            signing_key=self.config.secret_key,
        )
        try:
            yield
        finally:
            db.dispose()

    def employ(self, name: str, *roles: Role, unit: str = "rusmiddelcenter") -> Login:
        """A new colleague, by default a counsellor."""
        secret, email = pyotp.random_base32(), f"{secrets.token_hex(6)}@example.dk"
        with self.inside(), db.transaction() as session:
            known = {each.slug: each for each in accounts.list_units(session)}
            at = datetime.now(UTC)
            home = known.get(unit) or accounts.create_unit(session, slug=unit, name=unit.title(), now=at)
            member = sign_in.add_staff_member(
                session,
                unit_id=home.id,
                name=name,
                email=email,
                roles=list(roles or (Role.COUNSELLOR,)),
                password=PASSWORD,
                totp_secret=secret,
                now=at,
            )
            return Login(str(member.id), name, email, PASSWORD, secret)

    def the_hour_of_the_reminder_comes(self, appointment_id: str) -> None:
        """Let the reminder of the day before be due now, as if the days until then had passed."""
        with self._cluster.connect("superuser", DATABASE) as connection:
            changed = connection.execute(
                "UPDATE occurrence SET due_at = now() FROM reminder WHERE reminder.id = reminder_id"
                " AND subject_id = %s AND slot_key = 'day-before'",
                [appointment_id],
            )
            assert changed.rowcount == 1, f"{changed.rowcount} reminders are planned, not 1"
            connection.execute("SELECT pg_notify(%s, '')", [outbox.CHANNEL])

    def the_morning_comes(self, citizen_id: str) -> None:
        """What somebody is to be told, and waits for the morning when this runs at night, is due now."""
        with self._cluster.connect("superuser", DATABASE) as connection:
            connection.execute(
                "UPDATE occurrence SET due_at = now() FROM reminder WHERE reminder.id = reminder_id"
                " AND kind = 'message' AND recipient_id = %s AND due_at > now()",
                [citizen_id],
            )
            connection.execute("SELECT pg_notify(%s, '')", [outbox.CHANNEL])

    def wait_until_held(self, appointment_id: str) -> None:
        """Wait until the worker has put a reminder aside for the morning.

        :raises AssertionError: if it does not
        """
        held = (
            "SELECT 1 FROM occurrence o JOIN reminder r ON r.id = o.reminder_id"
            " WHERE r.subject_id = %s AND o.slot_key = 'day-before' AND o.state = 'held'"
        )
        deadline = time.monotonic() + START_SECONDS
        while not self.rows(held, appointment_id):
            assert time.monotonic() < deadline, "the reminder is not held"
            time.sleep(0.1)

    @contextmanager
    def night(self) -> Iterator[None]:
        """Let it be 23 o'clock for the worker, and afterwards noon: what the night held goes out then."""
        self._end("worker")
        self._launch("worker", WORKER, WORKER_HOUR="23")
        try:
            yield
        finally:
            self._end("worker")
            with self._cluster.connect("superuser", DATABASE) as connection:
                connection.execute("UPDATE occurrence SET held_until = now() WHERE state = 'held'")
            self._launch("worker", WORKER)

    def the_talk_was_days_ago(self, appointment_id: str, *, days: int) -> None:
        """Let an appointment of three days from now have been so many days ago, as if the time had passed."""
        passed = (
            "UPDATE appointment SET starts_at = starts_at - make_interval(days => %s),"
            " starts_local = starts_local - make_interval(days => %s) WHERE id = %s"
        )
        with self._cluster.connect("superuser", DATABASE) as connection:
            assert connection.execute(passed, [days + 3, days + 3, appointment_id]).rowcount == 1

    def the_contact_was_days_ago(self, contact_id: str, *, days: int) -> None:
        """Let a contact with the crisis line, and what was agreed in it, be so many days old."""
        moved = {
            "crisis_contact": ("id", ("opened_at", "received_at", "closed_at"), ()),
            "crisis_follow_up": ("contact_id", ("yes_at", "created_at"), ("due_on",)),
        }
        with self._cluster.connect("superuser", DATABASE) as connection:
            for table, (key, instants, days_of) in moved.items():
                set_to = [f"{name} = {name} - make_interval(days => %(days)s)" for name in instants]
                set_to += [f"{name} = {name} - %(days)s" for name in days_of]
                query = f"UPDATE {table} SET {', '.join(set_to)} WHERE {key} = %(id)s"
                assert connection.execute(query, {"days": days, "id": contact_id}).rowcount > 0, table

    def let_the_pairing_grow_old(self, citizen_id: str) -> None:
        """Let every session of this person's phones have run out, as after months without use."""
        aged = "UPDATE device_session SET expires_at = now() - interval '1 day' WHERE citizen_id = %s"
        with self._cluster.connect("superuser", DATABASE) as connection:
            assert connection.execute(aged, [citizen_id]).rowcount > 0, "this person has no phone"

    def let_used_codes_pass(self, email: str) -> None:
        """Let a colleague sign in once more within the same half minute, as if it had passed."""
        with self._cluster.connect("superuser", DATABASE) as connection:
            connection.execute(
                "UPDATE credential SET totp_last_step = 0 FROM staff_member"
                " WHERE staff_member.id = staff_id AND email = %s",
                [email],
            )

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Look at what is really stored."""
        with self._cluster.connect("superuser", DATABASE) as connection:
            return list(connection.execute(query, values).fetchall())

    def stored_among(self, *texts: str) -> set[str]:
        """Which of these texts stand anywhere in the database; what is sealed is opened first."""
        tables = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        found = [str(row[0]) for (table,) in tables for row in self.rows(f"SELECT t::text FROM {table} t")]
        with self.inside():
            for holding in HOLDINGS:
                for column, context in holding.sealed:
                    for row_id, value in self.rows(f"SELECT id, {column} FROM {holding.table}"):
                        found.append(str(crypto.unseal(value, context=context, row_id=row_id)))
        return {text for text in texts if any(text in each for each in found)}

    def forgive_attempts(self) -> None:
        """Start every rate limit and the record of the push service anew: the journeys share both."""
        with self._cluster.connect("superuser", DATABASE) as connection:
            connection.execute("DELETE FROM rate_counter")
            connection.execute(WELL_AGAIN)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
