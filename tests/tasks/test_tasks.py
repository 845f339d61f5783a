"""A task is opened once, seen by whoever answers for the person now, and closed with what came of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from server.accounts import service as accounts
from server.citizens import relations
from server.citizens.models import CareRole
from server.core import clock, db
from server.core.access import Role
from server.core.errors import PreconditionFailed
from server.core.ids import new_id
from server.tasks import service, visible
from tests.appointments.people import refused, seen, without_id
from tests.conftest import NOW, actor_of
from tests.tasks.people import TUESDAY, end_relation

OUTCOME = "/api/v1/staff/tasks/{}/outcome"
OWNER = "/api/v1/staff/tasks/{}/owner"
LATER = {"outcome": "call-later", "next_on": "2026-11-26"}
CLOSED = {"outcome": "closed", "reason": "no-wish"}


def known_to(member: Any) -> set[UUID]:
    """Which tasks this colleague may know of."""
    with db.transaction() as session:
        return {task.id for task in session.scalars(visible.tasks(actor_of(member), clock.now()))}


def workable_by(member: Any) -> set[UUID]:
    """Which tasks this colleague may work on."""
    with db.transaction() as session:
        return {task.id for task in session.scalars(visible.own_tasks(actor_of(member), clock.now()))}


def deactivate(member: Any, manager: Any) -> None:
    """Close a colleague's access."""
    with db.transaction() as session:
        accounts.deactivate_staff(session, staff_id=member.id, actor=actor_of(manager), now=NOW)


@pytest.mark.usefixtures("traveller")
class TestOpenTask:
    def test_is_the_contact_persons_and_due_when_asked(self, task: Any, counsellor: Any) -> None:
        assert (task.owner_id, task.due_on, task.status) == (counsellor.id, TUESDAY, "requested")

    def test_is_opened_once_for_a_subject(self, task: Any, citizen: Any, open_task: Any) -> None:
        again = open_task(citizen, task.subject_id, due_on=date(2026, 12, 1))

        assert (again.id, again.due_on, again.version) == (task.id, TUESDAY, 1)

    def test_is_the_stand_ins_when_the_contact_person_has_left(
        self,
        citizen: Any,
        missed: Any,
        open_task: Any,
        counsellor: Any,
        colleague: Any,
        manager: Any,
        stand_in_for: Any,
    ) -> None:
        subject = missed()
        stand_in_for(counsellor, colleague)
        deactivate(counsellor, manager)

        assert open_task(citizen, subject).owner_id == colleague.id

    def test_has_no_owner_when_nobody_is_there(
        self, citizen: Any, missed: Any, open_task: Any, counsellor: Any, manager: Any
    ) -> None:
        subject = missed()
        deactivate(counsellor, manager)

        assert open_task(citizen, subject).owner_id is None

    def test_reopens_what_was_taken_back(
        self, task: Any, citizen: Any, counsellor: Any, open_task: Any
    ) -> None:
        with db.transaction() as session:
            service.cancel_task(
                session, kind=task.kind, subject_id=task.subject_id, actor=actor_of(counsellor), now=NOW
            )
        assert known_to(counsellor) == {task.id}

        again = open_task(citizen, task.subject_id, due_on=date(2026, 12, 1))

        assert (again.id, again.status, again.due_on, again.closed_at) == (
            task.id,
            "requested",
            date(2026, 12, 1),
            None,
        )

    def test_leaves_a_finished_one_finished(
        self, task: Any, citizen: Any, desk: Any, counsellor: Any, open_task: Any
    ) -> None:
        assert desk.post(OUTCOME.format(task.id), json=CLOSED, headers=seen(1)).status_code == 200

        with db.transaction() as session:
            service.cancel_task(
                session, kind=task.kind, subject_id=task.subject_id, actor=actor_of(counsellor), now=NOW
            )

        assert open_task(citizen, task.subject_id).status == "completed"


