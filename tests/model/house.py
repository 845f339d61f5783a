"""The house of the model test: the real server in its own process, its people, and the database."""

import json
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from server.accounts import service as accounts
from server.accounts import sign_in
from server.accounts.models import StaffMember
from server.appointments import service as appointments
from server.appointments.models import AppointmentKind, Mode
from server.citizens import relations
from server.citizens import service as citizens
from server.citizens.models import CareRole, Channel
from server.config import Config
from server.consents import service as consents
from server.core import clock, crypto, db
from server.core.access import Actor, ActorKind, Role
from server.core.localdb import Cluster
from tests.conftest import PASSWORD, REPOSITORY, TOTP_SECRET, actor_of
from tests.model.wire import Answer, Request, Wire
from tests.ops.running import free_port

PATIENCE = 60.0


ONE_COUNSELLOR = "All people of a story have one counsellor."


class House:
    """The server, three colleagues, and a connection that sees everything."""

    def __init__(self, cluster: Cluster, settings: Config, folder: Path) -> None:
        self.fail_points = folder / "fail-points"
        self.fail_points.mkdir()
        self.port = free_port()
        self._ready = folder / "ready"
        self._log = (folder / "server.log").open("w")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.model.server", str(self.port)],
            cwd=REPOSITORY,
            env=environment(settings, self.fail_points, self._ready),
            stdin=subprocess.PIPE,  # closes with this process, and ends the server
            stdout=self._log,
            stderr=self._log,
        )
        self.truth = cluster.connect("superuser", "vedhaanden")
        self._employ()
        self._wait()
        self.desk_wire = self.new_wire()

    def new_wire(self) -> Wire:
        """A line to the server."""
        return Wire(self.port, self.fail_points)

    def close(self) -> None:
        """End the server and the connection."""
        self._process.terminate()
        self._process.wait(20)
        if self._process.stdin:
            self._process.stdin.close()
        self._log.close()
        self.desk_wire.close()
        self.truth.close()

    def at_desk(
        self, method: str, path: str, body: dict[str, Any] | None = None, version: int | None = None
    ) -> Answer:
        """What the counsellor's browser is told; `version` is what the page showed."""
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"staff-session={self._desk_token}"}
        headers["Content-Type"] = "application/json"
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        sent = None if body is None else json.dumps(body).encode()
        return self.desk_wire.exchange(Request(method, path, headers, sent))

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while not self._ready.exists():
            assert self._process.poll() is None, "The server did not start."
            assert time.monotonic() < until, "The server does not answer."
            time.sleep(0.02)

    def _employ(self) -> None:
        now = clock.now()
        with db.transaction() as session:
            unit = accounts.create_unit(session, slug="rusmiddelcenter", name="Rusmiddelcenter", now=now)
        self.counsellor = _hire(unit.id, "karen@example.dk", Role.COUNSELLOR)
        self.colleague = _hire(unit.id, "ole@example.dk", Role.COUNSELLOR)
        self.manager = _hire(unit.id, "mona@example.dk", Role.MANAGER)
        with db.transaction() as session:
            _, self._desk_token = accounts.create_staff_session(
                session, staff_id=self.counsellor.id, label=None, now=now
            )


