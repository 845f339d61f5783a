"""A reminder that told nobody becomes somebody's call, and is taken back when the person knows after all."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from notifications.dispatcher import Dispatcher, Message, OtherWays
from notifications.push import Answer, Target
from server.app import MAY_SEND
from server.appointments import jobs
from server.citizens import deaths
from server.core import db
from server.core.ids import new_id
from tests.appointments.people import refused, seen, without_id
from tests.conftest import NOW, actor_of
from tests.notifications.one_by_one import OneByOne
from tests.overview.test_missed_talks import deactivate
from tests.reminders.test_phones import URL as SUBSCRIPTION
from tests.reminders.test_phones import keys

UNREACHED = "/api/v1/staff/unreached-reminders"
OUTCOME = "/api/v1/staff/tasks/{}/outcome"
OWNER = "/api/v1/staff/tasks/{}/owner"
DAY_BEFORE = datetime.fromisoformat("2026-11-29T16:00:00+01:00")  # a Sunday
UNANSWERED = DAY_BEFORE + timedelta(hours=2, minutes=5)
MORNING = datetime.fromisoformat("2026-11-30T08:05:00+01:00")
START = datetime.fromisoformat("2026-11-30T10:00:00+01:00")
HOLIDAYS = frozenset({datetime(2026, 12, 24).date()})


class Service(OneByOne):
    """A push service that takes every message."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    def send(self, target: Target, body: bytes) -> Answer:
        self.taken.append(body)
        return Answer(status=201)


@pytest.fixture
def service() -> Service:
    """What left the house."""
    return Service()


@pytest.fixture
def look(go_to: Callable[[datetime], None]) -> Callable[[datetime], int]:
    """Let the worker look at a moment who has to be called; says how many tasks changed."""

    def at(moment: datetime) -> int:
        go_to(moment)
        return jobs.see_to_the_unreached(holidays=HOLIDAYS)

    return at


@pytest.fixture
def work(look: Callable[[datetime], int], service: Service) -> Callable[[datetime], int]:
    """Let the worker send what is due at a moment, and then look who has to be called."""

    def at(moment: datetime) -> int:
        Dispatcher(
            session_factory=db.transaction,
            render=lambda *_, **__: Message(title="Du har en påmindelse", body="", lang="da"),
            may_send=lambda session, *, kind, **asked: MAY_SEND[kind](session, **asked),
            public_url="http://localhost",
            push=service,
            ways=OtherWays(channels=lambda *_, **__: [], write=lambda *_, **__: None, carriers={}),
            clock=lambda: moment,
        ).run_until_idle()
        return look(moment)

    return at


@pytest.fixture
def reminded(app: Any, phone: Any) -> Any:
    """The citizen's phone with reminders turned on."""
    body = {
        "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/x",
        "keys": keys(),
        "vapid_public_key": app.config["VAPID_PUBLIC_KEY"],
    }
    assert phone.put(SUBSCRIPTION, json=body).status_code == 200
    return phone


@pytest.fixture
def row(desk: Any, book: Any, work: Any) -> dict[str, Any]:
    """What the counsellor sees of an appointment of somebody without a phone, the evening before."""
    book()
    assert work(DAY_BEFORE) == 1
    [found] = desk.get(UNREACHED).json["items"]
    return dict(found)


def acknowledge(browser: Any, superuser: Any) -> None:
    """Say, as the phone, that the last notice was shown."""
    found = superuser.execute("SELECT id::text, ack_secret FROM delivery ORDER BY id DESC LIMIT 1").fetchone()
    said = {"delivery_id": found[0], "secret": found[1]}
    assert browser.post("/api/v1/public/acknowledgements", json=said).status_code == 204


def stored(superuser: Any) -> list[tuple[Any, ...]]:
    """Every task about reminders: where it stands, and when it is due."""
    rows = superuser.execute(
        "SELECT status, due_on::text FROM task WHERE kind = 'reminder-not-reached' ORDER BY id"
    )
    return list(rows.fetchall())


