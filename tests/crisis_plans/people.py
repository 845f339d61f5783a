"""Somebody who writes in a plan, with a phone's way of naming what was seen."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from server.citizens import stand_ins
from server.consents import service as consents
from server.core import db
from server.core.access import Actor
from server.core.ids import new_id
from server.crisis_plans import service
from server.crisis_plans.models import Section
from server.crisis_plans.outcomes import Outcome
from server.crisis_plans.reading import Line
from tests.conftest import NOW, citizen_actor

SIGN = Section.WARNING_SIGNS
PLAN = "/api/v1/staff/citizens/{}/plan"
LINES = PLAN + "/lines"
CANARY = "KANARIEFUGL"


class Pen:
    """One writer in one plan."""

    def __init__(self, citizen_id: UUID, actor: Actor) -> None:
        self.citizen_id, self.actor = citizen_id, actor

    def put(
        self,
        line_id: UUID,
        text: str | None = None,
        *,
        over: Sequence[UUID] = (),
        mutation_id: UUID | None = None,
        now: datetime = NOW,
        **fields: Any,
    ) -> Outcome:
        """Write; `over` are the texts that were seen."""
        if text is not None:
            fields["text"] = {"value": text, "parents": list(over)}
        fields.setdefault("section", SIGN)
        with db.transaction() as session:
            return service.apply_put(
                session,
                citizen_id=self.citizen_id,
                line_id=line_id,
                mutation_id=mutation_id or new_id(),
                fields=fields,
                device_at=None,
                actor=self.actor,
                now=now,
            )

    def delete(self, line_id: UUID, seen: Sequence[UUID], *, now: datetime = NOW) -> Outcome:
        """Take a line out."""
        with db.transaction() as session:
            return service.apply_delete(
                session,
                citizen_id=self.citizen_id,
                line_id=line_id,
                parents=seen,
                actor=self.actor,
                now=now,
            )

    def erase(self, line_id: UUID) -> Outcome:
        """Make a line gone for good."""
        with db.transaction() as session:
            return service.apply_erase(
                session, citizen_id=self.citizen_id, line_id=line_id, actor=self.actor, now=NOW
            )

    def look(self, line_id: UUID) -> Line:
        """The line as it stands now."""
        with db.transaction() as session:
            return service.current_lines(session, citizen_id=self.citizen_id, line_ids=[line_id])[line_id]

    def history(self, line_id: UUID) -> list[str | None]:
        """Everything ever written in the line, newest first."""
        with db.transaction() as session:
            steps = service.list_history(session, line_id=line_id, actor=self.actor, now=NOW)
        return [step.value for step in steps]


def texts(line: Line | None) -> list[str | None]:
    """What stands in a line."""
    assert line is not None
    return [written.value for written in line.text]


def ids(line: Line | None) -> list[UUID]:
    """The versions that stand in a line, texts and numbers."""
    assert line is not None
    return [written.version for written in [*line.text, *line.phone]]


def version_of(mutation_id: UUID, field: str = "text") -> UUID:
    """The id a phone works out for its own words."""
    return uuid5(mutation_id, field)


def say(
    citizen: Any,
    *,
    given: bool,
    purpose: str = "contact-person",
    words: str = "plan-2",
    now: datetime = NOW,
) -> None:
    """The citizen's yes in these words, or its withdrawal."""
    with db.transaction() as session:
        consents.choose(
            session,
            purpose=consents.Purpose(purpose),
            item_class=consents.ItemClass.CRISIS_PLAN,
            given=given,
            text_version=words,
            actor=citizen_actor(citizen),
            now=now,
        )


def edit(text: str = "Gå en tur", parents: Any = (), **fields: Any) -> dict[str, Any]:
    """What the console sends."""
    body = {
        "id": str(new_id()),
        "mutation_id": str(new_id()),
        "section": "own-actions",
        "text": {"value": text, "parents": [str(one) for one in parents]},
    }
    return {**body, **fields}


def stand_in(absent: Any, substitute: Any, manager: Any) -> Any:
    """Let a colleague work in the place of another for a week."""
    with db.transaction() as session:
        return stand_ins.name_stand_in(
            session,
            staff_id=absent.id,
            stand_in_id=substitute.id,
            starts_on=None,
            ends_on=NOW.date() + timedelta(days=7),
            reason="ferie",
            actor=manager,
            now=NOW,
        )


@pytest.fixture
def pen(citizen: Any) -> Pen:
    """The citizen, writing in the own plan."""
    return Pen(citizen.id, citizen_actor(citizen))


@pytest.fixture
def looks(superuser: Any) -> Callable[[], list[Any]]:
    """What the trail says about looks at plans."""
    return lambda: superuser.execute(
        "SELECT actor_id, citizen_id, purpose, outcome, relation_id IS NOT NULL FROM audit_event"
        " WHERE event = 'crisis-plan.read' ORDER BY position"
    ).fetchall()


@pytest.fixture
def changes_of(superuser: Any) -> Callable[[str], list[UUID]]:
    """The changed things of one kind, in the order in which phones fetch them."""

    def read(entity: str) -> list[UUID]:
        found = superuser.execute(
            "SELECT entity_id FROM citizen_change WHERE entity = %s ORDER BY citizen_id, seq", [entity]
        )
        return [row[0] for row in found]

    return read
