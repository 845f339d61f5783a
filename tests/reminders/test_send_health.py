"""The managers' page "Afsendelse": whether reminders go out, in counts, without anybody in it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from notifications import alarms
from server.core import clock, db
from server.core.access import Role
from tests.reminders.test_phones import ENDPOINT, body

__all__ = ["body"]

URL = "/api/v1/staff/send-health"


def tick() -> None:
    with db.transaction() as session:
        session.execute(text("INSERT INTO worker_tick VALUES ('one', :at)"), {"at": clock.now()})


@pytest.fixture
def manager(make_staff: Any, sign_in_staff: Any, new_client: Any) -> Any:
    """A manager's browser."""
    return sign_in_staff(make_staff(roles=(Role.MANAGER,)), new_client())


class TestSendHealth:
    def test_says_when_all_is_well(self, manager: Any) -> None:
        tick()

        found = manager.get(URL).json

        assert found.pop("at")
        assert found == {
            "working": True,
            "overdue": 0,
            "books": None,
            "services": [],
            "ways": [],
            "alarms": [],
        }

    def test_says_that_no_worker_runs_even_though_nobody_could_write_it_down(
        self, manager: Any, traveller: Any
    ) -> None:
        tick()
        traveller.shift(timedelta(minutes=2))

        found = manager.get(URL).json

        assert found["working"] is False
        assert [(one["code"], one["cleared_at"]) for one in found["alarms"]] == [("worker-silent", None)]

    def test_shows_counts_and_push_services_and_no_person(
        self, manager: Any, phone: Any, body: Any, book: Any, citizen: Any, superuser: Any, traveller: Any
    ) -> None:
        phone.put("/api/v1/citizen/push-subscription", json=body)
        appointment = book()
        superuser.execute(DELIVERED)
        traveller.shift(timedelta(minutes=6))
        tick()
        for _ in range(2):
            with db.transaction() as session:
                alarms.watch(session, now=clock.now())
            traveller.shift(timedelta(seconds=20))

        answer = manager.get(URL)

        [service] = answer.json["services"]
        assert service == {
            "service": "updates.push.services.mozilla.com",
            "due": 1,
            "late": 1,
            "accepted": 0,
            "confirmed": 0,
            "unconfirmed": 0,
            "failed": 0,
        }
        assert answer.json["overdue"] == 1
        assert answer.json["books"]["difference"] == 0
        assert [one["code"] for one in answer.json["alarms"]] == ["overdue"]
        said = answer.get_data(as_text=True)
        for secret in (str(citizen.id), citizen.alias, appointment["id"], ENDPOINT):
            assert secret not in said

    def test_is_for_managers_alone(self, desk: Any, phone: Any, client: Any) -> None:
        assert [browser.get(URL).status_code for browser in (desk, phone, client)] == [403, 401, 401]

    def test_stands_on_the_trail(self, manager: Any, superuser: Any) -> None:
        manager.get(URL)

        trail = superuser.execute("SELECT role FROM audit_event WHERE event = 'send-health.read'").fetchall()
        assert trail == [("manager",)]


DELIVERED = """
WITH chosen AS (
    UPDATE occurrence SET due_at = created_at, state = 'fanned-out'
    WHERE id = (SELECT id FROM occurrence ORDER BY due_at LIMIT 1) RETURNING *
)
INSERT INTO delivery (id, occurrence_id, device_id, due_at, deadline_at, state, attempts, ack_secret)
SELECT gen_random_uuid(), o.id, d.id, o.created_at, o.deadline_at, 'ready', 0, 'secret'
FROM chosen o, push_device d
"""
