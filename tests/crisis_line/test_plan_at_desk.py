"""The plan's second door: open during a contact with the person's yes, and shut with either of them."""

from datetime import timedelta
from typing import Any

from server.core.access import Role
from server.core.ids import new_id
from tests.appointments.people import without_id
from tests.conftest import NOW
from tests.crisis_line.people import CANARY, Line
from tests.crisis_plans.people import PLAN, Pen, ids, say

READS = "/api/v1/citizen/plan-reads"
SHARING = "/api/v1/citizen/sharing"


class TestWithTheChoiceInTheApp:
    def test_opens_in_two_actions_from_the_search(
        self, line: Line, citizen: Any, phone: Any, pen: Pen
    ) -> None:
        pen.put(new_id(), CANARY, phone={"value": "70 20 12 01", "parents": []})
        say(citizen, given=True, purpose="crisis-line")

        contact = line.open(citizen, phone)
        answer = line.plan(contact)

        assert (answer.status_code, answer.json["basis"]) == (200, "sharing-choice")
        (shown,) = answer.json["lines"]
        assert shown["text"][0]["value"] == CANARY
        assert shown["phone"][0]["value"] == "70 20 12 01"
        assert shown["section"] == "warning-signs"

    def test_shows_what_stands_and_neither_what_stood_nor_who_wrote_it(
        self, line: Line, citizen: Any, phone: Any, pen: Pen, desk: Any
    ) -> None:
        """A colleague's name would tell at which centre the person is."""
        line_id, gone = new_id(), new_id()
        before = pen.put(line_id, "Ordene før").line
        pen.put(line_id, "Ordene nu", over=ids(before))
        pen.delete(gone, ids(pen.put(gone, "Taget ud").line))
        say(citizen, given=True, purpose="contact-person")
        say(citizen, given=True, purpose="crisis-line")
        written = desk.post(
            PLAN.format(citizen.id) + "/lines",
            json={
                "id": str(new_id()),
                "mutation_id": str(new_id()),
                "section": "own-actions",
                "text": {"value": "Skrevet sammen", "parents": []},
            },
        )
        assert written.json["result"] == "applied"

        said = line.plan(line.open(citizen, phone)).get_data(as_text=True)

        assert "Ordene nu" in said
        assert "Skrevet sammen" in said
        assert not any(word in said for word in ("Ordene før", "Taget ud", "Karen", "Rusmiddelcenter"))

    def test_is_shut_at_once_when_the_person_takes_the_yes_back(
        self, line: Line, citizen: Any, phone: Any, pen: Pen
    ) -> None:
        pen.put(new_id(), CANARY)
        say(citizen, given=True, purpose="crisis-line")
        contact = line.open(citizen, phone)
        assert CANARY in line.plan(contact).get_data(as_text=True)

        say(citizen, given=False, purpose="crisis-line")

        refused = line.plan(contact)
        assert (refused.status_code, refused.json["code"]) == (403, "no-yes")
        assert CANARY not in refused.get_data(as_text=True)


class TestWithAYesSaidAloud:
    def test_opens_without_the_persons_phone_and_stays_open_for_the_contact(
        self, line: Line, citizen: Any, phone: Any, pen: Pen
    ) -> None:
        pen.put(new_id(), CANARY)
        contact = line.open(citizen, phone)

        answer = line.plan(contact, oral_yes=True)

        assert (answer.json["basis"], answer.json["lines"][0]["text"][0]["value"]) == ("oral-yes", CANARY)
        assert line.plan(contact).json["basis"] == "oral-yes"

    def test_is_written_down_once_with_its_words_and_its_end(
        self, line: Line, citizen: Any, phone: Any, superuser: Any, trail: Any
    ) -> None:
        contact = line.open(citizen, phone)
        line.plan(contact, oral_yes=True)
        line.plan(contact, oral_yes=True)

        rows = superuser.execute(
            "SELECT citizen_id, relation_id::text, text_version, given_at, ends_at FROM oral_yes"
        ).fetchall()
        assert rows == [(citizen.id, contact["id"], "2026-11b", NOW, NOW + timedelta(hours=24))]
        assert trail("oral-yes.given") == [("crisis-line", "ok", citizen.id)]

    def test_ends_with_the_contact_and_has_to_be_said_again(
        self, line: Line, citizen: Any, phone: Any, pen: Pen
    ) -> None:
        pen.put(new_id(), CANARY)
        contact = line.open(citizen, phone)
        line.plan(contact, oral_yes=True)
        closed = line.do(contact, "close").json
        assert line.plan(closed).status_code == 404

        reopened = line.do(closed, "reopen").json

        assert line.plan(reopened).json["code"] == "no-yes"
        assert line.plan(reopened, oral_yes=True).status_code == 200

    def test_ends_after_24_hours_even_if_nobody_closes_the_contact(
        self, line: Line, citizen: Any, phone: Any, pen: Pen, go_to: Any
    ) -> None:
        pen.put(new_id(), CANARY)
        contact = line.open(citizen, phone)
        line.plan(contact, oral_yes=True)

        go_to(NOW + timedelta(hours=24) - timedelta(seconds=1))
        assert line.plan(contact).status_code == 200
        go_to(NOW + timedelta(hours=24))

        for said in (False, True):
            assert line.plan(contact, oral_yes=said).status_code == 404

    def test_ends_when_the_person_says_no_in_the_app(
        self, line: Line, citizen: Any, phone: Any, pen: Pen
    ) -> None:
        pen.put(new_id(), CANARY)
        contact = line.open(citizen, phone)
        line.plan(contact, oral_yes=True)

        no = {"purpose": "crisis-line", "item_class": "crisis-plan", "given": False, "text_version": "1"}
        assert phone.put(SHARING, json=no).status_code == 200

        assert line.plan(contact).json["code"] == "no-yes"

    def test_of_one_contact_opens_no_other(
        self, line: Line, colleague: Line, citizen: Any, phone: Any
    ) -> None:
        line.plan(line.open(citizen, phone), oral_yes=True)

        assert line.plan(line.open(citizen, phone)).json["code"] == "no-yes"
        assert colleague.plan(colleague.open(citizen, phone)).json["code"] == "no-yes"


