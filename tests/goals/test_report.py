"""Levels written down together, and the report with its figure, which no phone is ever sent."""

from typing import Any

import pytest

from tests.appointments.people import refused, seen, without_id
from tests.goals.people import Way
from tests.sync.pushing import PULL

LEVELS = ["Drikker hver dag", "Fire dage", "To dage om ugen", "Kun lørdag", "Slet ikke"]
SCALING = {"importance": 3, "difficulty": 2, "baseline": -1, "reached": None, "levels": LEVELS}


@pytest.fixture
def report(url: str) -> str:
    """Where the citizen's report is."""
    return url.replace("goals", "goal-report")


class TestScaling:
    def test_is_written_at_the_desk_and_shown_on_the_phone_in_the_persons_words(self, way: Way) -> None:
        answer = way.desk.put(f"{way.here}/scaling", json=SCALING, headers=seen(1))

        assert (answer.status_code, answer.json["scaling"], answer.json["version"]) == (200, SCALING, 2)
        assert way.on_phone()["scaling"] == SCALING
        assert way.kinds_at_desk() == []

    def test_tells_the_history_of_a_level_that_is_reached(self, way: Way) -> None:
        way.desk.put(f"{way.here}/scaling", json={**SCALING, "reached": 1}, headers=seen(1))
        way.desk.put(f"{way.here}/scaling", json={**SCALING, "reached": 1}, headers=seen(2))

        assert [(one["kind"], one["level"]) for one in way.at_desk()["events"]] == [("level", 1)]

    def test_may_stay_open_in_every_part(self, way: Way) -> None:
        some = {"importance": None, "difficulty": None, "baseline": None, "reached": None}
        half = {**some, "levels": [None, None, "To dage", None, None]}
        none = {**some, "levels": [None] * 5}

        assert way.desk.put(f"{way.here}/scaling", json=half, headers=seen(1)).json["scaling"] == half
        assert way.desk.put(f"{way.here}/scaling", json=none, headers=seen(2)).json["scaling"] is None

    def test_needs_the_version_that_was_seen(self, way: Way) -> None:
        assert way.desk.put(f"{way.here}/scaling", json=SCALING).status_code == 428
        assert way.desk.put(f"{way.here}/scaling", json=SCALING, headers=seen(2)).status_code == 412
        assert way.at_desk()["goal"]["scaling"] is None

    @pytest.mark.parametrize(
        ("field", "value", "named"),
        [
            ("importance", 4, "importance"),
            ("importance", -1, "importance"),
            ("difficulty", "2", "difficulty"),
            ("baseline", -3, "baseline"),
            ("reached", 3, "reached"),
            ("levels", LEVELS[:4], "levels"),
            ("levels", [*LEVELS, "Mere"], "levels"),
            ("levels", ["to\nlinjer", *LEVELS[1:]], "levels.0"),
            ("levels", ["x" * 301, *LEVELS[1:]], "levels.0"),
            ("levels", None, "levels"),
            ("t_score", 50, "t_score"),
        ],
    )
    def test_refuses_bad_input_by_name(self, way: Way, field: str, value: object, named: str) -> None:
        answer = way.desk.put(f"{way.here}/scaling", json={**SCALING, field: value}, headers=seen(1))

        assert refused(answer, named)
        assert way.at_desk()["goal"]["scaling"] is None

    def test_words_are_sealed_in_the_database(self, way: Way, superuser: Any) -> None:
        way.desk.put(f"{way.here}/scaling", json=SCALING, headers=seen(1))
        way.tells("note", text="Drikker hver dag")
        way.sends(way.step("Drikker hver dag"))

        for table in ("goal", "goal_event", "goal_step"):
            stored = superuser.execute(f"SELECT array_agg(t::text)::text FROM {table} t").fetchone()[0]
            assert "Drikker" not in stored
            assert b"Drikker".hex() not in stored


class TestReport:
    def test_gives_t_at_the_start_and_now_over_the_goals_that_have_both_levels(
        self, way: Way, report: str, url: str
    ) -> None:
        way.desk.put(f"{way.here}/scaling", json={**SCALING, "reached": 0}, headers=seen(1))
        other = way.desk.post(url, json={"title": "Ringe til min søster", "origin": "citizen"}).json["id"]
        one = {**SCALING, "importance": 1, "difficulty": 1, "baseline": -2, "reached": 1}
        way.desk.put(f"/api/v1/staff/goals/{other}/scaling", json=one, headers=seen(1))
        way.desk.post(url, json={"title": "Uden trin", "origin": "citizen"})

        found = way.desk.get(report).json

        assert found["t_score"] == {"baseline": 37.4, "reached": 51.6, "change": 14.2}
        assert sorted((goal["title"], goal["weight"]) for goal in found["goals"]) == [
            ("Ringe til min søster", 1),
            ("Sove om natten", 6),
            ("Uden trin", None),
        ]

    def test_has_no_figure_without_such_a_goal(self, way: Way, report: str) -> None:
        assert way.desk.get(report).json["t_score"] is None

        nothing = {**SCALING, "importance": 0, "reached": 2}
        way.desk.put(f"{way.here}/scaling", json=nothing, headers=seen(1))

        found = way.desk.get(report).json
        assert (found["t_score"], [goal["weight"] for goal in found["goals"]]) == (None, [0])

    def test_leaves_out_what_the_person_has_not_said_yes_to(
        self, desk: Any, report: str, suggestion: str
    ) -> None:
        one = {**SCALING, "reached": 2}
        desk.put(f"/api/v1/staff/goals/{suggestion}/scaling", json=one, headers=seen(1))

        assert desk.get(report).json == {"goals": [], "t_score": None}

    def test_is_on_the_trail(self, desk: Any, report: str, citizen: Any, superuser: Any) -> None:
        desk.get(report)

        read = "SELECT citizen_id FROM audit_event WHERE event = 'goal-report.read'"
        assert superuser.execute(read).fetchall() == [(citizen.id,)]

    def test_of_somebody_else_is_answered_like_none(
        self, way: Way, report: str, other_desk: Any, unknown: str
    ) -> None:
        nobodys = f"/api/v1/staff/citizens/{unknown}/goal-report"
        nowhere = f"/api/v1/staff/goals/{unknown}/scaling"

        for one, none in (
            (other_desk.get(report), other_desk.get(nobodys)),
            (
                other_desk.put(f"{way.here}/scaling", json=SCALING, headers=seen(1)),
                other_desk.put(nowhere, json=SCALING, headers=seen(1)),
            ),
        ):
            assert one.status_code == 404
            assert without_id(one) == without_id(none)

    def test_is_not_for_phones_and_no_phone_is_sent_its_figure(self, way: Way, report: str) -> None:
        way.desk.put(f"{way.here}/scaling", json={**SCALING, "reached": 0}, headers=seen(1))
        t_score = way.desk.get(report).json["t_score"]

        pulled = way.sender.browser.get(PULL).get_data(as_text=True)

        assert way.sender.browser.get(report).status_code == 401
        assert t_score == {"baseline": 40.0, "reached": 50.0, "change": 10.0}
        assert "t_score" not in pulled
        assert not any(f"{figure}" in pulled for figure in t_score.values())
