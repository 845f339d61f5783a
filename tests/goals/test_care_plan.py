"""The plan of the effort: written by a counsellor, read by the person, every version kept."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.appointments.people import refused, seen, without_id
from tests.sync.pushing import Sender

PLAN = "/api/v1/staff/citizens/{}/care-plan"
PHASES = "/api/v1/staff/citizens/{}/phases"
UNKNOWN = "01890000-0000-7000-8000-000000000000"
WRITTEN = {
    "background": "Kom selv i november.",
    "needs": "Ro om natten.",
    "purpose": "At drikke mindre.",
    "effort": "En samtale om ugen.",
    "methods": ["alcohol"],
    "children": "at-home",
    "review_on": "2027-02-01",
}


@pytest.fixture
def url(citizen: Any) -> str:
    """Where the citizen's plan is."""
    return PLAN.format(citizen.id)


@pytest.fixture
def write(desk: Any, url: str) -> Callable[..., Any]:
    """Write the plan over the version that was seen."""
    return lambda version=0, **other: desk.put(url, json={**WRITTEN, **other}, headers=seen(version))


class TestWriting:
    def test_shows_an_empty_plan_and_what_the_centre_offers(self, desk: Any, url: str) -> None:
        shown = desk.get(url).json

        assert (shown["version"], shown["needs"], shown["children"]) == (0, None, "not-asked")
        assert "alcohol" in shown["offered_methods"]
        assert shown["offered_phases"] == []  # only the homeless centre has any

    def test_is_read_by_colleague_and_person_as_it_was_written(
        self, desk: Any, url: str, write: Callable[..., Any], phone: Any, citizen: Any
    ) -> None:
        written = write().json

        assert {name: written[name] for name in WRITTEN} == WRITTEN
        assert (written["version"], written["written_by_name"]) == (1, "Karen Kontakt")
        assert desk.get(url).json == written
        [held] = Sender(phone).pull("care_plan").items()
        assert held[0] == str(citizen.id)
        assert {name: held[1][name] for name in WRITTEN} == WRITTEN

    def test_of_two_at_once_the_second_is_told(self, write: Callable[..., Any], desk: Any, url: str) -> None:
        write()

        late = write(0, needs="Noget andet.")

        assert late.status_code == 412
        assert desk.get(url).json["needs"] == WRITTEN["needs"]

    def test_keeps_every_version(self, write: Callable[..., Any], superuser: Any) -> None:
        write()
        write(1, needs="Mere ro om natten.")

        kept = superuser.execute("SELECT version FROM care_plan ORDER BY version").fetchall()
        assert kept == [(1,), (2,)]

    def test_stands_in_no_table_in_clear(self, write: Callable[..., Any], superuser: Any) -> None:
        write(
            background="kanariefugl-a", needs="kanariefugl-b", purpose="kanariefugl-c", effort="kanariefugl-d"
        )

        rows = superuser.execute("SELECT string_agg(t::text, ' ') FROM care_plan t").fetchone()[0]
        assert "kanariefugl" not in rows

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"methods": ["hostel"]}, "methods"),  # another centre's
            ({"methods": ["alcohol", "alcohol"]}, "methods"),
            ({"needs": "x" * 4001}, "needs"),
            ({"purpose": "a\x00b"}, "purpose"),
            ({"children": "yes"}, "children"),
            ({"review_on": "2027-02-30"}, "review_on"),
            ({"surprise": 1}, "surprise"),
        ],
    )
    def test_refuses_by_name_and_writes_nothing(
        self, write: Callable[..., Any], wrong: dict[str, Any], field: str, count: Callable[[str], int]
    ) -> None:
        assert refused(write(**wrong), field)
        assert count("care_plan") == 0

    def test_needs_to_know_what_was_seen(self, desk: Any, url: str) -> None:
        assert desk.put(url, json=WRITTEN).status_code == 428

    def test_is_on_the_trail_when_read_and_when_written(
        self, write: Callable[..., Any], desk: Any, url: str, superuser: Any
    ) -> None:
        write()
        desk.get(url)

        found = superuser.execute(
            "SELECT event FROM audit_event WHERE event LIKE 'care-plan%' AND relation_id IS NOT NULL"
        ).fetchall()
        assert sorted(found) == [("care-plan.read",), ("care-plan.written",)]


