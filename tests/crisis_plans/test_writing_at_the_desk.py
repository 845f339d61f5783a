"""A counsellor writes in a plan: with the person's yes, signed, and refused words are kept."""

from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import refused, without_id
from tests.crisis_plans.people import CANARY, LINES, PLAN, Pen, edit, ids, say, texts


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

    def test_without_the_yes_and_without_words_leaves_nothing_to_keep(
        self, desk: Any, citizen: Any, count: Any
    ) -> None:
        body = edit(phone={"value": None, "parents": []})
        del body["text"]

        answer = desk.post(LINES.format(citizen.id), json=body)

        assert answer.json["result"] == "rejected_permission"
        assert count("rejected_edit") == 0

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
            ("citizen_id", "01900000-0000-7000-8000-000000000001"),
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
