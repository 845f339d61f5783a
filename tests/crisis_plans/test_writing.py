"""Writing in a plan: nothing that was written is replaced by somebody who had not seen it."""

from typing import Any
from uuid import UUID

import pytest

from server.core import db
from server.core.errors import Forbidden, NotFound
from server.core.ids import new_id
from server.crisis_plans import service
from server.crisis_plans.models import Section
from server.crisis_plans.outcomes import Result
from tests.conftest import NOW, actor_of, citizen_actor
from tests.crisis_plans.people import Pen, ids, texts, version_of


class TestBeginLine:
    def test_makes_the_plan_and_the_line(self, pen: Pen, changes_of: Any, count: Any) -> None:
        line_id = new_id()

        outcome = pen.put(line_id, "Jeg sover ikke", position="a0")

        line = pen.look(line_id)
        assert outcome == (Result.APPLIED, line, None)
        assert (line.section, line.position, texts(line)) == ("warning-signs", "a0", ["Jeg sover ikke"])
        assert (line.deleted, line.restored, line.erased, line.phone) == (False, False, False, [])
        assert changes_of("plan_line") == [line_id]
        assert changes_of("plan") == [pen.citizen_id]
        assert count("crisis_plan") == 1

    def test_needs_a_section(self, pen: Pen, count: Any) -> None:
        outcome = pen.put(new_id(), "Uden plads", section=None)

        assert outcome.result == Result.REJECTED_VALIDATION
        assert list(outcome.errors or {}) == ["section"]
        assert count("plan_line") == count("plan_line_version") == 0

    def test_without_a_place_stands_last_in_its_section(self, pen: Pen) -> None:
        lines = [new_id() for _ in range(40)]

        for line_id in lines:
            pen.put(line_id, "x")

        places = [pen.look(line_id).position or "" for line_id in lines]
        assert places == sorted(set(places))

    def test_is_in_the_trail_without_a_word(self, pen: Pen, superuser: Any) -> None:
        line_id = new_id()

        pen.put(line_id, "KANARIEFUGL")

        row = superuser.execute(
            "SELECT audit_event.*::text FROM audit_event WHERE event = 'plan-line.changed'"
            " AND citizen_id = %s AND subject_id = %s AND actor_kind = 'citizen'",
            [pen.citizen_id, line_id],
        ).fetchone()
        assert row is not None
        assert "KANARIEFUGL" not in str(row)

    def test_keeps_its_words_sealed(self, pen: Pen, superuser: Any) -> None:
        pen.put(new_id(), "KANARIEFUGL", phone={"value": "12 34 56 78", "parents": []})

        stored = superuser.execute("SELECT value_sealed FROM plan_line_version").fetchall()
        assert len(stored) == 2
        assert not any(b"KANARIEFUGL" in row[0] or b"12 34" in row[0] for row in stored)


