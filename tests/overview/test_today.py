"""The list of today: who stands on it, in which order, and how much it costs."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from server.appointments import service as appointments
from server.appointments.service import AppointmentKind, Mode, Reply
from server.core import db
from server.core.ids import new_id
from server.goals import service as goals
from server.goals.service import GoalOrigin
from server.overview import today
from server.overview.urgency import ORDER, TodayKind
from tests.conftest import NOW, actor_of, citizen_actor

TODAY = "/api/v1/staff/today"
TUESDAY = datetime.fromisoformat("2026-11-24T09:00:00+01:00")
LATER_TODAY = "2026-11-23T14:00:00+01:00"


def kinds(browser: Any) -> list[str]:
    """What stands on somebody's list, from the top."""
    return [one["kind"] for one in items(browser)]


def items(browser: Any) -> list[dict[str, Any]]:
    """Somebody's list."""
    answer = browser.get(TODAY)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(answer.json["items"])


def wish_another_time(citizen: Any, booked: dict[str, Any]) -> None:
    """Let the person ask for another time."""
    with db.transaction() as session:
        appointments.reply(
            session,
            appointment_id=UUID(booked["id"]),
            revision=booked["revision"],
            answer=Reply.TENTATIVE,
            actor=citizen_actor(citizen),
            now=NOW,
        )


def wait_since(superuser: Any, citizen: Any, days: int) -> None:
    """Let somebody's first contact lie so many days back."""
    superuser.execute(
        "UPDATE citizen SET first_contact_at = first_contact_at - make_interval(days => %s),"
        " first_contact_wall = first_contact_wall - make_interval(days => %s) WHERE id = %s",
        [days, days, citizen.id],
    )
    superuser.commit()


def want(citizen: Any, counsellor: Any, *, review_on: date) -> Any:
    """A goal that is to be looked at together on a day."""
    with db.transaction() as session:
        return goals.create_goal(
            session,
            citizen_id=citizen.id,
            title="Sove hele natten",
            origin=GoalOrigin.CITIZEN,
            review_on=review_on,
            actor=actor_of(counsellor),
            now=NOW,
        )


def becomes_hard(desk: Any, goal: Any, **said: Any) -> None:
    """Let the contact person write down that it became hard."""
    body = {"id": str(new_id()), "kind": "became-hard", **said}
    answer = desk.post(f"/api/v1/staff/goals/{goal.id}/events", json=body)
    assert answer.status_code in (200, 201), answer.get_data(as_text=True)


