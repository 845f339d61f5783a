"""At the same moment: withdrawal and look, the end of a relation and a text, three pens at once."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import Any

import pytest
from sqlalchemy.orm import Session

from server.citizens import relations, stand_ins
from server.core import db
from server.core.access import Role
from server.core.errors import NotFound
from server.core.ids import new_id
from server.crisis_plans import service
from tests.conftest import NOW, actor_of
from tests.crisis_plans.people import CANARY, Pen, ids, say, stand_in, texts

RACES = 200


@pytest.fixture(autouse=True)
def as_a_web_process(database: str) -> None:
    """Who reads a plan does it as the web process does."""
    db.configure(database, pool_size=25, transaction_seconds=120)


def look(citizen: Any, staff: Any) -> bool:
    """Whether a colleague who opens the plan now sees it."""
    return bool(_open(citizen, staff)["shared"])


def _open(citizen: Any, staff: Any) -> dict[str, Any]:
    with db.glance() as connection:
        return service.read_shared(connection, citizen_id=citizen.id, actor=actor_of(staff), now=NOW)


def _until_somebody_waits(superuser: Any) -> None:
    """Until somebody waits for a lock of somebody else."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    deadline = time.monotonic() + 30
    while superuser.execute(waiting).fetchone() == (0,):
        assert time.monotonic() < deadline, "nobody had to wait"
        time.sleep(0.01)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Start everything together; what a deed raised is raised here."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        return [run.result(timeout=30) for run in [pool.submit(deed) for deed in deeds]]


def stale(events: list[tuple[str, str]], *, opens: str = "sharing.given") -> int:
    """How often somebody was let in after a yes was withdrawn; somebody must have been let in before."""
    shared, let_in, too_late = False, 0, 0
    for event, outcome in events:
        if event.partition(".")[0] == opens.partition(".")[0]:
            shared = event == opens
        elif outcome == "ok":
            let_in += 1
            too_late += not shared
    assert let_in > 0
    return too_late


@pytest.fixture
def trail(superuser: Any) -> Callable[[], list[tuple[str, str]]]:
    """What happened, in the order in which it was committed."""
    return lambda: superuser.execute(
        "SELECT event, outcome FROM audit_event WHERE event LIKE 'sharing.%' OR event = 'crisis-plan.read'"
        " OR event = 'plan-line.changed' AND actor_kind = 'staff'"
        " ORDER BY position"
    ).fetchall()


class TestWithdrawal:
    def test_is_followed_by_no_look(self, pen: Pen, citizen: Any, counsellor: Any, trail: Any) -> None:
        pen.put(new_id(), "Løbe")

        for _ in range(RACES):
            say(citizen, given=True)
            at_once(
                lambda: look(citizen, counsellor),
                lambda: say(citizen, given=False),
                lambda: look(citizen, counsellor),
            )
            assert not look(citizen, counsellor)

        assert stale(trail()) == 0

    def test_is_followed_by_no_text(self, pen: Pen, citizen: Any, counsellor: Any, trail: Any) -> None:
        other = Pen(pen.citizen_id, actor_of(counsellor))

        for _ in range(60):
            say(citizen, given=True)
            at_once(
                lambda: other.put(new_id(), "Løbe"),
                lambda: say(citizen, given=False),
                lambda: other.put(new_id(), "Gå"),
            )

        assert stale(trail()) == 0


class TestEndOfARelation:
    def test_is_followed_by_no_look_and_nobody_waits_for_ever(
        self, pen: Pen, citizen: Any, counsellor: Any, make_staff: Any, superuser: Any
    ) -> None:
        manager, substitute = actor_of(make_staff(roles=(Role.MANAGER,))), make_staff()
        pen.put(new_id(), "Løbe")
        say(citizen, given=True)

        for _ in range(100):
            arrangement = stand_in(counsellor, substitute, manager)
            at_once(
                lambda: _try_look(citizen, substitute),
                lambda: _try_look(citizen, counsellor),
                lambda named=arrangement: _end(named, manager),
                lambda: _try_look(citizen, substitute),
            )
            assert not _try_look(citizen, substitute)

        found = superuser.execute(
            "SELECT event, outcome FROM audit_event WHERE event LIKE 'stand-in.%%'"
            " OR event = 'crisis-plan.read' AND actor_id = %s ORDER BY position",
            [substitute.id],
        )
        assert stale(found.fetchall(), opens="stand-in.named") == 0

    def test_takes_the_stand_ins_along_without_a_deadlock(
        self, pen: Pen, citizen: Any, counsellor: Any, make_staff: Any
    ) -> None:
        manager, substitute = actor_of(make_staff(roles=(Role.MANAGER,))), make_staff()
        successor = make_staff()
        pen.put(new_id(), "Løbe")
        say(citizen, given=True)
        stand_in(counsellor, substitute, manager)

        for _ in range(20):
            at_once(
                lambda: _try_look(citizen, substitute),
                lambda: _hand_over(citizen, successor, manager),
                lambda: _try_look(citizen, substitute),
            )
            _hand_over(citizen, counsellor, manager)

        assert _try_look(citizen, counsellor)
        assert _try_look(citizen, substitute)
        assert not _try_look(citizen, successor)


