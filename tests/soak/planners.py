"""Many planners that all want to plan and fan out the same slots at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import text

from notifications import outbox
from notifications.outbox import Slot
from server.core import clock, db
from tests.soak.ordeal import KEY
from tests.soak.phones import push_service
from tests.soak.sender import make_dispatcher


class Rows(NamedTuple):
    """What stands in the tables afterwards."""

    slots: int
    deliveries: int


def plan_at_once(*, planners: int, slots: int) -> Rows:
    """Every planner enqueues every slot, then takes what is due until nothing is left."""
    person, now = uuid4(), clock.now().replace(hour=11)
    subjects = [uuid4() for _ in range(slots)]
    gate = threading.Barrier(planners)
    troubles: list[BaseException] = []
    with push_service() as service:
        service.add_phone(person)
        threads = [
            threading.Thread(target=_guarded, args=(troubles, _plan, gate, person, subjects, now))
            for _ in range(planners)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not troubles, troubles
    with db.transaction() as session:
        counted = session.execute(
            text("SELECT (SELECT count(*) FROM occurrence), (SELECT count(*) FROM delivery)")
        ).one()
    return Rows(*counted)


def _guarded(troubles: list[BaseException], work: Callable[..., None], *told: object) -> None:
    try:
        work(*told)
    except BaseException as trouble:
        troubles.append(trouble)


def _plan(gate: threading.Barrier, person: UUID, subjects: list[UUID], now: datetime) -> None:
    gate.wait()
    for subject in subjects:
        with db.transaction() as session:
            outbox.enqueue(
                session,
                kind="appointment",
                subject_id=subject,
                recipient_id=person,
                slots=[Slot("day-before", now, now + timedelta(hours=5))],
                dedupe_key=f"appointment:{subject}",
                revision=1,
                now=now,
            )
    gate.wait()
    dispatcher = make_dispatcher(
        origin="http://127.0.0.1:9", key=KEY, lease=timedelta(seconds=90), clock=lambda: now
    )
    while dispatcher.advance():
        pass
