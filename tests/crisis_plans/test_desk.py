"""A counsellor and a plan: nothing without the person's yes, every look kept, every text signed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.citizens import relations, stand_ins
from server.core import db
from server.core.access import Role
from server.core.ids import new_id
from server.crisis_plans.models import Section
from tests.appointments.people import refused, without_id
from tests.conftest import NOW, actor_of, citizen_actor
from tests.crisis_plans.people import Pen, ids, say, texts

PLAN = "/api/v1/staff/citizens/{}/plan"
LINES = PLAN + "/lines"
CANARY = "KANARIEFUGL"


def edit(text: str = "Gå en tur", parents: Any = (), **fields: Any) -> dict[str, Any]:
    """What the console sends."""
    body = {
        "id": str(new_id()),
        "mutation_id": str(new_id()),
        "section": "own-actions",
        "text": {"value": text, "parents": [str(one) for one in parents]},
    }
    return {**body, **fields}


@pytest.fixture
def looks(superuser: Any) -> Callable[[], list[Any]]:
    """What the trail says about looks at plans."""
    return lambda: superuser.execute(
        "SELECT actor_id, citizen_id, purpose, outcome, relation_id IS NOT NULL FROM audit_event"
        " WHERE event = 'crisis-plan.read' ORDER BY position"
    ).fetchall()


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
        arrangement = _stand_in(counsellor, substitute, manager)
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
        _stand_in(counsellor, substitute, manager)
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


class TestWriteLine:
    def test_is_signed_for_both_to_see(
        self, desk: Any, pen: Pen, citizen: Any, phone: Any, counsellor: Any
    ) -> None:
        say(citizen, given=True)
        body = edit("Ring til mig")

        answer = desk.post(LINES.format(citizen.id), json=body)

        assert (answer.status_code, answer.json["result"]) == (200, "applied")
        written = answer.json["line"]["text"][0]
        assert (written["author"], written["author_name"]) == ("staff", counsellor.name)
        history = phone.get(f"/api/v1/citizen/history/{body['id']}").json
        assert [(step["value"], step["author_name"]) for step in history] == [
            ("Ring til mig", counsellor.name)
        ]
        changed = desk.get(PLAN.format(citizen.id)).json["lines"]
        assert [line["id"] for line in changed] == [body["id"]]

    def test_stands_beside_what_the_person_wrote_meanwhile(self, desk: Any, pen: Pen, citizen: Any) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe").line)
        say(citizen, given=True)
        pen.put(line_id, "Svømme", over=seen)

        answer = desk.post(LINES.format(citizen.id), json=edit("Gå", seen, id=str(line_id)))

        assert answer.json["result"] == "kept_both"
        assert texts(pen.look(line_id)) == ["Svømme", "Gå"]

    def test_without_the_yes_is_kept_for_its_author_and_nowhere_else(
        self, desk: Any, pen: Pen, citizen: Any, phone: Any, count: Any, looks: Any
    ) -> None:
        body = edit(CANARY)

        answer = desk.post(LINES.format(citizen.id), json=body)

        assert answer.json == {"result": "rejected_permission", "line": None}
        assert count("plan_line") == 0
        (kept,) = desk.get(PLAN.format(citizen.id) + "/refused").json
        assert (kept["line_id"], kept["content"], kept["reason"]) == (body["id"], CANARY, "not-shared")
        pulled = phone.get("/api/v1/citizen/sync/pull").get_data(as_text=True)
        assert CANARY not in pulled
        assert desk.delete(f"/api/v1/staff/refused-edits/{kept['id']}").status_code == 204
        assert desk.get(PLAN.format(citizen.id) + "/refused").json == []

    def test_that_was_refused_is_only_its_authors_to_let_go(
        self, desk: Any, citizen: Any, make_staff: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        desk.post(LINES.format(citizen.id), json=edit())
        (kept,) = desk.get(PLAN.format(citizen.id) + "/refused").json
        other = sign_in_staff(make_staff(), new_client())

        foreign = other.delete(f"/api/v1/staff/refused-edits/{kept['id']}")
        unknown = other.delete(f"/api/v1/staff/refused-edits/{new_id()}")

        assert foreign.status_code == 404
        assert without_id(foreign) == without_id(unknown)
        assert desk.get(PLAN.format(citizen.id) + "/refused").json == [kept]

    def test_in_a_line_gone_for_good_keeps_no_word(
        self, desk: Any, pen: Pen, citizen: Any, count: Any
    ) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe").line)
        say(citizen, given=True)
        pen.erase(line_id)

        answer = desk.post(LINES.format(citizen.id), json=edit(CANARY, seen, id=str(line_id)))

        assert (answer.status_code, answer.json["result"]) == (200, "rejected_gone")
        assert answer.json["line"]["erased"]
        assert count("rejected_edit") == 0
        assert count("plan_line_version") == 1

    def test_twice_is_once_and_with_other_words_refused(self, desk: Any, citizen: Any, count: Any) -> None:
        say(citizen, given=True)
        body = edit()

        first, second = (desk.post(LINES.format(citizen.id), json=body) for _ in range(2))
        other = desk.post(LINES.format(citizen.id), json={**body, "text": {"value": "x", "parents": []}})

        assert (first.json["result"], second.json["result"]) == ("applied", "duplicate")
        assert first.json["line"] == second.json["line"]
        assert (other.status_code, other.json["code"]) == (409, "mutation-reused")
        assert count("plan_line_version") == 1

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("id", "7"),
            ("mutation_id", None),
            ("section", "methods"),
            ("section", 1),
            ("position", "a b"),
            ("position", "a0\n"),
            ("position", ""),
            ("position", "a" * 129),
            ("text", "Gå"),
            ("text", {"value": "", "parents": []}),
            ("text", {"value": "   ", "parents": []}),
            ("text", {"value": "x" * 2001, "parents": []}),
            ("text", {"value": "a\u0000b", "parents": []}),
            ("text", {"value": None, "parents": []}),
            ("text", {"value": "Gå"}),
            ("text", {"value": "Gå", "parents": ["7"]}),
            ("phone", {"value": "ring", "parents": []}),
            ("phone", {"value": "1" * 41, "parents": []}),
            ("phone", {"value": 12345678, "parents": []}),
            ("links", ["7"]),
            ("links", [str(new_id()) for _ in range(101)]),
            ("restored", True),
            ("deleted", True),
            ("citizen_id", str(new_id())),
        ],
    )
    def test_refuses_bad_input_by_name_and_writes_nothing(
        self, desk: Any, citizen: Any, count: Any, field: str, value: object
    ) -> None:
        say(citizen, given=True)

        answer = desk.post(LINES.format(citizen.id), json={**edit(), field: value})

        assert answer.status_code == 422
        assert {name.split(".")[0] for name in answer.json["errors"]} == {field}
        assert count("plan_line") == 0

    def test_of_a_new_line_without_a_section_is_refused_by_name(self, desk: Any, citizen: Any) -> None:
        say(citizen, given=True)
        body = edit()
        del body["section"]

        assert refused(desk.post(LINES.format(citizen.id), json=body), "section")


class TestPlanReads:
    def test_tell_when_for_what_and_from_which_unit_but_never_who(
        self, desk: Any, pen: Pen, citizen: Any, phone: Any, counsellor: Any, traveller: Any
    ) -> None:
        pen.put(new_id(), "Løbe")
        desk.get(PLAN.format(citizen.id))  # no yes yet: nobody was let in
        say(citizen, given=True)
        desk.get(PLAN.format(citizen.id))
        traveller.move_to(NOW + timedelta(minutes=5))
        desk.post(LINES.format(citizen.id), json=edit())

        answer = phone.get("/api/v1/citizen/plan-reads")

        unit = "Rusmiddelcenter Viborg"
        assert answer.json == [
            {"at": "2026-11-23T09:05:00Z", "purpose": "contact-person", "unit_name": unit},
            {"at": "2026-11-23T09:00:00Z", "purpose": "contact-person", "unit_name": unit},
        ]
        assert counsellor.name not in answer.get_data(as_text=True)
        assert str(counsellor.id) not in answer.get_data(as_text=True)

    def test_of_somebody_else_are_not_there(
        self, desk: Any, citizen: Any, counsellor: Any, make_citizen: Any, pair: Any, new_client: Any
    ) -> None:
        say(citizen, given=True)
        desk.get(PLAN.format(citizen.id))
        other = pair(make_citizen(contact=counsellor), counsellor, new_client())

        assert other.get("/api/v1/citizen/plan-reads").json == []


class TestHistory:
    def test_of_somebody_elses_line_is_like_none(self, phone: Any, stranger: Any) -> None:
        theirs = new_id()
        Pen(stranger.id, citizen_actor(stranger)).put(theirs, CANARY)

        foreign = phone.get(f"/api/v1/citizen/history/{theirs}")
        unknown = phone.get(f"/api/v1/citizen/history/{new_id()}")

        assert foreign.status_code == 404
        assert without_id(foreign) == without_id(unknown)

    def test_is_newest_first(self, phone: Any, pen: Pen) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe").line)
        pen.put(line_id, "Gå", over=seen, now=datetime(2026, 11, 23, 10, 0, tzinfo=UTC))

        steps = phone.get(f"/api/v1/citizen/history/{line_id}").json

        assert [(step["value"], step["current"], step["field"]) for step in steps] == [
            ("Gå", True, "text"),
            ("Løbe", False, "text"),
        ]
        assert [step["at"] for step in steps] == ["2026-11-23T10:00:00Z", "2026-11-23T09:00:00Z"]


def _stand_in(absent: Any, substitute: Any, manager: Any) -> Any:
    with db.transaction() as session:
        return stand_ins.name_stand_in(
            session,
            staff_id=absent.id,
            stand_in_id=substitute.id,
            starts_on=None,
            ends_on=NOW.date() + timedelta(days=7),
            reason="ferie",
            actor=manager,
            now=NOW,
        )