class TestTheTaskOpens:
    def test_when_there_is_no_phone(
        self, row: dict[str, Any], citizen: Any, counsellor: Any, superuser: Any
    ) -> None:
        appointment = row.pop("appointment")

        assert row == {
            "id": row["id"],
            "version": 1,
            "citizen_id": str(citizen.id),
            "citizen_alias": "Solsort",
            "mine": True,
            "owner": {"id": str(counsellor.id), "name": "Karen Kontakt"},
            "due_on": "2026-11-30",
            "tries": 0,
            "calls": [],
        }
        assert (appointment["starts_at"], appointment["kind"]) == ("2026-11-30T09:00:00Z", "talk")
        assert stored(superuser) == [("requested", "2026-11-30")]

    def test_when_no_phone_answers_in_time_and_there_is_no_other_way(
        self, reminded: Any, book: Any, work: Any, desk: Any
    ) -> None:
        book()

        assert work(DAY_BEFORE) == 0
        assert desk.get(UNREACHED).json == {"items": []}
        assert work(UNANSWERED) == 1

        assert len(desk.get(UNREACHED).json["items"]) == 1

    def test_when_its_use_was_over_before_it_could_be_sent(
        self, reminded: Any, book: Any, look: Any, superuser: Any
    ) -> None:
        book()
        superuser.execute(
            "UPDATE occurrence SET state = 'expired', finished_at = now(), deadline_at = due_at,"
            " reason = 'past-deadline' WHERE slot_key = 'day-before'"
        )
        superuser.commit()

        assert look(UNANSWERED) == 1

    def test_once_however_often_and_by_however_many_it_is_looked(
        self, row: dict[str, Any], work: Any, superuser: Any
    ) -> None:
        assert [work(MORNING), work(MORNING)] == [0, 0]
        assert len(stored(superuser)) == 1

    def test_when_the_week_before_told_the_person_but_the_day_before_did_not(
        self, reminded: Any, book: Any, work: Any, superuser: Any, new_client: Any
    ) -> None:
        book(starts_at="2026-12-14T10:00:00+01:00")
        work(datetime.fromisoformat("2026-12-07T16:00:00+01:00"))
        acknowledge(new_client(), superuser)

        assert work(datetime.fromisoformat("2026-12-13T16:00:00+01:00")) == 0
        assert work(datetime.fromisoformat("2026-12-13T18:05:00+01:00")) == 1

    def test_on_a_day_at_work_that_lies_before_the_appointment(
        self, book: Any, work: Any, superuser: Any
    ) -> None:
        book(starts_at="2026-12-31T10:00:00+01:00")  # a week before it is Christmas Eve

        work(datetime.fromisoformat("2026-12-24T16:00:00+01:00"))

        assert stored(superuser) == [("requested", "2026-12-25")]

    def test_never_for_who_wants_no_reminders(
        self, reminded: Any, book: Any, work: Any, superuser: Any
    ) -> None:
        chosen = {"appointments": False, "two_hours_before": False, "paused_until": None}
        reminded.put("/api/v1/citizen/reminder-settings", json=chosen, headers=seen(0))
        book()

        work(DAY_BEFORE)
        work(UNANSWERED)

        assert stored(superuser) == []

    def test_never_while_reminders_are_paused_and_when_the_pause_is_over_before_the_start(
        self, reminded: Any, book: Any, work: Any, superuser: Any
    ) -> None:
        book()
        work(DAY_BEFORE)
        ends = UNANSWERED + timedelta(hours=1)
        chosen = {"appointments": True, "two_hours_before": False, "paused_until": ends.isoformat()}
        assert (
            reminded.put("/api/v1/citizen/reminder-settings", json=chosen, headers=seen(0)).status_code == 200
        )

        work(UNANSWERED)
        assert stored(superuser) == []
        work(ends)

        assert stored(superuser) == [("requested", "2026-11-30")]

    def test_never_because_a_second_reminder_of_two_got_no_answer(
        self, reminded: Any, book: Any, work: Any, superuser: Any, new_client: Any
    ) -> None:
        chosen = {"appointments": True, "two_hours_before": True, "paused_until": None}
        reminded.put("/api/v1/citizen/reminder-settings", json=chosen, headers=seen(0))
        book(starts_at="2026-11-30T15:00:00+01:00")
        work(DAY_BEFORE)
        acknowledge(new_client(), superuser)

        work(datetime.fromisoformat("2026-11-30T13:00:00+01:00"))
        work(datetime.fromisoformat("2026-11-30T14:59:00+01:00"))

        assert stored(superuser) == []

    def test_never_about_somebody_who_has_died(
        self, book: Any, work: Any, citizen: Any, counsellor: Any, superuser: Any
    ) -> None:
        book()
        with db.transaction() as session:
            deaths.mark(session, citizen_id=citizen.id, actor=actor_of(counsellor), now=NOW)

        work(DAY_BEFORE)

        assert stored(superuser) == []


