"""A citizen can take everything along."""

import json
from datetime import datetime
from typing import Any

import psycopg
import pytest

from server.core.ids import new_id
from server.rights.document import make_pdf, readable_tables
from tests.conftest import NOW
from tests.rights.conftest import CPR, MARK, PHONE_NUMBER


class TestExport:
    def test_holds_every_word_that_was_written(self, marked: tuple[Any, Any]) -> None:
        _, phone = marked

        answer = phone.get("/api/v1/citizen/export.json")

        words = answer.get_data(as_text=True)
        for written in (
            "alias",
            "navn",
            "kommune",
            "sted",
            "ønske",
            "aflyst",
            "forslag",
            "linje",
            "70",
            "ny tekst",
            "ved siden af",
            "mål",
            "afvist",
            "trin",
            "svært",
            "gemt",
            "deres trin",
            "deres ord",
            "niveau",
            "til øvelsen",
            "efter øvelsen",
            "i øvelsen",
        ):
            assert f"{MARK} {written}" in words
        assert f"{MARK} dobbelt" not in words
        assert CPR.replace("-", "") in words.replace("-", "")
        assert PHONE_NUMBER in words
        assert answer.headers["Content-Disposition"] == 'attachment; filename="overblik.json"'
        assert answer.headers["Cache-Control"] == "no-store"

    def test_holds_the_code_by_which_the_crisis_line_finds_the_person(self, phone: Any) -> None:
        code = phone.get("/api/v1/citizen/desk-code").json["code"]

        found = json.loads(phone.get("/api/v1/citizen/export.json").get_data())

        assert [row["code"] for row in found["tables"]["desk_code"]] == [code]

    def test_holds_no_secret_and_nobody_elses_words(
        self, marked: tuple[Any, Any], stranger: Any, superuser: "psycopg.Connection[Any]"
    ) -> None:
        _, phone = marked

        words = phone.get("/api/v1/citizen/export.json").get_data(as_text=True)

        assert stranger.alias not in words
        assert "token" not in words
        assert "Karen Kontakt" not in words

    def test_holds_a_step_that_a_counsellor_took_back_without_its_words(
        self, marked: tuple[Any, Any], desk: Any
    ) -> None:
        person, phone = marked
        [goal] = [
            one
            for one in desk.get(f"/api/v1/staff/citizens/{person.id}/goals").json["items"]
            if one["title"] == f"{MARK} forslag"
        ]
        steps = f"/api/v1/staff/goals/{goal['id']}/steps"
        step = {"id": str(new_id()), "text": "Om en helt anden"}
        assert desk.post(steps, json=step).status_code == 201
        assert desk.delete(f"/api/v1/staff/goal-steps/{step['id']}").status_code == 204

        answer = phone.get("/api/v1/citizen/export.json")

        rows = {row["id"]: row for row in json.loads(answer.get_data())["tables"]["goal_step"]}
        assert (rows[step["id"]]["text"], rows[step["id"]]["origin"]) == (None, "staff")
        assert rows[step["id"]]["erased_at"] is not None
        assert "Om en helt anden" not in answer.get_data(as_text=True)
        assert f"{MARK} deres trin" in {row["text"] for row in rows.values()}

    def test_tells_when_staff_looked_but_not_who(self, marked: tuple[Any, Any], desk: Any) -> None:
        person, phone = marked
        desk.get(f"/api/v1/staff/citizens/{person.id}")

        found = json.loads(phone.get("/api/v1/citizen/export.json").get_data())

        looks = [event for event in found["tables"]["audit_event"] if event["actor_kind"] == "staff"]
        assert looks
        assert all("actor_id" not in look for look in looks)

    @pytest.mark.parametrize("path", ["export.pdf", "plan.pdf"])
    def test_is_a_pdf_under_a_name_that_tells_nothing(self, marked: tuple[Any, Any], path: str) -> None:
        _, phone = marked

        answer = phone.get(f"/api/v1/citizen/{path}")

        assert answer.data.startswith(b"%PDF-")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="overblik.pdf"'
        assert MARK.encode() not in answer.data[:2000]

    @pytest.mark.parametrize("path", ["export.json", "export.pdf", "plan.pdf"])
    def test_is_for_the_citizen_alone(self, marked: tuple[Any, Any], desk: Any, path: str) -> None:
        assert desk.get(f"/api/v1/citizen/{path}").status_code == 401

    def test_of_an_empty_plan_is_a_page(self, phone: Any) -> None:
        assert phone.get("/api/v1/citizen/plan.pdf").data.startswith(b"%PDF-")


def test_tells_which_phones_others_use_too_and_how_reminders_were_chosen(phone: Any) -> None:
    off = {"appointments": False, "two_hours_before": False, "paused_until": None}
    phone.put("/api/v1/citizen/reminder-settings", json=off, headers={"If-Match": '"0"'})

    tables = json.loads(phone.get("/api/v1/citizen/export.json").get_data())["tables"]

    assert [session["shared"] for session in tables["device_session"]] == [False]
    assert tables["reminder_off"] == [{"choice": "appointments", "at": "2026-11-23T09:00:00+00:00"}]


def test_speaks_to_people_on_paper() -> None:
    rows = {"device_session": [{"shared": True, "label": "Telefon"}]}

    assert readable_tables(rows, "da") == [("Telefoner", ["delt med andre: ja; navn på telefonen: Telefon"])]
    assert readable_tables(rows, "en") == [
        ("Phones", ["shared with others: yes; name of the phone: Telefon"])
    ]


class TestMakePdf:
    @pytest.mark.parametrize("words", ["", "æøå ÆØÅ", "😀👩‍👧", "العربية", "\x07", "a" * 5000, "\n\n"])
    def test_takes_any_words(self, words: str) -> None:
        made = make_pdf(words, [(words, [words])], now=NOW, language="da")

        assert made.startswith(b"%PDF-")

    def test_says_nothing_of_its_content_in_its_properties(self) -> None:
        made = make_pdf("Min plan", [], now=datetime.fromisoformat("2026-11-23T09:00+00:00"), language="da")

        assert b"plan" not in made.split(b"/Info")[-1].lower()
