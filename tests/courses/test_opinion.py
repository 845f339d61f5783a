"""What a person thinks of a course: the own words, kept for their writer, never written over unseen."""

from typing import Any
from uuid import uuid4

import pytest

from tests.courses.people import hold, opinion, week


class TestOpinion:
    @pytest.fixture
    def enrol(self, enrol: Any, superuser: Any) -> Any:
        """Enrol somebody in a run whose first session is held then."""

        def enrolled(run: dict[str, Any], person: Any, **named: Any) -> dict[str, Any]:
            place = enrol(run, person, **named)
            hold(run, superuser)
            return dict(place)

        return enrolled

    def test_is_not_asked_of_who_only_waited_or_never_came_to_a_session_that_was_held(
        self, plan: Any, enrol: Any, citizen: Any, other: Any, hand: Any, desk: Any
    ) -> None:
        full, later = plan(seats=1), plan(first_on="2026-12-01")
        enrol(full, other)
        waits = enrol(full, citizen)
        enrol(later, citizen, numbers=[2])

        def ask(run: dict[str, Any]) -> Any:
            return hand.say("course_feedback", "put", str(uuid4()), **opinion(run["id"]))["result"]

        assert waits["status"] == "waiting"
        assert [ask(full), ask(later)] == ["rejected_gone", "rejected_gone"]
        desk.delete(f"/api/v1/staff/enrollments/{waits['id']}")
        assert ask(full) == "rejected_gone"

    def test_is_kept_of_who_came_and_has_left(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any, attend: Any, go_to: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        go_to(week(1).replace(hour=12))
        attend(run["sessions"][0]["id"], (citizen, "present"))
        hand.say("enrollment", "leave", run["id"], run_id=run["id"])

        said = hand.say("course_feedback", "put", str(uuid4()), **opinion(run["id"]))

        assert said["result"] == "applied"

    def test_is_kept_for_its_writer_and_said_anew(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        feedback_id = str(uuid4())
        first = opinion(run["id"])
        hand.say("course_feedback", "put", feedback_id, **first)
        anew = opinion(run["id"], knowledge=3, words="Bedre", at="2026-11-23T10:05:00Z", seen_at=first["at"])
        hand.say("course_feedback", "put", feedback_id, **anew)

        [told] = hand.pull("course_feedback").values()
        assert (told["run_id"], told["knowledge"], told["words"], told["erased"]) == (
            run["id"],
            3,
            "Bedre",
            False,
        )

    @pytest.mark.parametrize("at", ["2026-11-23T09:00:00Z", "2026-11-23T10:30:00Z"])
    @pytest.mark.parametrize("saw", [None, "2026-11-23T09:30:00Z"])
    def test_is_not_written_over_by_a_phone_that_had_not_seen_it_and_no_words_are_lost(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any, at: str, saw: str | None
    ) -> None:
        run = plan()
        enrol(run, citizen)
        feedback_id = str(uuid4())
        hand.say("course_feedback", "put", feedback_id, **opinion(run["id"], words="Det nyeste"))

        other = opinion(run["id"], knowledge=1, words="Fra den anden telefon", at=at, seen_at=saw)
        answer = hand.say("course_feedback", "put", feedback_id, **other)

        assert (answer["result"], answer["problem"]["code"]) == ("rejected_validation", "said-elsewhere")
        [told] = hand.pull("course_feedback").values()
        assert (told["knowledge"], told["words"]) == (4, "Det nyeste")
        [kept] = hand.pull("rejected_edit").values()
        assert "Fra den anden telefon" in kept["content"]

    def test_stands_once_for_a_run_although_two_phones_began_it(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        hand.say("course_feedback", "put", str(uuid4()), **opinion(run["id"], words="Først"))

        answer = hand.say("course_feedback", "put", str(uuid4()), **opinion(run["id"], words="Bagefter"))

        assert answer["problem"]["code"] == "said-elsewhere"
        [told] = hand.pull("course_feedback").values()
        assert told["words"] == "Først"
        [kept] = hand.pull("rejected_edit").values()
        assert "Bagefter" in kept["content"]

    def test_is_gone_for_good_when_it_is_erased(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any, superuser: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        feedback_id = str(uuid4())
        hand.say("course_feedback", "put", feedback_id, **opinion(run["id"], words="Til mig selv"))

        hand.say("course_feedback", "erase", feedback_id)
        again = hand.say("course_feedback", "put", feedback_id, **opinion(run["id"], words="Til mig selv"))

        assert again["result"] == "rejected_gone"
        [told] = hand.pull("course_feedback").values()
        assert (told["erased"], told["words"], told["run_id"]) == (True, None, None)
        row = superuser.execute("SELECT words_sealed, knowledge, run_id FROM course_feedback").fetchone()
        assert row == (None, None, None)
        assert hand.pull("rejected_edit") == {}

    def test_lies_sealed_in_the_house(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any, superuser: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        hand.say("course_feedback", "put", str(uuid4()), **opinion(run["id"], words="Kanarie"))

        [(sealed,)] = superuser.execute("SELECT words_sealed FROM course_feedback").fetchall()
        assert b"Kanarie" not in bytes(sealed)

    def test_without_anything_is_refused(self, plan: Any, enrol: Any, citizen: Any, hand: Any) -> None:
        run = plan()
        enrol(run, citizen)
        empty = {"run_id": run["id"], "at": "2026-11-23T10:00:00Z", "words": None}

        assert hand.say("course_feedback", "put", str(uuid4()), **empty)["result"] == "rejected_validation"
