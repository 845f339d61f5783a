"""Whether the sending is in order is known: figures, the books, alarms; and looking never stops it."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text

from notifications import alarms, health
from notifications.health import Code
from server.core import db
from tests.notifications.conftest import House
from tests.notifications.test_worker import awake, until, working

__all__ = ["awake"]

Rows = list[tuple[str, str, int, bool]]


def watch(house: House) -> list[alarms.Change]:
    with db.transaction() as session:
        return alarms.watch(session, now=house.now)


def known(house: House) -> Rows:
    """What people are told: code, push service, count, whether it is over."""
    with db.transaction() as session:
        return [
            (row.code, row.origin, row.count, row.cleared_at is not None)
            for row in alarms.alarms(session, now=house.now)
        ]


def execute(statement: str, **values: object) -> None:
    with db.transaction() as session:
        session.execute(text(statement), values)


def tick(house: House) -> None:
    execute(
        "INSERT INTO worker_tick VALUES ('worker', :at) ON CONFLICT (name) DO UPDATE SET at = :at",
        at=house.now,
    )


def attempts(house: House, device: UUID, outcomes: dict[str, int]) -> None:
    """Tries of the last minute, each for a delivery of its own."""
    [occurrence] = {one.id for one in house.occurrences()}
    for status_class, count in outcomes.items():
        for _ in range(count):
            execute(
                ONE_TRY,
                status=status_class,
                device=device,
                at=house.now - timedelta(minutes=1),
                occ=occurrence,
            )


ONE_TRY = """
WITH again AS (
    INSERT INTO reminder SELECT gen_random_uuid(), kind, gen_random_uuid(), recipient_id,
        gen_random_uuid()::text, 1, created_at FROM reminder LIMIT 1 RETURNING id
), due AS (
    INSERT INTO occurrence (id, reminder_id, slot_key, due_at, deadline_at, state, revision, created_at)
    SELECT gen_random_uuid(), again.id, 'day-before', o.due_at, o.deadline_at, 'fanned-out', 1, o.created_at
    FROM again, occurrence o WHERE o.id = :occ RETURNING id, due_at, deadline_at
), sent AS (
    INSERT INTO delivery (id, occurrence_id, device_id, due_at, deadline_at, state, attempts, ack_secret,
                          accepted_at)
    SELECT gen_random_uuid(), id, :device, due_at, deadline_at, 'accepted', 1, 'secret', :at FROM due
    RETURNING id
)
INSERT INTO delivery_attempt (id, delivery_id, at, outcome, status_class, duration_ms)
SELECT gen_random_uuid(), id, :at, 'any', :status, 5 FROM sent
"""


class TestBooks:
    def test_add_up_through_everything_that_may_happen(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna, key="one")
        house.remind(anna, after=timedelta(days=2))
        house.remind(uuid4())

        house.dispatcher().run_until_idle()
        with db.transaction() as session:
            books = health.compare_books(session, now=house.now)

        assert (books.planned, books.open, books.ended, books.difference) == (3, 2, 1, 0)

    @pytest.mark.parametrize("harm", ["lost", "smuggled"])
    def test_show_a_reminder_that_is_gone_or_was_never_planned(
        self, house: House, anna: UUID, harm: str, superuser: "psycopg.Connection[Any]"
    ) -> None:
        house.remind(anna, after=timedelta(days=1))
        tick(house)
        assert watch(house) == []

        superuser.execute("SET session_replication_role = replica")  # as a restore does: no trigger counts
        superuser.execute("DELETE FROM occurrence" if harm == "lost" else SMUGGLED)
        house.later(minutes=9)
        tick(house)
        assert watch(house) == []  # the books are compared every ten minutes
        house.later(minutes=1)
        tick(house)
        first = watch(house)
        house.later(seconds=30)
        second = watch(house)

        assert first == []
        assert second == [alarms.Change("ledger", "", 1, is_raised=True)]
        assert known(house) == [("ledger", "", 1, False)]

    def test_count_what_the_previous_version_books_while_it_is_being_replaced(
        self, house: House, anna: UUID
    ) -> None:
        house.remind(anna, after=timedelta(days=1))

        execute(SMUGGLED)  # it writes its occurrences, and knows no ledger
        with db.transaction() as session:
            books = health.compare_books(session, now=house.now)

        assert (books.planned, books.open, books.difference) == (2, 2, 0)


SMUGGLED = """
INSERT INTO occurrence (id, reminder_id, slot_key, due_at, deadline_at, state, revision, created_at)
SELECT gen_random_uuid(), reminder_id, 'smuggled', due_at, deadline_at, state, 1, created_at FROM occurrence
"""


class TestOverdue:
    def test_is_an_alarm_within_two_minutes_and_clears_when_it_is_sent(
        self, house: House, anna: UUID
    ) -> None:
        house.add_phone(anna)
        house.remind(anna)
        tick(house)

        house.later(minutes=5, seconds=1)
        raised = []
        for _ in range(4):
            tick(house)
            raised += watch(house)
            house.later(seconds=30)
        house.dispatcher().run_until_idle()
        tick(house)
        cleared = watch(house)

        assert raised == [alarms.Change("overdue", "", 1, is_raised=True)]
        assert cleared == [alarms.Change("overdue", "", 1, is_raised=False)]
        assert known(house) == [("overdue", "", 1, True)]
        house.later(days=8)
        assert known(house) == []

    @pytest.mark.parametrize("state", ["ready", "leased"])
    def test_counts_what_was_planned_and_lies_there(self, house: House, anna: UUID, state: str) -> None:
        house.add_phone(anna)
        house.remind(anna)
        dispatcher = house.dispatcher()
        dispatcher.advance()
        if state == "leased":
            dispatcher.claim(1)

        def overdue() -> int:
            with db.transaction() as session:
                return health.overdue(session, now=house.now)

        house.later(minutes=4)
        soon = overdue()
        house.later(minutes=4)

        assert (soon, overdue()) == (0, 1)

    def test_is_not_what_waits_for_the_morning_or_for_its_reader(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna)
        paused = house.dispatcher(may_send=lambda *_a, **_k: house.now + timedelta(hours=5))
        paused.run_until_idle()
        house.now += timedelta(hours=9)  # 21.00 in Denmark
        house.remind(anna)
        house.dispatcher().advance()
        house.later(hours=3)

        with db.transaction() as session:
            held_and_due = health.overdue(session, now=house.now)
        house.dispatcher().run_until_idle()

        assert held_and_due == 1  # the pause ended at five, and nobody has looked since
        with db.transaction() as session:
            assert health.overdue(session, now=house.now) == 0


class TestPushServices:
    def test_figures_say_how_a_day_went(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        for _ in range(3):
            house.remind(anna)
        house.dispatcher().run_until_idle()
        house.acknowledge(0)
        house.later(hours=3)
        house.dispatcher().run_until_idle()
        house.remind(anna)
        house.dispatcher().advance()
        house.later(minutes=6)

        with db.transaction() as session:
            [figures] = health.origin_figures(session, now=house.now)

        assert figures.origin == house.push_service.origin
        assert (figures.due, figures.late, figures.accepted) == (4, 1, 3)
        assert (figures.confirmed, figures.unconfirmed, figures.failed) == (1, 2, 0)

    @pytest.mark.parametrize(
        ("outcomes", "alarm"),
        [({"5xx": 4}, None), ({"5xx": 5, "2xx": 95}, None), ({"timeout": 6, "2xx": 94}, 6), ({"4xx": 5}, 5)],
    )
    def test_that_fail_for_more_than_one_in_twenty_are_named(
        self, house: House, anna: UUID, outcomes: dict[str, int], alarm: int | None
    ) -> None:
        device = house.register(anna, house.push_service.phone("a"))
        house.remind(anna)
        attempts(house, device, outcomes)

        with db.transaction() as session:
            found = [one for one in health.look(session, now=house.now) if one.code == Code.ORIGIN_FAILING]

        expected = [health.Finding(Code.ORIGIN_FAILING, alarm, house.push_service.origin)] if alarm else []
        assert found == expected

    def test_that_take_long_for_more_than_one_in_ten_are_named(self, house: House, anna: UUID) -> None:
        device = house.register(anna, house.push_service.phone("a"))
        house.remind(anna)
        attempts(house, device, {"2xx": 20})
        execute(
            "UPDATE delivery SET accepted_at = accepted_at + interval '6 minutes'"
            " WHERE id IN (SELECT id FROM delivery LIMIT 3)"
        )

        with db.transaction() as session:
            found = [one for one in health.look(session, now=house.now) if one.code == Code.ORIGIN_SLOW]

        assert found == [health.Finding(Code.ORIGIN_SLOW, 3, house.push_service.origin)]


class TestAClockThatWasWrongOnce:
    """A year ahead for a moment, and right again: what was written then binds nobody."""

    def test_does_not_stop_the_books_from_being_compared(self, house: House) -> None:
        right = house.now
        house.later(days=365)
        watch(house)
        house.now = right

        watch(house)

        with db.transaction() as session:
            books = health.last_books(session)
        assert books is not None
        assert books.at == right

    def test_does_not_hide_that_no_worker_is_there(self, house: House) -> None:
        right = house.now
        house.later(days=365)
        tick(house)
        house.now = right

        with db.transaction() as session:
            assert health.is_worker_silent(session, now=house.now)

    def test_does_not_keep_an_alarm_up(self, house: House, anna: UUID) -> None:
        right = house.now
        house.remind(anna)
        house.later(days=365)
        watch(house)
        watch(house)
        house.now = right

        watch(house)

        assert [is_over for *_, is_over in known(house)] == [True]


class TestWorker:
    def test_that_was_missing_is_written_down_by_the_next(self, house: House) -> None:
        tick(house)
        house.later(minutes=7)

        with db.transaction() as session:
            assert health.is_worker_silent(session, now=house.now)
        changes = watch(house)

        assert changes == [alarms.Change("worker-silent", "", 420, is_raised=False)]
        assert known(house) == [("worker-silent", "", 420, True)]

    def test_says_what_is_wrong_in_its_log_and_goes_on_sending(
        self, awake: House, anna: UUID, caplog: pytest.LogCaptureFixture
    ) -> None:
        awake.remind(anna, after=timedelta(days=1))
        execute("DELETE FROM occurrence")
        awake.add_phone(anna)

        with caplog.at_level(logging.INFO), working(awake, tick_seconds=0.05, look_seconds=0.1):
            until(lambda: "alarm raised: ledger - (1)" in caplog.text)
            awake.remind(anna)
            until(lambda: awake.push_service.received)

        assert len(awake.push_service.received) == 1
        assert caplog.text.count("alarm raised: ledger") == 1, "said once, not at every look"

    def test_that_cannot_look_goes_on_sending(
        self, awake: House, anna: UUID, caplog: pytest.LogCaptureFixture, superuser: object
    ) -> None:
        awake.add_phone(anna)
        admin = superuser
        admin.execute("ALTER TABLE alarm RENAME TO alarm_away")  # type: ignore[attr-defined]
        try:
            with working(awake, tick_seconds=0.05, look_seconds=0.1):
                until(lambda: "could not look" in caplog.text)
                awake.remind(anna)
                until(lambda: awake.push_service.received)
        finally:
            admin.execute("ALTER TABLE alarm_away RENAME TO alarm")  # type: ignore[attr-defined]

        assert len(awake.push_service.received) == 1

    def test_of_many_only_one_looks_at_a_time(self, house: House) -> None:
        with db.transaction() as session:
            alarms.watch(session, now=house.now)
            with db.transaction() as other:
                assert alarms.watch(other, now=house.now) == []
                assert health.last_books(other) is None
