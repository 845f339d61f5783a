"""Many write while one pulls: no row may slip below a cursor."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from server.appointments import service as appointments
from server.appointments.models import AppointmentKind, Mode
from server.core import db
from server.sync import service as sync
from tests.conftest import actor_of, citizen_actor


class TestCommitOrder:
    def test_keeps_a_writer_that_began_first_from_slipping_below_the_cursor(
        self, citizen: Any, counsellor: Any, now: datetime, app: Any
    ) -> None:
        holds, go_on = threading.Event(), threading.Event()

        def slow() -> Any:
            with db.transaction() as session:
                booked = book_one(session, citizen, counsellor, now, hour=1)
                holds.set()
                assert go_on.wait(60)
                return booked.id

        def quick() -> Any:
            with db.transaction() as session:
                return book_one(session, citizen, counsellor, now, hour=2).id

        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(slow)
            assert holds.wait(60)
            second = pool.submit(quick)
            during = pulled(citizen, now, None)
            go_on.set()
            made = {first.result(60), second.result(60)}

        after = pulled(citizen, now, during.cursor)
        assert {change.id for change in during.changes if change.entity == "appointment"} == set()
        assert {change.id for change in after.changes} == made

    def test_never_misses_a_row_while_many_write_and_one_pulls(
        self, citizen: Any, counsellor: Any, now: datetime, app: Any
    ) -> None:
        stop, got, cursor = threading.Event(), set(), None

        def write(first: int) -> list[Any]:
            made = []
            for number in range(first, first + 12):
                with db.transaction() as session:
                    made.append(book_one(session, citizen, counsellor, now, hour=number + 1).id)
            return made

        def keep_pulling() -> str | None:
            nonlocal cursor
            while not stop.is_set():
                page = pulled(citizen, now, cursor)
                got.update(change.id for change in page.changes)
                cursor = page.cursor
            return cursor

        with ThreadPoolExecutor(5) as pool:
            puller = pool.submit(keep_pulling)
            writers = [pool.submit(write, 100 * number) for number in range(4)]
            made = {booked for writer in writers for booked in writer.result(60)}
            stop.set()
            puller.result(60)
        got.update(change.id for change in pulled(citizen, now, cursor).changes)

        assert len(made) == 48
        assert made <= got


def pulled(citizen: Any, now: datetime, cursor: str | None) -> sync.Page:
    with db.transaction() as session:
        return sync.pull(session, cursor=cursor, actor=citizen_actor(citizen), now=now, centre_phones={})


def book_one(session: Any, citizen: Any, counsellor: Any, now: datetime, *, hour: int) -> Any:
    return appointments.book(
        session,
        citizen_id=citizen.id,
        starts_at=now + timedelta(hours=hour),
        duration_minutes=30,
        kind=AppointmentKind.TALK,
        mode=Mode.PHONE,
        actor=actor_of(counsellor),
        now=now,
    )
