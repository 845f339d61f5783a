"""Each centre decides the counts of its courses and names its own themes."""

from typing import Any

import pytest

from tests.appointments.people import refused, seen
from tests.courses.people import RUN, RUNS

URL = "/api/v1/staff/course-settings"


def setting(browser: Any, code: str = "learning") -> dict[str, Any]:
    """What holds for a course now."""
    [found] = [one for one in browser.get(URL).json["items"] if one["code"] == code]
    return dict(found)


class TestSettings:
    def test_are_the_contents_until_something_is_decided(self, bureau: Any) -> None:
        [only] = bureau.get(URL).json["items"]

        assert (only["code"], only["kind"], only["sessions"], only["version"]) == (
            "learning",
            "rolling",
            5,
            0,
        )
        assert [theme["title"] for theme in only["themes"]] == [None] * 5

    def test_name_the_themes_of_runs_planned_from_then_on(
        self, bureau: Any, desk: Any, plan: Any, enrol: Any, citizen: Any, hand: Any
    ) -> None:
        before = plan(count=2)
        body = {
            "code": "learning",
            "sessions": 4,
            "themes": [{"id": "law", "title": "Hjælp fra loven"}, {"title": "Ro i kroppen"}],
        }

        decided = bureau.put(URL, json=body, headers=seen(0))

        assert decided.status_code == 200, decided.json
        own = decided.json["themes"][1]
        assert own["id"].startswith("own-")
        after = desk.post(RUNS, json={**RUN, "count": 2}).json
        assert [(one["theme"], one["theme_title"]) for one in after["sessions"]] == [
            ("law", "Hjælp fra loven"),
            (own["id"], "Ro i kroppen"),
        ]
        assert desk.get(f"{RUNS}/{before['id']}").json["sessions"][0]["theme_title"] is None
        enrol(after, citizen)
        assert {one["theme_title"] for one in hand.mine().values()} == {"Hjælp fra loven", "Ro i kroppen"}

    def test_keep_the_id_of_an_own_theme_when_it_is_renamed(self, bureau: Any) -> None:
        body = {"code": "learning", "sessions": 5, "themes": [{"title": "Ro i kroppen"}]}
        [own] = bureau.put(URL, json=body, headers=seen(0)).json["themes"]

        again = bureau.put(URL, json={**body, "themes": [{"id": own["id"], "title": "Ro"}]}, headers=seen(1))

        assert again.json["themes"] == [{"id": own["id"], "title": "Ro"}]

    def test_are_not_decided_over_what_somebody_else_decided(self, bureau: Any) -> None:
        body = {"code": "learning", "sessions": 4, "themes": []}

        assert bureau.put(URL, json=body, headers=seen(0)).status_code == 200
        assert bureau.put(URL, json=body, headers=seen(0)).status_code == 412

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"sessions": None}, "sessions"),
            ({"talks_min": 3, "talks_max": 4}, "talks_min"),
            ({"talks_min": 3}, "talks_max"),
            ({"themes": [{"id": "mine"}]}, "themes.0.title"),
            ({"themes": [{"id": "law"}, {"id": "law"}]}, "themes.1.id"),
        ],
    )
    def test_refuse_what_does_not_fit(self, bureau: Any, change: dict[str, Any], field: str) -> None:
        body = {"code": "learning", "sessions": 5, "themes": [], **change}

        assert refused(bureau.put(URL, json=body, headers=seen(0)), field)

    def test_are_read_by_the_leader_and_decided_by_the_manager_alone(self, desk: Any, office: Any) -> None:
        body = {"code": "learning", "sessions": 5, "themes": []}

        assert setting(desk) == setting(office)
        assert desk.put(URL, json=body, headers=seen(0)).status_code == 403
        assert office.put(URL, json=body, headers=seen(0)).status_code == 403
