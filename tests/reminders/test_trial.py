""" "Send en prøve": what became of it, told to its reader step by step and to staff as reached or not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from notifications.dispatcher import Dispatcher
from notifications.push import Answer, Message, Target
from server.core import clock, db
from server.core.access import Role
from tests.appointments.people import without_id
from tests.notifications.one_by_one import OneByOne
from tests.reminders.test_phones import body

__all__ = ["body"]

OWN = "/api/v1/citizen/test-reminder"


class Service(OneByOne):
    """A push service that answers as told."""

    def __init__(self, status: int) -> None:
        self.status = status

    def send(self, target: Target, body: bytes) -> Answer:
        return Answer(status=self.status)


@pytest.fixture
def ready_phone(phone: Any, body: dict[str, Any]) -> Any:
    """The citizen's phone with reminders turned on."""
    assert phone.put("/api/v1/citizen/push-subscription", json=body).status_code == 200
    return phone


@pytest.fixture
def send(app: Any) -> Callable[[int], int]:
    """Let the worker do what is due, at a push service that answers so."""

    def run(status: int) -> int:
        return Dispatcher(
            session_factory=db.transaction,
            render=lambda *_a, **_k: Message("Overblik", "Du har en påmindelse", "da"),
            may_send=lambda *_a, **_k: True,
            public_url="http://localhost",
            push=Service(status),
            clock=clock.now,
            jitter=lambda: 1.0,
        ).run_until_idle()

    return run


def acknowledge(superuser: Any, browser: Any) -> None:
    """The phone says that it showed the last notice."""
    [row] = superuser.execute("SELECT id, ack_secret FROM delivery ORDER BY id DESC LIMIT 1").fetchall()
    answer = browser.post(
        "/api/v1/public/acknowledgements", json={"delivery_id": str(row[0]), "secret": row[1]}
    )
    assert answer.status_code == 204


def seen(phone: Any) -> dict[str, Any] | None:
    """What the phone says of its last trial, without the time."""
    found = phone.get(OWN).json["trial"]
    return found and {key: value for key, value in found.items() if key != "planned_at"}


class TestOwnTrial:
    def test_is_followed_from_step_to_step(
        self, ready_phone: Any, send: Any, superuser: Any, new_client: Any
    ) -> None:
        before = seen(ready_phone)
        ready_phone.post(OWN)
        planned = seen(ready_phone)
        send(201)
        accepted = seen(ready_phone)
        acknowledge(superuser, new_client())
        shown = seen(ready_phone)

        assert before is None
        assert planned == {"handed": False, "answer": "none", "shown": False, "over": False}
        assert accepted == {"handed": True, "answer": "accepted", "shown": False, "over": False}
        assert shown == {"handed": True, "answer": "accepted", "shown": True, "over": True}

    @pytest.mark.parametrize(("status", "answer", "over"), [(410, "refused", True), (503, "waiting", False)])
    def test_says_when_the_push_service_will_not_or_not_yet(
        self, ready_phone: Any, send: Any, status: int, answer: str, over: bool
    ) -> None:
        ready_phone.post(OWN)

        send(status)

        assert seen(ready_phone) == {"handed": True, "answer": answer, "shown": False, "over": over}

    def test_says_that_it_is_over_after_ten_minutes_and_forgets_it_after_half_an_hour(
        self, ready_phone: Any, send: Any, traveller: Any
    ) -> None:
        ready_phone.post(OWN)
        send(201)

        traveller.shift(timedelta(minutes=11))
        over = seen(ready_phone)
        traveller.shift(timedelta(minutes=20))

        assert over == {"handed": True, "answer": "accepted", "shown": False, "over": True}
        assert seen(ready_phone) is None

    def test_of_another_persons_phone_is_not_told(
        self, ready_phone: Any, make_citizen: Any, counsellor: Any, pair: Any, new_client: Any
    ) -> None:
        ready_phone.post(OWN)

        other = pair(make_citizen(contact=counsellor), counsellor, new_client())

        assert seen(other) is None

    def test_is_for_citizens_alone(self, desk: Any) -> None:
        assert desk.get(OWN).status_code in (401, 403)


class TestTrialTogether:
    def url(self, citizen_id: Any) -> str:
        return f"/api/v1/staff/citizens/{citizen_id}/test-reminder"

    def test_tells_the_counsellor_reached_or_not_and_never_a_time(
        self, ready_phone: Any, desk: Any, citizen: Any, send: Any, superuser: Any, new_client: Any
    ) -> None:
        at = self.url(citizen.id)
        told = [desk.get(at).json]

        sent = desk.post(at)
        told.append(desk.get(at).json)
        send(201)
        told.append(desk.get(at).json)
        acknowledge(superuser, new_client())
        told.append(desk.get(at).json)

        assert (sent.status_code, sent.json) == (202, {"phones": 1})
        assert told == [{"reached": one} for one in ("none", "sent", "sent", "reached")]
        trail = superuser.execute(
            "SELECT DISTINCT event, citizen_id FROM audit_event WHERE event LIKE 'reminders.t%' ORDER BY 1"
        ).fetchall()
        assert trail == [("reminders.trial-read", citizen.id), ("reminders.tried", citizen.id)]

    def test_that_no_phone_answers_is_not_reached(
        self, ready_phone: Any, desk: Any, citizen: Any, send: Any, traveller: Any
    ) -> None:
        desk.post(self.url(citizen.id))
        send(201)

        traveller.shift(timedelta(minutes=11))

        assert desk.get(self.url(citizen.id)).json == {"reached": "not-reached"}

    def test_does_not_tell_what_the_citizen_tried_alone(
        self, ready_phone: Any, desk: Any, citizen: Any
    ) -> None:
        ready_phone.post(OWN)

        assert desk.get(self.url(citizen.id)).json == {"reached": "none"}

    def test_needs_a_phone_with_reminders_on(self, phone: Any, desk: Any, citizen: Any, count: Any) -> None:
        answer = desk.post(self.url(citizen.id))

        assert (answer.status_code, answer.json["code"]) == (409, "no-phone")
        assert count("reminder") == 0

    def test_is_limited(self, ready_phone: Any, desk: Any, citizen: Any) -> None:
        statuses = [desk.post(self.url(citizen.id)).status_code for _ in range(7)]

        assert statuses == [202] * 6 + [429]

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_of_a_stranger_is_answered_like_nobodys(self, desk: Any, stranger: Any, method: str) -> None:
        call = getattr(desk, method)

        of_stranger, of_nobody = call(self.url(stranger.id)), call(self.url(uuid4()))

        assert of_stranger.status_code == 404
        assert without_id(of_stranger) == without_id(of_nobody)

    def test_is_not_for_managers(
        self, citizen: Any, make_staff: Any, sign_in_staff: Any, client: Any
    ) -> None:

        manager = sign_in_staff(make_staff(roles=(Role.MANAGER,)), client)

        assert manager.post(self.url(citizen.id)).status_code == 403