@pytest.mark.usefixtures("traveller")
class TestWhoSeesIt:
    def test_the_contact_person_does_and_a_colleague_without_the_case_does_not(
        self, task: Any, counsellor: Any, colleague: Any
    ) -> None:
        assert workable_by(counsellor) == {task.id}
        assert known_to(colleague) == set()

    def test_a_stand_in_does_at_once(
        self, task: Any, counsellor: Any, colleague: Any, stand_in_for: Any
    ) -> None:
        stand_in_for(counsellor, colleague)

        assert workable_by(colleague) == {task.id}
        assert workable_by(counsellor) == {task.id}

    def test_the_team_does_not_while_the_contact_person_is_there(
        self, task: Any, citizen: Any, colleague: Any, give_case: Any
    ) -> None:
        give_case(citizen, colleague)

        assert known_to(colleague) == set()

    def test_the_team_and_the_manager_do_when_the_owner_has_left(
        self, task: Any, citizen: Any, counsellor: Any, colleague: Any, manager: Any, give_case: Any
    ) -> None:
        give_case(citizen, colleague)

        deactivate(counsellor, manager)

        assert workable_by(colleague) == {task.id}
        assert known_to(manager) == {task.id}

    def test_the_manager_alone_does_when_nobody_is_left(
        self, task: Any, counsellor: Any, manager: Any, superuser: Any
    ) -> None:
        assert known_to(manager) == set()
        relation = superuser.execute("SELECT id FROM care_relation WHERE role = 'contact-person'").fetchone()

        end_relation(relation[0], manager)

        assert known_to(counsellor) == set()
        assert (known_to(manager), workable_by(manager)) == ({task.id}, set())

    def test_the_next_contact_person_does(
        self, task: Any, citizen: Any, counsellor: Any, colleague: Any, manager: Any
    ) -> None:
        with db.transaction() as session:
            relations.give_relation(
                session,
                citizen_id=citizen.id,
                staff_id=colleague.id,
                role=CareRole.CONTACT_PERSON,
                reason="overtager",
                actor=actor_of(manager),
                now=NOW,
            )

        assert workable_by(colleague) == {task.id}
        assert known_to(counsellor) == set()

    def test_another_centre_never_does(self, task: Any, make_unit: Any, make_staff: Any) -> None:
        elsewhere = make_unit("krisecenter", "Krisecenter")
        other = make_staff(unit=elsewhere, roles=(Role.COUNSELLOR, Role.MANAGER))

        assert known_to(other) == set()

    def test_who_took_it_keeps_it_only_while_working_with_the_person(
        self,
        task: Any,
        citizen: Any,
        colleague: Any,
        counsellor: Any,
        manager: Any,
        give_case: Any,
        superuser: Any,
    ) -> None:
        relation = give_case(citizen, colleague)
        superuser.execute("UPDATE task SET owner_id = %s", [colleague.id])
        superuser.commit()
        assert workable_by(colleague) == {task.id}

        end_relation(relation.id, manager)

        assert known_to(colleague) == set()
        assert workable_by(counsellor) == {task.id}


class TestTake:
    def test_shows_who_calls(
        self, task: Any, counsellor: Any, colleague: Any, stand_in_for: Any, sign_in_staff: Any
    ) -> None:
        stand_in_for(counsellor, colleague)

        answer = sign_in_staff(colleague).post(OWNER.format(task.id), headers=seen(1))

        assert answer.status_code == 200
        assert (answer.json["owner_id"], answer.json["status"]) == (str(colleague.id), "in-progress")
        assert workable_by(counsellor) == {task.id}


