"""Who came, in one call for the whole screen; and what it says about the themes, over all runs."""

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.courses.coverage import covered
from server.courses.models import Presence
from tests.courses.people import THEMES, week

SESSIONS = "/api/v1/staff/course-sessions"
said = st.lists(st.tuples(st.sampled_from((*THEMES, None, "an old theme")), st.sampled_from(Presence)))


class TestCoverage:
    @given(been=said)
    def test_is_a_theme_somebody_was_present_at_once(self, been: list[tuple[str | None, Presence]]) -> None:
        found = covered(THEMES, been)

        assert list(found) == list(THEMES)
        assert {theme for theme in THEMES if found[theme]} == {
            theme for theme in THEMES if (theme, Presence.PRESENT) in been
        }

    @given(been=said, more=said)
    def test_never_shrinks_by_what_comes_later(
        self, been: list[tuple[str | None, Presence]], more: list[tuple[str | None, Presence]]
    ) -> None:
        before, after = covered(THEMES, been), covered(THEMES, [*been, *more])

        assert all(after[theme] for theme in THEMES if before[theme])

    @given(been=said)
    def test_does_not_hang_on_the_order(self, been: list[tuple[str | None, Presence]]) -> None:
        assert covered(THEMES, been) == covered(THEMES, list(reversed(been)))


class TestTakeAttendance:
    def test_writes_the_whole_screen_at_once(
        self, plan: Any, enrol: Any, attend: Any, citizen: Any, other: Any, go_to: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        enrol(run, other)
        go_to(week(1).replace(hour=12))

        answer = attend(run["sessions"][0]["id"], (citizen, "present"), (other, "absent"))

        assert answer.status_code == 200, answer.json
        assert {line["alias"]: line["attendance"] for line in answer.json["roster"]} == {
            "Gærdesmutte": {"1": "absent"},
            "Solsort": {"1": "present"},
        }
        assert (answer.json["status"], answer.json["sessions_held"]) == ("running", 1)
        assert answer.json["sessions"][0]["attendance_taken"] is True

    def test_takes_back_what_was_said(
        self, plan: Any, enrol: Any, attend: Any, citizen: Any, go_to: Any, hand: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        go_to(week(1).replace(hour=12))
        session_id = run["sessions"][0]["id"]
        attend(session_id, (citizen, "present"))

        answer = attend(session_id, (citizen, None))

        assert answer.json["roster"][0]["attendance"] == {}
        assert hand.mine()[session_id]["attended"] is None

    def test_is_too_early_until_the_first_can_be_there(
        self, plan: Any, enrol: Any, attend: Any, citizen: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)

        answer = attend(run["sessions"][0]["id"], (citizen, "present"))

        assert (answer.status_code, answer.json["code"]) == (409, "session-not-yet")

    def test_writes_nothing_if_somebody_has_no_place_there(
        self, plan: Any, enrol: Any, attend: Any, citizen: Any, other: Any, go_to: Any, count: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        go_to(week(1).replace(hour=12))

        answer = attend(run["sessions"][0]["id"], (citizen, "present"), (other, "present"))

        assert (answer.status_code, list(answer.json["errors"])) == (422, ["entries.1.citizen_id"])
        assert count("attendance") == 0

    def test_of_the_last_session_ends_the_run_and_can_still_be_corrected(
        self, plan: Any, enrol: Any, attend: Any, citizen: Any, go_to: Any
    ) -> None:
        run = plan(count=1)
        enrol(run, citizen)
        go_to(week(1).replace(hour=12))
        session_id = run["sessions"][0]["id"]

        assert attend(session_id, (citizen, "absent")).json["status"] == "ended"

        assert attend(session_id, (citizen, "present")).json["roster"][0]["attendance"] == {"1": "present"}

    def test_beats_what_the_person_said_beforehand(
        self, plan: Any, enrol: Any, attend: Any, citizen: Any, hand: Any, go_to: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        session_id = run["sessions"][0]["id"]
        hand.say("enrollment", "leave", session_id, session_id=session_id)
        go_to(week(1).replace(hour=12))

        attend(session_id, (citizen, "present"))

        told = hand.mine()[session_id]
        assert (told["attended"], told["excused"]) == (True, False)


class TestTrail:
    def test_names_each_person_of_whom_something_was_said(
        self, plan: Any, enrol: Any, attend: Any, citizen: Any, other: Any, go_to: Any, superuser: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        enrol(run, other)
        go_to(week(1).replace(hour=12))
        session_id = run["sessions"][0]["id"]
        attend(session_id, (citizen, "present"), (other, "absent"))
        attend(session_id, (citizen, "present"), (other, "excused"))

        rows = superuser.execute(
            "SELECT citizen_id FROM audit_event WHERE event = 'course-session.attendance'"
        ).fetchall()
        assert sorted(row[0] for row in rows) == sorted([citizen.id, other.id, other.id])


class TestOverTwoRuns:
    def test_a_theme_that_was_missed_is_covered_in_the_next_run_alone(
        self, plan: Any, enrol: Any, attend: Any, citizen: Any, go_to: Any, read: Any, office: Any
    ) -> None:
        first = plan()
        enrol(first, citizen)
        for number, status in product([1, 2, 3, 5], ["present"]):
            go_to(week(number).replace(hour=12))
            attend(first["sessions"][number - 1]["id"], (citizen, status))
        go_to(week(6))
        second = plan(first_on="2027-01-05")
        place = enrol(second, citizen, numbers=[4])
        [line] = read(second)["roster"]
        assert [one["theme"] for one in line["coverage"] if not one["covered"]] == ["children"]

        go_to(week(10).replace(hour=12))
        attend(second["sessions"][3]["id"], (citizen, "present"))

        assert place["numbers"] == [4]
        [line] = read(second)["roster"]
        assert all(one["covered"] for one in line["coverage"])
        whole = office.get(f"/api/v1/staff/citizens/{citizen.id}/courses").json
        assert len(whole["items"]) == 2
        assert all(one["covered"] for one in whole["coverage"][0]["coverage"])
