"""Goals: one list for both kinds, kept by version, and nobody else's."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import refused, seen, without_id

SLEEP = {"title": "Sove om natten", "origin": "citizen"}


@pytest.fixture
def url(citizen: Any) -> str:
    """Where the citizen's goals are."""
    return f"/api/v1/staff/citizens/{citizen.id}/goals"


class TestCreateGoal:
    def test_of_the_persons_own_is_active_and_a_suggestion_waits(
        self, desk: Any, url: str, traveller: Any
    ) -> None:
        own = desk.post(url, json=SLEEP)
        traveller.shift(1)
        suggested = desk.post(url, json={"title": "Gå en tur hver dag", "origin": "staff"})

        assert (own.status_code, own.json["status"], own.json["version"]) == (201, "active", 1)
        assert suggested.json["status"] == "proposed"
        assert desk.get(url).json["items"] == [own.json, suggested.json]

    def test_writes_the_change_and_the_trail_with_it(
        self, desk: Any, url: str, citizen: Any, superuser: Any
    ) -> None:
        goal = desk.post(url, json=SLEEP).json

        changes = superuser.execute("SELECT entity_id::text FROM citizen_change WHERE entity = 'goal'")
        assert changes.fetchall() == [(goal["id"],)]
        trail = superuser.execute(
            "SELECT citizen_id, subject_id::text FROM audit_event WHERE event = 'goal.created'"
        )
        assert trail.fetchall() == [(citizen.id, goal["id"])]

    def test_is_one_goal_when_it_comes_twice_and_refused_for_other_words(
        self, desk: Any, url: str, count: Any
    ) -> None:
        body = {**SLEEP, "id": str(new_id())}

        answers = [desk.post(url, json=body)]
        before = count("citizen_change"), count("audit_event")
        answers.append(desk.post(url, json=body))
        assert (count("citizen_change"), count("audit_event")) == before
        other = desk.post(url, json={**body, "title": "Noget andet"})

        assert [answer.json for answer in answers] == [answers[0].json] * 2
        assert (other.status_code, other.json["code"]) == (409, "id-taken")
        assert count("goal") == 1

    def test_is_refused_to_one_who_stops_working_with_the_person_meanwhile(
        self, desk: Any, url: str, count: Any, case_ends_meanwhile: Any
    ) -> None:
        goal = desk.post(url, json=SLEEP).json
        case_ends_meanwhile()

        created = desk.post(url, json={**SLEEP, "title": "Noget andet"})
        changed = desk.patch(f"/api/v1/staff/goals/{goal['id']}", json={"title": "Andet"}, headers=seen(1))

        assert (created.status_code, changed.status_code) == (404, 404)
        assert count("goal") == 1

    def test_keeps_danish_words_in_one_form(self, desk: Any, url: str) -> None:
        assert desk.post(url, json={**SLEEP, "title": "A\u030aben dør"}).json["title"] == "Åben dør"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", ""),
            ("title", "   "),
            ("title", "x" * 301),
            ("title", "x" * 20_001),
            ("title", "a\u0000b"),
            ("title", 5),
            ("origin", "system"),
            ("origin", None),
            ("id", "7"),
            ("version", 3),
            ("status", "completed"),
            ("citizen_id", "01900000-0000-7000-8000-000000000001"),
        ],
    )
    def test_refuses_bad_input_by_name_and_writes_nothing(
        self, desk: Any, url: str, count: Any, field: str, value: object
    ) -> None:
        assert refused(desk.post(url, json={**SLEEP, field: value}), field)
        assert count("goal") == 0

    def test_for_a_stranger_is_answered_like_nobody(self, desk: Any, stranger: Any, count: Any) -> None:
        theirs = f"/api/v1/staff/citizens/{stranger.id}/goals"
        nobodys = f"/api/v1/staff/citizens/{new_id()}/goals"

        assert desk.post(theirs, json=SLEEP).status_code == 404
        assert without_id(desk.post(theirs, json=SLEEP)) == without_id(desk.post(nobodys, json=SLEEP))
        assert without_id(desk.get(theirs)) == without_id(desk.get(nobodys))
        assert count("goal") == 0


class TestChangeGoal:
    def test_gives_it_another_status_and_the_next_version(self, desk: Any, url: str) -> None:
        goal = desk.post(url, json=SLEEP).json

        answer = desk.patch(
            f"/api/v1/staff/goals/{goal['id']}", json={"status": "completed"}, headers=seen(1)
        )

        assert answer.status_code == 200
        assert answer.json == {**goal, "status": "completed", "version": 2}

    def test_needs_the_version_that_was_seen(self, desk: Any, url: str) -> None:
        goal = desk.post(url, json=SLEEP).json
        where = f"/api/v1/staff/goals/{goal['id']}"

        assert desk.patch(where, json={"title": "Ro"}).status_code == 428
        assert desk.patch(where, json={"title": "Ro"}, headers=seen(2)).status_code == 412
        assert desk.get(url).json["items"] == [goal]

    @pytest.mark.parametrize(
        ("body", "field"),
        [({}, "body"), ({"status": "gone"}, "status"), ({"origin": "staff"}, "origin")],
    )
    def test_refuses_bad_input_by_name(self, desk: Any, url: str, body: dict[str, str], field: str) -> None:
        goal = desk.post(url, json=SLEEP).json

        answer = desk.patch(f"/api/v1/staff/goals/{goal['id']}", json=body, headers=seen(1))

        assert refused(answer, field)
        assert desk.get(url).json["items"] == [goal]

    def test_of_somebody_elses_is_answered_like_none(
        self, desk: Any, url: str, make_staff: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        goal = desk.post(url, json=SLEEP).json
        other = sign_in_staff(make_staff(), new_client())

        foreign = other.patch(f"/api/v1/staff/goals/{goal['id']}", json={"title": "x"}, headers=seen(1))
        unknown = other.patch(f"/api/v1/staff/goals/{new_id()}", json={"title": "x"}, headers=seen(1))

        assert foreign.status_code == 404
        assert without_id(foreign) == without_id(unknown)
        assert desk.get(url).json["items"] == [goal]

    def test_lets_one_of_two_at_once_win(self, desk: Any, url: str, superuser: Any) -> None:
        goal = desk.post(url, json=SLEEP).json
        where = f"/api/v1/staff/goals/{goal['id']}"

        with ThreadPoolExecutor(2) as pool:
            changes = [
                pool.submit(desk.patch, where, json={"title": title}, headers=seen(1))
                for title in ("Hvile", "Ro")
            ]
            answers = sorted(change.result().status_code for change in changes)

        assert answers == [200, 412]
        assert superuser.execute("SELECT version FROM goal").fetchone() == (2,)
