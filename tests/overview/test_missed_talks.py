"""Who has to be called about a missed talk, and the one message that may be sent."""

from datetime import timedelta
from typing import Any

import pytest

from server.accounts import service as accounts
from server.citizens import deaths
from server.core import db
from server.core.ids import new_id
from server.overview import notices
from tests.appointments.people import seen, without_id
from tests.conftest import NOW, actor_of

MISSED = "/api/v1/staff/missed-talks"
MESSAGE = MISSED + "/{}/message"
OUTCOME = "/api/v1/staff/tasks/{}/outcome"


def deactivate(member: Any, manager: Any) -> None:
    """Close a colleague's access."""
    with db.transaction() as session:
        accounts.deactivate_staff(session, staff_id=member.id, actor=actor_of(manager), now=NOW)


def may_send(task: Any, *, revision: int = 1) -> Any:
    """What the sender is told when it asks."""
    with db.transaction() as session:
        return notices.may_send(
            session,
            subject_id=task.subject_id,
            recipient_id=task.citizen_id,
            revision=revision,
            slot="missed-you",
            device_session_id=None,
            now=NOW,
        )


class TestListMissed:
    def test_shows_what_is_needed_to_call(
        self, desk: Any, task: Any, citizen: Any, counsellor: Any, book: Any
    ) -> None:
        ahead = book(starts_at="2026-12-07T10:00:00+01:00")

        answer = desk.get(MISSED)

        assert answer.status_code == 200
        assert answer.json == {
            "items": [
                {
                    "id": str(task.id),
                    "version": 1,
                    "citizen_id": str(citizen.id),
                    "citizen_alias": "Solsort",
                    "talk": {
                        "id": str(task.subject_id),
                        "starts_at": "2026-11-22T09:00:00Z",
                        "kind": "talk",
                        "excused": False,
                        "asks_again": False,
                        "late_no_at": None,
                        "wishes": [],
                        "wish_note": None,
                        "staff_name": "Karen Kontakt",
                    },
                    "mine": True,
                    "owner": {"id": str(counsellor.id), "name": "Karen Kontakt"},
                    "due_on": "2026-11-24",
                    "waiting_days": 0,
                    "tries": 0,
                    "last_outcome": None,
                    "calls": [],
                    "messaged": False,
                    "reachable": False,
                    "other_way": None,
                    "next_appointment": {"id": ahead["id"], "starts_at": "2026-12-07T09:00:00Z"},
                }
            ]
        }

    def test_the_longest_wait_stands_first(
        self, desk: Any, citizen: Any, missed: Any, open_task: Any
    ) -> None:
        days = (2, 9, 5)
        for day in days:
            open_task(citizen, missed(starts_at=NOW - timedelta(days=day)))

        items = desk.get(MISSED).json["items"]

        starts = [item["talk"]["starts_at"] for item in items]
        assert starts == sorted(starts)
        assert len(items) == 3

    def test_counts_the_days_on_danish_calendars(
        self, desk: Any, task: Any, traveller: Any, sign_in_staff: Any, counsellor: Any, superuser: Any
    ) -> None:
        superuser.execute("UPDATE appointment SET starts_local = '2026-11-20 23:30' WHERE status = 'noshow'")
        superuser.commit()

        assert desk.get(MISSED).json["items"][0]["waiting_days"] == 3

    def test_keeps_tries_and_history(self, desk: Any, task: Any) -> None:
        later = {"outcome": "call-later", "next_on": "2026-11-26", "note": "Optaget"}
        desk.post(OUTCOME.format(task.id), json=later, headers=seen(1))

        row = desk.get(MISSED).json["items"][0]

        assert (row["tries"], row["last_outcome"], row["due_on"]) == (1, "call-later", "2026-11-26")
        assert row["calls"] == [
            {
                "outcome": "call-later",
                "reason": None,
                "next_on": "2026-11-26",
                "note": "Optaget",
                "by": "Karen Kontakt",
                "at": "2026-11-23T09:00:00Z",
            }
        ]

    def test_marks_an_excused_one(self, desk: Any, citizen: Any, missed: Any, open_task: Any) -> None:
        open_task(citizen, missed(excused=True))

        assert desk.get(MISSED).json["items"][0]["talk"]["excused"] is True

    def test_shows_that_the_person_asks_for_a_new_time(
        self, desk: Any, phone: Any, task: Any, manager: Any, manager_desk: Any, counsellor: Any
    ) -> None:
        wish = {"on": "2026-12-01", "day_part": "morning"}
        body = {"revision": 1, "reply": "tentative", "wishes": [wish], "note": "Helst Karen"}

        answer = phone.post(f"/api/v1/citizen/appointments/{task.subject_id}/reply", json=body)

        assert answer.status_code == 200, answer.get_data(as_text=True)
        talk = desk.get(MISSED).json["items"][0]["talk"]
        assert (talk["asks_again"], talk["wishes"], talk["wish_note"]) == (True, [wish], "Helst Karen")
        deactivate(counsellor, manager)
        seen_by_manager = manager_desk.get(MISSED).json["items"][0]["talk"]
        assert (seen_by_manager["wishes"], seen_by_manager["wish_note"]) == ([], None)

    @pytest.mark.parametrize("reply", ["accepted", "declined"])
    def test_after_it_was_missed_nothing_else_can_be_answered(
        self, phone: Any, task: Any, reply: str
    ) -> None:
        answer = phone.post(
            f"/api/v1/citizen/appointments/{task.subject_id}/reply", json={"revision": 1, "reply": reply}
        )

        assert (answer.status_code, answer.json["code"]) == (409, "appointment-over")

    def test_leaves_out_what_is_done_and_what_is_no_longer_missed(
        self, desk: Any, citizen: Any, task: Any, missed: Any, open_task: Any, superuser: Any
    ) -> None:
        other = open_task(citizen, missed())
        desk.post(OUTCOME.format(other.id), json={"outcome": "closed", "reason": "no-wish"}, headers=seen(1))
        superuser.execute(
            "UPDATE appointment SET status = 'fulfilled', noshow_excused = NULL WHERE id = %s",
            [task.subject_id],
        )
        superuser.commit()

        assert desk.get(MISSED).json == {"items": []}

    def test_names_nobody_who_has_died(self, desk: Any, task: Any, counsellor: Any) -> None:
        with db.transaction() as session:
            deaths.mark(session, citizen_id=task.citizen_id, actor=actor_of(counsellor), now=NOW)

        assert desk.get(MISSED).json == {"items": []}

    def test_a_stand_in_sees_it_at_once_with_everything(
        self,
        task: Any,
        counsellor: Any,
        colleague: Any,
        stand_in_for: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        stand_in_for(counsellor, colleague)

        row = sign_in_staff(colleague, new_client()).get(MISSED).json["items"][0]

        assert (row["mine"], row["talk"]["kind"], row["owner"]["name"]) == (True, "talk", "Karen Kontakt")

    def test_a_colleague_without_the_case_sees_nothing(
        self, task: Any, colleague: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        assert sign_in_staff(colleague, new_client()).get(MISSED).json == {"items": []}

    def test_a_manager_sees_nothing_while_somebody_answers(self, task: Any, manager_desk: Any) -> None:
        assert manager_desk.get(MISSED).json == {"items": []}

    def test_a_manager_sees_alias_and_time_alone_when_nobody_answers(
        self, desk: Any, task: Any, counsellor: Any, manager: Any, manager_desk: Any
    ) -> None:
        later = {"outcome": "call-later", "next_on": "2026-11-26", "note": "Optaget"}
        desk.post(OUTCOME.format(task.id), json=later, headers=seen(1))
        deactivate(counsellor, manager)

        answer = manager_desk.get(MISSED)

        row = answer.json["items"][0]
        assert (row["citizen_alias"], row["mine"], row["owner"]) == ("Solsort", False, None)
        assert (row["talk"]["kind"], row["calls"], row["tries"]) == (None, [], 1)
        assert "Optaget" not in answer.get_data(as_text=True)

    def test_the_look_is_on_the_trail(self, desk: Any, task: Any, superuser: Any) -> None:
        desk.get(MISSED)

        rows = superuser.execute(
            "SELECT purpose FROM audit_event WHERE event = 'missed-talks.listed'"
        ).fetchall()
        assert rows == [("missed talks: 1",)]

    def test_needs_no_more_statements_for_more_people(
        self,
        desk: Any,
        counsellor: Any,
        make_citizen: Any,
        open_task: Any,
        missed: Any,
        statements: Any,
        superuser: Any,
    ) -> None:
        def add_one() -> None:
            subject = missed(starts_at=NOW - timedelta(days=3))
            person = make_citizen(contact=counsellor)
            superuser.execute("UPDATE appointment SET citizen_id = %s WHERE id = %s", [person.id, subject])
            superuser.commit()
            open_task(person, subject)

        def asked() -> int:
            with statements() as ran:
                assert desk.get(MISSED).status_code == 200
            return len(ran)

        add_one()
        few = asked()
        for _ in range(4):
            add_one()

        assert asked() == few


class TestSendMessage:
    def test_asks_for_one_neutral_notice_about_the_talk(self, desk: Any, task: Any, superuser: Any) -> None:
        answer = desk.post(MESSAGE.format(task.id), headers=seen(1))

        assert answer.status_code == 200
        assert (answer.json["messaged"], answer.json["version"]) == (True, 2)
        planned = superuser.execute(
            "SELECT r.kind, r.subject_id, r.recipient_id, o.slot_key, o.due_at, o.deadline_at, o.state"
            " FROM reminder r JOIN occurrence o ON o.reminder_id = r.id WHERE r.kind = 'missed-you'"
        ).fetchall()
        assert planned == [
            (
                "missed-you",
                task.subject_id,
                task.citizen_id,
                "missed-you",
                NOW,
                NOW + timedelta(days=3),
                "planned",
            )
        ]

    def test_lets_the_phone_know_which_notice_leads_to_the_appointment(
        self, desk: Any, phone: Any, task: Any, superuser: Any
    ) -> None:
        desk.post(MESSAGE.format(task.id), headers=seen(1))

        changes = phone.get("/api/v1/citizen/sync/pull").json["changes"]
        occurrence = superuser.execute(
            "SELECT o.id::text FROM occurrence o JOIN reminder r ON r.id = o.reminder_id"
            " WHERE r.kind = 'missed-you'"
        ).fetchone()
        shown = [one for one in changes if one["id"] == str(task.subject_id)][-1]
        assert occurrence[0] in str(shown)

    def test_once_is_enough(self, desk: Any, task: Any, superuser: Any) -> None:
        desk.post(MESSAGE.format(task.id), headers=seen(1))

        again = desk.post(MESSAGE.format(task.id), headers=seen(2))

        assert (again.status_code, again.json["code"]) == (409, "message-sent")
        count = "SELECT count(*) FROM reminder WHERE kind = 'missed-you'"
        assert superuser.execute(count).fetchone() == (1,)

    def test_nothing_is_planned_when_somebody_else_was_faster(
        self, desk: Any, task: Any, superuser: Any
    ) -> None:
        desk.post(f"/api/v1/staff/tasks/{task.id}/owner", headers=seen(1))

        answer = desk.post(MESSAGE.format(task.id), headers=seen(1))

        assert answer.status_code == 412
        assert superuser.execute("SELECT count(*) FROM reminder WHERE kind = 'missed-you'").fetchone() == (0,)

    def test_a_talk_that_no_longer_counts_as_missed_is_refused(
        self, desk: Any, task: Any, superuser: Any
    ) -> None:
        superuser.execute(
            "UPDATE appointment SET status = 'fulfilled', noshow_excused = NULL WHERE id = %s",
            [task.subject_id],
        )
        superuser.commit()

        answer = desk.post(MESSAGE.format(task.id), headers=seen(1))

        assert (answer.status_code, answer.json["code"]) == (409, "not-missed")

    def test_a_stranger_gets_the_same_answer_as_for_an_unknown_task(
        self, task: Any, colleague: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        at_desk = sign_in_staff(colleague, new_client())

        theirs = at_desk.post(MESSAGE.format(task.id), headers=seen(1))
        nobodys = at_desk.post(MESSAGE.format(new_id()), headers=seen(1))

        assert theirs.status_code == 404
        assert without_id(theirs) == without_id(nobodys)

    def test_a_manager_may_not(self, task: Any, manager_desk: Any) -> None:
        assert manager_desk.post(MESSAGE.format(task.id), headers=seen(1)).status_code == 403


class TestMaySend:
    def test_while_the_talk_is_missed_and_nobody_has_spoken_with_the_person(self, task: Any) -> None:
        assert may_send(task) is True

    def test_not_once_it_is_settled(self, desk: Any, task: Any) -> None:
        desk.post(OUTCOME.format(task.id), json={"outcome": "closed", "reason": "no-wish"}, headers=seen(1))

        assert may_send(task) is False

    def test_not_once_it_no_longer_counts_as_missed(self, task: Any, superuser: Any) -> None:
        superuser.execute(
            "UPDATE appointment SET status = 'booked', noshow_excused = NULL WHERE id = %s", [task.subject_id]
        )
        superuser.commit()

        assert may_send(task) is False

    def test_not_about_an_older_revision(self, task: Any) -> None:
        assert may_send(task, revision=2) is False

    @pytest.mark.usefixtures("task")
    def test_not_to_somebody_who_wants_no_reminders(self, task: Any, phone: Any) -> None:
        phone.put(
            "/api/v1/citizen/reminder-settings",
            json={"appointments": False, "two_hours_before": False, "paused_until": None},
            headers=seen(0),
        )

        assert may_send(task) is False
