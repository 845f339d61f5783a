"""A citizen can be gone, everywhere, and the neighbour stays as they were."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask

from server.audit import service as audit
from server.core import crypto, db
from server.core.errors import NotFound
from server.core.ids import new_id
from server.rights import service
from server.rights.holdings import HOLDINGS
from tests.rights.conftest import CPR, MARK, PHONE_NUMBER
from tests.sync.pushing import Sender, version_of

Superuser = psycopg.Connection[Any]
ERASURE = "/api/v1/citizen/erasure"


def _everything(superuser: Superuser) -> str:
    """Every row of every table as text; what is sealed stands there opened as well."""
    tables = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    parts = []
    for (table,) in tables:
        parts += [str(row[0]) for row in superuser.execute(f"SELECT t::text FROM {table} t")]
    for holding in HOLDINGS:
        for column, context in holding.sealed:
            for row_id, value in superuser.execute(f"SELECT id, {column} FROM {holding.table}"):
                parts.append(str(crypto.unseal(value, context=context, row_id=row_id)))
    return "\n".join(parts)


def _hits(superuser: Superuser) -> list[str]:
    held = _everything(superuser)
    index = crypto.blind_index(CPR.replace("-", ""), context="citizen.cpr").hex()
    return [mark for mark in (MARK, CPR, CPR.replace("-", ""), PHONE_NUMBER, index) if mark in held]


class TestErase:
    def test_leaves_no_word_in_any_table(
        self, marked: tuple[Any, Any], superuser: Superuser, now: datetime
    ) -> None:
        person, _ = marked
        assert {MARK, PHONE_NUMBER} <= set(_hits(superuser))

        with db.transaction() as session:
            service.erase(session, citizen_id=person.id, now=now)

        assert _hits(superuser) == []

    def test_touches_nobody_else(
        self, marked: tuple[Any, Any], stranger: Any, superuser: Superuser, now: datetime
    ) -> None:
        person, _ = marked
        own = "SELECT c::text FROM citizen c WHERE id = %s"
        relations = "SELECT r::text FROM care_relation r WHERE citizen_id = %s"
        before = [superuser.execute(each, [stranger.id]).fetchall() for each in (own, relations)]

        with db.transaction() as session:
            service.erase(session, citizen_id=person.id, now=now)

        assert [superuser.execute(each, [stranger.id]).fetchall() for each in (own, relations)] == before

    def test_tells_the_phone_to_wipe_itself(self, marked: tuple[Any, Any], now: datetime) -> None:
        person, phone = marked

        with db.transaction() as session:
            service.erase(session, citizen_id=person.id, now=now)

        assert phone.get("/api/v1/citizen/sync/pull").json["code"] == "session-ended"

    def test_withdraws_what_was_planned_and_keeps_the_trail_whole(
        self, marked: tuple[Any, Any], superuser: Superuser, now: datetime
    ) -> None:
        person, _ = marked

        with db.transaction() as session:
            service.erase(session, citizen_id=person.id, now=now)

        waiting = "SELECT count(*) FROM occurrence WHERE finished_at IS NULL"
        assert superuser.execute(waiting).fetchone() == (0,)
        with db.transaction() as session:
            assert audit.verify(session) == []
        seen = "SELECT count(*) FROM audit_event WHERE citizen_id = %s"
        assert (superuser.execute(seen, [person.id]).fetchone() or (0,))[0] > 3

    def test_twice_is_once_and_nobody_is_not_found(self, marked: tuple[Any, Any], now: datetime) -> None:
        person, _ = marked
        for _ in range(2):
            with db.transaction() as session:
                service.erase(session, citizen_id=person.id, now=now)

        with pytest.raises(NotFound), db.transaction() as session:
            service.erase(session, citizen_id=new_id(), now=now)

    def test_is_not_to_be_found_by_staff_any_more(
        self, marked: tuple[Any, Any], desk: Any, now: datetime
    ) -> None:
        person, _ = marked

        with db.transaction() as session:
            service.erase(session, citizen_id=person.id, now=now)

        assert desk.get(f"/api/v1/staff/citizens/{person.id}").status_code == 404


class TestAskForErasure:
    def test_gives_seven_days_to_regret(
        self, marked: tuple[Any, Any], traveller: time_machine.Traveller, app: Flask, superuser: Superuser
    ) -> None:
        _, phone = marked
        asked = phone.post(ERASURE, json={"confirm": True})
        traveller.shift(timedelta(days=6, hours=23))
        early = CliRunner().invoke(app.cli.commands["erase-due"], obj=None)
        still_there = _hits(superuser)
        traveller.shift(timedelta(hours=2))

        done = CliRunner().invoke(app.cli.commands["erase-due"], obj=None)

        assert (asked.status_code, asked.json["due_at"]) == (202, "2026-11-30T09:00:00Z")
        assert "Nobody is due" in early.output
        assert still_there
        assert "1 of 1 erased" in done.output
        assert _hits(superuser) == []

    def test_can_be_taken_back(
        self, marked: tuple[Any, Any], traveller: time_machine.Traveller, superuser: Superuser
    ) -> None:
        _, phone = marked
        phone.post(ERASURE, json={"confirm": True})

        assert phone.delete(ERASURE).status_code == 204
        assert phone.get(ERASURE).json == {"due_at": None}
        with db.transaction() as session:
            assert service.list_due(session, now=_later()) == []

    def test_twice_keeps_the_first_date(
        self, marked: tuple[Any, Any], traveller: time_machine.Traveller
    ) -> None:
        _, phone = marked
        first = phone.post(ERASURE, json={"confirm": True}).json
        traveller.shift(timedelta(days=2))

        assert phone.post(ERASURE, json={"confirm": True}).json == first

    @pytest.mark.parametrize(
        ("body", "field"),
        [({}, "confirm"), ({"confirm": False}, "confirm"), ({"confirm": "true"}, "confirm"), ({"x": 1}, "x")],
    )
    def test_must_be_meant(self, phone: Any, body: dict[str, Any], field: str) -> None:
        answer = phone.post(ERASURE, json=body)

        assert answer.status_code == 422
        assert field in answer.json["errors"]
        assert phone.get(ERASURE).json == {"due_at": None}


def test_a_line_that_was_deleted_a_year_ago_goes_for_good(
    phone: Any, traveller: time_machine.Traveller, app: Flask, superuser: Superuser
) -> None:
    sender = Sender(phone)
    line = sender.line(f"{MARK} taget ud")
    gone = sender.change("plan_line", "delete", line["entity_id"], parents=[version_of(line)])
    sender.send(line, gone)
    traveller.shift(timedelta(days=364))
    CliRunner().invoke(app.cli.commands["erase-due"])
    before = _hits(superuser)
    traveller.shift(timedelta(days=2))

    CliRunner().invoke(app.cli.commands["erase-due"])

    assert before == [MARK]
    assert _hits(superuser) == []


def _later() -> datetime:
    return datetime.fromisoformat("2027-06-01T00:00:00+00:00")


def test_a_command_for_nobody_says_so(app: Flask, make_unit: Callable[..., Any]) -> None:
    answer = CliRunner().invoke(app.cli.commands["erase-citizen"], [str(new_id())])

    assert answer.exit_code == 1
    assert "no citizen" in answer.output
