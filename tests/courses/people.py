"""A course leader at a desk, women with phones, and a run of five weeks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from server.core import db
from server.core.access import Role
from server.courses import jobs
from tests.conftest import NOW
from tests.sync.pushing import Sender

RUNS = "/api/v1/staff/course-runs"
RUN = {
    "code": "learning",
    "place": "Stuen",
    "seats": 8,
    "first_on": "2026-11-24",
    "weekdays": [2],
    "at": "10:00",
    "minutes": 90,
    "count": 5,
}
THEMES = ("violence", "care-for-myself", "relationship", "children", "law")


@pytest.fixture
def centre(make_unit: Callable[..., Any]) -> Any:
    """The women's crisis centre."""
    return make_unit("krisecenter", "Krisecentret")


@pytest.fixture
def leader(make_staff: Callable[..., Any], centre: Any) -> Any:
    """Who leads the course, and nothing else."""
    return make_staff(unit=centre, roles=(Role.COURSE_LEADER,), name="Line Leder")


@pytest.fixture
def counsellor(make_staff: Callable[..., Any], centre: Any) -> Any:
    """The contact person of everybody here unless somebody else is named."""
    return make_staff(unit=centre, name="Karen Kontakt")


@pytest.fixture
def manager(make_staff: Callable[..., Any], centre: Any) -> Any:
    """The centre's manager."""
    return make_staff(unit=centre, roles=(Role.MANAGER,), name="Mette Leder")


@pytest.fixture
def desk(leader: Any, sign_in_staff: Callable[..., Any], new_client: Callable[..., Any]) -> Any:
    """The course leader's browser."""
    return sign_in_staff(leader, new_client())


@pytest.fixture
def office(counsellor: Any, sign_in_staff: Callable[..., Any], new_client: Callable[..., Any]) -> Any:
    """The counsellor's browser."""
    return sign_in_staff(counsellor, new_client())


@pytest.fixture
def bureau(manager: Any, sign_in_staff: Callable[..., Any], new_client: Callable[..., Any]) -> Any:
    """The manager's browser."""
    return sign_in_staff(manager, new_client())


@pytest.fixture
def citizen(make_citizen: Callable[..., Any], counsellor: Any) -> Any:
    """A woman who lives at the centre."""
    return make_citizen(contact=counsellor, alias="Solsort")


@pytest.fixture
def other(make_citizen: Callable[..., Any], counsellor: Any) -> Any:
    """Another woman."""
    return make_citizen(contact=counsellor, alias="Gærdesmutte")


@pytest.fixture
def phone(citizen: Any, counsellor: Any, pair: Callable[..., Any], new_client: Callable[..., Any]) -> Any:
    """The first woman's phone."""
    return pair(citizen, counsellor, new_client())


@pytest.fixture
def plan(desk: Any) -> Callable[..., dict[str, Any]]:
    """Plan a run; anything about it can be named."""

    def planned(**others: Any) -> dict[str, Any]:
        answer = desk.post(RUNS, json={**RUN, **others})
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return dict(answer.json)

    return planned


@pytest.fixture
def enrol(desk: Any) -> Callable[..., dict[str, Any]]:
    """Enrol somebody as the leader does."""

    def enrolled(run: dict[str, Any], person: Any, **named: Any) -> dict[str, Any]:
        answer = desk.post(f"{RUNS}/{run['id']}/enrollments", json={"citizen_id": str(person.id), **named})
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return dict(answer.json)

    return enrolled


@pytest.fixture
def read(desk: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The run as its leader sees it now."""

    def reading(run: dict[str, Any]) -> dict[str, Any]:
        answer = desk.get(f"{RUNS}/{run['id']}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return dict(answer.json)

    return reading


@pytest.fixture
def attend(desk: Any) -> Callable[..., Any]:
    """Say who came to a session."""

    def said(session_id: str, *entries: tuple[Any, str | None]) -> Any:
        body = {"entries": [{"citizen_id": str(who.id), "status": status} for who, status in entries]}
        return desk.put(f"/api/v1/staff/course-sessions/{session_id}/attendance", json=body)

    return said


class Phone(Sender):
    """A phone that sends one thing after the other."""

    def say(self, entity: str, op: str, entity_id: object, **fields: Any) -> dict[str, Any]:
        """Send one change; what the server answers about it."""
        return self.send(self.change(entity, op, entity_id, **fields))[0]

    def mine(self) -> dict[str, dict[str, Any]]:
        """The sessions that a new phone would get, by id."""
        return self.pull("course_session")


@pytest.fixture
def hand(phone: Any) -> Phone:
    """The first woman's phone in her hand."""
    return Phone(phone)


@pytest.fixture
def go_to(traveller: Any, superuser: Any) -> Callable[[datetime], None]:
    """Move the clock; whoever was signed in has stayed at work all the while."""

    def go(moment: datetime) -> None:
        traveller.move_to(moment)
        superuser.execute(
            "UPDATE device_session SET last_used_at = %s, expires_at = greatest(expires_at, %s)",
            [moment, moment + timedelta(hours=1)],
        )
        superuser.commit()

    return go


def week(number: int) -> datetime:
    """When the session of a week begins: Tuesdays at 10 in Denmark, the first tomorrow."""
    return NOW + timedelta(days=1 + 7 * (number - 1))


def hold(run: dict[str, Any], superuser: Any) -> None:
    """Let the first session of a run have been held, whatever the clock says."""
    superuser.execute(
        "UPDATE course_session SET status = 'held' WHERE run_id = %s AND number = 1", [run["id"]]
    )
    superuser.commit()


def fill() -> int:
    """Let the worker give free seats away."""
    return jobs.fill_places()


def planned_notices(superuser: Any) -> list[tuple[str, str, str, datetime]]:
    """Kind, subject, person and moment of everything that is still to be told, by moment."""
    rows = superuser.execute(
        "SELECT r.kind, r.subject_id::text, r.recipient_id::text, o.due_at FROM occurrence o"
        " JOIN reminder r ON r.id = o.reminder_id WHERE o.state = 'planned' ORDER BY o.due_at, r.kind"
    ).fetchall()
    superuser.commit()
    return [tuple(row) for row in rows]


def in_own_transaction(work: Callable[..., Any], **named: Any) -> Any:
    """Do something of a service in a transaction of its own."""
    with db.transaction() as session:
        return work(session, **named)


def at(text: str) -> datetime:
    """A moment in Denmark, in winter."""
    return datetime.fromisoformat(f"{text}:00+01:00")


def opinion(run_id: str, **others: Any) -> dict[str, Any]:
    """What somebody thinks of a run."""
    return {"run_id": run_id, "at": "2026-11-23T10:00:00Z", "knowledge": 4, "useful": 3, **others}
