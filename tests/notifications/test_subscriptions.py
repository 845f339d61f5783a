"""Whose phone it is: registering, moving to somebody else, replacing, ending."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from notifications import outbox, subscriptions
from notifications.dispatcher import planning
from notifications.push import Answer
from notifications.subscriptions import BadEndpoint, BadKeys
from server.core import db
from tests.notifications.conftest import KEY, OTHER_KEY, House
from tests.notifications.push_service import Phone, Script, b64, unb64


def public_half(private_key: str) -> str:
    key = ec.derive_private_key(int.from_bytes(unb64(private_key)), ec.SECP256R1()).public_key()
    return b64(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def revoke(house: House, **whose: object) -> int:
    with db.transaction() as session:
        return subscriptions.revoke(session, reason="lost-phone", now=house.now, **whose)  # type: ignore[arg-type]


def active(house: House, person: UUID) -> list[UUID]:
    with db.transaction() as session:
        return [device.id for device in subscriptions.devices(session, person)]


class TestRegister:
    def test_twice_is_one_device(self, house: House, anna: UUID) -> None:
        phone, session_id = house.push_service.phone("a"), uuid4()

        first = house.register(anna, phone, session_id)
        second = house.register(anna, phone, session_id)

        assert first == second
        assert active(house, anna) == [first]

    def test_an_address_seen_under_somebody_else_moves_and_takes_nothing_with_it(
        self, house: House, anna: UUID
    ) -> None:
        bodil, phone = uuid4(), house.push_service.phone("shared")
        house.register(anna, phone)
        house.remind(anna)
        dispatcher = house.dispatcher()
        dispatcher.advance()
        lease = dispatcher.claim(1)

        house.register(bodil, phone)

        assert not dispatcher.deliver(lease.delivery_ids[0], lease.token)
        assert house.dispatcher().run_until_idle() == 0
        assert house.push_service.received == []
        assert active(house, anna) == []
        assert len(active(house, bodil)) == 1
        [old] = [device for device in house.devices() if device.recipient_id == anna]
        assert (old.state, old.reason, old.endpoint) == ("revoked", "moved", None)

    def test_a_new_subscription_of_a_session_replaces_the_old_and_inherits_what_waits(
        self, house: House, anna: UUID
    ) -> None:
        session_id = uuid4()
        house.add_phone(anna, "old", session_id)
        house.push_service.by_path["/wpush/old"] = Script(503)
        house.remind(anna)
        house.dispatcher().run_until_idle()

        house.add_phone(anna, "new", session_id)
        house.dispatcher().run_until_idle()

        assert [message.path for message in house.push_service.received] == ["/wpush/old", "/wpush/new"]
        assert house.state() == ("fanned-out", None)
        assert house.acknowledge()
        assert house.state() == ("confirmed", None)

    def test_a_quarantined_address_gets_another_chance_when_its_phone_comes_back(
        self, house: House, anna: UUID
    ) -> None:
        phone, session_id = house.push_service.phone("odd"), uuid4()
        house.push_service.default = Script(302)
        house.register(anna, phone, session_id)
        house.remind(anna)
        house.dispatcher().run_until_idle()
        assert active(house, anna) == []
        house.push_service.default = Script(201)

        house.register(anna, phone, session_id)

        assert len(active(house, anna)) == 1
        assert house.dispatcher().run_until_idle() == 1

    @pytest.mark.parametrize(
        ("p256dh", "auth"),
        [
            ("", ""),
            ("nonsense!", b64(b"x" * 16)),
            (b64(b"\x04" + b"\x01" * 64), b64(b"x" * 16)),
            (b64(b"\x04" * 64), b64(b"x" * 16)),
            (None, b64(b"x" * 15)),
            (None, "ø" * 22),
        ],
    )
    def test_refuses_keys_it_could_not_encrypt_for(
        self, house: House, anna: UUID, p256dh: str | None, auth: str
    ) -> None:
        good = Phone(endpoint="")

        with pytest.raises(BadKeys), db.transaction() as session:
            subscriptions.register(
                session,
                recipient_id=anna,
                session_id=uuid4(),
                endpoint="https://fcm.googleapis.com/x",
                p256dh=good.p256dh if p256dh is None else p256dh,
                auth=auth,
                vapid_key_id="first",
                origins=(),
                now=house.now,
            )

        assert house.devices() == []

    def test_refuses_an_address_outside_the_list(self, house: House, anna: UUID) -> None:
        phone = Phone(endpoint="https://127.0.0.1/x")

        with pytest.raises(BadEndpoint):
            house.register(anna, phone)

        assert house.devices() == []


class TestAPhoneThatComesLate:
    def test_gets_the_reminder_that_found_no_phone(self, house: House, anna: UUID) -> None:
        subject = house.remind(anna)
        house.dispatcher().run_until_idle()
        assert house.state() == ("no-device", "no-device")
        house.later(hours=1)

        house.add_phone(anna)
        assert house.dispatcher().run_until_idle() == 1

        assert house.acknowledge()
        assert house.standing(subject) == "reached"

    def test_gets_what_the_lost_phone_did_not_get(self, house: House, anna: UUID) -> None:
        house.push_service.default = Script(503)
        house.add_phone(anna)
        house.remind(anna)
        house.dispatcher().run_until_idle()
        revoke(house, recipient_id=anna)
        house.push_service.default = Script(201)

        house.add_phone(anna)

        assert house.dispatcher().run_until_idle() == 1

    @pytest.mark.parametrize("silence", [timedelta(minutes=5), timedelta(hours=3)])
    def test_gets_what_a_push_service_took_for_the_lost_phone_and_nobody_saw(
        self, house: House, anna: UUID, silence: timedelta
    ) -> None:
        house.add_phone(anna)
        subject = house.remind(anna)
        house.dispatcher().run_until_idle()
        house.now += silence
        house.dispatcher().run_until_idle()

        revoke(house, recipient_id=anna)
        assert house.standing(subject) == "no-device"
        house.add_phone(anna)

        assert house.dispatcher().run_until_idle() == 1
        assert house.acknowledge(0)
        assert house.standing(subject) == "sent"
        assert house.acknowledge(1)
        assert house.standing(subject) == "reached"

    def test_gets_nothing_anew_that_the_lost_phone_has_shown(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        subject = house.remind(anna)
        house.dispatcher().run_until_idle()
        house.acknowledge()

        revoke(house, recipient_id=anna)
        house.add_phone(anna)

        assert house.dispatcher().run_until_idle() == 0
        assert house.standing(subject) == "reached"

    def test_gets_what_was_being_sent_while_the_phone_was_lost(self, house: House, anna: UUID) -> None:
        class Losing:
            def send(self, target: object, body: bytes) -> Answer:
                revoke(house, recipient_id=anna)
                return Answer(status=201)

        house.add_phone(anna)
        house.remind(anna)
        house.dispatcher(push=Losing()).run_until_idle()
        assert house.state() == ("no-device", "device-gone")

        house.add_phone(anna)

        assert house.dispatcher().run_until_idle() == 1

    def test_gets_nothing_that_is_cancelled_over_or_somebody_elses(self, house: House, anna: UUID) -> None:
        cancelled = house.remind(anna)
        house.remind(anna, lasts=timedelta(minutes=5))
        house.remind(uuid4())
        house.dispatcher().run_until_idle()
        with db.transaction() as session:
            outbox.cancel(session, subject_id=cancelled, reason="by-service", now=house.now)
        house.later(hours=1)

        house.add_phone(anna)

        assert house.dispatcher().run_until_idle() == 0
        assert {one.state for one in house.occurrences()} == {"no-device"}

    def test_waits_for_the_planner_that_looks_for_a_phone_in_this_moment(
        self, house: House, anna: UUID
    ) -> None:
        house.remind(anna)
        with ThreadPoolExecutor(1) as pool:
            with db.transaction() as session:
                planning.plan(session, now=house.now)
                registered = pool.submit(house.add_phone, anna)
                assert not wait([registered], timeout=0.5).done
            registered.result(timeout=60)

        assert house.dispatcher().run_until_idle() == 1


class TestRevoke:
    def test_ends_a_person_or_a_session_and_nothing_else(self, house: House, anna: UUID) -> None:
        kept, ended = uuid4(), uuid4()
        house.add_phone(anna, session_id=kept)
        house.add_phone(anna, session_id=ended)
        house.add_phone(uuid4())

        assert revoke(house, session_ids=[ended]) == 1
        assert len(active(house, anna)) == 1
        assert revoke(house, recipient_id=anna) == 1
        assert revoke(house, recipient_id=anna) == 0
        assert [device.state for device in house.devices()].count("active") == 1
        with pytest.raises(ValueError):
            revoke(house)

    def test_closes_what_was_on_its_way(self, house: House, anna: UUID) -> None:
        house.push_service.default = Script(503)
        house.add_phone(anna)
        house.remind(anna)
        house.dispatcher().run_until_idle()

        revoke(house, recipient_id=anna)
        house.later(hours=1)

        assert house.dispatcher().run_until_idle() == 0
        assert house.state() == ("no-device", "device-gone")

    def test_says_who_can_be_reached(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        nobody = uuid4()

        with db.transaction() as session:
            assert subscriptions.reachable(session, [anna, nobody]) == {anna: True, nobody: False}

    def test_a_phone_that_left_three_in_a_row_unanswered_is_not_called_reachable_and_still_gets_all(
        self, house: House, anna: UUID
    ) -> None:
        house.add_phone(anna)
        for _ in range(3):
            house.remind(anna, lasts=timedelta(hours=2, minutes=30))
            house.dispatcher().run_until_idle()
            house.later(hours=2)
            house.dispatcher().run_until_idle()
        with db.transaction() as session:
            assert subscriptions.reachable(session, [anna]) == {anna: False}

        house.remind(anna)

        assert house.dispatcher().run_until_idle() == 1
        house.acknowledge()
        with db.transaction() as session:
            assert subscriptions.reachable(session, [anna]) == {anna: True}


class TestKeyRotation:
    """A new push key: old phones keep theirs until their app is opened."""

    def test_each_phone_is_addressed_with_the_key_it_was_bound_to(self, house: House, anna: UUID) -> None:
        house.keys = {"first": KEY, "second": OTHER_KEY}
        for key_id in ("first", "second"):
            house.register(anna, house.push_service.phone(key_id), key_id=key_id)
        house.remind(anna)

        assert house.dispatcher().run_until_idle() == 2

        signed_by = {
            one.path[-6:].lstrip("/"): one.headers["authorization"] for one in house.push_service.received
        }
        assert public_half(KEY) in signed_by["first"]
        assert public_half(OTHER_KEY) in signed_by["second"]

    def test_the_next_opening_moves_a_phone_to_the_new_key_with_all_that_waits(
        self, house: House, anna: UUID
    ) -> None:
        house.keys = {"first": KEY, "second": OTHER_KEY}
        session_id = uuid4()
        house.push_service.script.append(Script(503))
        house.register(anna, house.push_service.phone("old"), session_id)
        house.remind(anna)
        house.dispatcher().run_until_idle()

        house.register(anna, house.push_service.phone("new"), session_id, key_id="second")
        house.dispatcher().run_until_idle()

        assert house.push_service.received[-1].path == "/wpush/new"
        assert public_half(OTHER_KEY) in house.push_service.received[-1].headers["authorization"]
        with db.transaction() as session:
            used = subscriptions.keys_in_use(session)
        assert {key_id: use.phones for key_id, use in used.items()} == {"second": 1}

    def test_the_same_address_under_a_new_key_says_since_when(self, house: House, anna: UUID) -> None:
        phone, session_id = house.push_service.phone("x"), uuid4()
        began = house.now
        house.register(anna, phone, session_id)
        house.later(hours=1)
        house.register(anna, phone, session_id)
        with db.transaction() as session:
            assert subscriptions.keys_in_use(session)["first"].since == began

        house.register(anna, phone, session_id, key_id="second")

        with db.transaction() as session:
            [use] = subscriptions.keys_in_use(session).values()
        assert (use.key_id, use.phones, use.since) == ("second", 1, house.now)


class TestOutbox:
    def test_a_notice_is_resolved_for_its_recipient_only(self, house: House, anna: UUID) -> None:
        subject = house.remind(anna)

        with db.transaction() as session:
            [occurrence_id] = outbox.occurrence_ids(session, [subject])[subject]
            found = outbox.find_subject(session, occurrence_id, anna)
            other = outbox.find_subject(session, occurrence_id, uuid4())

        assert found == ("appointment", subject)
        assert other is None

    def test_a_booking_that_fails_leaves_no_reminder(self, house: House, anna: UUID) -> None:
        slot = outbox.Slot("day-before", house.now, house.now + timedelta(hours=1))

        with pytest.raises(RuntimeError), db.transaction() as session:
            outbox.enqueue(
                session,
                kind="appointment",
                subject_id=uuid4(),
                recipient_id=anna,
                slots=[slot],
                dedupe_key="x",
                revision=1,
                now=house.now,
            )
            raise RuntimeError("the booking failed")

        assert house.occurrences() == []

    def test_standing_of_what_was_never_planned_is_none(self, house: House, anna: UUID) -> None:
        unknown, planned = uuid4(), house.remind(anna, after=timedelta(hours=1))

        assert (house.standing(unknown), house.standing(planned)) == ("none", "planned")

    def test_cancel_wants_to_know_what(self, house: House) -> None:
        with pytest.raises(ValueError), db.transaction() as session:
            outbox.cancel(session, reason="x", now=house.now)
