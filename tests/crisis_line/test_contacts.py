"""Contacts: begun at once, about nobody known by default, nothing lost, and seen by their own unit alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from server.core.ids import new_id
from tests.appointments.people import refused, seen, without_id
from tests.conftest import NOW
from tests.crisis_line.people import CANARY, CONTACT, CONTACTS, Line

FULL = {
    "reason": ["anxiety", "sleep"],
    "given": ["talk"],
    "referral": ["doctor"],
    "outcome": "calmer",
    "duration_minutes": 35,
    "gender": "woman",
    "note": f"{CANARY} note",
    "safety_before": 3,
    "safety_after": 7,
    "callback": {
        "may_ring": True,
        "phone": "20 30 40 50",
        "when": f"{CANARY} efter kl. 18",
        "voicemail": "never",
        "code_word": f"{CANARY} blå",
    },
    "wants_follow_up_14d": True,
    "wants_call_72h": True,
}
NO_CALL = {"may_ring": False, "phone": None, "when": None, "voicemail": "never", "code_word": None}


class TestOpenContact:
    def test_about_nobody_asks_for_a_channel_alone(self, line: Line, superuser: Any) -> None:
        contact = line.open(channel="night-visit")

        assert (contact["known"], contact["citizen_id"], contact["gender"]) == (False, None, "not-registered")
        assert (contact["version"], contact["mine"], contact["closed_at"]) == (1, True, None)
        assert contact["callback"] == NO_CALL
        row = superuser.execute(
            "SELECT citizen_id, found_by, ring_phone_sealed, note_sealed FROM crisis_contact"
        ).fetchone()
        assert row == (None, None, None, None)
        assert superuser.execute("SELECT count(*) FROM desk_relation").fetchone() == (0,)

    def test_about_a_person_makes_a_relation_that_ends_with_it_or_in_24_hours(
        self, line: Line, citizen: Any, phone: Any, superuser: Any, worker: Any
    ) -> None:
        contact = line.open(citizen, phone)

        assert (contact["citizen_alias"], contact["opened_by"]) == ("Solsort", "code")
        assert contact["access_until"] == "2026-11-24T09:00:00Z"
        relation = "SELECT id::text, citizen_id, staff_id, unit_id, ends_at FROM desk_relation"
        day = timedelta(hours=24)
        row = superuser.execute(relation).fetchone()
        assert row == (contact["id"], citizen.id, worker.id, worker.unit_id, NOW + day)

    def test_about_a_person_needs_that_this_worker_found_them_this_way_lately(
        self, line: Line, colleague: Line, citizen: Any, phone: Any, go_to: Any, count: Any
    ) -> None:
        about = {"citizen_id": str(citizen.id), "opened_by": "code"}
        unknown = without_id(line.send(citizen_id=str(new_id()), opened_by="code"))
        assert unknown[0] == 404
        assert without_id(line.send(**about)) == unknown
        colleague.find(citizen, phone)
        assert without_id(line.send(**about)) == unknown

        line.find(citizen, phone)

        assert without_id(line.send(**{**about, "opened_by": "cpr"})) == unknown
        assert count("crisis_contact") == 0
        assert line.send(**about).status_code == 201
        go_to(NOW + timedelta(hours=24, seconds=1))
        assert without_id(line.send(**about)) == unknown

    def test_about_a_person_who_was_found_is_taken_in_days_later_without_any_access(
        self, line: Line, citizen: Any, phone: Any, go_to: Any
    ) -> None:
        line.find(citizen, phone)
        go_to(NOW + timedelta(days=3))

        late = line.send(citizen_id=str(citizen.id), opened_by="code", opened_at="2026-11-23T10:00:00Z")

        assert (late.status_code, late.json["known"], late.json["access_until"]) == (201, True, None)
        assert late.json["citizen_alias"] is None
        assert line.plan(late.json, oral_yes=True).status_code == 404
        written = line.change(late.json, **FULL).json
        assert line.do(written, "close").json["note"] == FULL["note"]

    def test_twice_is_once_and_the_same_id_is_never_two(
        self, line: Line, colleague: Line, elsewhere: Line, count: Any
    ) -> None:
        said = {"id": str(new_id()), "channel": "phone", "opened_at": "2026-11-23T08:30:00Z"}
        first = line.send(**said)

        again = [line.send(**said), colleague.send(**said)]

        assert [answer.status_code for answer in (first, *again)] == [201] * 3
        assert again[0].json == first.json
        assert count("crisis_contact") == 1
        other = line.send(**{**said, "channel": "outreach"})
        assert (other.status_code, other.json["code"]) == (409, "id-taken")
        assert without_id(elsewhere.send(**said)) == without_id(other)

    def test_of_many_sendings_at_once_is_one(self, line: Line, count: Any) -> None:
        said = {"id": str(new_id()), "channel": "phone"}

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda _: line.send(**said).status_code, range(12)))

        assert set(answers) == {201}
        assert count("crisis_contact") == 1

    def test_written_without_the_server_is_taken_in_days_later_with_the_time_it_was(
        self, line: Line, superuser: Any, go_to: Any
    ) -> None:
        go_to(NOW + timedelta(days=3))

        contact = line.open(opened_at="2026-11-23T02:15:00+01:00")

        assert contact["opened_at"] == "2026-11-23T01:15:00Z"
        assert contact["received_at"] == "2026-11-26T09:00:00Z"
        written = line.change(contact, **FULL).json
        assert line.do(written, "close").status_code == 200

    def test_that_comes_late_gives_no_longer_access_than_from_when_it_began(
        self, line: Line, citizen: Any, phone: Any
    ) -> None:
        late = line.open(citizen, phone, opened_at="2026-11-22T19:00:00Z")
        too_late = line.open(citizen, phone, opened_at="2026-11-22T08:59:00Z")

        assert (late["access_until"], too_late["access_until"]) == ("2026-11-23T19:00:00Z", None)
        assert too_late["citizen_alias"] is None
        assert line.plan(too_late, oral_yes=True).status_code == 404

    @pytest.mark.parametrize("opened_at", ["2026-11-23T09:06:00Z", "2026-10-23T09:00:00Z"])
    def test_refuses_a_time_that_cannot_be(self, line: Line, opened_at: str, count: Any) -> None:
        assert refused(line.send(opened_at=opened_at), "opened_at")
        assert count("crisis_contact") == 0

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("id", "1"),
            ("channel", "fax"),
            ("citizen_id", "01900000-0000-7000-8000-000000000001"),
            ("opened_by", "code"),
            ("cpr", "0101709990"),
            ("phone", "20304050"),
        ],
    )
    def test_refuses_bad_input_by_name(self, line: Line, field: str, value: str, count: Any) -> None:
        said = {"citizen_id": "opened_by"}.get(field, field)

        assert refused(line.send(**{field: value}), said)
        assert count("crisis_contact") == 0


class TestChangeContact:
    def test_keeps_every_word_and_only_what_is_named_changes(self, line: Line, superuser: Any) -> None:
        contact = line.open()

        written = line.change(contact, **FULL).json

        assert {key: written[key] for key in FULL} == FULL
        other = line.change(written, note=None).json
        assert other["note"] is None
        assert {key: other[key] for key in FULL if key != "note"} == {
            key: FULL[key] for key in FULL if key != "note"
        }
        stored = str(superuser.execute("SELECT crisis_contact::text FROM crisis_contact").fetchall())
        assert CANARY not in stored
        assert "20 30 40 50" not in stored

    def test_keeps_no_number_that_may_not_be_rung(self, line: Line, superuser: Any) -> None:
        contact = line.open()
        assert refused(
            line.change(contact, callback={"may_ring": False, "phone": "20304050"}), "callback.phone"
        )
        assert refused(
            line.change(contact, callback={"may_ring": False, "voicemail": "ok"}), "callback.voicemail"
        )
        contact = line.change(contact, callback=FULL["callback"]).json

        for nothing in ({"may_ring": False}, None):
            contact = line.change(contact, callback=nothing).json
            assert contact["callback"] == NO_CALL
        number = "SELECT ring_phone_sealed, ring_when_sealed, ring_code_word_sealed FROM crisis_contact"
        assert superuser.execute(number).fetchone() == (None, None, None)

    def test_keeps_the_instant_of_the_first_yes_and_forgets_one_that_is_taken_back(
        self, line: Line, go_to: Any, superuser: Any
    ) -> None:
        contact = line.change(line.open(), wants_follow_up_14d=True).json
        go_to(NOW + timedelta(minutes=5))
        contact = line.change(contact, wants_follow_up_14d=True).json
        said = "SELECT follow_up_yes_at FROM crisis_contact"
        assert superuser.execute(said).fetchone() == (NOW,)
        superuser.commit()

        line.change(contact, wants_follow_up_14d=False)

        assert superuser.execute(said).fetchone() == (None,)

    def test_is_refused_to_who_has_not_seen_the_latest(self, line: Line, colleague: Line) -> None:
        contact = line.open()
        assert colleague.change(contact, note="Først").status_code == 200

        late = line.change(contact, note="Bagefter")

        assert late.status_code == 412
        assert line.read(contact).json["note"] == "Først"
        url = CONTACT.format(contact["id"])
        assert line.browser.patch(url, json={"note": "Uden version"}).status_code == 428

    def test_ties_no_goal_of_somebody_else_and_nothing_to_nobody(
        self, line: Line, citizen: Any, phone: Any, stranger: Any, desk: Any, make_staff: Any
    ) -> None:
        goals = f"/api/v1/staff/citizens/{citizen.id}/goals"
        own = desk.post(goals, json={"title": "Sove", "origin": "citizen"}).json["id"]
        contact, nobodys = line.open(citizen, phone), line.open()

        assert refused(line.change(contact, goal_id=str(new_id())), "goal_id")
        assert refused(line.change(contact, goal_id=own), "goal_id")
        assert refused(line.change(nobodys, goal_id=own), "goal_id")
        assert refused(line.change(nobodys, wants_shown_in_app=True), "wants_shown_in_app")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("reason", ["Angst!"]),
            ("reason", ["anxiety"] * 13),
            ("reason", ["own-doctor"]),
            ("given", "talk"),
            ("outcome", ""),
            ("duration_minutes", -1),
            ("duration_minutes", 1441),
            ("duration_minutes", "30"),
            ("gender", "ukendt"),
            ("note", "x" * 4001),
            ("safety_before", 11),
            ("safety_after", -1),
            ("wants_call_72h", "yes"),
            ("citizen_id", "01900000-0000-7000-8000-000000000001"),
            ("closed_at", "2026-11-23T09:00:00Z"),
        ],
    )
    def test_refuses_bad_input_by_name_and_loses_nothing(self, line: Line, field: str, value: object) -> None:
        contact = line.change(line.open(), note="Står her").json

        answer = line.change(contact, **{field: value})

        assert answer.status_code == 422
        assert any(key.split(".")[0] == field for key in answer.json["errors"])
        assert line.read(contact).json == contact

    def test_refuses_an_empty_change(self, line: Line) -> None:
        assert line.change(line.open()).status_code == 422


class TestCloseContact:
    def test_ends_the_relation_and_hides_who_it_was_about(
        self, line: Line, citizen: Any, phone: Any, superuser: Any, go_to: Any
    ) -> None:
        contact = line.open(citizen, phone)
        go_to(NOW + timedelta(minutes=20))

        closed = line.do(contact, "close").json

        assert closed["closed_at"] == "2026-11-23T09:20:00Z"
        assert (closed["known"], closed["citizen_id"], closed["citizen_alias"]) == (True, None, None)
        assert closed["access_until"] is None
        ended = superuser.execute("SELECT ends_at FROM desk_relation").fetchone()
        assert ended == (NOW + timedelta(minutes=20),)

    def test_twice_says_that_it_is_over_and_nothing_is_written_after(self, line: Line) -> None:
        closed = line.do(line.open(), "close").json

        for answer in (line.do(closed, "close"), line.change(closed, note="For sent")):
            assert (answer.status_code, answer.json["code"]) == (409, "contact-closed")

    def test_can_be_taken_back_within_half_an_hour_by_the_same_worker(
        self, line: Line, colleague: Line, citizen: Any, phone: Any, go_to: Any
    ) -> None:
        contact = line.open(citizen, phone)
        closed = line.do(contact, "close").json
        assert closed["reopen_until"] == "2026-11-23T09:30:00Z"
        go_to(NOW + timedelta(minutes=29))
        assert colleague.do(closed, "reopen").json["code"] == "reopen-refused"

        opened = line.do(closed, "reopen").json

        assert (opened["closed_at"], opened["access_until"]) == (None, "2026-11-24T09:00:00Z")
        closed = line.do(opened, "close").json
        go_to(NOW + timedelta(minutes=59))
        assert line.do(closed, "reopen").json["code"] == "reopen-refused"
        assert line.do(line.open(), "reopen").json["code"] == "reopen-refused"


class TestReading:
    def test_lists_the_open_ones_and_those_of_a_span_newest_first_without_notes(
        self, line: Line, colleague: Line, citizen: Any, phone: Any
    ) -> None:
        first = line.do(line.open(opened_at="2026-11-20T09:00:00Z"), "close").json
        second = line.change(line.open(citizen, phone), **FULL).json

        is_open = colleague.browser.get(f"{CONTACTS}?open=1").json["items"]
        span = "?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z"
        spanned = colleague.browser.get(CONTACTS + span)

        assert [row["id"] for row in is_open] == [second["id"]]
        assert [row["id"] for row in spanned.json["items"]] == [second["id"], first["id"]]
        assert (is_open[0]["citizen_alias"], is_open[0]["mine"]) == ("Solsort", False)
        assert is_open[0]["opened_by_name"] == "Jonas Riis"
        assert CANARY not in spanned.get_data(as_text=True)

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "?open=0",
            "?open=1&from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z",
            "?from=2026-11-01T00:00:00Z",
            "?from=2026-12-01T00:00:00Z&to=2026-11-01T00:00:00Z",
            "?from=2024-11-01T00:00:00Z&to=2026-11-01T00:00:00Z",
        ],
    )
    def test_refuses_a_span_that_cannot_be(self, line: Line, query: str) -> None:
        assert line.browser.get(CONTACTS + query).status_code == 422

    def test_is_on_the_trail(self, line: Line, citizen: Any, phone: Any, trail: Any) -> None:
        contact = line.open(citizen, phone)
        line.read(contact)
        line.browser.get(f"{CONTACTS}?open=1")

        assert trail("crisis-contact.opened") == [("code", "ok", citizen.id)]
        assert trail("crisis-contact.read") == [(None, "ok", citizen.id)]
        assert trail("crisis-contacts.listed") == [(None, "ok", None)]

    def test_by_a_stranger_is_answered_like_nobodys(
        self, line: Line, elsewhere: Line, desk: Any, phone: Any
    ) -> None:
        contact = line.open()
        nobodys = {"id": new_id(), "version": 1}

        for ask in (
            lambda one: elsewhere.read(one),
            lambda one: elsewhere.change(one, note="x"),
            lambda one: elsewhere.do(one, "close"),
            lambda one: elsewhere.do(one, "reopen"),
            lambda one: elsewhere.browser.post(CONTACT.format(one["id"]) + "/claim-code"),
        ):
            assert without_id(ask(contact)) == without_id(ask(nobodys))
            assert ask(contact).status_code == 404
        assert elsewhere.browser.get(f"{CONTACTS}?open=1").json["items"] == []
        for path in ("", "/close", "/claim-code"):
            url = CONTACT.format(contact["id"]) + path
            send = desk.post if path else desk.get
            assert send(url, headers=seen(1)).status_code == 403
        assert phone.get(CONTACT.format(contact["id"])).status_code == 401


class TestDatabase:
    def test_refuses_a_number_without_leave_and_a_goal_of_nobody(self, line: Line, superuser: Any) -> None:
        line.open()
        for change in (
            "ring_phone_sealed = '\\x01'",
            "ring_voicemail = 'ok'",
            "shown_yes_at = now()",
            "found_by = 'cpr'",
            "safety_before = 11",
            "received_at = opened_at - interval '1 second'",
            "erased_at = now(), outcome = 'calmer'",
        ):
            with pytest.raises(psycopg.errors.CheckViolation):
                superuser.execute(f"UPDATE crisis_contact SET {change}")

    def test_refuses_a_relation_of_more_than_24_hours(
        self, line: Line, citizen: Any, phone: Any, superuser: Any
    ) -> None:
        line.open(citizen, phone)

        with pytest.raises(psycopg.errors.CheckViolation, match="ck_desk_relation_order"):
            superuser.execute("UPDATE desk_relation SET latest_at = latest_at + interval '1 second'")
