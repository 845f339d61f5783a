"""Pulling: everything once, in commit order, never a row missed, and a bad cursor starts afresh."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.core import crypto, db
from server.goals import service as goals
from server.goals.models import GoalOrigin
from server.sync import service as sync
from tests.appointments.people import TALK, seen
from tests.conftest import actor_of

URL = "/api/v1/citizen/sync/pull"


@pytest.fixture
def pull(phone: Any) -> Callable[..., dict[str, Any]]:
    """Pull once, from a cursor if one is given."""

    def pulled(cursor: str | None = None) -> dict[str, Any]:
        answer = phone.get(URL, query_string={} if cursor is None else {"cursor": cursor})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return dict(answer.json)

    return pulled


def entities(page: dict[str, Any]) -> list[tuple[str, str]]:
    return [(change["entity"], change["op"]) for change in page["changes"]]


def of(page: dict[str, Any], entity: str) -> list[dict[str, Any]]:
    return [change["data"] for change in page["changes"] if change["entity"] == entity]


class TestPull:
    def test_gives_a_new_phone_everything(
        self, pull: Any, book: Any, desk: Any, citizen: Any, counsellor: Any
    ) -> None:
        goal = desk.post(
            f"/api/v1/staff/citizens/{citizen.id}/goals", json={"title": "Ro", "origin": "citizen"}
        ).json
        booked = book(goal_id=goal["id"])

        page = pull()

        assert (page["more"], page["reset"]) == (False, False)
        assert sorted(entities(page)) == [("appointment", "put"), ("goal", "put"), ("profile", "put")]
        phone_only = {"titles": [goal["title"]], "shared_with_desk": False, "counts_from": None}
        assert of(page, "goal") == [{**goal, **phone_only}]
        staff_only = {"citizen_id", "citizen_alias", "staff_id", "reminder", "created_at", "overlaps"}
        staff_only |= {"noshow_excused", "reason_code", "reason_text", "override", "override_reason"}
        staff_only |= {"series_id", "arrived_at", "closed_at", "late_no_at", "mine"}
        assert of(page, "appointment") == [
            {key: value for key, value in booked.items() if key not in staff_only}
        ]
        profile = of(page, "profile")[0]
        assert profile["alias"] == "Solsort"
        assert profile["contact_person"]["name"] == "Karen Kontakt"
        assert profile["unit"]["phone"] == profile["contact_person"]["phone"]
        assert profile["reminders"] == {
            "appointments": True,
            "week_before": True,
            "two_hours_before": False,
            "messages": False,
            "exercises": False,
            "sessions": True,
            "questionnaires": False,
            "paused_until": None,
            "staff_paused_until": None,
            "version": 0,
        }

    def test_then_gives_only_what_is_new_and_only_as_it_stands_now(
        self, pull: Any, book: Any, desk: Any
    ) -> None:
        cursor = pull()["cursor"]
        old = book()
        move = f"/api/v1/staff/appointments/{old['id']}/move"
        new = desk.post(move, json={"starts_at": "2026-12-01T13:00:00+01:00"}, headers=seen(1)).json

        page = pull(cursor)

        assert {one["id"]: (one["status"], one["moved_to_id"]) for one in of(page, "appointment")} == {
            old["id"]: ("cancelled", new["id"]),
            new["id"]: ("booked", None),
        }
        assert entities(page) == [("appointment", "put")] * 2
        assert pull(page["cursor"])["changes"] == []

    def test_tells_the_phone_to_forget_what_is_gone(
        self, pull: Any, book: Any, superuser: Any, citizen: Any
    ) -> None:
        booked = book()
        cursor = pull()["cursor"]
        superuser.execute("UPDATE appointment SET status = 'entered-in-error'")
        with db.transaction() as session:
            sync.citizens.record_change(
                session,
                citizen_id=citizen.id,
                entity="appointment",
                entity_id=booked["id"],
                at=datetime(2026, 11, 23, 9, tzinfo=UTC),
                op="forget",
            )

        assert pull(cursor)["changes"] == [
            {"entity": "appointment", "id": booked["id"], "op": "forget", "data": None}
        ]

    def test_comes_in_pages_that_hold_everything_once(
        self, pull: Any, citizen: Any, counsellor: Any, now: datetime, statements: Any
    ) -> None:
        made = write_goals(citizen, counsellor, now, sync.PAGE + 40)

        first = pull()
        with statements() as ran:
            second = pull(first["cursor"])

        assert (first["more"], second["more"]) == (True, False)
        assert len(first["changes"]) <= sync.PAGE
        got = [goal["id"] for goal in of(first, "goal") + of(second, "goal")]
        assert sorted(got) == sorted(str(goal_id) for goal_id in made)
        # Session, position, steps, goals; titles, answers and sharing are one each.
        assert len(ran) <= 7, ran

    def test_asks_two_questions_when_nothing_is_new(self, pull: Any, statements: Any) -> None:
        cursor = pull()["cursor"]

        with statements() as ran:
            page = pull(cursor)

        assert page["changes"] == []
        assert len(ran) == 2, ran  # who holds the session, and where the sequence stands

    def test_brings_the_profile_again_on_another_day(self, pull: Any, traveller: Any) -> None:
        cursor = pull()["cursor"]
        traveller.shift(timedelta(days=1))

        page = pull(cursor)

        assert entities(page) == [("profile", "put")]
        assert pull(page["cursor"])["changes"] == []

    def test_shows_a_choice_made_on_another_phone(self, pull: Any, phone: Any) -> None:
        cursor = pull()["cursor"]
        chosen = {
            "appointments": False,
            "week_before": False,
            "two_hours_before": False,
            "messages": False,
            "exercises": False,
            "sessions": True,
            "questionnaires": False,
            "paused_until": None,
        }
        phone.put("/api/v1/citizen/reminder-settings", json=chosen, headers=seen(0))

        pulled = of(pull(cursor), "profile")[0]["reminders"]
        assert pulled == {**chosen, "staff_paused_until": None, "version": 1}

    def test_holds_nothing_of_anybody_else(
        self, pull: Any, desk: Any, make_citizen: Any, counsellor: Any, phone: Any
    ) -> None:
        other = make_citizen(contact=counsellor, alias="KANARIEFUGL")
        desk.post(f"/api/v1/staff/citizens/{other.id}/appointments", json={**TALK, "place": "KANARIESTED"})

        assert "KANARIE" not in phone.get(URL).get_data(as_text=True)

    def test_needs_a_citizens_session(self, new_client: Any, desk: Any, app: Any) -> None:
        assert new_client().get(URL).status_code == 401
        assert desk.get(URL).status_code == 401


class TestBadCursor:
    @pytest.fixture
    def bad(self, pull: Any, citizen: Any, request: pytest.FixtureRequest) -> str:
        """A cursor that cannot be used, by the name of what is wrong with it."""
        good = pull()["cursor"]
        said = {"citizen": str(citizen.id), "epoch": 1, "seq": 1, "day": "2026-11-23"}
        wrong: dict[str, Callable[[], str]] = {
            "nonsense": lambda: "nonsense",
            "one letter changed": lambda: ("A" if good[0] != "A" else "B") + good[1:],
            "another purpose": lambda: crypto.sign(said, purpose="invitation"),
            "another citizen": lambda: crypto.sign({**said, "citizen": str(TALK)}, purpose="sync-cursor"),
            "another epoch": lambda: crypto.sign({**said, "epoch": 2}, purpose="sync-cursor"),
            "ahead of a restored database": lambda: crypto.sign(
                {**said, "seq": 10**6}, purpose="sync-cursor"
            ),
            "below the beginning": lambda: crypto.sign({**said, "seq": -1}, purpose="sync-cursor"),
            "no number": lambda: crypto.sign({**said, "seq": "1"}, purpose="sync-cursor"),
            "letters of the world": lambda: "æøå😀",
        }
        return wrong[request.param]()

    @pytest.mark.parametrize(
        "bad",
        [
            "nonsense",
            "one letter changed",
            "another purpose",
            "another citizen",
            "another epoch",
            "ahead of a restored database",
            "below the beginning",
            "no number",
            "letters of the world",
        ],
        indirect=True,
    )
    def test_starts_afresh_with_everything(self, pull: Any, book: Any, bad: str) -> None:
        booked = book()

        page = pull(bad)

        assert page["reset"] is True
        assert [one["id"] for one in of(page, "appointment")] == [booked["id"]]
        assert pull(page["cursor"])["reset"] is False

    def test_of_half_a_year_ago_starts_afresh(self, pull: Any, traveller: Any, superuser: Any) -> None:
        cursor = pull()["cursor"]
        superuser.execute("UPDATE device_session SET expires_at = '2030-01-01'")
        traveller.shift(timedelta(days=181))

        assert pull(cursor)["reset"] is True

    @pytest.mark.parametrize("query", ["cursor=a&cursor=b", f"cursor={'x' * 1025}", "seq=0"])
    def test_is_refused_when_it_is_no_cursor_at_all(self, phone: Any, query: str) -> None:
        assert phone.get(f"{URL}?{query}").status_code in (400, 422)


def write_goals(citizen: Any, counsellor: Any, now: datetime, how_many: int) -> list[Any]:
    with db.transaction() as session:
        return [
            goals.create_goal(
                session,
                citizen_id=citizen.id,
                title=f"Mål {number}",
                origin=GoalOrigin.CITIZEN,
                actor=actor_of(counsellor),
                now=now,
            ).id
            for number in range(how_many)
        ]
