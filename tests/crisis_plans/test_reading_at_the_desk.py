"""A counsellor opens a plan: nothing without the person's yes, and every look is kept."""

import json
from datetime import date
from typing import Any

import pytest

from server.citizens import relations, stand_ins
from server.core import db
from server.core.access import Role
from server.core.dumping import to_json
from server.core.ids import new_id
from server.core.questions import Question
from server.crisis_plans import service
from server.crisis_plans.models import Section
from server.crisis_plans.schemas import LineSchema, SharedPlanSchema
from tests.appointments.people import without_id
from tests.bench.house import counted
from tests.conftest import NOW, actor_of
from tests.crisis_plans.people import CANARY, LINES, PLAN, Pen, edit, ids, say, stand_in
from tests.declared import as_declared


class TestReadPlan:
    def test_without_the_yes_is_alike_whether_or_not_there_is_a_plan(
        self, desk: Any, pen: Pen, citizen: Any, counsellor: Any, make_citizen: Any, looks: Any
    ) -> None:
        empty = make_citizen(contact=counsellor)
        pen.put(new_id(), CANARY)

        theirs = desk.get(PLAN.format(citizen.id))
        nobodys = desk.get(PLAN.format(empty.id))

        assert theirs.get_data() == nobodys.get_data()
        assert theirs.json == {"shared": False, "lines": []}
        assert [look[2:] for look in looks()] == [("contact-person", "not-shared", False)] * 2

    def test_with_the_yes_shows_the_standing_lines_in_order_with_their_history(
        self, desk: Any, pen: Pen, citizen: Any
    ) -> None:
        last, second, first, gone, erased = (new_id() for _ in range(5))
        pen.put(last, "Nøglen", section=Section.PRACTICAL, position="a0")
        pen.put(second, "Uro", position="b0")
        seen = ids(pen.put(first, "Jeg sover ikke", position="a0").line)
        pen.put(first, "Jeg sover for lidt", over=seen)
        pen.delete(gone, ids(pen.put(gone, "Taget ud").line))
        pen.put(erased, "Slettet")
        pen.erase(erased)
        say(citizen, given=True)

        answer = desk.get(PLAN.format(citizen.id))

        lines = answer.json["lines"]
        assert [line["id"] for line in lines] == [str(one) for one in (first, second, last)]
        assert [step["value"] for step in lines[0]["history"]] == ["Jeg sover for lidt", "Jeg sover ikke"]
        assert [step["current"] for step in lines[0]["history"]] == [True, False]
        assert (answer.json["shared"], answer.json["review_on"]) == (True, None)
        assert "Taget ud" not in answer.get_data(as_text=True)
        assert "Slettet" not in answer.get_data(as_text=True)

    def test_shows_every_line_as_the_phone_holds_it_with_every_step_that_led_there(
        self, pen: Pen, citizen: Any, counsellor: Any
    ) -> None:
        say(citizen, given=True)
        sign, action, number = new_id(), new_id(), new_id()
        begun = ids(pen.put(sign, "Uro", phone={"value": "12345678", "parents": []}).line)
        pen.put(action, "Løbe", section=Section.OWN_ACTIONS)
        pen.put(sign, "Uro i kroppen", over=begun, links=[action])
        Pen(citizen.id, actor_of(counsellor)).put(sign, "Uro om natten", over=begun)
        pen.put(sign, phone={"value": None, "parents": begun})
        pen.put(number, "Bo", phone={"value": "+45 87 65 43 21", "parents": []})
        pen.delete(number, [])
        pen.put(number, "Bo igen")

        with db.transaction() as session:
            held = service.list_standing(session, citizen_id=citizen.id)
        with db.glance() as connection:
            whole = service.read_shared(
                connection, citizen_id=citizen.id, actor=actor_of(counsellor), now=NOW
            )

        lines = json.loads(to_json(whole))["lines"]
        steps_of = [line.pop("history") for line in lines]
        assert lines == LineSchema(many=True).dump(held)
        assert [[step["value"] for step in steps] for steps in steps_of] == [
            pen.history(line.id) for line in held
        ]
        assert [len(line.text) for line in held] == [2, 2, 1]
        for line, steps in zip(lines, steps_of, strict=True):
            standing = {version["version"] for version in [*line["text"], *line["phone"]]}
            assert {step["version"] for step in steps if step["current"]} == standing
        assert as_declared(SharedPlanSchema(), json.loads(to_json(whole))) == json.loads(to_json(whole))

    def test_keeps_the_day_of_the_next_look_when_every_line_is_gone(
        self, desk: Any, pen: Pen, citizen: Any
    ) -> None:
        say(citizen, given=True)
        line = new_id()
        seen = ids(pen.put(line, "Løbe").line)
        with db.transaction() as session:
            service.set_review(
                session, citizen_id=citizen.id, review_on=date(2026, 12, 1), actor=pen.actor, now=NOW
            )
        pen.delete(line, seen)

        shown = desk.get(PLAN.format(citizen.id)).json

        assert shown == {"shared": True, "review_on": "2026-12-01", "lines": []}

    def test_asks_the_database_twice_however_long_the_plan_is(
        self, pen: Pen, citizen: Any, counsellor: Any
    ) -> None:
        say(citizen, given=True)
        asked = []
        for _ in range(2):
            for each in range(10):
                pen.put(new_id(), f"Linje {each}")
            with counted() as statements, db.glance() as session:
                service.read_shared(session, citizen_id=citizen.id, actor=actor_of(counsellor), now=NOW)
            asked.append(len(statements))

        assert asked == [2, 2]

    def test_without_the_yes_nothing_of_it_leaves_the_database(
        self, pen: Pen, citizen: Any, counsellor: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pen.put(new_id(), CANARY)
        say(citizen, given=False)
        brought: list[Any] = []
        ask = Question.all
        monkeypatch.setattr(
            Question, "all", lambda *given, **after: brought.extend(rows := ask(*given, **after)) or rows
        )

        with db.glance() as session:
            service.read_shared(session, citizen_id=citizen.id, actor=actor_of(counsellor), now=NOW)

        assert [(row.shared, row.line_id, row.value_sealed) for row in brought] == [(False, None, None)]

    def test_is_in_the_trail_with_the_relation(
        self, desk: Any, pen: Pen, citizen: Any, counsellor: Any, looks: Any
    ) -> None:
        pen.put(new_id(), CANARY)
        say(citizen, given=True)

        desk.get(PLAN.format(citizen.id))

        assert looks() == [(counsellor.id, citizen.id, "contact-person", "ok", True)]

    def test_that_cannot_be_written_down_shows_nothing(
        self, desk: Any, pen: Pen, citizen: Any, superuser: Any
    ) -> None:
        pen.put(new_id(), CANARY)
        say(citizen, given=True)
        superuser.execute(
            "CREATE FUNCTION break_trail() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'full'; END $$"
        )
        superuser.execute(
            "CREATE TRIGGER break_trail BEFORE INSERT ON audit_event"
            " FOR EACH ROW EXECUTE FUNCTION break_trail()"
        )
        try:
            answer = desk.get(PLAN.format(citizen.id))
        finally:
            superuser.execute("DROP FUNCTION break_trail() CASCADE")

        assert answer.status_code >= 500
        assert CANARY not in answer.get_data(as_text=True)

    def test_ends_with_the_yes(self, desk: Any, pen: Pen, citizen: Any) -> None:
        pen.put(new_id(), CANARY)
        say(citizen, given=True)
        assert CANARY in desk.get(PLAN.format(citizen.id)).get_data(as_text=True)

        say(citizen, given=False)

        assert desk.get(PLAN.format(citizen.id)).json == {"shared": False, "lines": []}

    def test_is_not_opened_by_a_yes_to_the_crisis_line(self, desk: Any, pen: Pen, citizen: Any) -> None:
        pen.put(new_id(), CANARY)
        say(citizen, given=True, purpose="crisis-line")

        assert desk.get(PLAN.format(citizen.id)).json == {"shared": False, "lines": []}

    def test_is_for_the_contact_person_not_for_the_team(
        self, pen: Pen, citizen: Any, make_staff: Any, give_case: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        pen.put(new_id(), CANARY)
        say(citizen, given=True)
        colleague = make_staff()
        give_case(citizen, colleague)

        answer = sign_in_staff(colleague, new_client()).get(PLAN.format(citizen.id))

        assert answer.json == {"shared": False, "lines": []}

    def test_is_for_who_stands_in_as_long_as_it_lasts(
        self,
        pen: Pen,
        citizen: Any,
        counsellor: Any,
        make_staff: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        pen.put(new_id(), CANARY)
        say(citizen, given=True)
        manager, substitute = actor_of(make_staff(roles=(Role.MANAGER,))), make_staff(name="Viola Vikar")
        arrangement = stand_in(counsellor, substitute, manager)
        browser = sign_in_staff(substitute, new_client())
        assert CANARY in browser.get(PLAN.format(citizen.id)).get_data(as_text=True)

        with db.transaction() as session:
            stand_ins.end_stand_in(session, arrangement_id=arrangement.id, actor=manager, now=NOW)

        assert browser.get(PLAN.format(citizen.id)).status_code == 404

    def test_is_for_nobody_who_stood_in_for_a_former_contact_person(
        self,
        pen: Pen,
        citizen: Any,
        counsellor: Any,
        make_staff: Any,
        give_case: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        pen.put(new_id(), CANARY)
        say(citizen, given=True)
        manager, substitute, successor = (
            actor_of(make_staff(roles=(Role.MANAGER,))),
            make_staff(),
            make_staff(),
        )
        give_case(citizen, counsellor)  # stays in the team, so the stand-in keeps the case
        stand_in(counsellor, substitute, manager)
        with db.transaction() as session:
            relations.give_relation(
                session,
                citizen_id=citizen.id,
                staff_id=successor.id,
                role=relations.CareRole.CONTACT_PERSON,
                reason="ny kontaktperson",
                actor=manager,
                now=NOW,
            )

        for member, shared in ((substitute, False), (counsellor, False), (successor, True)):
            answer = sign_in_staff(member, new_client()).get(PLAN.format(citizen.id))
            assert answer.json["shared"] is shared

    def test_of_a_stranger_is_answered_like_nobodys(
        self, desk: Any, stranger: Any, make_staff: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        say(stranger, given=True)
        manager = sign_in_staff(make_staff(roles=(Role.MANAGER,)), new_client())

        for url in (PLAN, PLAN + "/refused"):
            theirs, nobodys = desk.get(url.format(stranger.id)), desk.get(url.format(new_id()))
            assert theirs.status_code == 404
            assert without_id(theirs) == without_id(nobodys)
            assert manager.get(url.format(stranger.id)).status_code == 403
        posted = [desk.post(LINES.format(one), json=edit()) for one in (stranger.id, new_id())]
        assert without_id(posted[0]) == without_id(posted[1])
        assert posted[0].status_code == 404
