"""Taking lines out: a plain delete loses no words, "Slet helt" leaves none."""

from datetime import timedelta
from typing import Any

import pytest

from server.core import db
from server.core.errors import Forbidden
from server.core.ids import new_id
from server.crisis_plans import service
from server.crisis_plans.outcomes import Result
from tests.conftest import NOW, actor_of
from tests.crisis_plans.people import Pen, ids, say, texts


class TestDelete:
    def test_of_what_was_seen_takes_the_line_out_and_keeps_the_words(self, pen: Pen) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe", phone={"value": "1234", "parents": []}).line)

        outcome = pen.delete(line_id, seen)

        line = pen.look(line_id)
        assert (outcome.result, line.deleted, line.restored) == (Result.APPLIED, True, False)
        assert texts(line) == ["Løbe"]

    def test_does_not_take_words_it_had_not_seen(self, pen: Pen) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe").line)
        pen.put(line_id, "Gå", over=seen)

        outcome = pen.delete(line_id, seen)

        line = pen.look(line_id)
        assert (outcome.result, line.deleted, line.restored) == (Result.KEPT_BOTH, False, True)
        assert texts(line) == ["Gå"]

    def test_gives_way_to_an_edit_that_did_not_know(self, pen: Pen) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe").line)
        pen.delete(line_id, seen)

        outcome = pen.put(line_id, "Gå", over=seen)

        line = pen.look(line_id)
        assert (outcome.result, line.deleted, line.restored) == (Result.MERGED, False, True)
        assert texts(line) == ["Gå"]

    def test_leaves_the_mark_until_somebody_says_it_was_seen(self, pen: Pen) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe").line)
        pen.delete(line_id, seen)
        pen.put(line_id, "Gå", over=seen)
        assert pen.look(line_id).restored

        pen.put(line_id, restored=False)

        assert not pen.look(line_id).restored

    def test_twice_is_once(self, pen: Pen, count: Any) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe").line)
        pen.delete(line_id, seen)
        before = count("citizen_change")

        assert pen.delete(line_id, []).result == Result.APPLIED
        assert count("citizen_change") == before

    def test_of_a_line_that_never_was_says_so(self, pen: Pen, count: Any) -> None:
        assert pen.delete(new_id(), []).result == Result.REJECTED_GONE
        assert count("plan_line") == 0

    def test_is_the_owners(self, pen: Pen, citizen: Any, counsellor: Any) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe").line)
        say(citizen, given=True)

        with pytest.raises(Forbidden):
            Pen(pen.citizen_id, actor_of(counsellor)).delete(line_id, seen)

        assert not pen.look(line_id).deleted


class TestErase:
    def test_leaves_an_empty_tombstone(self, pen: Pen, superuser: Any) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe", phone={"value": "1234", "parents": []}).line)
        pen.put(line_id, "Gå", over=seen[:1])

        outcome = pen.erase(line_id)

        line = pen.look(line_id)
        assert (outcome.result, outcome.line) == (Result.APPLIED, line)
        assert line == (line_id, None, None, [], [], [], False, False, True)
        assert pen.history(line_id) == []
        stored = superuser.execute("SELECT count(*), count(value_sealed) FROM plan_line_version").fetchone()
        assert stored == (3, 0)

    def test_beats_every_later_edit_and_keeps_nothing_of_it(self, pen: Pen, count: Any) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe").line)
        pen.erase(line_id)
        before = count("plan_line_version"), count("citizen_change"), count("rejected_edit")

        outcome = pen.put(line_id, "Gå", over=seen)

        assert (outcome.result, outcome.line) == (Result.REJECTED_GONE, pen.look(line_id))
        assert pen.delete(line_id, seen).result == Result.APPLIED
        assert pen.look(line_id).erased
        assert (count("plan_line_version"), count("citizen_change"), count("rejected_edit")) == before

    def test_of_a_line_that_was_deleted_before(self, pen: Pen) -> None:
        line_id = new_id()
        pen.delete(line_id, ids(pen.put(line_id, "Løbe").line))

        pen.erase(line_id)

        assert pen.history(line_id) == []
        assert pen.look(line_id).erased

    def test_comes_before_the_line_itself_and_still_wins(self, pen: Pen) -> None:
        line_id = new_id()
        assert pen.erase(line_id).result == Result.APPLIED

        assert pen.put(line_id, "Løbe").result == Result.REJECTED_GONE
        assert pen.look(line_id).erased

    def test_twice_is_once(self, pen: Pen, count: Any) -> None:
        line_id = new_id()
        pen.put(line_id, "Løbe")
        pen.erase(line_id)
        before = count("citizen_change"), count("audit_event")

        assert pen.erase(line_id).result == Result.APPLIED
        assert (count("citizen_change"), count("audit_event")) == before

    def test_is_the_owners(self, pen: Pen, citizen: Any, counsellor: Any) -> None:
        line_id = new_id()
        pen.put(line_id, "Løbe")
        say(citizen, given=True)

        with pytest.raises(Forbidden):
            Pen(pen.citizen_id, actor_of(counsellor)).erase(line_id)

        assert texts(pen.look(line_id)) == ["Løbe"]

    def test_empties_what_a_counsellor_could_not_save(
        self, pen: Pen, citizen: Any, counsellor: Any, desk: Any, superuser: Any
    ) -> None:
        line_id = new_id()
        pen.put(line_id, "Løbe")
        body = {"id": str(line_id), "mutation_id": str(new_id()), "text": {"value": "Gå", "parents": []}}
        desk.post(f"/api/v1/staff/citizens/{citizen.id}/plan/lines", json=body)
        assert superuser.execute("SELECT count(content_sealed) FROM rejected_edit").fetchone() == (1,)

        pen.erase(line_id)

        assert superuser.execute("SELECT count(content_sealed) FROM rejected_edit").fetchone() == (0,)
        assert desk.get(f"/api/v1/staff/citizens/{citizen.id}/plan/refused").json == []


class TestEraseExpired:
    def test_empties_what_was_deleted_a_year_ago_and_nothing_else(self, pen: Pen) -> None:
        old, young, standing, back = lines = [new_id() for _ in range(4)]
        seen = {line_id: ids(pen.put(line_id, "Løbe").line) for line_id in lines}
        year = timedelta(days=365)
        pen.delete(old, seen[old])
        pen.delete(back, seen[back])
        pen.put(back, "Gå", over=seen[back])
        pen.delete(young, seen[young], now=NOW + timedelta(seconds=1))

        with db.transaction() as session:
            erased = service.erase_expired(session, now=NOW + year)

        assert erased == [(pen.citizen_id, old)]
        assert [pen.look(line_id).erased for line_id in (old, young, standing, back)] == [
            True,
            False,
            False,
            False,
        ]
        assert pen.history(old) == []
        assert pen.history(young) == ["Løbe"]
