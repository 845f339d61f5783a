"""Who comes as a stranger gets the same answer as for what was never there."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from server.core.access import Role
from tests.appointments.people import seen, without_id
from tests.courses.people import RUN, RUNS, week

STAFF = "/api/v1/staff"
Browser = Callable[..., Any]


@pytest.fixture
def browser(make_staff: Any, make_unit: Any, sign_in_staff: Any, new_client: Any) -> Browser:
    """Somebody with these roles at a unit."""

    def signed_in(*roles: Role, slug: str = "krisecenter") -> Any:
        return sign_in_staff(make_staff(unit=make_unit(slug, slug), roles=roles), new_client())

    return signed_in


class TestAnotherUnit:
    @pytest.mark.parametrize("role", [Role.COURSE_LEADER, Role.COUNSELLOR, Role.MANAGER])
    def test_knows_no_run(self, plan: Any, browser: Browser, role: Role) -> None:
        run = plan()
        stranger = browser(role, slug="forsorgscenter")

        assert stranger.get(RUNS).json == {"items": [], "next_after": None}
        behind = stranger.get(RUNS, query_string={"after": run["id"]})
        assert without_id(behind) == without_id(stranger.get(RUNS, query_string={"after": str(uuid4())}))
        assert behind.status_code == 404
        foreign = stranger.get(f"{RUNS}/{run['id']}")
        assert without_id(foreign) == without_id(stranger.get(f"{RUNS}/{uuid4()}"))
        assert foreign.status_code == 404

    def test_enrols_nobody_here(
        self, plan: Any, browser: Browser, citizen: Any, count: Callable[[str], int]
    ) -> None:
        run, stranger = plan(), browser(Role.COURSE_LEADER, Role.COUNSELLOR, slug="forsorgscenter")
        body = {"citizen_id": str(citizen.id)}

        foreign = stranger.post(f"{RUNS}/{run['id']}/enrollments", json=body)
        unknown = stranger.post(f"{RUNS}/{uuid4()}/enrollments", json=body)

        assert without_id(foreign) == without_id(unknown)
        assert (foreign.status_code, count("enrollment")) == (404, 0)


class TestAnotherLeader:
    def test_changes_nothing_in_a_run_of_a_colleague(
        self, plan: Any, enrol: Any, citizen: Any, browser: Browser
    ) -> None:
        run, colleague = plan(), browser(Role.COURSE_LEADER)
        place = enrol(run, citizen)
        session_id, nowhere = run["sessions"][0]["id"], str(uuid4())
        entries = {"entries": [{"citizen_id": str(citizen.id), "status": "present"}]}
        move = {"starts_at": "2026-12-03T13:00:00+01:00"}
        sessions = f"{STAFF}/course-sessions"

        tries = [
            lambda of, _: colleague.patch(f"{RUNS}/{of}", json={"place": "Her"}, headers=seen(1)),
            lambda of, _: colleague.post(f"{RUNS}/{of}/people", json={"words": "Sol"}),
            lambda of, _: colleague.post(f"{RUNS}/{of}/enrollments", json={"citizen_id": str(citizen.id)}),
            lambda _, at: colleague.put(f"{sessions}/{at}/attendance", json=entries),
            lambda _, at: colleague.post(f"{sessions}/{at}/cancel", json={"reason": "x"}, headers=seen(1)),
            lambda _, at: colleague.patch(f"{sessions}/{at}", json=move, headers=seen(1)),
        ]
        for attempt in tries:
            foreign, unknown = attempt(run["id"], session_id), attempt(nowhere, nowhere)
            assert without_id(foreign) == without_id(unknown)
            assert foreign.status_code == 404
        leave = colleague.delete(f"{STAFF}/enrollments/{place['id']}")
        assert without_id(leave) == without_id(colleague.delete(f"{STAFF}/enrollments/{nowhere}"))

    def test_sees_how_many_and_not_who(self, plan: Any, enrol: Any, citizen: Any, browser: Browser) -> None:
        run = plan()
        enrol(run, citizen)

        seen_run = browser(Role.COURSE_LEADER).get(f"{RUNS}/{run['id']}")

        assert (seen_run.json["enrolled"], seen_run.json["roster"], seen_run.json["mine"]) == (1, [], False)
        assert "Solsort" not in seen_run.get_data(as_text=True)


class TestAPlaceInAnotherUnitsRun:
    def test_is_nothing_to_who_works_with_its_person_here(
        self, browser: Browser, citizen: Any, office: Any, superuser: Any
    ) -> None:
        leader = browser(Role.COURSE_LEADER, slug="rusmiddelcenter")
        foreign_run = leader.post(RUNS, json={**RUN, "code": "intro"})
        assert foreign_run.status_code == 201, foreign_run.get_data(as_text=True)
        place_id = uuid4()
        superuser.execute(
            "INSERT INTO enrollment (id, citizen_id, run_id, numbers, status, asked_at, enrolled_by, version)"
            " SELECT %s, %s, id, '{1}', 'enrolled', now(), leader_id, 1 FROM course_run",
            [place_id, citizen.id],
        )
        superuser.commit()

        foreign = office.delete(f"{STAFF}/enrollments/{place_id}")

        assert without_id(foreign) == without_id(office.delete(f"{STAFF}/enrollments/{uuid4()}"))
        assert foreign.status_code == 404


class TestCounsellor:
    def test_sees_the_own_people_alone(
        self,
        plan: Any,
        enrol: Any,
        citizen: Any,
        make_staff: Any,
        make_citizen: Any,
        centre: Any,
        office: Any,
    ) -> None:
        run = plan()
        elsewhere = make_citizen(contact=make_staff(unit=centre), alias="Kanariefugl")
        enrol(run, citizen)
        enrol(run, elsewhere)

        got = office.get(f"{RUNS}/{run['id']}")

        assert [line["alias"] for line in got.json["roster"]] == ["Solsort"]
        assert got.json["enrolled"] == 2
        assert "Kanariefugl" not in got.get_data(as_text=True)

    def test_enrols_the_own_people_alone(
        self, plan: Any, make_staff: Any, make_citizen: Any, centre: Any, citizen: Any, office: Any
    ) -> None:
        run = plan()
        elsewhere = make_citizen(contact=make_staff(unit=centre))
        url = f"{RUNS}/{run['id']}/enrollments"

        assert office.post(url, json={"citizen_id": str(citizen.id)}).status_code == 201
        foreign = office.post(url, json={"citizen_id": str(elsewhere.id)})
        unknown = office.post(url, json={"citizen_id": str(uuid4())})
        assert without_id(foreign) == without_id(unknown)
        assert foreign.status_code == 404

    def test_neither_leads_nor_searches(self, plan: Any, office: Any) -> None:
        run = plan()

        assert office.post(f"{RUNS}/{run['id']}/people", json={"words": "Sol"}).status_code == 403
        assert office.patch(f"{RUNS}/{run['id']}", json={"seats": 2}, headers=seen(1)).status_code == 403
        assert office.get(f"{STAFF}/courses/learning/report?months=6").status_code == 403

    def test_reads_the_courses_and_talks_of_the_own_people_alone(
        self, make_staff: Any, make_citizen: Any, centre: Any, office: Any, citizen: Any
    ) -> None:
        elsewhere = make_citizen(contact=make_staff(unit=centre))
        for page in ("courses", "course-paths"):
            foreign = office.get(f"{STAFF}/citizens/{elsewhere.id}/{page}")
            assert without_id(foreign) == without_id(office.get(f"{STAFF}/citizens/{uuid4()}/{page}"))
            assert foreign.status_code == 404
            assert office.get(f"{STAFF}/citizens/{citizen.id}/{page}").status_code == 200
        path = {"code": "learning", "from_on": "2026-11-24"}
        foreign = office.post(f"{STAFF}/citizens/{elsewhere.id}/course-paths", json={**path, "code": "none"})
        assert foreign.status_code == 404
        changed = office.patch(f"{STAFF}/course-paths/{uuid4()}", json={"planned": 3}, headers=seen(1))
        assert changed.status_code == 404


class TestLeader:
    def test_opens_no_record_of_who_is_in_the_run(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any
    ) -> None:
        enrol(plan(), citizen)

        for page in ("", "/goals", "/courses", "/course-paths", "/appointments", "/messages", "/check-ins"):
            assert desk.get(f"{STAFF}/citizens/{citizen.id}{page}").status_code in (403, 404, 405), page

    def test_who_is_a_counsellor_too_opens_only_the_own_people(
        self, make_staff: Any, centre: Any, citizen: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        both = make_staff(unit=centre, roles=(Role.COURSE_LEADER, Role.COUNSELLOR))
        browser = sign_in_staff(both, new_client())
        run = browser.post(RUNS, json={**RUN, "seats": 3}).json
        browser.post(f"{RUNS}/{run['id']}/enrollments", json={"citizen_id": str(citizen.id)})

        roster = browser.get(f"{RUNS}/{run['id']}").json["roster"]

        assert [(line["alias"], line["mine"]) for line in roster] == [("Solsort", False)]
        assert browser.get(f"{STAFF}/citizens/{citizen.id}").status_code == 404

    def test_finds_the_units_people_by_alias_alone(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, make_citizen: Any, make_staff: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        make_citizen(contact=make_staff(), alias="Solsort to")  # of another unit

        found = desk.post(f"{RUNS}/{run['id']}/people", json={"words": " solSORT"})

        assert found.json == {
            "items": [{"citizen_id": str(citizen.id), "alias": "Solsort", "enrolled": True}]
        }

    @pytest.mark.parametrize("part", ["sol", "Solsor", "olsort", "o%", "Sol sort"])
    def test_finds_nobody_by_a_part_of_the_alias(self, plan: Any, desk: Any, citizen: Any, part: str) -> None:
        found = desk.post(f"{RUNS}/{plan()['id']}/people", json={"words": part})

        assert (found.status_code, found.json) == (200, {"items": []})

    def test_does_not_try_names_without_end_and_leaves_a_trail(
        self, plan: Any, desk: Any, citizen: Any, count: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("server.courses.staff_views.SEARCHES", 2)
        url = f"{RUNS}/{plan()['id']}/people"

        tried = [desk.post(url, json={"words": words}).status_code for words in ("Abe", "Bi", "Cikade")]

        assert tried == [200, 200, 429]
        assert count("audit_event WHERE event = 'course-people.searched'") == 2

    def test_learns_themes_from_the_own_runs_alone(
        self,
        plan: Any,
        enrol: Any,
        attend: Any,
        citizen: Any,
        go_to: Any,
        read: Any,
        browser: Browser,
        office: Any,
    ) -> None:
        first = plan(count=1)
        enrol(first, citizen)
        go_to(week(1).replace(hour=12))
        attend(first["sessions"][0]["id"], (citizen, "present"))
        colleague = browser(Role.COURSE_LEADER)
        second = colleague.post(RUNS, json={**RUN, "first_on": "2026-12-01"}).json
        url = f"{RUNS}/{second['id']}"
        assert colleague.post(f"{url}/enrollments", json={"citizen_id": str(citizen.id)}).status_code == 201

        def covered(of: Any) -> list[bool]:
            [line] = of.get(url).json["roster"]
            return [one["covered"] for one in line["coverage"]]

        assert covered(colleague) == [False] * 5
        assert covered(office) == [True, False, False, False, False]

    def test_does_not_enrol_somebody_of_another_unit(
        self, plan: Any, desk: Any, make_citizen: Any, make_staff: Any
    ) -> None:
        run, foreign = plan(), make_citizen(contact=make_staff())
        url = f"{RUNS}/{run['id']}/enrollments"

        answer = desk.post(url, json={"citizen_id": str(foreign.id)})

        assert without_id(answer) == without_id(desk.post(url, json={"citizen_id": str(uuid4())}))
        assert answer.status_code == 404


class TestOthers:
    @pytest.mark.parametrize("role", [Role.CRISIS_LINE, Role.ANALYST, Role.ADMIN])
    def test_have_nothing_to_do_with_courses(self, plan: Any, browser: Browser, role: Role) -> None:
        run, stranger = plan(), browser(role)

        for url in (RUNS, f"{RUNS}/{run['id']}", f"{STAFF}/course-settings"):
            assert stranger.get(url).status_code == 403
        assert stranger.get(f"{STAFF}/courses/learning/report?months=6").status_code == 403

    def test_a_manager_sees_counts_and_nobody(self, plan: Any, enrol: Any, citizen: Any, bureau: Any) -> None:
        run = plan()
        enrol(run, citizen)

        got = bureau.get(f"{RUNS}/{run['id']}")

        assert (got.json["enrolled"], got.json["roster"], got.json["waiting_list"]) == (1, [], [])
        assert bureau.get(f"{STAFF}/citizens/{citizen.id}/courses").status_code == 403

    def test_a_report_of_another_centres_course_is_like_none(self, bureau: Any) -> None:
        foreign = bureau.get(f"{STAFF}/courses/intro/report?months=6")

        assert without_id(foreign) == without_id(bureau.get(f"{STAFF}/courses/nothing/report?months=6"))
        assert foreign.status_code == 404


class TestMany:
    def test_runs_and_people_cost_no_more_statements_than_one(
        self, plan: Any, enrol: Any, desk: Any, make_citizen: Any, counsellor: Any, statements: Any
    ) -> None:
        first = plan()
        enrol(first, make_citizen(contact=counsellor))
        with statements() as few:
            desk.get(RUNS)
            desk.get(f"{RUNS}/{first['id']}")

        for _ in range(3):
            run = plan(first_on="2026-12-01")
            enrol(run, make_citizen(contact=counsellor))
            enrol(first, make_citizen(contact=counsellor))
        with statements() as many:
            desk.get(RUNS)
            desk.get(f"{RUNS}/{first['id']}")

        assert len(many) == len(few)
