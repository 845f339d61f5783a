"""A yes said aloud before anybody was found: it finds, is told to the person, and opens one plan once."""

from datetime import timedelta
from typing import Any

import pytest

from server.core.ids import new_id
from tests.conftest import NOW
from tests.crisis_line.people import CANARY, NUMBER, Line
from tests.crisis_plans.people import Pen, say

READS = "/api/v1/citizen/plan-reads"
SHARING = "/api/v1/citizen/sharing"
NO = {"purpose": "crisis-line", "item_class": "crisis-plan", "given": False, "text_version": "1"}
NOBODY = {"found": None, "ambiguous": False}
LOOK = {
    "at": "2026-11-23T09:00:00Z",
    "purpose": "akutkontakt",
    "unit_name": "Socialt akuttilbud",
    "oral_yes": True,
}


@pytest.fixture
def caller(citizen: Any, desk: Any, pen: Pen) -> Any:
    """The citizen, with a plan and a number, who has said nothing in the app."""
    number = {"phone": NUMBER}
    changed = desk.patch(f"/api/v1/staff/citizens/{citizen.id}", json=number, headers={"If-Match": '"1"'})
    assert changed.status_code == 200
    pen.put(new_id(), CANARY)
    return citizen


def found(line: Line) -> dict[str, Any]:
    """The caller, by number and a yes."""
    return dict(line.search("phone", NUMBER, oral_yes=True).json["found"])


def begin(line: Line, caller: Any, **said: Any) -> dict[str, Any]:
    """The contact that follows."""
    answer = line.send(citizen_id=str(caller.id), opened_by="phone", **said)
    assert answer.status_code == 201
    return dict(answer.json)


class TestYesBeforeFound:
    def test_finds_and_the_contact_that_follows_opens_the_plan(self, line: Line, caller: Any) -> None:
        assert line.search("phone", NUMBER).json == NOBODY

        assert found(line) == {
            "citizen_id": str(caller.id),
            "alias": caller.alias,
            "sharing": False,
            "contact_open": None,
        }
        opened = line.plan(begin(line, caller))

        assert (opened.json["basis"], opened.json["lines"][0]["text"][0]["value"]) == ("oral-yes", CANARY)

    def test_is_told_to_the_person_before_anything_is_opened_and_names_nobody(
        self, line: Line, caller: Any, phone: Any
    ) -> None:
        line.search("phone", NUMBER)
        assert phone.get(READS).json == []

        found(line)

        told = phone.get(READS)
        assert told.json == [LOOK]
        assert "Jonas" not in told.get_data(as_text=True)

    def test_without_its_line_for_the_person_finds_nobody(
        self, line: Line, caller: Any, superuser: Any
    ) -> None:
        superuser.execute(
            "CREATE FUNCTION break_heard() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN IF NEW.event = 'oral-yes.heard' THEN RAISE EXCEPTION 'full'; END IF;"
            " RETURN NEW; END $$"
        )
        superuser.execute(
            "CREATE TRIGGER break_heard BEFORE INSERT ON audit_event"
            " FOR EACH ROW EXECUTE FUNCTION break_heard()"
        )
        superuser.commit()
        try:
            answer = line.search("phone", NUMBER, oral_yes=True)
        finally:
            superuser.execute("DROP FUNCTION break_heard() CASCADE")
            superuser.commit()

        assert answer.status_code >= 500
        assert str(caller.id) not in answer.get_data(as_text=True)
        assert superuser.execute("SELECT count(*) FROM oral_yes").fetchone() == (0,)

    def test_belongs_to_one_contact_and_ends_with_it(self, line: Line, caller: Any) -> None:
        found(line)
        first = begin(line, caller)
        assert line.plan(first).status_code == 200
        line.do(first, "close")

        assert line.plan(begin(line, caller)).json["code"] == "no-yes"

    def test_said_to_one_worker_opens_nothing_for_another(
        self, line: Line, colleague: Line, caller: Any, phone: Any
    ) -> None:
        found(line)

        assert colleague.send(citizen_id=str(caller.id), opened_by="phone").status_code == 404
        assert colleague.plan(colleague.open(caller, phone)).json["code"] == "no-yes"
        assert line.plan(begin(line, caller)).status_code == 200

    def test_ends_24_hours_after_it_was_said(self, line: Line, caller: Any, go_to: Any) -> None:
        found(line)
        go_to(NOW + timedelta(hours=23))
        contact = begin(line, caller)
        assert line.plan(contact).status_code == 200

        go_to(NOW + timedelta(hours=24))

        assert line.plan(contact).json["code"] == "no-yes"

    def test_ends_with_a_no_in_the_app_even_before_the_contact_begins(
        self, line: Line, caller: Any, phone: Any
    ) -> None:
        found(line)

        assert phone.put(SHARING, json=NO).status_code == 200

        assert line.plan(begin(line, caller)).json["code"] == "no-yes"

    def test_said_again_begins_again(self, line: Line, caller: Any, phone: Any, superuser: Any) -> None:
        found(line)
        found(line)

        assert line.plan(begin(line, caller)).status_code == 200
        assert phone.get(READS).json == [LOOK] * 3
        kept = superuser.execute("SELECT relation_id IS NULL, ends_at > given_at FROM oral_yes").fetchall()
        assert sorted(kept) == [(False, True), (True, False)]

    def test_is_not_asked_of_who_said_yes_in_the_app(
        self, line: Line, caller: Any, phone: Any, superuser: Any
    ) -> None:
        say(caller, given=True, purpose="crisis-line")

        assert found(line)["sharing"] is True

        assert phone.get(READS).json == []
        assert superuser.execute("SELECT count(*) FROM oral_yes").fetchone() == (0,)
        assert line.plan(begin(line, caller)).json["basis"] == "sharing-choice"

    def test_with_the_code_the_contact_carries_it_too(self, line: Line, caller: Any, phone: Any) -> None:
        code = phone.get("/api/v1/citizen/desk-code").json["code"]
        line.search("code", code, oral_yes=True)

        contact = line.send(citizen_id=str(caller.id), opened_by="code").json

        assert phone.get(READS).json == [LOOK]
        assert line.plan(contact).json["basis"] == "oral-yes"

    def test_that_finds_nobody_is_counted_as_nobody(self, line: Line, caller: Any, trail: Any) -> None:
        assert line.search("phone", "99 99 99 99", oral_yes=True).json == NOBODY

        assert trail("desk.searched") == [("phone", "nobody", None)]
        assert trail("oral-yes.heard") == []