class TestWriteAgain:
    def test_over_what_was_seen_replaces_it_and_keeps_it_in_the_history(self, pen: Pen) -> None:
        line_id = new_id()
        first = pen.put(line_id, "Løbe")

        second = pen.put(line_id, "Gå en tur", over=ids(first.line))

        assert (second.result, texts(pen.look(line_id))) == (Result.APPLIED, ["Gå en tur"])
        assert pen.history(line_id) == ["Gå en tur", "Løbe"]

    def test_over_something_older_stands_beside_the_newer(self, pen: Pen) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe").line)
        pen.put(line_id, "Gå en tur", over=seen)

        outcome = pen.put(line_id, "Svømme", over=seen)

        assert (outcome.result, texts(outcome.line)) == (Result.KEPT_BOTH, ["Gå en tur", "Svømme"])

    def test_over_both_chooses(self, pen: Pen) -> None:
        line_id = new_id()
        pen.put(line_id, "Løbe")
        both = pen.put(line_id, "Svømme")

        outcome = pen.put(line_id, "Løbe", over=ids(both.line))

        assert (outcome.result, texts(outcome.line)) == (Result.APPLIED, ["Løbe"])
        assert pen.history(line_id) == ["Løbe", "Svømme", "Løbe"]

    def test_with_the_same_words_agrees(self, pen: Pen) -> None:
        line_id = new_id()
        pen.put(line_id, "Løbe")

        outcome = pen.put(line_id, "Løbe")

        assert (outcome.result, texts(outcome.line)) == (Result.MERGED, ["Løbe"])

    def test_may_name_its_own_earlier_words_before_they_were_sent(self, pen: Pen) -> None:
        line_id, earlier = new_id(), new_id()
        pen.put(line_id, "Løbe", mutation_id=earlier)

        outcome = pen.put(line_id, "Gå", over=[version_of(earlier)])

        assert (outcome.result, texts(outcome.line)) == (Result.APPLIED, ["Gå"])

    def test_over_words_of_another_line_or_nobody_replaces_nothing(self, pen: Pen, superuser: Any) -> None:
        line_id, other = new_id(), new_id()
        pen.put(line_id, "Løbe")
        elsewhere = ids(pen.put(other, "Ringe til Bo").line)

        outcome = pen.put(line_id, "Svømme", over=[*elsewhere, new_id()])

        assert (outcome.result, texts(outcome.line)) == (Result.KEPT_BOTH, ["Løbe", "Svømme"])
        assert texts(pen.look(other)) == ["Ringe til Bo"]
        assert superuser.execute("SELECT DISTINCT parents FROM plan_line_version").fetchall() == [([],)]

    def test_keeps_texts_and_numbers_apart(self, pen: Pen) -> None:
        line_id = new_id()
        first = pen.put(line_id, "Bo", phone={"value": "12345678", "parents": []}).line
        assert first is not None
        over = [first.phone[0].version]
        pen.put(line_id, phone={"value": "87654321", "parents": over})

        text = pen.put(line_id, "Bo Hansen", over=[first.text[0].version])
        phone = pen.put(line_id, phone={"value": None, "parents": over})

        assert text.result == Result.APPLIED
        assert phone.result == Result.KEPT_BOTH
        assert phone.line is not None
        assert [one.value for one in phone.line.phone] == ["87654321", None]
        assert texts(phone.line) == ["Bo Hansen"]

    def test_twice_is_once(self, pen: Pen, count: Any) -> None:
        line_id, mutation_id = new_id(), new_id()
        first = pen.put(line_id, "Løbe", mutation_id=mutation_id)
        before = count("citizen_change"), count("audit_event")

        second = pen.put(line_id, "Løbe", mutation_id=mutation_id)

        assert second == (Result.DUPLICATE, first.line, None)
        assert (count("citizen_change"), count("audit_event")) == before

    @pytest.mark.parametrize("on_another_line", [True, False])
    def test_under_a_used_id_with_other_words_is_refused(
        self, pen: Pen, count: Any, on_another_line: bool
    ) -> None:
        line_id, mutation_id = new_id(), new_id()
        pen.put(line_id, "Løbe", mutation_id=mutation_id)
        again, words = (new_id(), "Løbe") if on_another_line else (line_id, "Svømme")

        outcome = pen.put(again, words, mutation_id=mutation_id)

        assert outcome.result == Result.REJECTED_REUSE
        assert (count("plan_line_version"), texts(pen.look(line_id))) == (1, ["Løbe"])