class Citizen:
    """One person of one story: what is done for them by others, outside the phones."""

    def __init__(self, house: House, number: int) -> None:
        self.house = house
        now = clock.now()
        with db.transaction() as session:
            taken_in = citizens.take_in(
                session,
                alias=f"Fugl {number}",
                first_contact_channel=Channel.AT_THE_DOOR,
                actor=actor_of(house.counsellor),
                now=now,
            )
            self.id: UUID = taken_in.id
        with db.transaction() as session:
            self._relate(session, house.colleague, CareRole.CARE_TEAM)
        self.in_care, self.shares = True, False
        self.book()

    @property
    def actor(self) -> Actor:
        """The citizen as the services see one."""
        return Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=self.id)

    def new_code(self) -> str:
        """A code for a phone; the colleague makes it, and no limit of codes an hour counts here."""
        self.house.truth.execute("DELETE FROM rate_counter")
        with db.transaction() as session:
            made = citizens.make_pairing_code(
                session, citizen_id=self.id, actor=actor_of(self.house.colleague), now=clock.now()
            )
        return made.code

    def book(self) -> None:
        """The counsellor books a talk."""
        now = clock.now()
        with db.transaction() as session:
            appointments.book(
                session,
                citizen_id=self.id,
                starts_at=_in_days(5),
                duration_minutes=30,
                kind=AppointmentKind.TALK,
                mode=Mode.PHONE,
                actor=actor_of(self.house.counsellor),
                now=now,
                override_reason=ONE_COUNSELLOR,
            )

    def rearrange(self, appointment_id: str, *, cancel: bool) -> bool:
        """The counsellor moves a talk, or cancels it and books another; whether that was possible."""
        found = self.house.truth.execute(
            "SELECT revision FROM appointment WHERE id = %s AND status = 'booked'", [appointment_id]
        ).fetchone()
        if found is None:
            return False
        path = f"/api/v1/staff/appointments/{appointment_id}"
        if cancel:
            body = {"cancellation": "by-service"}
            answer = self.house.at_desk("POST", f"{path}/cancellation", body, found[0])
        else:
            moved = {"starts_at": _in_days(6).isoformat(), "override_reason": ONE_COUNSELLOR}
            answer = self.house.at_desk("POST", f"{path}/move", moved, found[0])
        assert answer.status == (200 if cancel else 201), answer
        if cancel:
            self.book()
        return True

    def lose_phones(self) -> None:
        """ "Mobilen er væk": the counsellor ends every phone of this person."""
        self.house.truth.execute("DELETE FROM rate_counter")
        answer = self.house.at_desk("POST", f"/api/v1/staff/citizens/{self.id}/lost-phone", {})
        assert answer.status == 201, answer

    def share(self, given: bool) -> None:
        """Give the contact person a yes to the plan, or take it back."""
        with db.transaction() as session:
            consents.choose(
                session,
                purpose=consents.Purpose.CONTACT_PERSON,
                item_class=consents.ItemClass.CRISIS_PLAN,
                given=given,
                text_version="1",
                actor=self.actor,
                now=clock.now(),
            )
        self.shares = given

    def end_care(self) -> None:
        """The counsellor no longer works with this person."""
        with db.transaction() as session:
            for one in relations.list_relations(session, citizen_id=self.id):
                if one.staff_id == self.house.counsellor.id and one.ends_at is None:
                    relations.end_relation(
                        session,
                        relation_id=one.id,
                        reason="skift",
                        actor=actor_of(self.house.manager),
                        now=clock.now(),
                    )
        self.in_care = False

    def resume_care(self) -> None:
        """The counsellor works with this person again."""
        with db.transaction() as session:
            self._relate(session, self.house.counsellor, CareRole.CONTACT_PERSON)
        self.in_care = True

    def _relate(self, session: Any, staff: StaffMember, role: CareRole) -> None:
        relations.give_relation(
            session,
            citizen_id=self.id,
            staff_id=staff.id,
            role=role,
            reason="holder samtaler",
            actor=actor_of(self.house.manager),
            now=clock.now(),
        )


class Truth:
    """What lies in the database about one citizen, opened with the house's keys."""

    def __init__(self, connection: "psycopg.Connection[Any]", citizen_id: UUID) -> None:
        def rows(statement: str) -> list[tuple[Any, ...]]:
            return connection.execute(statement, [citizen_id]).fetchall()

        self.erased = {
            str(row[0])
            for row in rows("SELECT id FROM plan_line WHERE citizen_id = %s AND erased_at IS NOT NULL")
        }
        self.versions = {
            str(row[0]): (
                str(row[1]),
                crypto.unseal(row[2], context="plan_line_version.value", row_id=row[0]),
            )
            for row in rows("SELECT id, line_id, value_sealed FROM plan_line_version WHERE citizen_id = %s")
        }
        self.refused = [
            (str(row[1]), row[2], crypto.unseal(row[3], context="rejected_edit.content", row_id=row[0]))
            for row in rows(
                "SELECT id, entity_id, author_kind, content_sealed FROM rejected_edit WHERE citizen_id = %s"
            )
        ]
        self.titles = rows("SELECT goal_id::text, value, mutation_id FROM goal_title WHERE citizen_id = %s")
        self.answers = rows(
            "SELECT id::text, reply, replied_revision, revision, status FROM appointment"
            " WHERE citizen_id = %s"
        )
        self.trail = rows(
            "SELECT event, actor_kind, outcome FROM audit_event WHERE citizen_id = %s ORDER BY position"
        )
        self.goals = dict(rows("SELECT id::text, version FROM goal WHERE citizen_id = %s"))

    def words(self) -> list[str]:
        """Every text that is kept, as often as it is kept."""
        found = [value for _, value in self.versions.values()]
        found += [part for _, _, content in self.refused if content for part in content.split("\n")]
        return [value for value in [*found, *(row[1] for row in self.titles)] if value]


def _in_days(days: int) -> datetime:
    return clock.now().replace(second=0, microsecond=0) + timedelta(days=days)


def environment(settings: Config, fail_points: Path, ready: Path) -> dict[str, str]:
    """What the server's process is told."""
    return {
        **os.environ,
        "APP_ENV": "test",
        "VAR_DIR": str(settings.var_dir),
        "CONTENT_DIR": str(settings.content_dir),
        "DATABASE_URL": settings.database_url,
        "DATABASE_OWNER_URL": settings.database_owner_url,
        "PUBLIC_URL": "http://localhost",
        "FAIL_POINTS": str(fail_points),
        "READY_FILE": str(ready),
        "PYTHONPATH": str(REPOSITORY),
    }


def _hire(unit_id: UUID, email: str, role: Role) -> StaffMember:
    with db.transaction() as session:
        return sign_in.add_staff_member(
            session,
            unit_id=unit_id,
            name=email.partition("@")[0].title(),
            email=email,
            roles=[role],
            password=PASSWORD,
            totp_secret=TOTP_SECRET,
            now=clock.now(),
        )
