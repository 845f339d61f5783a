"""Steps: both sides add and tick them, their words never change, and what is erased is gone."""

from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import refused, without_id
from tests.goals.people import Way
from tests.sync.pushing import Sender


def steps(way: Way) -> list[tuple[str, str, bool]]:
    """The steps as the counsellor sees them: words, whose, and whether done."""
    return [(step["text"], step["origin"], step["done"]) for step in way.at_desk()["steps"]]


class TestAStep:
    def test_of_the_person_reaches_the_counsellor_and_the_other_way_round(self, way: Way) -> None:
        way.sends(way.step("Ringe til lægen"))
        added = way.desk.post(f"{way.here}/steps", json={"id": str(new_id()), "text": "Finde et værelse"})

        assert added.status_code == 201
        assert steps(way) == [("Ringe til lægen", "citizen", False), ("Finde et værelse", "staff", False)]
        on_phone = sorted(way.sender.pull("goal_step").values(), key=lambda step: step["position"])
        assert [step["text"] for step in on_phone] == ["Ringe til lægen", "Finde et værelse"]
        assert on_phone[1] == {**added.json, "goal_id": way.goal, "erased": False}

    def test_may_be_added_to_what_a_counsellor_suggested(
        self, sender: Sender, desk: Any, suggestion: str
    ) -> None:
        way = Way(sender, desk, suggestion)

        way.sends(sender.change("goal", "put", suggestion, status="active"), way.step("Tirsdag efter maden"))

        assert steps(way) == [("Tirsdag efter maden", "citizen", False)]

    def test_is_ticked_by_either_side_and_the_last_one_is_heard(self, way: Way) -> None:
        step = way.step("Ringe", done=True)
        here = f"/api/v1/staff/goal-steps/{step['entity_id']}"
        way.sends(step)
        assert steps(way) == [("Ringe", "citizen", True)]

        assert way.desk.patch(here, json={"done": False}).json["done"] is False
        way.sends(way.sender.change("goal_step", "put", step["entity_id"], done=True))

        assert steps(way) == [("Ringe", "citizen", True)]
        assert way.kinds_at_desk() == ["step-done", "step-undone", "step-done", "step-added"]

    def test_that_is_ticked_already_is_told_once(self, way: Way) -> None:
        step = way.step("Ringe", done=True)
        way.sends(step, way.sender.change("goal_step", "put", step["entity_id"], done=True))

        assert way.kinds_at_desk() == ["step-done", "step-added"]

    def test_keeps_its_words(self, way: Way) -> None:
        step = way.step("Ringe")
        way.sends(step, way.step("Ringe", step_id=step["entity_id"]))

        other = way.step("Skrive", step_id=step["entity_id"])

        assert way.refused(other) == ("rejected_validation", "id-taken")
        assert steps(way) == [("Ringe", "citizen", False)]
        assert [edit["content"] for edit in way.sender.pull("rejected_edit").values()] == ["Skrive"]

    def test_is_worded_anew_in_one_push_by_two_phones_without_loss(self, way: Way) -> None:
        step = way.step("Ringe", done=True)
        way.sends(step)

        for words in ("Ringe mandag", "Ringe tirsdag"):  # the second phone does not know of the first
            way.sends(way.sender.change("goal_step", "erase", step["entity_id"]), way.step(words, done=True))

        assert sorted(steps(way)) == [
            ("Ringe mandag", "citizen", True),
            ("Ringe tirsdag", "citizen", True),
        ]

    def test_of_the_desk_comes_last_and_once(self, way: Way) -> None:
        way.sends(way.step("Først", position=7))
        body = {"id": str(new_id()), "text": "Så"}

        answers = [way.desk.post(f"{way.here}/steps", json=body) for _ in range(2)]
        other = way.desk.post(f"{way.here}/steps", json={**body, "text": "Andet"})

        assert [answer.json["position"] for answer in answers] == [8, 8]
        assert (other.status_code, other.json["code"]) == (409, "id-taken")
        assert [step[0] for step in steps(way)] == ["Først", "Så"]

    @pytest.mark.parametrize(
        ("field", "value"),
        [("text", ""), ("text", "x" * 301), ("text", "a\x00b"), ("text", 5), ("id", "7"), ("done", True)],
    )
    def test_of_the_desk_refuses_bad_input_by_name(self, way: Way, field: str, value: object) -> None:
        body = {"id": str(new_id()), "text": "Ringe", field: value}

        assert refused(way.desk.post(f"{way.here}/steps", json=body), field)
        assert steps(way) == []

    @pytest.mark.parametrize(
        "said",
        [
            {},
            {"text": "Ringe"},
            {"text": "Ringe", "position": 0},
            {"goal_id": "GOAL", "text": "x" * 301, "position": 0},
            {"goal_id": "GOAL", "text": "Ringe", "position": -1},
            {"goal_id": "GOAL", "text": "Ringe", "position": 10_001},
            {"goal_id": "GOAL", "text": "Ringe", "position": 0, "done": "yes"},
            {"goal_id": "GOAL", "text": "Ringe", "position": 0, "origin": "staff"},
        ],
    )
    def test_of_a_phone_that_says_too_little_or_nonsense_is_refused_and_its_words_kept(
        self, way: Way, said: dict[str, Any]
    ) -> None:
        fields = {**said, **({"goal_id": way.goal} if "goal_id" in said else {})}

        result, _ = way.refused(way.sender.change("goal_step", "put", **fields))

        assert result == "rejected_validation"
        assert [edit["content"] for edit in way.sender.pull("rejected_edit").values()] == [
            said.get("text", "")
        ]
        assert steps(way) == []


