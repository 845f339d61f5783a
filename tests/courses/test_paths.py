"""Talks of one kind: agreed with one person, counted from the appointments, told to the phone."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from psycopg.errors import UniqueViolation

from tests.appointments.people import refused, seen
from tests.conftest import NOW
from tests.courses.people import Phone


@pytest.fixture
def helper(make_staff: Callable[..., Any]) -> Any:
    """A counsellor at the substance-misuse centre, where courses are talks."""
    return make_staff(name="Karen Kontakt")


@pytest.fixture
def client_here(make_citizen: Callable[..., Any], helper: Any) -> Any:
    """Somebody this counsellor works with."""
    return make_citizen(contact=helper, alias="Vibe")


@pytest.fixture
def table(helper: Any, sign_in_staff: Callable[..., Any], new_client: Callable[..., Any]) -> Any:
    """The counsellor's browser."""
    return sign_in_staff(helper, new_client())


def url_of(person: Any) -> str:
    """Where a person's talks stand."""
    return f"/api/v1/staff/citizens/{person.id}/course-paths"


class TestPath:
    def test_follows_the_course_unless_something_else_is_agreed(self, table: Any, client_here: Any) -> None:
        begun = table.post(url_of(client_here), json={"code": "structured", "from_on": "2026-08-31"})

        assert begun.status_code == 201, begun.json
        assert (begun.json["planned"], begun.json["evaluate_on"]) == (13, "2027-02-28")

    def test_counts_the_talks_that_were_held_since(self, table: Any, client_here: Any, go_to: Any) -> None:
        table.post(url_of(client_here), json={"code": "supportive", "from_on": "2026-11-24"})
        talks = f"/api/v1/staff/citizens/{client_here.id}/appointments"
        held = [("2026-11-23T12:00:00+01:00", "talk"), ("2026-11-24T12:00:00+01:00", "talk")]
        held += [("2026-11-25T12:00:00+01:00", "doctor"), ("2026-11-26T12:00:00+01:00", "first-talk")]
        booked = [
            table.post(
                talks,
                json={
                    "starts_at": starts_at,
                    "duration_minutes": 45,
                    "kind": kind,
                    "mode": "in-person",
                },
            ).json
            for starts_at, kind in held
        ]
        go_to(NOW.replace(day=27))
        for one in booked:
            answer = table.post(f"/api/v1/staff/appointments/{one['id']}/held", headers=seen(1))
            assert answer.status_code == 200, answer.json

        [path] = table.get(url_of(client_here)).json["items"]

        assert (path["code"], path["held"]) == ("supportive", 2)

    def test_is_told_to_the_phone(
        self, table: Any, helper: Any, client_here: Any, pair: Any, new_client: Any
    ) -> None:
        hand = Phone(pair(client_here, helper, new_client()))
        begun = table.post(url_of(client_here), json={"code": "supportive", "from_on": "2026-11-24"}).json

        assert hand.pull("course_path") == {begun["id"]: begun}

    def test_is_not_begun_twice(self, table: Any, client_here: Any) -> None:
        body = {"id": str(uuid4()), "code": "supportive", "from_on": "2026-11-24"}

        first, again = (table.post(url_of(client_here), json=body) for _ in range(2))
        other = table.post(url_of(client_here), json={**body, "id": str(uuid4())})

        assert first.json == again.json
        assert (other.status_code, other.json["code"]) == (409, "path-runs")

    def test_is_changed_and_ended_by_who_saw_it_last(self, table: Any, client_here: Any) -> None:
        path = table.post(url_of(client_here), json={"code": "supportive", "from_on": "2026-11-24"}).json
        url = f"/api/v1/staff/course-paths/{path['id']}"

        assert table.patch(url, json={"planned": 7}, headers=seen(1)).json["planned"] == 7
        assert table.patch(url, json={"planned": 6}, headers=seen(1)).status_code == 412
        assert refused(table.patch(url, json={"evaluate_on": "2026-01-01"}, headers=seen(2)), "evaluate_on")
        assert table.patch(url, json={"status": "ended"}, headers=seen(2)).json["status"] == "ended"
        again = table.post(url_of(client_here), json={"code": "supportive", "from_on": "2026-12-01"})
        assert again.status_code == 201

    def test_does_not_go_on_again_beside_another_of_its_kind(
        self, table: Any, client_here: Any, superuser: Any
    ) -> None:
        first = table.post(url_of(client_here), json={"code": "supportive", "from_on": "2026-11-24"}).json
        url = f"/api/v1/staff/course-paths/{first['id']}"
        table.patch(url, json={"status": "ended"}, headers=seen(1))
        second = table.post(url_of(client_here), json={"code": "supportive", "from_on": "2026-12-01"}).json

        again = table.patch(url, json={"status": "active"}, headers=seen(2))

        assert (again.status_code, again.json["code"]) == (409, "path-runs")
        with pytest.raises(UniqueViolation):
            superuser.execute("UPDATE course_path SET status = 'active'")
        superuser.rollback()
        table.patch(f"/api/v1/staff/course-paths/{second['id']}", json={"status": "ended"}, headers=seen(1))
        assert table.patch(url, json={"status": "active"}, headers=seen(2)).json["status"] == "active"

    def test_of_a_group_is_refused(self, table: Any, client_here: Any) -> None:
        assert refused(
            table.post(url_of(client_here), json={"code": "intro", "from_on": "2026-11-24"}), "code"
        )

    def test_has_no_number_where_the_source_names_none(self, table: Any, client_here: Any) -> None:
        begun = table.post(url_of(client_here), json={"code": "clarification", "from_on": "2026-11-24"})

        assert (begun.json["planned"], begun.json["evaluate_on"]) == (None, None)
