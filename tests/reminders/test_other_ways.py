"""Writing besides the app: nothing is safe by itself, and the citizen can always take it back."""

from datetime import timedelta
from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import refused, without_id

CHANNELS = "/api/v1/staff/citizens/{}/contact-channels"
OWN = "/api/v1/citizen/contact-channels"
AGREED = {"address": "20 12 34 56", "safe": "always", "agreed_together": True}


@pytest.fixture
def agree(desk: Any, citizen: Any) -> Any:
    """Keep what was agreed about a channel, text messages unless another is named."""

    def put(kind: str = "sms", **other: Any) -> Any:
        return desk.put(f"{CHANNELS.format(citizen.id)}/{kind}", json={**AGREED, **other})

    return put


class TestAgreeing:
    def test_keeps_the_number_and_shows_the_exact_words_that_would_be_sent(
        self, agree: Any, desk: Any, citizen: Any
    ) -> None:
        answer = agree()

        shown = desk.get(CHANNELS.format(citizen.id)).json
        assert answer.status_code == 200
        assert shown["items"] == [answer.json]
        assert answer.json["address"] == "+4520123456"
        sms, email = shown["previews"]
        assert sms == {
            "kind": "sms",
            "sender": None,
            "subject": None,
            "text": "Du har en påmindelse. Åbn den, når det passer dig.",
        }
        assert email["subject"] == "Du har en påmindelse"

    def test_nothing_is_safe_before_the_citizen_was_asked(self, agree: Any, count: Any) -> None:
        assert refused(agree(agreed_together=False), "agreed_together")
        assert count("contact_channel") == 0
        assert agree(safe="never", agreed_together=False).json["verified_at"] is None

    @pytest.mark.parametrize(
        ("kind", "change", "field"),
        [
            ("sms", {"address": "12345678"}, "address"),
            ("sms", {"address": "2012345"}, "address"),
            ("sms", {"address": "+45123"}, "address"),
            ("sms", {"address": "fugl@example.dk"}, "address"),
            ("sms", {"address": "20123456\n"}, "address"),
            ("email", {"address": "20123456"}, "address"),
            ("email", {"address": "a@b@c.dk"}, "address"),
            ("email", {"address": "fugl@example.dk\r\nBcc: x@y.dk"}, "address"),
            ("sms", {"safe": "hours"}, "hours_from"),
            ("sms", {"safe": "hours", "hours_from": 12, "hours_until": 12}, "hours_from"),
            ("sms", {"safe": "hours", "hours_from": 7, "hours_until": 12}, "hours_from"),
            ("sms", {"safe": "hours", "hours_from": 9, "hours_until": 22}, "hours_until"),
            ("sms", {"safe": "always", "hours_from": 9, "hours_until": 12}, "hours_from"),
            ("sms", {"safe": "sometimes"}, "safe"),
            ("sms", {"agreed_together": "yes"}, "agreed_together"),
            ("sms", {"citizen_id": "x"}, "citizen_id"),
        ],
    )
    def test_refuses_what_cannot_be_by_name(
        self, agree: Any, count: Any, kind: str, change: dict[str, Any], field: str
    ) -> None:
        address = {"address": "fugl@example.dk"} if kind == "email" else {}

        assert refused(agree(kind, **{**address, **change}), field)
        assert count("contact_channel") == 0

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("0045 20 12 34 56", "+4520123456"),
            ("+46 70-123 45 67", "+46701234567"),
            ("20123456", "+4520123456"),
        ],
    )
    def test_takes_a_number_as_people_write_it(self, agree: Any, given: str, kept: str) -> None:
        assert agree(address=given).json["address"] == kept

    def test_replaces_what_stood_there(self, agree: Any, count: Any) -> None:
        agree()

        agree(address="20123457", safe="hours", hours_from=9, hours_until=12)

        assert count("contact_channel") == 1

    def test_seals_the_address_and_names_it_in_no_trail(self, agree: Any, superuser: Any) -> None:
        agree()

        rows = superuser.execute("SELECT t::text FROM contact_channel t").fetchall()
        trail = superuser.execute("SELECT t::text FROM audit_event t").fetchall()
        assert "123456" not in f"{rows} {trail}"
        assert "contact-channel.set" in str(trail)

    def test_a_kind_that_we_do_not_have_is_none(self, agree: Any) -> None:
        assert agree("letter").status_code == 404


