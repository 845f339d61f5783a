"""What people thought of a course: how many said what, and who never."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from server.core import clock, db
from server.courses import own, visible
from tests.conftest import citizen_actor
from tests.courses.people import hold, in_own_transaction, week

URL = "/api/v1/staff/courses/learning/report"
OVER = week(1) + timedelta(minutes=90)


@pytest.fixture
def answer(plan: Any, enrol: Any, counsellor: Any, make_citizen: Any, traveller: Any, superuser: Any) -> Any:
    """Let somebody new come to a run and say what they think of it."""
    run = plan(seats=40, count=1)
    expected = [make_citizen(contact=counsellor) for _ in range(12)]
    for person in expected:
        enrol(run, person)
    hold(run, superuser)

    def answered(knowledge: int | None, words: str | None = None, person: Any = None) -> Any:
        who = person or expected.pop()
        say(who, UUID(run["id"]), knowledge, words)
        traveller.shift(timedelta(seconds=1))
        return who

    return answered


@pytest.fixture
def report(bureau: Any, go_to: Any) -> Any:
    """The report of half a year, read once the run is over."""

    def read(months: int = 6) -> Any:
        if clock.now() < OVER:
            go_to(OVER)
        return bureau.get(URL, query_string={"months": months}).json

    return read


class TestReport:
    def test_has_numerator_and_denominator_and_the_figure_of_2015_apart(
        self, answer: Any, report: Any
    ) -> None:
        for degree in (4, 4, 4, 3, 1):
            answer(degree)

        got = report()

        assert got["people"] == 5
        assert got["knowledge"] == {"answered": 5, "counts": {"1": 1, "2": 0, "3": 1, "4": 3}, "high": 3}
        assert got["useful"] == {"answered": 5, "counts": {"1": 0, "2": 0, "3": 5, "4": 0}, "high": 0}
        assert (got["background"]["percent"], got["background"]["year"]) == (60, 2015)
        assert (got["from"], got["to"]) == ("2026-05-24", "2026-11-24")

    def test_shows_neither_answers_nor_words_of_fewer_than_five(self, answer: Any, report: Any) -> None:
        for _ in range(4):
            answer(4, "Kanariefugl")

        got = report()

        assert (got["people"], got["words"], got["words_shown"]) == (4, [], False)
        assert got["knowledge"] == {"answered": 4, "counts": None, "high": None}

    def test_is_not_opened_by_one_person_who_answers_five_times(self, answer: Any, report: Any) -> None:
        somebody = answer(4, "Kanariefugl")
        for _ in range(4):
            answer(4, "Kanariefugl", person=somebody)

        got = report()

        assert (got["people"], got["words"], got["knowledge"]["counts"]) == (1, [], None)

    def test_shows_no_answers_to_a_question_that_fewer_than_five_answered(
        self, answer: Any, report: Any
    ) -> None:
        for degree in (4, 4, 3, 1, None):
            answer(degree)

        assert report()["knowledge"] == {"answered": 4, "counts": None, "high": None}

    def test_shows_words_of_five_without_names(self, answer: Any, report: Any) -> None:
        people = [answer(4, f"Ord {number}") for number in range(5)]

        got = report(12)

        assert sorted(got["words"]) == [f"Ord {number}" for number in range(5)]
        for person in people:
            assert person.alias not in str(got)
            assert str(person.id) not in str(got)

    def test_counts_the_newest_of_each_person(self, answer: Any, report: Any, traveller: Any) -> None:
        people = [answer(1) for _ in range(5)]
        traveller.shift(timedelta(minutes=5))
        answer(4, person=people[0])

        assert report()["knowledge"]["counts"] == {"1": 4, "2": 0, "3": 0, "4": 1}

    def test_leaves_out_what_was_erased(self, answer: Any, report: Any, superuser: Any) -> None:
        people = [answer(4, "Kanariefugl") for _ in range(5)]
        erase(people[0], superuser)

        got = report()

        assert (got["people"], got["words"]) == (4, [])

    def test_looks_back_half_a_year_or_a_year(
        self, answer: Any, report: Any, bureau: Any, go_to: Any, now: Any
    ) -> None:
        for _ in range(5):
            answer(4)
        go_to(now + timedelta(days=200))

        assert report(6)["people"] == 0
        assert report(12)["people"] == 5
        assert bureau.get(URL, query_string={"months": 7}).status_code == 422


class TestNobodyIsSingledOut:
    def test_before_the_run_is_over_it_tells_only_how_many_answered(self, answer: Any, bureau: Any) -> None:
        for _ in range(6):
            answer(4, "Kanariefugl")

        got = bureau.get(URL, query_string={"months": 6}).json

        assert (got["people"], got["words"], got["words_shown"]) == (6, [], False)
        assert got["knowledge"] == {"answered": 6, "counts": None, "high": None}

    def test_the_sixth_answer_changes_nothing_that_can_be_read(self, answer: Any, report: Any) -> None:
        for _ in range(5):
            answer(4, "Tak")
        before = report()
        answer(1, "Kanariefugl")

        assert report() == before

    def test_the_next_five_come_together(self, answer: Any, report: Any) -> None:
        for _ in range(5):
            answer(4, "Tak")
        report()
        for _ in range(5):
            answer(1, "Ellers tak")

        got = report()

        assert (got["people"], len(got["words"])) == (10, 10)
        assert got["knowledge"]["counts"] == {"1": 5, "2": 0, "3": 0, "4": 5}

    def test_between_half_a_year_and_a_year_there_are_five_or_nobody(
        self, answer: Any, report: Any, go_to: Any
    ) -> None:
        answer(1, "Kanariefugl")
        go_to(OVER + timedelta(days=30))
        for _ in range(4):
            answer(4, "Tak")
        report()
        go_to(OVER + timedelta(days=200))

        assert report(6)["words"] == report(12)["words"]
        assert len(report(12)["words"]) == 5

    def test_what_one_erases_takes_the_whole_company_along(
        self, answer: Any, report: Any, superuser: Any
    ) -> None:
        people = [answer(4, f"Ord {number}") for number in range(10)]
        assert len(report()["words"]) == 10
        erase(people[0], superuser)

        assert sorted(report()["words"]) == [f"Ord {number}" for number in range(5, 10)]

    def test_what_one_changes_waits_for_new_company(
        self, answer: Any, report: Any, traveller: Any, superuser: Any
    ) -> None:
        people = [answer(4, f"Ord {number}") for number in range(10)]
        assert len(report()["words"]) == 10
        traveller.shift(timedelta(minutes=5))
        say(people[0], run_of(superuser), 1, "Noget andet")

        assert sorted(report()["words"]) == [f"Ord {number}" for number in range(5, 10)]


def feedback_of(person: Any, superuser: Any) -> list[tuple[UUID]]:
    """The ids of what somebody has said."""
    rows = superuser.execute("SELECT id FROM course_feedback WHERE citizen_id = %s", [person.id]).fetchall()
    superuser.commit()
    return list(rows)


def run_of(superuser: Any) -> UUID:
    """The one run there is."""
    [(run_id,)] = superuser.execute("SELECT id FROM course_run").fetchall()
    superuser.commit()
    return UUID(str(run_id))


def say(person: Any, run_id: UUID, knowledge: int | None, words: str | None) -> None:
    """Let somebody say now what they think of a run, in place of what they said before."""
    now = clock.now()
    with db.transaction() as session:
        before = session.scalars(visible.own_feedback(person.id)).one_or_none()
        feedback_id, seen_at = (before.id, before.at) if before else (uuid4(), None)
    in_own_transaction(
        own.say_opinion,
        citizen_id=person.id,
        feedback_id=feedback_id,
        said=own.Opinion(run_id, now, knowledge, 3, words, seen_at),
        actor=citizen_actor(person),
        now=now,
    )


def erase(person: Any, superuser: Any) -> None:
    """Let somebody erase what they said."""
    [(feedback_id,)] = feedback_of(person, superuser)
    in_own_transaction(
        own.erase_opinion,
        citizen_id=person.id,
        feedback_id=feedback_id,
        actor=citizen_actor(person),
        now=clock.now(),
    )
