"""Time, and what changes between taking a reminder and sending it. What is proven where:

| What may happen | Proven by |
|---|---|
| the planner is down for up to 72 hours | TestAPlannerThatWasAway |
| DST 2027-03-28 and 2027-10-31 | TestWhenTheClocksChange; test_quiet_hours.py; reminders/test_slots.py |
| the clock jumps forwards or backwards | TestAClockThatJumps; test_worker.py (too far from the database's) |
| quiet hours with a deadline inside | test_quiet_hours.py |
| device revoked, care ended, another account on a shared phone, cancelled, moved | TestBetweenClaimAndSend |
| the same slot by many planners | test_standstill.py |
| kills at every point, SIGSTOP past the lease | test_kill.py, test_standstill.py |
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from notifications import health, outbox, subscriptions
from notifications.models.states import OPEN_OCCURRENCE
from notifications.outbox import Slot
from server.core import db
from tests.notifications.conftest import House

ZONE = ZoneInfo("Europe/Copenhagen")


def books(house: House) -> int:
    with db.transaction() as session:
        return health.compare_books(session, now=house.now).difference


class TestAPlannerThatWasAway:
    @pytest.mark.parametrize("hours", [1, 11, 24, 72])
    def test_leaves_every_slot_there_as_sent_held_or_expired_with_a_reason(
        self, house: House, anna: UUID, hours: int
    ) -> None:
        house.add_phone(anna)
        for number in range(72):
            house.remind(anna, after=timedelta(hours=number), lasts=timedelta(hours=9))
        house.later(hours=hours)

        house.dispatcher().run_until_idle()

        found = house.occurrences()
        states = Counter(one.state for one in found)
        due = [one for one in found if one.due_at <= house.now]
        assert len(found) == 72
        assert set(states) <= {"planned", "fanned-out", "held", "expired"}
        assert all(one.state != "planned" for one in due)
        assert all(one.reason for one in found if one.state == "expired")
        in_time = [one for one in due if one.deadline_at > house.now + timedelta(hours=1)]
        assert all(one.state in ("fanned-out", "held") for one in in_time)
        assert books(house) == 0

    def test_brings_everything_to_an_end_when_it_is_back(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        for number in range(24):
            house.remind(anna, after=timedelta(hours=number), lasts=timedelta(hours=9))
        house.later(hours=72)

        for _ in range(3):
            house.dispatcher().run_until_idle()
            house.later(hours=12)

        assert not [one for one in house.occurrences() if one.state in OPEN_OCCURRENCE]
        assert books(house) == 0


class TestWhenTheClocksChange:
    @pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
    def test_each_hours_reminder_goes_out_once_and_none_at_night(
        self, house: House, anna: UUID, day: str
    ) -> None:
        house.now = datetime.fromisoformat(f"{day} 00:00").replace(tzinfo=ZONE).astimezone(UTC) - timedelta(
            hours=2
        )
        house.add_phone(anna)
        for number in range(26):
            house.remind(anna, after=timedelta(hours=number), lasts=timedelta(hours=20))
        sent: list[datetime] = []
        house.push_service.on_message = lambda _message: sent.append(house.now.astimezone(ZONE))

        for _ in range(4 * 48):
            house.dispatcher().run_until_idle()
            house.later(minutes=15)

        assert (
            Counter(message.content["id"] for message in house.push_service.received).most_common(1)[0][1]
            == 1
        )
        assert len(sent) == 26
        assert all(8 <= at.hour < 21 for at in sent)


class TestAClockThatJumps:
    @pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(days=-2), timedelta(minutes=-1)])
    def test_backwards_sends_nothing_twice(self, house: House, anna: UUID, jump: timedelta) -> None:
        house.add_phone(anna)
        house.remind(anna, lasts=timedelta(days=5))
        house.dispatcher().run_until_idle()

        house.now += jump
        house.dispatcher().run_until_idle()
        house.now -= jump
        house.dispatcher().run_until_idle()

        assert len(house.push_service.received) == 1

    def test_forwards_and_back_loses_nothing_that_is_still_of_use(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna, after=timedelta(hours=2), lasts=timedelta(hours=5))

        house.later(hours=3)
        house.dispatcher().advance()
        house.later(hours=-3)
        house.dispatcher().run_until_idle()

        assert len(house.push_service.received) == 1


def revoke(house: House, anna: UUID, subject: UUID, session_id: UUID) -> None:
    with db.transaction() as session:
        subscriptions.revoke(session, session_ids=[session_id], reason="phone-lost", now=house.now)


def end_care(house: House, anna: UUID, subject: UUID, session_id: UUID) -> None:
    house.wanted = False


def sign_in_somebody_else(house: House, anna: UUID, subject: UUID, session_id: UUID) -> None:
    [phone] = house.push_service.phones.values()
    house.register(uuid4(), phone, uuid4())


def cancel(house: House, anna: UUID, subject: UUID, session_id: UUID) -> None:
    with db.transaction() as session:
        outbox.cancel(session, subject_id=subject, reason="cancelled", now=house.now)


def move(house: House, anna: UUID, subject: UUID, session_id: UUID) -> None:
    later = house.now + timedelta(days=1)
    with db.transaction() as session:
        outbox.reschedule(
            session,
            dedupe_key=f"appointment:{subject}",
            new_key="appointment:moved",
            subject_id=uuid4(),
            slots=[Slot("day-before", later, later + timedelta(hours=5))],
            revision=2,
            now=house.now,
        )


class TestBetweenClaimAndSend:
    @pytest.mark.parametrize("change", [revoke, end_care, sign_in_somebody_else, cancel, move])
    def test_nothing_leaves_the_house_after_the_change_is_committed(
        self, house: House, anna: UUID, change: Callable[..., None]
    ) -> None:
        session_id = uuid4()
        house.add_phone(anna, session_id=session_id)
        subject = house.remind(anna)
        dispatcher = house.dispatcher()
        dispatcher.advance()
        lease = dispatcher.claim(10)
        assert len(lease.delivery_ids) == 1

        change(house, anna, subject, session_id)
        left = [dispatcher.deliver(delivery_id, lease.token) for delivery_id in lease.delivery_ids]
        dispatcher.run_until_idle()

        assert left == [False]
        assert house.push_service.received == []
        assert books(house) == 0