class TestLinks:
    def test_are_a_set_that_the_last_one_sets(self, pen: Pen) -> None:
        sign, run, call = new_id(), new_id(), new_id()
        for action in (run, call):
            pen.put(action, "x", section=Section.OWN_ACTIONS)
        pen.put(sign, "Uro", links=[run, call, run])
        assert pen.look(sign).links == sorted([run, call])

        outcome = pen.put(sign, links=[call])

        assert (outcome.result, pen.look(sign).links) == (Result.APPLIED, [call])

    def test_leave_out_what_is_not_in_the_plan(self, pen: Pen, stranger: Any) -> None:
        sign, theirs = new_id(), new_id()
        Pen(stranger.id, citizen_actor(stranger)).put(theirs, "Deres")

        outcomes = [
            pen.put(sign, links=[theirs]),
            pen.put(sign, links=[new_id()]),
            pen.put(sign, links=[sign]),
        ]

        assert {(outcome.result, outcome.line) for outcome in map(_plain, outcomes)} == {
            (Result.MERGED, "[]")
        }

    def test_to_a_line_that_is_erased_go_with_it(self, pen: Pen, changes_of: Any) -> None:
        sign, action = new_id(), new_id()
        pen.put(action, "Løbe", section=Section.OWN_ACTIONS)
        pen.put(sign, "Uro", links=[action])

        pen.erase(action)

        assert pen.look(sign).links == []
        assert changes_of("plan_line") == [action, sign, action, sign]


def _plain(outcome: Any) -> Any:
    return outcome._replace(line=str(outcome.line.links))


class TestPlacing:
    def test_takes_the_last_section_and_place(self, pen: Pen) -> None:
        line_id = new_id()
        pen.put(line_id, "Bo", position="a0")

        pen.put(line_id, section=Section.PEOPLE_TO_ASK, position="b1")

        line = pen.look(line_id)
        assert (line.section, line.position, texts(line)) == ("people-to-ask", "b1", ["Bo"])

    def test_lets_two_lines_stand_in_one_place(self, pen: Pen) -> None:
        one, two = new_id(), new_id()

        for line_id in (one, two):
            pen.put(line_id, "x", position="a0")

        assert pen.look(one).position == pen.look(two).position == "a0"


class TestAnotherPerson:
    def test_may_use_the_same_id_without_meeting(self, pen: Pen, stranger: Any) -> None:
        other, line_id, mutation_id = Pen(stranger.id, citizen_actor(stranger)), new_id(), new_id()
        other.put(line_id, "Deres", mutation_id=mutation_id)

        outcome = pen.put(line_id, "Mit", mutation_id=mutation_id)

        assert (outcome.result, texts(outcome.line)) == (Result.APPLIED, ["Mit"])
        assert texts(other.look(line_id)) == ["Deres"]

    def test_may_not_write_in_it(self, pen: Pen, stranger: Any) -> None:
        line_id = new_id()
        pen.put(line_id, "Mit")
        other = Pen(pen.citizen_id, citizen_actor(stranger))

        for act in (other.put, other.erase):
            with pytest.raises(NotFound):
                act(line_id)
        with pytest.raises(NotFound):
            other.delete(line_id, [])

        assert texts(pen.look(line_id)) == ["Mit"]

    def test_finds_no_history(self, pen: Pen, stranger: Any) -> None:
        line_id = new_id()
        pen.put(line_id, "Mit")

        with pytest.raises(NotFound):
            Pen(pen.citizen_id, citizen_actor(stranger)).history(line_id)


class TestReview:
    def test_is_set_and_taken_away_and_told_to_phones(
        self, pen: Pen, changes_of: Any, traveller: Any
    ) -> None:
        day = NOW.date()

        assert _review(pen, day).review_on == day
        assert _review(pen, day).review_on == day
        assert _review(pen, None).review_on is None

        assert changes_of("plan") == [pen.citizen_id] * 3  # begun, set, taken away

    def test_is_the_owners(self, pen: Pen, counsellor: Any) -> None:
        with pytest.raises(Forbidden):
            _review(Pen(pen.citizen_id, actor_of(counsellor)), NOW.date())


def _review(pen: Pen, day: Any) -> service.Plan:
    with db.transaction() as session:
        return service.set_review(session, citizen_id=pen.citizen_id, review_on=day, actor=pen.actor, now=NOW)


def test_version_ids_are_those_a_phone_works_out() -> None:
    mutation_id = UUID("01900000-0000-7000-8000-000000000001")

    assert version_of(mutation_id) == UUID("e3cdf60b-c9cd-5339-81b5-9cfcd4031727")