class TestRecordOutcome:
    def test_an_agreement_names_the_new_appointment_and_ends_it(
        self, desk: Any, task: Any, book: Any, superuser: Any
    ) -> None:
        booked = book()

        answer = desk.post(
            OUTCOME.format(task.id),
            json={"outcome": "agreed", "appointment_id": booked["id"]},
            headers=seen(1),
        )

        assert answer.status_code == 200
        assert (answer.json["status"], answer.json["business_outcome"]) == ("completed", "agreed")
        stored = superuser.execute("SELECT outcome, appointment_id::text FROM task_call").fetchall()
        assert stored == [("agreed", booked["id"])]

    def test_later_gives_it_another_day_and_keeps_every_try(self, desk: Any, task: Any, count: Any) -> None:
        first = desk.post(OUTCOME.format(task.id), json={**LATER, "note": "Optaget"}, headers=seen(1))
        second = desk.post(OUTCOME.format(task.id), json={**LATER, "next_on": "2026-11-27"}, headers=seen(2))

        assert [one.json["due_on"] for one in (first, second)] == ["2026-11-26", "2026-11-27"]
        assert second.json["status"] == "in-progress"
        assert count("task_call") == 2

    def test_closing_asks_for_a_reason(self, desk: Any, task: Any) -> None:
        assert refused(
            desk.post(OUTCOME.format(task.id), json={"outcome": "closed"}, headers=seen(1)), "reason"
        )

        answer = desk.post(OUTCOME.format(task.id), json=CLOSED, headers=seen(1))

        assert (answer.json["status"], answer.json["reason"]) == ("completed", "no-wish")

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"outcome": "agreed"}, "appointment_id"),
            ({"outcome": "call-later"}, "next_on"),
            ({"outcome": "closed", "reason": "other"}, "note"),
            ({"outcome": "closed", "reason": "no-wish", "next_on": "2026-11-26"}, "next_on"),
            ({"outcome": "call-later", "next_on": "2026-11-22"}, "next_on"),
            ({"outcome": "call-later", "next_on": "2027-02-22"}, "next_on"),
            ({"outcome": "gone"}, "outcome"),
            ({**LATER, "note": ""}, "note"),
            ({**LATER, "note": "x" * 501}, "note"),
        ],
    )
    def test_refuses_what_is_not_said_in_full_and_keeps_the_task(
        self, desk: Any, task: Any, body: dict[str, Any], field: str, count: Any
    ) -> None:
        assert refused(desk.post(OUTCOME.format(task.id), json=body, headers=seen(1)), field)
        assert count("task_call") == 0

    @pytest.mark.parametrize(
        "gone",
        [
            "status = 'cancelled', cancellation = 'by-service'",
            "status = 'arrived', arrived_at = now()",
            "status = 'entered-in-error'",
            "starts_at = '2026-11-22T09:00:00Z'",
        ],
    )
    def test_refuses_an_agreement_on_what_is_not_booked_and_ahead(
        self, desk: Any, task: Any, book: Any, superuser: Any, count: Any, gone: str
    ) -> None:
        booked = book()
        superuser.execute(f"UPDATE appointment SET {gone} WHERE id = %s", [booked["id"]])
        superuser.commit()
        agreed = {"outcome": "agreed", "appointment_id": booked["id"]}

        answer = desk.post(OUTCOME.format(task.id), json=agreed, headers=seen(1))

        assert refused(answer, "appointment_id")
        assert count("task_call") == 0
        assert desk.get("/api/v1/staff/missed-talks").json["items"][0]["version"] == 1

    def test_refuses_another_citizens_appointment_like_one_that_never_was(
        self, desk: Any, task: Any, make_citizen: Any, counsellor: Any
    ) -> None:
        other = make_citizen(contact=counsellor)
        body = {
            "starts_at": "2026-12-02T10:00:00+01:00",
            "duration_minutes": 45,
            "kind": "talk",
            "mode": "phone",
        }
        theirs = desk.post(f"/api/v1/staff/citizens/{other.id}/appointments", json=body).json["id"]

        answers = [
            desk.post(
                OUTCOME.format(task.id),
                json={"outcome": "agreed", "appointment_id": str(named)},
                headers=seen(1),
            )
            for named in (theirs, new_id(), task.subject_id)
        ]

        assert all(refused(answer, "appointment_id") for answer in answers)
        assert without_id(answers[0]) == without_id(answers[1])

    def test_a_stranger_gets_the_same_answer_as_for_an_unknown_task(
        self, task: Any, colleague: Any, manager: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        at_desk = sign_in_staff(colleague, new_client())

        for route in (OUTCOME, OWNER):
            body = {"json": LATER} if route == OUTCOME else {}
            theirs = at_desk.post(route.format(task.id), headers=seen(1), **body)
            nobodys = at_desk.post(route.format(new_id()), headers=seen(1), **body)
            assert theirs.status_code == 404
            assert without_id(theirs) == without_id(nobodys)

    def test_a_manager_without_the_case_may_not(self, task: Any, manager_desk: Any) -> None:
        assert manager_desk.post(OUTCOME.format(task.id), json=LATER, headers=seen(1)).status_code == 403

    def test_one_that_is_done_stays_as_it_is(self, desk: Any, task: Any, count: Any) -> None:
        desk.post(OUTCOME.format(task.id), json=CLOSED, headers=seen(1))

        answer = desk.post(OUTCOME.format(task.id), json=LATER, headers=seen(2))

        assert (answer.status_code, answer.json["code"]) == (409, "task-closed")
        assert count("task_call") == 1

    def test_of_two_colleagues_at_once_one_wins_and_the_other_is_told(
        self, task: Any, counsellor: Any, colleague: Any, stand_in_for: Any, count: Any
    ) -> None:
        stand_in_for(counsellor, colleague)

        def say(member: Any) -> str:
            try:
                with db.transaction() as session:
                    service.record_outcome(
                        session,
                        task_id=task.id,
                        version=1,
                        outcome=service.Outcome.CALL_LATER,
                        next_on=TUESDAY,
                        actor=actor_of(member),
                        now=NOW,
                    )
            except PreconditionFailed as refusal:
                return refusal.code
            return "kept"

        with ThreadPoolExecutor(2) as pool:
            said = list(pool.map(say, [counsellor, colleague]))

        assert sorted(said) == ["kept", "version-is-old"]
        assert count("task_call") == 1

    def test_stands_on_the_trail_with_the_relation(self, desk: Any, task: Any, superuser: Any) -> None:
        desk.post(OUTCOME.format(task.id), json=LATER, headers=seen(1))

        rows = superuser.execute(
            "SELECT event, purpose, relation_id IS NOT NULL FROM audit_event"
            " WHERE event LIKE 'task.%' ORDER BY at, position"
        ).fetchall()
        assert rows == [("task.opened", None, True), ("task.outcome", "call-later", True)]