class TestAReaderWhoHadToWait:
    """Whoever waits for the person's sequence sees what was done by those who held it."""

    def test_is_not_let_in_by_a_right_that_ended_meanwhile(
        self, pen: Pen, citizen: Any, counsellor: Any, make_staff: Any, superuser: Any
    ) -> None:
        manager, substitute = actor_of(make_staff(roles=(Role.MANAGER,))), make_staff()
        successor = make_staff()
        pen.put(new_id(), CANARY)
        say(citizen, given=True)
        _give(citizen, counsellor, relations.CareRole.CARE_TEAM, manager)
        stand_in(counsellor, substitute, manager)
        assert look(citizen, substitute)

        with ThreadPoolExecutor(1) as pool:
            with db.transaction() as session:
                _give(citizen, successor, relations.CareRole.CONTACT_PERSON, manager, session)
                seen = pool.submit(_try_look, citizen, substitute)
                _until_somebody_waits(superuser)
            assert not seen.result(timeout=30)

    def test_sees_no_line_that_was_taken_out_meanwhile(
        self, pen: Pen, citizen: Any, counsellor: Any, superuser: Any
    ) -> None:
        line = new_id()
        seen = ids(pen.put(line, CANARY).line)
        say(citizen, given=True)

        with ThreadPoolExecutor(1) as pool:
            with db.transaction() as session:
                service.apply_delete(
                    session,
                    citizen_id=citizen.id,
                    line_id=line,
                    parents=seen,
                    actor=pen.actor,
                    now=NOW,
                )
                opened = pool.submit(_open, citizen, counsellor)
                _until_somebody_waits(superuser)
            assert opened.result(timeout=30)["lines"] == []


class TestTheFirstOfAUnit:
    def test_opens_the_chain_on_a_line_that_knows_the_question_by_heart(
        self, pen: Pen, citizen: Any, counsellor: Any, superuser: Any
    ) -> None:
        pen.put(new_id(), CANARY)
        say(citizen, given=True)
        superuser.execute("SET session_replication_role = replica")  # the trail lets nobody take anything out

        for _ in range(9):
            assert look(citizen, counsellor)
            superuser.execute("DELETE FROM audit_event")
            superuser.execute("DELETE FROM audit_head")
        assert look(citizen, counsellor)

        written = superuser.execute("SELECT position, event FROM audit_event").fetchall()
        assert written == [(1, "crisis-plan.read")]


class TestThreePens:
    def test_at_once_leave_three_texts(self, pen: Pen, citizen: Any, counsellor: Any) -> None:
        say(citizen, given=True)
        staff = Pen(pen.citizen_id, actor_of(counsellor))

        for _ in range(30):
            line_id = new_id()
            at_once(
                lambda line=line_id: pen.put(line, "et"),
                lambda line=line_id: pen.put(line, "to"),
                lambda line=line_id: staff.put(line, "tre"),
            )
            assert sorted(texts(pen.look(line_id))) == ["et", "to", "tre"]

    def test_and_an_erasure_leave_nothing(self, pen: Pen, superuser: Any) -> None:
        for _ in range(30):
            line_id = new_id()
            pen.put(line_id, "nul")
            at_once(
                lambda line=line_id: pen.put(line, "et"),
                lambda line=line_id: pen.erase(line),
                lambda line=line_id: pen.put(line, "to"),
            )
            assert pen.look(line_id).erased

        left = superuser.execute("SELECT count(value_sealed) FROM plan_line_version").fetchone()
        assert left == (0,)


def _try_look(citizen: Any, staff: Any) -> bool:
    try:
        return look(citizen, staff)
    except NotFound:
        return False


def _end(arrangement: Any, manager: Any) -> None:
    with db.transaction() as session:
        stand_ins.end_stand_in(session, arrangement_id=arrangement.id, actor=manager, now=NOW)


def _hand_over(citizen: Any, successor: Any, manager: Any) -> None:
    _give(citizen, successor, relations.CareRole.CONTACT_PERSON, manager)


def _give(
    citizen: Any, staff: Any, role: relations.CareRole, manager: Any, session: Session | None = None
) -> None:
    with nullcontext(session) if session else db.transaction() as used:
        relations.give_relation(
            used,
            citizen_id=citizen.id,
            staff_id=staff.id,
            role=role,
            reason="bytter",
            actor=manager,
            now=NOW,
        )