class TestStranger:
    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("GET", "contact-channels", None),
            ("PUT", "contact-channels/sms", AGREED),
            ("DELETE", "contact-channels/sms", None),
            ("PUT", "reminder-pause", {"until": "2026-12-01T10:00:00Z", "reason": "hospital"}),
            ("DELETE", "reminder-pause", None),
            ("PUT", "death", None),
            ("DELETE", "death", None),
        ],
    )
    def test_gets_the_same_404_as_for_nobody(
        self, desk: Any, stranger: Any, count: Any, method: str, path: str, body: Any
    ) -> None:
        asked = [
            desk.open(f"/api/v1/staff/citizens/{one}/{path}", method=method, json=body)
            for one in (stranger.id, new_id())
        ]

        assert asked[0].status_code == 404
        assert without_id(asked[0]) == without_id(asked[1])
        assert count("contact_channel") == count("reminder_settings") == 0


class TestOwn:
    def test_sees_it_masked_and_takes_it_back(self, agree: Any, phone: Any, desk: Any, citizen: Any) -> None:
        agree()
        agree("email", address="fugl@example.dk")

        shown = phone.get(OWN)
        gone = phone.delete(f"{OWN}/sms")

        assert [one["masked"] for one in shown.json["items"]] == ["•••• 56", "f•••@e•••"]
        assert "123456" not in shown.get_data(as_text=True)
        assert gone.status_code == 204
        assert [one["kind"] for one in desk.get(CHANNELS.format(citizen.id)).json["items"]] == ["email"]
        assert phone.delete(f"{OWN}/sms").status_code == 204
        assert phone.delete(f"{OWN}/letter").status_code == 404


class TestPause:
    URL = "/api/v1/staff/citizens/{}/reminder-pause"

    def test_is_seen_by_the_citizen_without_the_reason_who_can_end_it(
        self, desk: Any, phone: Any, citizen: Any, now: Any
    ) -> None:
        ends = (now + timedelta(days=14)).isoformat().replace("+00:00", "Z")

        kept = desk.put(self.URL.format(citizen.id), json={"until": ends, "reason": "hospital"})
        shown = phone.get("/api/v1/citizen/reminder-settings")
        ended = phone.delete("/api/v1/citizen/reminder-pause")

        assert kept.json == {"staff_paused_until": ends, "staff_pause_reason": "hospital"}
        assert shown.json["staff_paused_until"] == ends
        assert "hospital" not in shown.get_data(as_text=True)
        assert ended.json["staff_paused_until"] is None

    def test_of_the_citizen_stays_when_staff_end_theirs(
        self, desk: Any, phone: Any, citizen: Any, now: Any
    ) -> None:
        own = {
            "appointments": True,
            "two_hours_before": False,
            "paused_until": (now + timedelta(days=3)).isoformat(),
        }
        phone.put("/api/v1/citizen/reminder-settings", json=own, headers={"If-Match": '"0"'})
        until = (now + timedelta(days=9)).isoformat()
        desk.put(self.URL.format(citizen.id), json={"until": until, "reason": "break"})

        assert desk.delete(self.URL.format(citizen.id)).json["staff_paused_until"] is None

        assert phone.get("/api/v1/citizen/reminder-settings").json["paused_until"] is not None

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"until": "2026-11-23T09:00:00Z"}, "until"),
            ({"until": "2028-11-23T09:00:00Z"}, "until"),
            ({"until": None}, "until"),
            ({"reason": "lazy"}, "reason"),
            ({"note": "x"}, "note"),
        ],
    )
    def test_is_refused_by_name(
        self, desk: Any, citizen: Any, change: dict[str, Any], field: str, count: Any
    ) -> None:
        body = {"until": "2026-12-01T10:00:00Z", "reason": "hospital", **change}

        assert refused(desk.put(self.URL.format(citizen.id), json=body), field)
        assert count("reminder_settings") == 0