class TestPhases:
    @pytest.fixture
    def citizen(
        self, make_unit: Callable[..., Any], make_staff: Callable[..., Any], make_citizen: Callable[..., Any]
    ) -> Any:
        """Somebody at the homeless centre, whose content names phases."""
        self.contact = make_staff(unit=make_unit(slug="forsorgscenter"), name="Hanne Hjem")
        return make_citizen(contact=self.contact, alias="Lærke")

    @pytest.fixture
    def counsellor(self, citizen: Any) -> Any:
        """The contact person there."""
        return self.contact

    def test_stand_newest_first_and_none_is_lost(self, desk: Any, citizen: Any, phone: Any) -> None:
        url = PHASES.format(citizen.id)

        for code, day in (("assessment", "2026-11-01"), ("work", "2026-11-20"), ("assessment", "2026-11-22")):
            assert desk.post(url, json={"code": code, "from_on": day}).status_code == 200

        shown = desk.get(PLAN.format(citizen.id)).json
        assert shown["offered_phases"] == ["assessment", "work", "closing"]
        assert [step["code"] for step in shown["phases"]] == ["assessment", "work", "assessment"]
        [held] = Sender(phone).pull("care_plan").values()
        assert [step["code"] for step in held["phases"]] == ["assessment", "work", "assessment"]

    def test_of_a_wrong_day_is_put_right(self, desk: Any, citizen: Any) -> None:
        for day in ("2026-11-01", "2026-11-10"):
            shown = desk.post(PHASES.format(citizen.id), json={"code": "work", "from_on": day}).json

        assert [step["from_on"] for step in shown["phases"]] == ["2026-11-10", "2026-11-01"]

    def test_of_today_is_taken_just_after_a_danish_midnight(
        self, desk: Any, citizen: Any, go_to: Any
    ) -> None:
        go_to(datetime(2026, 11, 23, 23, 30, tzinfo=UTC))  # half past midnight on the wall

        answer = desk.post(PHASES.format(citizen.id), json={"code": "work", "from_on": "2026-11-24"})

        assert answer.status_code == 200

    def test_can_end_without_another(self, desk: Any, citizen: Any) -> None:
        url = PHASES.format(citizen.id)
        desk.post(url, json={"code": "work", "from_on": "2026-11-01"})

        shown = desk.post(url, json={"code": None, "from_on": "2026-11-22"}).json

        assert [step["code"] for step in shown["phases"]] == [None, "work"]

    def test_said_twice_is_said_once(self, desk: Any, citizen: Any, count: Callable[[str], int]) -> None:
        for _ in range(2):
            desk.post(PHASES.format(citizen.id), json={"code": "work", "from_on": "2026-11-01"})

        assert count("phase") == 1

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"code": "happy", "from_on": "2026-11-01"}, "code"),
            ({"code": "work", "from_on": "2027-11-01"}, "from_on"),
            ({"code": "work"}, "from_on"),
        ],
    )
    def test_refuses_by_name(self, desk: Any, citizen: Any, wrong: dict[str, Any], field: str) -> None:
        assert refused(desk.post(PHASES.format(citizen.id), json=wrong), field)


def test_the_day_to_look_again_stands_on_the_list_of_today_and_no_earlier(
    desk: Any, citizen: Any, write: Callable[..., Any], go_to: Any
) -> None:
    def listed() -> list[tuple[str, str]]:
        found = desk.get("/api/v1/staff/today").json["items"]
        return [(one["kind"], one["link"]) for one in found if one["kind"] == "review-due"]

    write(review_on="2026-12-01")

    go_to(datetime(2026, 11, 30, 10, tzinfo=UTC))
    assert listed() == []
    go_to(datetime(2026, 12, 1, 10, tzinfo=UTC))
    assert listed() == [("review-due", f"/staff/people/{citizen.id}/care-plan")]


def test_a_centre_without_phases_takes_none(desk: Any, citizen: Any) -> None:
    answer = desk.post(PHASES.format(citizen.id), json={"code": "work", "from_on": "2026-11-01"})

    assert refused(answer, "code")


@pytest.mark.parametrize("path", [PLAN, PHASES])
def test_a_strangers_plan_is_answered_as_if_there_were_none(desk: Any, stranger: Any, path: str) -> None:
    def ask(citizen_id: Any) -> list[Any]:
        url = path.format(citizen_id)
        answers = [desk.get(url), desk.put(url, json=WRITTEN, headers=seen(0))] if path == PLAN else []
        answers.append(desk.post(PHASES.format(citizen_id), json={"code": None, "from_on": "2026-11-01"}))
        return [without_id(answer) for answer in answers]

    assert ask(stranger.id) == ask(UNKNOWN)
    assert {status for status, _ in ask(stranger.id)} == {404}
