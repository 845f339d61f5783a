"""A citizen with a marker in everything that a person can write, and a neighbour."""

from collections.abc import Callable
from typing import Any

import pytest

from server.core import db
from server.core.ids import new_id
from server.tasks import service as tasks
from tests.appointments.people import TALK, book, citizen, counsellor, desk, phone, seen, stranger
from tests.conftest import NOW, actor_of
from tests.sync.pushing import Sender, version_of

__all__ = ["book", "citizen", "counsellor", "desk", "phone", "stranger"]

MARK = "kanariefugl"
CPR = "251248-9996"
PHONE_NUMBER = "00 00 47 11"


@pytest.fixture
def marked(
    make_citizen: Callable[..., Any],
    counsellor: Any,
    desk: Any,
    pair: Callable[..., Any],
    new_client: Callable[..., Any],
) -> tuple[Any, Any]:
    """Somebody about whom everything that can be written was written; and their phone."""
    person = make_citizen(
        contact=counsellor,
        alias=f"{MARK} alias",
        name=f"{MARK} navn",
        cpr=CPR,
        phone=PHONE_NUMBER,
        home_municipality=f"{MARK} kommune",
    )
    browser = pair(person, counsellor, new_client())
    _appointments(desk, browser, person)
    suggested = desk.post(
        f"/api/v1/staff/citizens/{person.id}/goals", json={"title": f"{MARK} forslag", "origin": "staff"}
    ).json
    _call(desk, person, counsellor)
    sender = Sender(browser)
    first = sender.line(f"{MARK} linje", phone={"value": f"{MARK} 70", "parents": []})
    line_id = first["entity_id"]
    parents = (version_of(first),)
    sender.send(first)
    sender.send(
        sender.line(f"{MARK} ny tekst", line_id, parents=parents),
        sender.line(f"{MARK} ved siden af", line_id, parents=parents),
        sender.change("goal", "put", title={"value": f"{MARK} mål", "base_version": 0}),
        sender.change("checkin", "put", at=NOW.isoformat(), line=f"{MARK} lige nu", sharing="shared"),
        sender.change("used_day", "put", on="2026-11-20", used=True, what=f"{MARK} ting"),
        sender.change("plan_line", "put", section="nowhere", text={"value": f"{MARK} afvist", "parents": []}),
    )
    _on_the_way(desk, sender, suggested["id"])
    _exercises(desk, sender, person)
    return person, browser


def _on_the_way(desk: Any, sender: Sender, goal: str) -> None:
    """Steps, history and levels from both sides, and what was erased before it ever came."""
    here = f"/api/v1/staff/goals/{goal}"
    told = {"goal_id": goal, "happened_at": NOW.isoformat(), "shared": True}
    step = {"goal_id": goal, "text": f"{MARK} trin", "position": 0, "done": True}
    answers = sender.send(
        sender.change("goal_step", "put", **step),
        sender.change("goal_event", "put", **told, kind="became-hard", text=f"{MARK} svært", wants_talk=True),
        sender.change("goal_event", "put", **{**told, "shared": False}, kind="note", text=f"{MARK} gemt"),
        sender.change("goal_step", "erase"),
        sender.change("goal_event", "erase"),
    )
    assert {answer["result"] for answer in answers} == {"applied"}
    desk.post(f"{here}/steps", json={"id": str(new_id()), "text": f"{MARK} deres trin"})
    desk.post(f"{here}/events", json={"id": str(new_id()), "kind": "note", "text": f"{MARK} deres ord"})
    levels = [f"{MARK} niveau", None, None, None, None]
    weights = {"importance": 3, "difficulty": 2, "baseline": -1, "reached": 0}
    version = str(desk.get(here).json["goal"]["version"])
    scaled = desk.put(
        f"{here}/scaling", json={**weights, "levels": levels}, headers={"If-Match": f'"{version}"'}
    )
    assert scaled.status_code == 200


def _exercises(desk: Any, sender: Sender, person: Any) -> None:
    """One that was given with a line, an answer and its edit, and one that was erased before it came."""
    ref = {"library": "breathing"}
    path = f"/api/v1/staff/citizens/{person.id}/exercises"
    given = desk.post(path, json={"ref": ref, "line": f"{MARK} til øvelsen"}).json
    said = {"ref": ref, "assignment_id": given["id"], "on": "2026-11-20", "at": NOW.isoformat()}
    said |= {"outcome": "done", "sharing": "shared"}
    first = sender.change("exercise_answer", "put", **said, note=f"{MARK} efter øvelsen")
    fields = {"tanke": f"{MARK} i øvelsen"}
    edit = sender.change("exercise_answer", "put", **said, fields=fields, replaces=first["entity_id"])
    answers = sender.send(first, edit, sender.change("exercise_answer", "erase"))
    assert {answer["result"] for answer in answers} == {"applied"}


def _appointments(desk: Any, browser: Any, person: Any) -> None:
    """One with a place and a wish, one that was cancelled, one at the same time as the first."""
    url = f"/api/v1/staff/citizens/{person.id}/appointments"
    wished = desk.post(url, json=TALK | {"place": f"{MARK} sted"}).json
    double = desk.post(url, json=TALK | {"override_reason": f"{MARK} dobbelt"}).json
    browser.post(
        f"/api/v1/citizen/appointments/{wished['id']}/reply",
        json={"revision": 1, "reply": "tentative", "wishes": [], "note": f"{MARK} ønske"},
    )
    desk.post(
        f"/api/v1/staff/appointments/{double['id']}/cancellation",
        json={"cancellation": "by-citizen", "reason_text": f"{MARK} aflyst"},
        headers={"If-Match": '"1"'},
    )


def _call(desk: Any, person: Any, counsellor: Any) -> None:
    """Let somebody have called the person, and written down what was said."""
    with db.transaction() as session:
        task = tasks.open_task(
            session,
            kind=tasks.TaskKind.MISSED_TALK,
            citizen_id=person.id,
            subject_id=new_id(),
            unit_id=person.unit_id,
            due_on=NOW.date(),
            actor=actor_of(counsellor),
            now=NOW,
        )
    later = {"outcome": "call-later", "next_on": "2026-11-26", "note": f"{MARK} opkald"}
    answer = desk.post(f"/api/v1/staff/tasks/{task.id}/outcome", json=later, headers=seen(1))
    assert answer.status_code == 200, answer.get_data(as_text=True)