class TestErasing:
    def test_leaves_a_tombstone_and_no_word_anywhere(self, way: Way, superuser: Any) -> None:
        step = way.step("hemmelige ord", done=True)
        way.sends(step)
        way.refused(way.step("andre hemmelige ord", step_id=step["entity_id"]))

        way.sends(way.sender.change("goal_step", "erase", step["entity_id"]))

        assert steps(way) == []
        tombstone = way.sender.pull("goal_step")[step["entity_id"]]
        assert (tombstone["erased"], tombstone["text"], tombstone["done"]) == (True, None, False)
        assert superuser.execute("SELECT text_sealed FROM goal_step").fetchall() == [(None,)]
        assert way.sender.pull("rejected_edit") == {}

    def test_beats_whatever_comes_later(self, way: Way) -> None:
        step = way.step("Ringe")
        way.sends(step, way.sender.change("goal_step", "erase", step["entity_id"]))

        again = way.step("Ringe", step_id=step["entity_id"])
        tick = way.sender.change("goal_step", "put", step["entity_id"], done=True)

        assert way.refused(again)[0] == way.refused(tick)[0] == "rejected_gone"
        assert way.sender.pull("rejected_edit") == {}
        assert steps(way) == []

    def test_of_one_that_never_came_keeps_it_from_ever_coming(self, way: Way) -> None:
        step_id = str(new_id())
        way.sends(way.sender.change("goal_step", "erase", step_id))

        assert way.refused(way.step("Ringe", step_id=step_id))[0] == "rejected_gone"
        assert way.sender.pull("goal_step")[step_id]["erased"]

    def test_of_a_counsellors_step_takes_it_out_of_sight_and_keeps_the_words_in_the_house(
        self, way: Way, superuser: Any
    ) -> None:
        step = way.desk.post(f"{way.here}/steps", json={"id": str(new_id()), "text": "Mødes"}).json["id"]

        way.sends(way.sender.change("goal_step", "erase", step))

        assert steps(way) == []
        assert way.sender.pull("goal_step")[step]["text"] is None
        assert superuser.execute("SELECT text_sealed IS NULL FROM goal_step").fetchall() == [(False,)]

    def test_of_another_persons_step_is_refused_like_any_that_is_gone(
        self, way: Way, stranger: Any, superuser: Any, count: Any
    ) -> None:
        theirs = new_id()
        superuser.execute(
            "INSERT INTO goal_step (id, citizen_id, origin, position, created_at, erased_at, version)"
            " VALUES (%s, %s, 'citizen', 0, now(), now(), 1)",
            [theirs, stranger.id],
        )
        superuser.commit()

        erased = way.refused(way.sender.change("goal_step", "erase", theirs))
        written = way.refused(way.step("Ringe", step_id=theirs))

        assert erased == written == ("rejected_gone", "not-found")
        assert count("goal_step") == 1


class TestAtTheDesk:
    def test_only_what_a_counsellor_wrote_is_taken_back(self, way: Way) -> None:
        own = way.step("Ringe")
        way.sends(own)
        theirs = way.desk.post(f"{way.here}/steps", json={"id": str(new_id()), "text": "Mødes"}).json["id"]

        assert way.desk.delete(f"/api/v1/staff/goal-steps/{theirs}").status_code == 204
        kept = way.desk.delete(f"/api/v1/staff/goal-steps/{own['entity_id']}")

        assert (kept.status_code, kept.json["code"]) == (403, "not-own-words")
        assert steps(way) == [("Ringe", "citizen", False)]
        assert way.sender.pull("goal_step")[theirs]["erased"]

    def test_somebody_elses_is_answered_like_none(self, way: Way, other_desk: Any, unknown: str) -> None:
        step = way.desk.post(f"{way.here}/steps", json={"id": str(new_id()), "text": "Mødes"}).json["id"]
        new = {"id": str(new_id()), "text": "Mødes"}

        for one, none in (
            (
                other_desk.patch(at(step), json={"done": True}),
                other_desk.patch(at(unknown), json={"done": True}),
            ),
            (other_desk.delete(at(step)), other_desk.delete(at(unknown))),
            (
                other_desk.post(f"{way.here}/steps", json=new),
                other_desk.post(f"/api/v1/staff/goals/{unknown}/steps", json=new),
            ),
        ):
            assert one.status_code == 404
            assert without_id(one) == without_id(none)
        assert steps(way) == [("Mødes", "staff", False)]

    def test_is_out_of_reach_for_one_who_stops_working_with_the_person_meanwhile(
        self, way: Way, case_ends_meanwhile: Any, superuser: Any
    ) -> None:
        step = way.desk.post(f"{way.here}/steps", json={"id": str(new_id()), "text": "Mødes"}).json["id"]
        case_ends_meanwhile()

        ticked = way.desk.patch(at(step), json={"done": True})

        assert ticked.status_code == 404
        assert superuser.execute("SELECT done_at FROM goal_step").fetchall() == [(None,)]


def at(step: object) -> str:
    """Where a step is at the desk."""
    return f"/api/v1/staff/goal-steps/{step}"