class TestWhatStandsOnIt:
    def test_is_nothing_on_a_quiet_day(self, citizen: Any, desk: Any) -> None:
        assert items(desk) == []

    def test_is_a_talk_of_today_and_none_of_tomorrow(self, citizen: Any, desk: Any, book: Any) -> None:
        booked = book(starts_at=LATER_TODAY)
        book(starts_at="2026-11-24T14:00:00+01:00")

        assert items(desk) == [
            {
                "kind": "talk-today",
                "id": booked["id"],
                "citizen_id": str(citizen.id),
                "alias": "Solsort",
                "mine": True,
                "in_place_of": None,
                "since": None,
                "due_on": None,
                "starts_at": "2026-11-23T13:00:00Z",
                "day": None,
                "title": None,
                "wants_talk": None,
                "link": "/staff/day/2026-11-23",
            }
        ]

    def test_is_a_missed_talk_from_the_day_it_is_due(self, task: Any, desk: Any, go_to: Any) -> None:
        assert kinds(desk) == []

        go_to(TUESDAY)

        [found] = items(desk)
        assert (found["kind"], found["since"], found["due_on"], found["link"]) == (
            "missed-talk",
            "2026-11-22T09:00:00Z",
            "2026-11-24",
            "/staff/missed",
        )

    def test_is_a_message_until_somebody_answers(self, says: Any, desk: Any, url: str) -> None:
        seen = says()
        [found] = items(desk)

        desk.post(url, json={"id": str(new_id()), "text": "Ja", "seen": seen})

        assert (found["kind"], found["since"]) == ("waiting-message", "2026-11-23T09:00:00Z")
        assert found["link"].endswith("/messages")
        assert items(desk) == []

    def test_never_says_what_a_message_says(self, says: Any, desk: Any) -> None:
        says("Tårnfalk på taget")

        assert "Tårnfalk" not in desk.get(TODAY).get_data(as_text=True)

    @pytest.mark.parametrize(("days", "stands"), [(9, False), (10, True), (14, True), (20, True)])
    def test_is_a_guarantee_from_the_tenth_day_on(
        self, citizen: Any, desk: Any, superuser: Any, days: int, stands: bool
    ) -> None:
        wait_since(superuser, citizen, days)

        assert kinds(desk) == (["guarantee-soon"] if stands else [])
        assert [one["day"] for one in items(desk)] == ([days] if stands else [])

    def test_is_no_guarantee_that_does_not_count(self, citizen: Any, desk: Any, superuser: Any) -> None:
        wait_since(superuser, citizen, 12)
        desk.put(f"/api/v1/staff/citizens/{citizen.id}/guarantee-waiver", json={"reason": "later-wish"})

        assert items(desk) == []

    def test_is_a_wish_for_another_time(self, citizen: Any, desk: Any, book: Any) -> None:
        booked = book()
        wish_another_time(citizen, booked)

        [found] = items(desk)
        assert (found["kind"], found["starts_at"]) == ("other-time-wished", booked["starts_at"])

    def test_is_a_goal_on_the_day_it_was_to_be_looked_at(
        self, citizen: Any, counsellor: Any, desk: Any
    ) -> None:
        want(citizen, counsellor, review_on=date(2026, 11, 24))
        due = want(citizen, counsellor, review_on=date(2026, 11, 23))

        [found] = items(desk)
        assert (found["kind"], found["title"]) == ("review-due", "Sove hele natten")
        assert found["link"] == f"/staff/people/{citizen.id}/goals/{due.id}"

    def test_is_what_became_hard_at_once(self, citizen: Any, counsellor: Any, desk: Any) -> None:
        goal = want(citizen, counsellor, review_on=date(2026, 12, 24))
        becomes_hard(desk, goal)

        [found] = items(desk)
        assert (found["kind"], found["title"], found["due_on"]) == (
            "closer-contact",
            "Sove hele natten",
            "2026-11-24",
        )
        assert found["link"] == "/staff/missed"

    def test_is_nothing_about_somebody_who_has_died(
        self, citizen: Any, counsellor: Any, desk: Any, says: Any, superuser: Any
    ) -> None:
        says()
        wait_since(superuser, citizen, 12)
        superuser.execute("UPDATE citizen SET deceased_at = %s", [NOW])
        superuser.commit()

        assert items(desk) == []


class TestTheOrder:
    def test_names_every_kind_once_with_its_reason(self) -> None:
        assert sorted(kind for kind, _ in ORDER) == sorted(TodayKind)
        assert all(len(why) > 20 for _, why in ORDER)

    def test_puts_what_cannot_wait_first(
        self,
        citizen: Any,
        counsellor: Any,
        desk: Any,
        book: Any,
        says: Any,
        task: Any,
        superuser: Any,
        go_to: Any,
    ) -> None:
        go_to(TUESDAY)
        says()
        wait_since(superuser, citizen, 12)
        wish_another_time(citizen, book())
        becomes_hard(desk, want(citizen, counsellor, review_on=date(2026, 11, 20)))
        book(starts_at="2026-11-24T14:00:00+01:00")

        assert kinds(desk) == [
            "closer-contact",
            "waiting-message",
            "missed-talk",
            "guarantee-soon",
            "other-time-wished",
            "review-due",
            "talk-today",
        ]

    def test_puts_whoever_has_waited_longest_first(
        self, counsellor: Any, make_citizen: Any, desk: Any, superuser: Any
    ) -> None:
        for alias, days in (("Vibe", 11), ("Lærke", 13), ("Stær", 12)):
            wait_since(superuser, make_citizen(contact=counsellor, alias=alias), days)

        assert [one["alias"] for one in items(desk)] == ["Lærke", "Stær", "Vibe"]


