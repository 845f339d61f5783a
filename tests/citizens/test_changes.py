"""The change sequence: gapless, and never out of commit order."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from server.citizens import changes
from server.core import db
from server.core.errors import NotFound
from server.core.ids import new_id


@pytest.fixture
def citizen(make_citizen: Any) -> Any:
    """Somebody whose sequence starts with the intake."""
    return make_citizen()


def write(citizen: Any, now: Any, pause: float = 0.0) -> int:
    """Record one change and keep the transaction open for a while."""
    with db.transaction() as session:
        seq = changes.record_change(session, citizen_id=citizen.id, entity="goal", entity_id=new_id(), at=now)
        time.sleep(pause)
    return seq


class TestRecordChange:
    def test_numbers_without_gaps_when_many_write_at_once(self, citizen: Any, now: Any) -> None:
        with ThreadPoolExecutor(12) as pool:
            given = list(pool.map(lambda _: write(citizen, now), range(120)))

        assert sorted(given) == list(range(2, 122))

    def test_gives_no_number_for_what_was_rolled_back(self, citizen: Any, now: Any) -> None:
        with pytest.raises(RuntimeError), db.transaction() as session:
            changes.record_change(session, citizen_id=citizen.id, entity="goal", entity_id=new_id(), at=now)
            raise RuntimeError

        assert write(citizen, now) == 2

    def test_never_shows_a_number_before_a_smaller_one(self, citizen: Any, now: Any) -> None:
        chance, done, seen = random.Random(7), threading.Event(), []

        def read_all_the_time() -> None:
            while not done.is_set():
                with db.transaction() as session:
                    found = changes.list_changes(session, citizen_id=citizen.id, after_seq=0, limit=1000)
                seen.append([change.seq for change in found])

        reader = threading.Thread(target=read_all_the_time)
        reader.start()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: write(citizen, now, chance.random() / 200), range(60)))
        done.set()
        reader.join()

        assert len(seen) > 1
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in seen)

    def test_does_not_make_other_citizens_wait(self, citizen: Any, make_citizen: Any, now: Any) -> None:
        other = make_citizen()
        with db.transaction() as session:
            changes.record_change(session, citizen_id=citizen.id, entity="goal", entity_id=new_id(), at=now)

            with ThreadPoolExecutor(1) as pool:
                assert pool.submit(write, other, now).result(timeout=5) == 2

    def test_knows_no_unknown_citizen(self, session: Any, now: Any) -> None:
        with pytest.raises(NotFound):
            changes.record_change(session, citizen_id=new_id(), entity="goal", entity_id=new_id(), at=now)

    def test_knows_no_unknown_operation(self, citizen: Any, now: Any) -> None:
        with pytest.raises(ValueError), db.transaction() as session:
            changes.record_change(
                session, citizen_id=citizen.id, entity="goal", entity_id=new_id(), at=now, op="burn"
            )


class TestLockSequences:
    def test_takes_every_citizen_in_the_same_order_so_that_nobody_waits_in_a_circle(
        self, make_citizen: Any, superuser: Any
    ) -> None:
        ids = [make_citizen().id for _ in range(12)]
        last = max(ids)

        with ThreadPoolExecutor(1) as pool:
            with db.transaction() as first:
                changes.lock_sequences(first, citizen_ids=[last])
                waiting = pool.submit(lock_all, random.Random(7).sample(ids, 12))
                free = free_when_somebody_waits(superuser)
            waiting.result(timeout=10)

        assert free == []


def lock_all(ids: list[Any]) -> None:
    """Lock these citizens in a transaction of its own."""
    with db.transaction() as session:
        changes.lock_sequences(session, citizen_ids=ids)


def free_when_somebody_waits(superuser: Any) -> list[Any]:
    """The citizens who are not locked at the moment when another transaction waits for one."""
    for _ in range(500):
        if superuser.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() != (0,):
            break
        time.sleep(0.01)
    return superuser.execute("SELECT citizen_id FROM citizen_sequence FOR UPDATE SKIP LOCKED").fetchall()


class TestListChanges:
    def test_pages_through_one_citizens_steps_alone(self, citizen: Any, make_citizen: Any, now: Any) -> None:
        make_citizen()
        for _ in range(4):
            write(citizen, now)

        with db.transaction() as session:
            page = changes.list_changes(session, citizen_id=citizen.id, after_seq=2, limit=2)
            position = changes.get_position(session, citizen_id=citizen.id)

        assert [change.seq for change in page] == [3, 4]
        assert position == (5, 1)
