"""A run is planned with all its sessions, at the same time on a Danish wall."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from server.core.access import Role
from tests.appointments.people import refused, seen, without_id
from tests.courses.people import RUN, RUNS, THEMES


class TestPlanRun:
    def test_makes_one_session_a_week_with_the_themes_in_their_order(self, plan: Any) -> None:
        run = plan()

        assert [session["theme"] for session in run["sessions"]] == list(THEMES)
        assert [session["starts_local"] for session in run["sessions"]] == [
            f"2026-{day}T10:00" for day in ("11-24", "12-01", "12-08", "12-15", "12-22")
        ]
        assert (run["status"], run["seats"], run["free"], run["mine"]) == ("planned", 8, 8, True)
        assert run["next"]["number"] == 1

    def test_keeps_the_clock_time_when_summer_time_begins(self, plan: Any) -> None:
        run = plan(first_on="2027-03-23", count=2)

        assert [session["starts_at"] for session in run["sessions"]] == [
            "2027-03-23T09:00:00Z",
            "2027-03-30T08:00:00Z",
        ]

    def test_refuses_a_clock_time_that_summer_time_skips(self, desk: Any) -> None:
        body = {**RUN, "first_on": "2027-03-21", "weekdays": [7], "at": "02:30", "count": 2}

        assert refused(desk.post(RUNS, json=body), "at")

    def test_leaves_out_the_days_that_are_skipped(self, plan: Any) -> None:
        run = plan(skip=["2026-12-01"], count=2)

        assert [session["starts_local"][:10] for session in run["sessions"]] == ["2026-11-24", "2026-12-08"]

    def test_takes_the_themes_that_are_named(self, plan: Any) -> None:
        run = plan(count=2, themes=["law", "violence"])

        assert [session["theme"] for session in run["sessions"]] == ["law", "violence"]

    def test_writes_down_a_group_that_meets_already(self, plan: Any) -> None:
        run = plan(first_on="2026-11-10")

        assert run["next"]["number"] == 3

    def test_plans_the_same_request_once(self, desk: Any) -> None:
        run_id = str(uuid4())

        first = desk.post(RUNS, json={**RUN, "id": run_id})
        again = desk.post(RUNS, json={**RUN, "id": run_id})
        other = desk.post(RUNS, json={**RUN, "id": run_id, "seats": 9})

        assert first.json == again.json
        assert len(desk.get(RUNS).json["items"]) == 1
        assert (other.status_code, other.json["code"]) == (409, "id-taken")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("seats", 0),
            ("seats", 41),
            ("weekdays", []),
            ("weekdays", [8]),
            ("at", "25:00"),
            ("count", 27),
            ("minutes", 5),
            ("first_on", "2026-01-01"),
            ("place", "to\nlinjer"),
        ],
    )
    def test_refuses_what_cannot_be(self, desk: Any, field: str, value: Any) -> None:
        answer = desk.post(RUNS, json={**RUN, field: value})

        assert answer.status_code == 422, answer.json
        assert any(name.startswith(field) for name in answer.json["errors"])

    def test_refuses_a_theme_that_the_course_has_not(self, desk: Any) -> None:
        assert refused(desk.post(RUNS, json={**RUN, "themes": ["anger"]}), "themes.0")

    def test_refuses_a_leader_who_leads_no_courses(self, desk: Any, counsellor: Any) -> None:
        assert refused(desk.post(RUNS, json={**RUN, "leader_id": str(counsellor.id)}), "leader_id")

    def test_knows_no_course_of_another_centre(self, desk: Any) -> None:
        unknown = desk.post(RUNS, json={**RUN, "code": "no-such"})
        foreign = desk.post(RUNS, json={**RUN, "code": "intro"})

        assert unknown.status_code == foreign.status_code == 404
        assert unknown.json["code"] == foreign.json["code"]


class TestTalks:
    def test_are_not_planned_as_a_run(
        self,
        make_staff: Callable[..., Any],
        sign_in_staff: Callable[..., Any],
        new_client: Callable[..., Any],
    ) -> None:
        desk = sign_in_staff(make_staff(roles=(Role.COURSE_LEADER,)), new_client())

        assert refused(desk.post(RUNS, json={**RUN, "code": "structured"}), "code")


class TestChangeRun:
    def test_changes_the_place_for_the_phones_too(
        self, desk: Any, plan: Any, enrol: Any, citizen: Any, hand: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)

        answer = desk.patch(f"{RUNS}/{run['id']}", json={"place": "Loftet"}, headers=seen(1))

        assert answer.json["place"] == "Loftet"
        assert {session["place"] for session in hand.mine().values()} == {"Loftet"}

    def test_does_not_take_away_seats_that_are_taken(
        self, desk: Any, plan: Any, enrol: Any, citizen: Any, other: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        enrol(run, other)

        assert refused(desk.patch(f"{RUNS}/{run['id']}", json={"seats": 1}, headers=seen(1)), "seats")

    def test_gives_more_seats_to_who_waits(
        self, desk: Any, plan: Any, enrol: Any, citizen: Any, other: Any
    ) -> None:
        run = plan(seats=1)
        enrol(run, citizen)
        enrol(run, other)

        answer = desk.patch(f"{RUNS}/{run['id']}", json={"seats": 2}, headers=seen(1))

        assert [line["alias"] for line in answer.json["roster"]] == ["Gærdesmutte", "Solsort"]
        assert answer.json["waiting_list"] == []

    def test_is_refused_if_somebody_changed_it_first(self, desk: Any, plan: Any) -> None:
        run = plan()
        url = f"{RUNS}/{run['id']}"

        assert desk.patch(url, json={"place": "Loftet"}, headers=seen(1)).status_code == 200
        assert desk.patch(url, json={"place": "Kælderen"}, headers=seen(1)).status_code == 412

    def test_does_not_end_with_sessions_ahead(self, desk: Any, plan: Any) -> None:
        run = plan()

        answer = desk.patch(f"{RUNS}/{run['id']}", json={"status": "ended"}, headers=seen(1))

        assert (answer.status_code, answer.json["code"]) == (409, "sessions-ahead")
        assert desk.get(f"{RUNS}/{run['id']}").json["version"] == 1

    def test_hands_a_run_over_with_its_people(
        self,
        desk: Any,
        plan: Any,
        enrol: Any,
        citizen: Any,
        centre: Any,
        make_staff: Callable[..., Any],
        sign_in_staff: Callable[..., Any],
        new_client: Callable[..., Any],
    ) -> None:
        run = plan()
        enrol(run, citizen)
        next_leader = make_staff(unit=centre, roles=(Role.COURSE_LEADER,))

        desk.patch(f"{RUNS}/{run['id']}", json={"leader_id": str(next_leader.id)}, headers=seen(1))

        assert desk.get(f"{RUNS}/{run['id']}").json["roster"] == []
        browser = sign_in_staff(next_leader, new_client())
        assert [line["alias"] for line in browser.get(f"{RUNS}/{run['id']}").json["roster"]] == ["Solsort"]


class TestHandOver:
    def test_is_done_by_the_manager_when_the_leader_is_ill(
        self,
        plan: Any,
        enrol: Any,
        citizen: Any,
        bureau: Any,
        centre: Any,
        make_staff: Callable[..., Any],
        sign_in_staff: Callable[..., Any],
        new_client: Callable[..., Any],
    ) -> None:
        run = plan()
        enrol(run, citizen)
        stand_in = make_staff(unit=centre, roles=(Role.COURSE_LEADER,))

        given = bureau.patch(f"{RUNS}/{run['id']}", json={"leader_id": str(stand_in.id)}, headers=seen(1))

        assert (given.status_code, given.json["roster"]) == (200, [])
        browser = sign_in_staff(stand_in, new_client())
        session = browser.get(f"{RUNS}/{run['id']}").json["sessions"][0]
        cancelled = browser.post(
            f"/api/v1/staff/course-sessions/{session['id']}/cancel",
            json={"reason": "Sygdom"},
            headers=seen(session["revision"]),
        )
        assert cancelled.status_code == 200

    def test_lets_the_manager_do_nothing_else(self, plan: Any, bureau: Any, leader: Any) -> None:
        url = f"{RUNS}/{plan()['id']}"

        for change in ({"seats": 3}, {"place": "Her"}, {"status": "cancelled"}):
            assert bureau.patch(url, json=change, headers=seen(1)).status_code == 404
            both = {**change, "leader_id": str(leader.id)}
            assert bureau.patch(url, json=both, headers=seen(1)).status_code == 404

    def test_is_never_to_oneself(
        self,
        plan: Any,
        centre: Any,
        make_staff: Callable[..., Any],
        sign_in_staff: Callable[..., Any],
        new_client: Callable[..., Any],
    ) -> None:
        run = plan()
        both = make_staff(unit=centre, roles=(Role.COURSE_LEADER, Role.MANAGER))
        browser = sign_in_staff(both, new_client())

        answer = browser.patch(f"{RUNS}/{run['id']}", json={"leader_id": str(both.id)}, headers=seen(1))

        assert refused(answer, "leader_id")

    def test_is_not_for_the_manager_of_another_centre(
        self,
        plan: Any,
        make_staff: Callable[..., Any],
        sign_in_staff: Callable[..., Any],
        new_client: Callable[..., Any],
    ) -> None:
        stranger = make_staff(roles=(Role.MANAGER,))
        browser = sign_in_staff(stranger, new_client())
        body = {"leader_id": str(stranger.id)}

        foreign = browser.patch(f"{RUNS}/{plan()['id']}", json=body, headers=seen(1))

        assert without_id(foreign) == without_id(
            browser.patch(f"{RUNS}/{uuid4()}", json=body, headers=seen(1))
        )
        assert foreign.status_code == 404


class TestList:
    def test_shows_what_is_over_a_page_at_a_time_and_all_that_goes_on(
        self, plan: Any, desk: Any, superuser: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("server.courses.reading.PAGE", 2)
        firsts = ("2026-09-01", "2026-09-08", "2026-09-15", "2026-09-22", "2026-09-29")
        over = [plan(first_on=first, count=1)["id"] for first in firsts]
        superuser.execute("UPDATE course_run SET status = 'ended'")
        superuser.commit()
        ahead = [plan(first_on=first)["id"] for first in ("2026-12-01", "2026-11-24", "2026-12-08")]

        pages: list[list[str]] = []
        after = None
        while not pages or after:
            page = desk.get(RUNS, query_string={"after": after} if after else {}).json
            pages.append([run["id"] for run in page["items"]])
            after = page["next_after"]

        assert pages == [
            [ahead[1], ahead[0], ahead[2], over[4], over[3]],
            [over[2], over[1]],
            [over[0]],
        ]
