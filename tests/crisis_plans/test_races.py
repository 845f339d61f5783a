"""At the same moment: withdrawal and look, the end of a relation and a text, three pens at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from server.citizens import relations, stand_ins
from server.core import db
from server.core.access import Role
from server.core.errors import NotFound
from server.core.ids import new_id
from server.crisis_plans import service
from tests.conftest import NOW, actor_of
from tests.crisis_plans.people import Pen, say, stand_in, texts

RACES = 200


def look(citizen: Any, staff: Any) -> bool:
    """Whether a colleague who opens the plan now sees it."""
    with db.transaction() as session:
        found = service.read_shared(session, citizen_id=citizen.id, actor=actor_of(staff), now=NOW)
    return found is not None


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Start everything together; what a deed raised is raised here."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        return [run.result(timeout=30) for run in [pool.submit(deed) for deed in deeds]]


def stale(events: list[tuple[str, str]]) -> int:
    """How often somebody was let in after a yes was withdrawn; somebody must have been let in before."""
    shared, let_in, too_late = False, 0, 0
    for event, outcome in events:
        if event.startswith("sharing."):
            shared = event == "sharing.given"
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
        self, pen: Pen, citizen: Any, counsellor: Any, make_staff: Any, trail: Any
    ) -> None:
        manager, substitute = actor_of(make_staff(roles=(Role.MANAGER,))), make_staff()
        pen.put(new_id(), "Løbe")
        say(citizen, given=True)

        for _ in range(40):
            arrangement = stand_in(counsellor, substitute, manager)
            at_once(
                lambda: _try_look(citizen, substitute),
                lambda: _try_look(citizen, counsellor),
                lambda named=arrangement: _end(named, manager),
                lambda: _try_look(citizen, substitute),
            )
            assert not _try_look(citizen, substitute)

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
    with db.transaction() as session:
        relations.give_relation(
            session,
            citizen_id=citizen.id,
            staff_id=successor.id,
            role=relations.CareRole.CONTACT_PERSON,
            reason="bytter",
            actor=manager,
            now=NOW,
        )
