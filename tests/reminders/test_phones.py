"""Turning reminders on, trying them, forgetting a phone, and losing one."""

import base64
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from server.citizens import channels
from server.core import clock, db
from server.core.ids import new_id
from server.reminders import phones, service
from tests.appointments.people import refused, without_id

URL = "/api/v1/citizen/push-subscription"
ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/gAAAA"


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def keys() -> dict[str, str]:
    """The keys that a browser would make."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return {"p256dh": encoded(raw), "auth": encoded(os.urandom(16))}


@pytest.fixture
def body(app: Any) -> dict[str, Any]:
    """A subscription as a browser sends it."""
    return {"endpoint": ENDPOINT, "keys": keys(), "vapid_public_key": app.config["VAPID_PUBLIC_KEY"]}


def devices(superuser: Any) -> list[tuple[str, Any]]:
    return list(superuser.execute("SELECT state, session_id FROM push_device ORDER BY id").fetchall())


def ways_to(citizen: Any) -> list[str]:
    """Where the house would write to the citizen now."""
    with db.transaction() as session:
        ways = channels.safe_ways(session, citizen_id=citizen.id, now=clock.now())
    return [way.kind.value for way in sorted(ways, key=lambda way: way.kind.value, reverse=True)]


class TestSubscribe:
    def test_turns_reminders_on_at_this_phone(
        self, phone: Any, body: Any, citizen: Any, superuser: Any
    ) -> None:
        answer = phone.put(URL, json=body)

        assert (answer.status_code, answer.json) == (200, {"state": "active"})
        found = phone.get(URL).json
        assert found == {
            "active": True,
            "silent": False,
            "endpoint_hash": hashlib.sha256(ENDPOINT.encode()).hexdigest(),
            "vapid_public_key": body["vapid_public_key"],
        }
        trail = superuser.execute(
            "SELECT citizen_id FROM audit_event WHERE event = 'reminders.on'"
        ).fetchall()
        assert trail == [(citizen.id,)]

    def test_says_so_when_three_in_a_row_were_never_shown(
        self, phone: Any, body: Any, superuser: Any
    ) -> None:
        phone.put(URL, json=body)

        told = []
        for times in (2, 3, 0):
            superuser.execute("UPDATE push_device SET unanswered = %s", [times])
            superuser.commit()
            told.append(phone.get(URL).json["silent"])

        assert told == [False, True, False]

    def test_never_reads_the_address_back(self, phone: Any, body: Any) -> None:
        answers = [phone.put(URL, json=body), phone.get(URL), phone.get("/api/v1/citizen/sync/pull")]

        assert all("mozilla" not in answer.get_data(as_text=True) for answer in answers)

    def test_says_no_before_and_after(self, phone: Any, body: Any, superuser: Any) -> None:
        assert phone.get(URL).json["active"] is False
        phone.put(URL, json=body)

        assert phone.delete(URL).status_code == 204

        assert phone.get(URL).json["active"] is False
        assert [state for state, _ in devices(superuser)] == ["revoked"]
        assert phone.delete(URL).status_code == 204

    @pytest.mark.parametrize(
        "endpoint",
        [
            "https://127.0.0.1/push",
            "https://[::1]/push",
            "https://10.0.0.1/push",
            "https://169.254.169.254/latest/meta-data",
            "https://2130706433/push",
            "https://localhost./push",
            "http://updates.push.services.mozilla.com/wpush/v2/x",
            "ftp://updates.push.services.mozilla.com/x",
            "file:///etc/passwd",
            "updates.push.services.mozilla.com/x",
            "https://updates.push.services.mozilla.com:8443/x",
            "https://fcm.googleapis.com@evil.example/x",
            "https://fcm.googleapis.com.evil.example/x",
            "https://evil.example/fcm.googleapis.com",
            "https://fcm.googleapıs.com/x",
            "http://127.0.0.1:9999/push",
        ],
    )
    def test_refuses_an_address_that_is_no_push_service(
        self, phone: Any, body: Any, count: Any, endpoint: str
    ) -> None:
        assert refused(phone.put(URL, json={**body, "endpoint": endpoint}), "endpoint")
        assert count("push_device") == 0

    def test_takes_an_exact_extra_origin_and_nothing_like_it(
        self, app: Any, phone: Any, body: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(app.config, "PUSH_ORIGINS", ("http://127.0.0.1:9999",))

        taken = phone.put(URL, json={**body, "endpoint": "http://127.0.0.1:9999/push"})
        other = phone.put(URL, json={**body, "endpoint": "http://127.0.0.1:9998/push"})

        assert taken.status_code == 200
        assert refused(other, "endpoint")

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"vapid_public_key": "BOther"}, "vapid_public_key"),
            ({"keys": {"p256dh": "AAAA", "auth": "AAAA"}}, "keys"),
            ({"keys": {"p256dh": "AAAA"}}, "keys.auth"),
            ({"keys": None}, "keys"),
            ({"endpoint": "x" * 2049}, "endpoint"),
            ({"endpoint": 5}, "endpoint"),
            ({"expirationTime": None}, "expirationTime"),
        ],
    )
    def test_refuses_bad_input_by_name(
        self, phone: Any, body: Any, count: Any, change: dict[str, Any], field: str
    ) -> None:
        assert refused(phone.put(URL, json={**body, **change}), field)
        assert count("push_device") == 0


class TestSendTest:
    def test_needs_reminders_turned_on(self, phone: Any, count: Any) -> None:
        answer = phone.post("/api/v1/citizen/test-reminder")

        assert (answer.status_code, answer.json["code"]) == (409, "reminders-off-here")
        assert count("reminder") == 0

    def test_plans_a_notice_for_this_very_phone_three_times_an_hour(
        self, phone: Any, body: Any, superuser: Any, traveller: Any
    ) -> None:
        phone.put(URL, json=body)

        statuses = [phone.post("/api/v1/citizen/test-reminder").status_code for _ in range(4)]
        limited = phone.post("/api/v1/citizen/test-reminder")
        traveller.shift(timedelta(hours=1))

        assert statuses == [202, 202, 202, 429]
        assert 0 < int(limited.headers["Retry-After"]) <= 3601
        assert phone.post("/api/v1/citizen/test-reminder").status_code == 202
        subjects = superuser.execute("SELECT DISTINCT kind, subject_id FROM reminder").fetchall()
        assert subjects == [("test", devices(superuser)[0][1])]


class TestFindReminder:
    def test_tells_the_owner_what_it_is_about_and_nobody_else(
        self,
        phone: Any,
        book: Any,
        stranger: Any,
        make_staff: Any,
        pair: Any,
        new_client: Any,
        give_case: Any,
    ) -> None:
        booked, worker = book(), make_staff()
        give_case(stranger, worker)
        other = pair(stranger, worker, new_client())
        occurrence = booked["occurrence_ids"][0]

        own = phone.get(f"/api/v1/citizen/reminders/{occurrence}")
        foreign = other.get(f"/api/v1/citizen/reminders/{occurrence}")
        unknown = other.get(f"/api/v1/citizen/reminders/{new_id()}")

        assert own.json == {"kind": "appointment", "subject_id": booked["id"]}
        assert foreign.status_code == 404
        assert without_id(foreign) == without_id(unknown)


class TestAcknowledge:
    @pytest.mark.parametrize("secret", ["a" * 22, "æ" * 22])
    def test_answers_alike_whatever_the_secret(self, new_client: Any, app: Any, secret: str) -> None:
        body = {"delivery_id": str(new_id()), "secret": secret}

        answer = new_client().post("/api/v1/public/acknowledgements", json=body)

        assert (answer.status_code, answer.data) == (204, b"")

    @pytest.mark.parametrize(
        ("field", "value"), [("delivery_id", "x"), ("secret", 5), ("secret", "short"), ("more", 1)]
    )
    def test_refuses_what_is_not_well_formed(
        self, new_client: Any, app: Any, field: str, value: object
    ) -> None:
        body = {"delivery_id": str(new_id()), "secret": "a" * 22, field: value}

        assert refused(new_client().post("/api/v1/public/acknowledgements", json=body), field)


class TestForgetPhone:
    def test_ends_the_session_and_the_reminders_of_this_phone_alone(
        self, phone: Any, body: Any, citizen: Any, counsellor: Any, pair: Any, new_client: Any, superuser: Any
    ) -> None:
        tablet = pair(citizen, counsellor, new_client())
        tablet.put(URL, json={**body, "endpoint": f"{ENDPOINT}-2"})
        kept = devices(superuser)[0][1]
        phone.put(URL, json=body)

        answer = phone.delete("/api/v1/citizen/session")

        assert answer.status_code == 204
        assert "session=;" in answer.headers["Set-Cookie"]
        assert phone.get("/api/v1/citizen/me").status_code == 401
        assert tablet.get("/api/v1/citizen/me").status_code == 200
        ended = {session_id: state for state, session_id in devices(superuser)}
        assert (ended.pop(kept), list(ended.values())) == ("active", ["revoked"])

    def test_does_both_or_neither(self, phone: Any, body: Any, superuser: Any) -> None:
        phone.put(URL, json=body)
        superuser.execute("REVOKE UPDATE ON push_device FROM vedhaanden_app")
        try:
            failed = phone.delete("/api/v1/citizen/session")
        finally:
            superuser.execute("GRANT UPDATE ON push_device TO vedhaanden_app")

        assert failed.status_code >= 500
        assert phone.get("/api/v1/citizen/me").status_code == 200
        assert [state for state, _ in devices(superuser)] == ["active"]


class TestSharedDevice:
    def test_is_never_bound_to_reminders(
        self, desk: Any, body: Any, citizen: Any, new_client: Any, superuser: Any
    ) -> None:
        code = desk.post(f"/api/v1/staff/citizens/{citizen.id}/pairing-codes").json["code"]
        device = new_client()
        device.post("/api/v1/public/pairings", json={"code": code, "shared": True})

        answer = device.put(URL, json=body)

        assert (answer.status_code, answer.json["code"]) == (409, "shared-device")
        assert devices(superuser) == []

    @pytest.mark.parametrize(("shared", "expected"), [(True, [True, False]), (False, [True, True])])
    def test_that_was_bound_all_the_same_is_told_nothing_once_its_session_has_run_out(
        self, phone: Any, body: Any, citizen: Any, superuser: Any, shared: bool, expected: list[bool]
    ) -> None:
        phone.put(URL, json=body)
        superuser.execute("UPDATE device_session SET shared = %s WHERE citizen_id = %s", [shared, citizen.id])
        superuser.commit()
        [(_, session_id)] = devices(superuser)

        def may_reach(after: timedelta) -> bool:
            with db.transaction() as session:
                return service.may_reach(
                    session, citizen_id=citizen.id, device_session_id=session_id, now=clock.now() + after
                )

        assert [may_reach(timedelta(0)), may_reach(timedelta(days=500))] == expected


class TestLostPhone:
    def test_ends_every_phone_and_gives_a_code_for_the_next(
        self, desk: Any, phone: Any, body: Any, citizen: Any, new_client: Any, superuser: Any
    ) -> None:
        phone.put(URL, json=body)

        answer = desk.post(f"/api/v1/staff/citizens/{citizen.id}/lost-phone")

        assert answer.status_code == 201
        assert answer.json["ended_sessions"] == 1
        assert phone.get("/api/v1/citizen/me").status_code == 401
        assert [state for state, _ in devices(superuser)] == ["revoked"]
        code = answer.json["pairing"]["code"]
        assert answer.json["pairing"]["url"].endswith(f"/par#{code.replace('-', '')}")
        assert new_client().post("/api/v1/public/pairings", json={"code": code}).status_code == 201
        trail = superuser.execute(
            "SELECT citizen_id, relation_id IS NOT NULL FROM audit_event WHERE event = 'phone.lost'"
        ).fetchall()
        assert trail == [(citizen.id, True)]

    def test_writes_nothing_to_the_number_of_the_lost_phone_until_it_is_agreed_again(
        self, desk: Any, phone: Any, citizen: Any, new_client: Any, superuser: Any
    ) -> None:
        channel = f"/api/v1/staff/citizens/{citizen.id}/contact-channels"
        agreed = {"address": "20123456", "safe": "always", "agreed_together": True}
        desk.put(f"{channel}/sms", json=agreed)
        desk.put(f"{channel}/email", json={**agreed, "address": "fugl@example.dk"})

        lost = desk.post(f"/api/v1/staff/citizens/{citizen.id}/lost-phone").json

        assert (lost["sms_stopped"], lost["email_in_use"]) == (True, True)
        assert ways_to(citizen) == ["email"]
        next_phone = new_client()
        next_phone.post("/api/v1/public/pairings", json={"code": lost["pairing"]["code"]})
        shown = next_phone.get("/api/v1/citizen/contact-channels").json["items"]
        assert [(one["kind"], one["safe"], one["is_agreed"]) for one in shown] == [
            ("sms", "always", False),
            ("email", "always", True),
        ]
        trail = superuser.execute(
            "SELECT purpose FROM audit_event WHERE event = 'contact-channel.ask-again'"
        ).fetchall()
        assert trail == [("sms",)]

        assert desk.put(f"{channel}/sms", json=agreed).json["is_agreed"] is True
        assert ways_to(citizen) == ["sms", "email"]

    def test_says_that_no_other_way_was_stopped_where_there_was_none(self, desk: Any, citizen: Any) -> None:
        never = {"address": "20123456", "safe": "never", "agreed_together": False}
        desk.put(f"/api/v1/staff/citizens/{citizen.id}/contact-channels/sms", json=never)

        lost = desk.post(f"/api/v1/staff/citizens/{citizen.id}/lost-phone").json

        assert (lost["sms_stopped"], lost["email_in_use"]) == (False, False)

    def test_voids_a_code_that_the_finder_may_hold(self, desk: Any, citizen: Any, new_client: Any) -> None:
        earlier = desk.post(f"/api/v1/staff/citizens/{citizen.id}/pairing-codes").json["code"]

        desk.post(f"/api/v1/staff/citizens/{citizen.id}/lost-phone")

        assert new_client().post("/api/v1/public/pairings", json={"code": earlier}).status_code == 404

    def test_leaves_no_phone_signed_in_that_pairs_in_the_same_moment(
        self, desk: Any, citizen: Any, new_client: Any
    ) -> None:
        for _ in range(6):
            code = desk.post(f"/api/v1/staff/citizens/{citizen.id}/pairing-codes").json["code"]
            finder = new_client()
            with ThreadPoolExecutor(2) as pool:
                paired = pool.submit(finder.post, "/api/v1/public/pairings", json={"code": code})
                lost = pool.submit(desk.post, f"/api/v1/staff/citizens/{citizen.id}/lost-phone")
                statuses = paired.result().status_code, lost.result().status_code

            assert statuses in {(201, 201), (404, 201)}
            assert finder.get("/api/v1/citizen/me").status_code == 401

    def test_leaves_no_binding_of_a_phone_that_turns_reminders_on_in_the_same_moment(
        self, desk: Any, phone: Any, body: Any, citizen: Any, monkeypatch: Any, superuser: Any
    ) -> None:
        def too_late(*args: Any, **kwargs: Any) -> None:
            with ThreadPoolExecutor(1) as pool:
                pool.submit(desk.post, f"/api/v1/staff/citizens/{citizen.id}/lost-phone").result()
            subscribe(*args, **kwargs)

        subscribe = phones.subscribe
        monkeypatch.setattr(phones, "subscribe", too_late)

        answer = phone.put(URL, json=body)

        assert (answer.status_code, answer.json["code"]) == (401, "session-ended")
        assert devices(superuser) == []

    def test_of_a_stranger_is_answered_like_nobodys(self, desk: Any, stranger: Any) -> None:
        theirs = desk.post(f"/api/v1/staff/citizens/{stranger.id}/lost-phone")
        nobodys = desk.post(f"/api/v1/staff/citizens/{new_id()}/lost-phone")

        assert theirs.status_code == 404
        assert without_id(theirs) == without_id(nobodys)