class TestWhoSeesIt:
    def test_a_stand_in_sees_the_same_at_once_and_in_whose_place(
        self,
        citizen: Any,
        counsellor: Any,
        colleague: Any,
        desk: Any,
        says: Any,
        book: Any,
        superuser: Any,
        stand_in_for: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        says()
        book(starts_at=LATER_TODAY)
        wait_since(superuser, citizen, 12)
        browser = sign_in_staff(colleague, new_client())
        assert items(browser) == []

        stand_in_for(counsellor, colleague)

        seen, own = items(browser), items(desk)
        assert {one["in_place_of"] for one in seen} == {"Karen Kontakt"}
        assert [{**one, "in_place_of": None} for one in seen] == own

    def test_and_nothing_any_more_when_the_stand_in_has_ended(
        self,
        citizen: Any,
        counsellor: Any,
        colleague: Any,
        says: Any,
        stand_in_for: Any,
        sign_in_staff: Any,
        new_client: Any,
        superuser: Any,
    ) -> None:
        says()
        stand_in_for(counsellor, colleague)
        browser = sign_in_staff(colleague, new_client())
        assert len(items(browser)) == 1

        superuser.execute("UPDATE care_relation SET ends_at = starts_at WHERE role = 'stand-in'")
        superuser.commit()

        assert items(browser) == []

    def test_a_colleague_without_a_relation_sees_nothing(
        self, citizen: Any, says: Any, colleague: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        says()

        assert items(sign_in_staff(colleague, new_client())) == []

    def test_a_manager_sees_only_those_nobody_answers_for_by_alias_and_time(
        self,
        citizen: Any,
        counsellor: Any,
        manager_desk: Any,
        says: Any,
        superuser: Any,
    ) -> None:
        says()
        wait_since(superuser, citizen, 12)
        want(citizen, counsellor, review_on=date(2026, 11, 20))
        assert items(manager_desk) == []

        superuser.execute("UPDATE staff_member SET deactivated_at = now() WHERE id = %s", [counsellor.id])
        superuser.commit()

        found = items(manager_desk)
        assert [one["kind"] for one in found] == ["waiting-message", "guarantee-soon"]
        assert {one["mine"] for one in found} == {False}
        assert {one["title"] for one in found} == {None}
        assert {one["link"] for one in found} == {f"/staff/people/{citizen.id}"}

    def test_the_look_is_on_the_trail_with_how_many_stood_there(
        self, citizen: Any, desk: Any, says: Any, superuser: Any
    ) -> None:
        says()
        items(desk)

        rows = superuser.execute("SELECT purpose FROM audit_event WHERE event = 'today.read'").fetchall()
        assert rows == [("today: 1",)]

    def test_a_citizen_has_none(self, phone: Any) -> None:
        assert phone.get(TODAY).status_code == 401


class TestCost:
    def test_is_the_same_number_of_statements_for_5_and_for_50_people(
        self,
        counsellor: Any,
        make_citizen: Callable[..., Any],
        superuser: Any,
        statements: Any,
        open_task: Any,
    ) -> None:
        self.fill(counsellor, make_citizen, superuser, open_task, 5)
        few = self.cost(counsellor, statements, 10)
        self.fill(counsellor, make_citizen, superuser, open_task, 45)

        assert self.cost(counsellor, statements, 100) == few

    def fill(self, counsellor: Any, make_citizen: Any, superuser: Any, open_task: Any, number: int) -> None:
        """People whose days run out and who missed a talk."""
        for _ in range(number):
            citizen = make_citizen(contact=counsellor)
            wait_since(superuser, citizen, 11)
            with db.transaction() as session:
                booked = appointments.book(
                    session,
                    citizen_id=citizen.id,
                    starts_at=NOW + timedelta(hours=1),
                    duration_minutes=15,
                    kind=AppointmentKind.TALK,
                    mode=Mode.PHONE,
                    actor=actor_of(counsellor),
                    now=NOW,
                    override_reason="to på én gang",
                )
            open_task(citizen, booked.id, due_on=date(2026, 11, 23))
            superuser.execute(
                "UPDATE appointment SET status = 'noshow', noshow_excused = false WHERE id = %s", [booked.id]
            )
            superuser.commit()

    def cost(self, counsellor: Any, statements: Any, expected: int) -> int:
        """How many statements one look takes."""
        with statements() as ran, db.transaction() as session:
            found = today.read_today(session, actor=actor_of(counsellor), now=NOW)
        assert len(found) == expected
        return len(ran)
