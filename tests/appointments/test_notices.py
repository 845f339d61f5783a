"""Whether a reminder may still go out, asked at the last moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from notifications.dispatcher import About
from server.app import _may_send, _may_send_all
from server.appointments import notices
from server.citizens import relations
from server.core import db
from server.core.access import Role
from server.reminders.phones import TEST_KIND
from tests.appointments.people import seen
from tests.conftest import actor_of


@pytest.fixture
def asked(citizen: Any, now: datetime, superuser: Any, phone: Any) -> Callable[..., bool | datetime]:
    """Ask for the citizen's phone; anything about the question can be named."""
    device = superuser.execute("SELECT id FROM device_session WHERE kind = 'citizen'").fetchone()[0]

    def ask(booked: dict[str, Any], **other: Any) -> bool | datetime:
        question: dict[str, Any] = {
            "subject_id": UUID(booked["id"]),
            "recipient_id": citizen.id,
            "revision": 1,
            "slot": "day-before",
            "device_session_id": device,
            "now": now + timedelta(days=6),
            **other,
        }
        with db.transaction() as session:
            return notices.may_send(session, **question)

    return ask


def settings(phone: Any, version: int, **chosen: Any) -> None:
    body = {"appointments": True, "two_hours_before": False, "paused_until": None, **chosen}
    answer = phone.put("/api/v1/citizen/reminder-settings", json=body, headers=seen(version))
    assert answer.status_code == 200, answer.json


class TestMaySend:
    def test_says_yes_as_long_as_everything_stands(self, asked: Any, book: Any) -> None:
        assert asked(book()) is True

    def test_says_yes_to_a_person_who_will_come(self, asked: Any, book: Any, phone: Any) -> None:
        booked = book()
        phone.post(
            f"/api/v1/citizen/appointments/{booked['id']}/reply", json={"revision": 1, "reply": "accepted"}
        )

        assert asked(booked) is True

    def test_says_no_to_a_person_who_cannot_come(self, asked: Any, book: Any, phone: Any) -> None:
        booked = book()
        phone.post(
            f"/api/v1/citizen/appointments/{booked['id']}/reply", json={"revision": 1, "reply": "declined"}
        )

        assert asked(booked) is False

    def test_says_no_when_cancelled_and_to_another_revision(self, asked: Any, book: Any, desk: Any) -> None:
        booked = book()
        assert asked(booked, revision=2) is False

        desk.post(
            f"/api/v1/staff/appointments/{booked['id']}/cancellation",
            json={"cancellation": "by-service"},
            headers=seen(1),
        )

        assert asked(booked) is False
        assert asked(booked, revision=2) is False

    def test_says_no_once_it_has_begun(self, asked: Any, book: Any, now: datetime) -> None:
        assert asked(book(), now=now + timedelta(days=7)) is False

    def test_asks_whether_two_hours_before_was_chosen(self, asked: Any, book: Any, phone: Any) -> None:
        booked = book()
        assert asked(booked, slot="two-hours") is False

        settings(phone, 0, two_hours_before=True)

        assert asked(booked, slot="two-hours") is True

    def test_says_no_when_reminders_are_off(self, asked: Any, book: Any, phone: Any) -> None:
        settings(phone, 0, appointments=False, two_hours_before=True)
        booked = book()

        assert asked(booked) is False
        assert asked(booked, slot="two-hours") is False

    def test_says_when_a_pause_ends_and_yes_after_it(
        self, asked: Any, book: Any, phone: Any, now: datetime
    ) -> None:
        booked, ends = book(), now + timedelta(days=6, hours=1)
        settings(phone, 0, paused_until=ends.isoformat())

        assert asked(booked) == ends
        assert asked(booked, slot="two-hours") is False
        assert asked(booked, now=ends) is True

    def test_says_no_to_a_phone_that_was_forgotten(self, asked: Any, book: Any, phone: Any) -> None:
        booked = book()

        assert phone.delete("/api/v1/citizen/session").status_code == 204

        assert asked(booked) is False

    def test_asks_again_later_while_nobody_works_with_the_person(
        self, asked: Any, book: Any, citizen: Any, make_staff: Any, now: datetime
    ) -> None:
        booked = book()
        manager = actor_of(make_staff(roles=(Role.MANAGER,)))
        with db.transaction() as session:
            for one in relations.list_relations(session, citizen_id=citizen.id):
                relations.end_relation(session, relation_id=one.id, reason="slut", actor=manager, now=now)

        assert asked(booked) == now + timedelta(days=6, minutes=10)


class TestMaySendAll:
    def test_gives_each_its_own_answer_the_same_as_one_by_one(
        self, citizen: Any, now: datetime, superuser: Any, phone: Any, book: Any
    ) -> None:
        device = superuser.execute("SELECT id FROM device_session WHERE kind = 'citizen'").fetchone()[0]
        right = About(notices.KIND, UUID(book()["id"]), citizen.id, "day-before", 1, device)
        asked = [
            right._replace(revision=2),
            right,
            right._replace(subject_id=uuid4()),
            right._replace(recipient_id=uuid4()),
            right._replace(device_session_id=uuid4()),
            right._replace(device_session_id=None),
            right._replace(slot="two-hours"),
        ]
        at = now + timedelta(days=6)

        with db.transaction() as session:
            together = _may_send_all(session, about=asked, now=at)
            alone = [_may_send(session, **one._asdict(), now=at) for one in asked]

        assert together == [False, True, False, False, False, True, False]
        assert together == alone

    def test_of_other_kinds_keeps_the_order(self, citizen: Any, now: datetime, phone: Any, book: Any) -> None:
        right = About(notices.KIND, UUID(book()["id"]), citizen.id, "day-before", 1, None)
        other = right._replace(kind=TEST_KIND)

        with db.transaction() as session:
            at = now + timedelta(days=6)
            assert _may_send_all(session, about=[other, right, other], now=at) == [False, True, False]

    def test_asks_the_database_as_often_for_many_as_for_one(
        self, citizen: Any, now: datetime, phone: Any, book: Any
    ) -> None:
        right = About(notices.KIND, UUID(book()["id"]), citizen.id, "day-before", 1, None)

        def statements(many: list[About]) -> int:
            said: list[str] = []
            with db.transaction() as session:

                def note(*heard: Any) -> None:
                    said.append(heard[2])

                event.listen(session.connection(), "before_cursor_execute", note)
                _may_send_all(session, about=many, now=now + timedelta(days=6))
            return len(said)

        one = statements([right])
        assert one == statements(
            [right._replace(recipient_id=uuid4(), subject_id=uuid4()) for _ in range(50)]
        )