class TestTheTaskIsTakenBack:
    def test_when_a_phone_says_late_that_it_showed_the_notice(
        self, reminded: Any, book: Any, work: Any, look: Any, desk: Any, superuser: Any, new_client: Any
    ) -> None:
        book()
        work(DAY_BEFORE)
        work(UNANSWERED)

        acknowledge(new_client(), superuser)

        assert desk.get(UNREACHED).json == {"items": []}
        assert look(UNANSWERED + timedelta(minutes=1)) == 1
        assert stored(superuser) == [("cancelled", "2026-11-30")]

    @pytest.mark.parametrize("answer", ["accepted", "declined", "tentative"])
    def test_when_the_person_answers(
        self, reminded: Any, book: Any, work: Any, look: Any, desk: Any, superuser: Any, answer: str
    ) -> None:
        booked = book()
        work(DAY_BEFORE)
        work(UNANSWERED)

        body = {"revision": booked["revision"], "reply": answer}
        url = f"/api/v1/citizen/appointments/{booked['id']}/reply"
        assert reminded.post(url, json=body).status_code == 200

        assert desk.get(UNREACHED).json == {"items": []}
        assert look(UNANSWERED) == 1
        assert stored(superuser) == [("cancelled", "2026-11-30")]

    def test_but_not_because_of_an_answer_from_before_the_reminder(
        self, reminded: Any, book: Any, work: Any, desk: Any
    ) -> None:
        booked = book()
        body = {"revision": booked["revision"], "reply": "accepted"}
        reminded.post(f"/api/v1/citizen/appointments/{booked['id']}/reply", json=body)
        work(DAY_BEFORE)

        work(UNANSWERED)

        assert len(desk.get(UNREACHED).json["items"]) == 1

    def test_when_the_appointment_is_moved_or_cancelled(
        self, row: dict[str, Any], desk: Any, look: Any, superuser: Any
    ) -> None:
        url = f"/api/v1/staff/appointments/{row['appointment']['id']}/move"
        moved = desk.post(url, json={"starts_at": "2026-12-01T10:00:00+01:00"}, headers=seen(1))
        assert moved.status_code in (200, 201), moved.get_data(as_text=True)

        assert desk.get(UNREACHED).json == {"items": []}
        look(DAY_BEFORE + timedelta(minutes=1))
        assert stored(superuser) == [("cancelled", "2026-11-30")]

    def test_when_the_appointment_has_begun(
        self, row: dict[str, Any], look: Any, desk: Any, superuser: Any
    ) -> None:
        assert look(START) == 1
        assert desk.get(UNREACHED).json == {"items": []}
        assert stored(superuser) == [("cancelled", "2026-11-30")]

    def test_and_stands_again_when_it_ends_in_vain_once_more(
        self, row: dict[str, Any], reminded: Any, work: Any, superuser: Any
    ) -> None:
        assert work(DAY_BEFORE + timedelta(minutes=1)) == 1  # a phone has come, and the notice is on its way
        assert stored(superuser)[0][0] == "cancelled"

        assert work(DAY_BEFORE + timedelta(hours=2, minutes=10)) == 1

        assert stored(superuser)[0][0] == "requested"