class TestWithoutAYes:
    def test_is_alike_whether_or_not_there_is_a_plan(
        self, line: Line, citizen: Any, phone: Any, pen: Pen, looks: Any
    ) -> None:
        contact = line.open(citizen, phone)
        empty = without_id(line.plan(contact))
        pen.put(new_id(), CANARY)

        full = without_id(line.plan(contact))

        assert full == empty
        assert (full[0], full[1]["code"]) == (403, "no-yes")
        assert [look[2:] for look in looks()] == [("crisis-line", "not-shared", True)] * 2

    def test_a_yes_to_the_contact_person_opens_nothing(
        self, line: Line, citizen: Any, phone: Any, pen: Pen
    ) -> None:
        pen.put(new_id(), CANARY)
        say(citizen, given=True, purpose="contact-person")

        assert line.plan(line.open(citizen, phone)).json["code"] == "no-yes"

    def test_nothing_else_of_the_person_opens_even_with_one(
        self, line: Line, citizen: Any, phone: Any, make_staff: Any, make_line: Any, akuttilbud: Any
    ) -> None:
        """Not even for a worker who is also a counsellor: the contact's relation opens no record."""
        both = make_line(make_staff(roles=(Role.CRISIS_LINE, Role.COUNSELLOR), unit=akuttilbud))
        say(citizen, given=True, purpose="crisis-line")
        both.open(citizen, phone)
        line.open(citizen, phone)

        for path in ("", "/plan", "/goals", "/appointments"):
            url = f"/api/v1/staff/citizens/{citizen.id}{path}"
            theirs, nobodys = (
                both.browser.get(url),
                both.browser.get(url.replace(str(citizen.id), str(new_id()))),
            )
            assert theirs.status_code == 404
            assert without_id(theirs) == without_id(nobodys)
            assert line.browser.get(url).status_code == 403
        assert both.browser.get("/api/v1/staff/citizens").json["items"] == []


class TestTheLook:
    def test_is_told_to_the_person_with_day_purpose_and_service_and_no_name(
        self, line: Line, citizen: Any, phone: Any, pen: Pen
    ) -> None:
        pen.put(new_id(), CANARY)
        contact = line.open(citizen, phone)
        line.plan(contact)
        line.plan(contact, oral_yes=True)
        say(citizen, given=True, purpose="crisis-line")
        line.plan(contact)

        told = phone.get(READS)

        look = {"at": "2026-11-23T09:00:00Z", "purpose": "akutkontakt", "unit_name": "Socialt akuttilbud"}
        assert told.json == [{**look, "oral_yes": False}, {**look, "oral_yes": True}]
        assert "Jonas" not in told.get_data(as_text=True)

    def test_that_cannot_be_written_down_shows_nothing(
        self, line: Line, citizen: Any, phone: Any, pen: Pen, superuser: Any
    ) -> None:
        pen.put(new_id(), CANARY)
        say(citizen, given=True, purpose="crisis-line")
        contact = line.open(citizen, phone)
        superuser.execute(
            "CREATE FUNCTION break_trail() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'full'; END $$"
        )
        superuser.execute(
            "CREATE TRIGGER break_trail BEFORE INSERT ON audit_event"
            " FOR EACH ROW EXECUTE FUNCTION break_trail()"
        )
        superuser.commit()
        try:
            answer = line.plan(contact)
        finally:
            superuser.execute("DROP FUNCTION break_trail() CASCADE")
            superuser.commit()

        assert answer.status_code >= 500
        assert CANARY not in answer.get_data(as_text=True)


class TestAStranger:
    def test_gets_one_answer_for_every_contact_that_is_not_open_and_theirs(
        self, line: Line, colleague: Line, elsewhere: Line, citizen: Any, phone: Any, desk: Any
    ) -> None:
        say(citizen, given=True, purpose="crisis-line")
        theirs, closed, nobodys = line.open(citizen, phone), line.open(citizen, phone), line.open()
        line.do(closed, "close")

        answers = [
            colleague.plan(theirs, oral_yes=True),
            elsewhere.plan(theirs, oral_yes=True),
            line.plan(closed, oral_yes=True),
            line.plan(nobodys, oral_yes=True),
            line.plan({"id": new_id()}, oral_yes=True),
        ]

        assert {answer.status_code for answer in answers} == {404}
        assert len({str(without_id(answer)) for answer in answers}) == 1
        url = f"/api/v1/staff/desk/contacts/{theirs['id']}/plan"
        assert desk.post(url, json={"oral_yes": True}).status_code == 403
        assert phone.post(url, json={"oral_yes": True}).status_code == 401
