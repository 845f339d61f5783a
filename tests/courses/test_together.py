"""Everybody at once: no two wait for each other in a circle, and nobody is told what no longer holds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from typing import Any
from uuid import UUID

from server.citizens import service as citizens
from server.core import clock, db
from server.core.errors import Problem
from server.courses import enrolling, jobs, meetings, own
from server.rights import service as rights
from tests.conftest import actor_of, citizen_actor
from tests.courses.people import fill, planned_notices, week
from tests.sync.pushing import new_id


def leave_by_phone(person: Any, run_id: UUID) -> None:
    """As a push does it: the own sequence first."""
    with db.transaction() as session:
        citizens.lock_sequences(session, citizen_ids=[person.id])
        own.leave_run(
            session, citizen_id=person.id, run_id=run_id, actor=citizen_actor(person), now=clock.now()
        )


class TestAtOnce:
    def test_phones_leaders_and_workers_end_without_waiting_in_a_circle(
        self,
        plan: Any,
        enrol: Any,
        read: Any,
        leader: Any,
        counsellor: Any,
        make_citizen: Callable[..., Any],
        superuser: Any,
    ) -> None:
        run = plan(seats=6, first_on="2026-12-01")
        run_id = UUID(run["id"])
        sitting = [make_citizen(contact=counsellor) for _ in range(10)]
        coming = [make_citizen(contact=counsellor) for _ in range(8)]
        for person in sitting:
            enrol(run, person)
        gate = Barrier(24)

        def come(person: Any) -> None:
            with db.transaction() as session:
                enrolling.enrol(
                    session, run_id=run_id, citizen_id=person.id, actor=actor_of(leader), now=clock.now()
                )

        def cancel(number: int) -> None:
            with db.transaction() as session:
                meetings.cancel(
                    session,
                    session_id=UUID(run["sessions"][number]["id"]),
                    revision=1,
                    reason="Sygdom",
                    actor=actor_of(leader),
                    now=clock.now(),
                )

        def wait_and(work: Callable[..., Any], *given: Any) -> None:
            gate.wait()
            with suppress(Problem):
                work(*given)

        with ThreadPoolExecutor(24) as pool:
            doing = [pool.submit(wait_and, leave_by_phone, person, run_id) for person in sitting[:10]]
            doing += [pool.submit(wait_and, come, person) for person in coming]
            doing += [pool.submit(wait_and, cancel, number) for number in (0, 1, 2)]
            doing += [pool.submit(wait_and, jobs.fill_places) for _ in range(3)]
            for one in doing:
                one.result()
        fill()

        after = read(run)
        assert len(after["roster"]) == 6
        assert {line["citizen_id"] for line in after["roster"]} <= {str(person.id) for person in coming}
        for kind, subject_id, person_id, _ in planned_notices(superuser):
            assert person_id in {line["citizen_id"] for line in after["roster"]}, kind
            if kind == "session":
                assert subject_id not in {run["sessions"][number]["id"] for number in (0, 1, 2)}

    def test_a_reminder_stands_for_each_seat_and_for_nothing_else(
        self, plan: Any, enrol: Any, read: Any, citizen: Any, other: Any, hand: Any, desk: Any, superuser: Any
    ) -> None:
        run = plan(seats=1, first_on="2026-12-01")
        enrol(run, citizen, numbers=[1, 2])
        enrol(run, other)
        hand.say("enrollment", "leave", run["sessions"][1]["id"], session_id=run["sessions"][1]["id"])
        desk.post(
            f"/api/v1/staff/course-sessions/{run['sessions'][2]['id']}/cancel",
            json={"reason": "Sygdom"},
            headers={"If-Match": '"1"'},
        )
        hand.say("enrollment", "leave", run["id"], run_id=run["id"])
        fill()

        reminders = {(who, what) for kind, what, who, _ in planned_notices(superuser) if kind == "session"}
        assert reminders == {(str(other.id), run["sessions"][number]["id"]) for number in (0, 1, 3, 4)}


class TestErasure:
    def test_leaves_nothing_of_a_person_and_everything_of_the_others(
        self,
        plan: Any,
        enrol: Any,
        read: Any,
        attend: Any,
        citizen: Any,
        other: Any,
        hand: Any,
        go_to: Any,
        superuser: Any,
    ) -> None:
        run = plan(seats=1)
        enrol(run, citizen)
        enrol(run, other)
        go_to(week(1).replace(hour=12))
        attend(run["sessions"][0]["id"], (citizen, "present"))
        said = {"run_id": run["id"], "at": "2026-11-24T12:00:00Z", "knowledge": 4, "words": "Kanariefugl"}
        assert hand.say("course_feedback", "put", str(new_id()), **said)["result"] == "applied"

        with db.transaction() as session:
            rights.erase(session, citizen_id=citizen.id, now=clock.now())
        fill()

        for table in ("enrollment", "attendance", "course_feedback", "course_relation", "course_path"):
            found = superuser.execute(f"SELECT citizen_id FROM {table}").fetchall()
            assert citizen.id not in {row[0] for row in found}, table
        assert [line["alias"] for line in read(run)["roster"]] == ["Gærdesmutte"]
        assert str(citizen.id) not in {who for _, _, who, _ in planned_notices(superuser)}