class TestTheList:
    def test_is_for_who_answers_for_the_person_and_nobody_else(
        self, row: dict[str, Any], colleague: Any, manager_desk: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        assert sign_in_staff(colleague, new_client()).get(UNREACHED).json == {"items": []}

    def test_tells_a_manager_alias_and_time_alone_when_nobody_answers(
        self, row: dict[str, Any], counsellor: Any, manager: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        manager_desk = sign_in_staff(manager, new_client())
        assert manager_desk.get(UNREACHED).json == {"items": []}
        deactivate(counsellor, manager)

        [found] = manager_desk.get(UNREACHED).json["items"]

        assert (found["citizen_alias"], found["mine"], found["owner"]) == ("Solsort", False, None)
        assert found["appointment"]["kind"] is None

    def test_shows_the_next_appointment_first(self, desk: Any, book: Any, work: Any, citizen: Any) -> None:
        book(starts_at="2026-11-30T15:00:00+01:00")
        book(starts_at="2026-11-30T09:00:00+01:00")

        work(DAY_BEFORE)

        starts = [one["appointment"]["starts_at"] for one in desk.get(UNREACHED).json["items"]]
        assert starts == ["2026-11-30T08:00:00Z", "2026-11-30T14:00:00Z"]

    def test_the_look_is_on_the_trail(self, row: dict[str, Any], superuser: Any) -> None:
        rows = superuser.execute("SELECT purpose FROM audit_event WHERE event = 'unreached.listed'")
        assert rows.fetchall() == [("unreached reminders: 1",)]

    def test_what_the_house_did_by_itself_is_on_the_trail(self, row: dict[str, Any], superuser: Any) -> None:
        rows = superuser.execute(
            "SELECT actor_kind, subject_id::text FROM audit_event WHERE event = 'task.opened'"
        )
        assert rows.fetchall() == [("system", row["id"])]


class TestWhatCameOfTheCall:
    def test_the_person_comes(self, row: dict[str, Any], desk: Any, work: Any, superuser: Any) -> None:
        said = {"outcome": "agreed", "appointment_id": row["appointment"]["id"], "note": "Kommer gerne"}

        answer = desk.post(OUTCOME.format(row["id"]), json=said, headers=seen(1))

        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert desk.get(UNREACHED).json == {"items": []}
        assert work(MORNING) == 0  # what somebody is done with stays so
        assert stored(superuser) == [("completed", "2026-11-30")]

    def test_not_reached_is_tried_again_on_a_day_before_it_is_too_late(
        self, row: dict[str, Any], desk: Any
    ) -> None:
        late = {"outcome": "call-later", "next_on": "2026-12-01"}
        in_time = {"outcome": "call-later", "next_on": "2026-11-30", "note": "Optaget"}

        assert refused(desk.post(OUTCOME.format(row["id"]), json=late, headers=seen(1)), "next_on")
        assert desk.post(OUTCOME.format(row["id"]), json=in_time, headers=seen(1)).status_code == 200

        [found] = desk.get(UNREACHED).json["items"]
        assert (found["tries"], found["due_on"], found["calls"][0]["note"]) == (1, "2026-11-30", "Optaget")

    def test_nothing_more_is_done_about_it(self, row: dict[str, Any], desk: Any) -> None:
        said = {"outcome": "closed", "reason": "not-reached"}

        assert desk.post(OUTCOME.format(row["id"]), json=said, headers=seen(1)).status_code == 200
        assert desk.get(UNREACHED).json == {"items": []}

    @pytest.mark.parametrize("url", [OUTCOME, OWNER])
    def test_a_stranger_gets_the_same_answer_as_for_an_unknown_task(
        self, row: dict[str, Any], colleague: Any, sign_in_staff: Any, new_client: Any, url: str
    ) -> None:
        at_desk = sign_in_staff(colleague, new_client())
        said = {"outcome": "closed", "reason": "not-reached"} if url is OUTCOME else None

        theirs = at_desk.post(url.format(row["id"]), json=said, headers=seen(1))
        nobodys = at_desk.post(url.format(new_id()), json=said, headers=seen(1))

        assert theirs.status_code == 404
        assert without_id(theirs) == without_id(nobodys)
