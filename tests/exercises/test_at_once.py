"""Two colleagues at once: what the unit shares is always the very version that somebody read."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import sleep
from typing import Any

import pytest

from server.core import db
from server.core.errors import Problem
from server.exercises import own, service
from server.exercises.service import NewAssignment, OwnText, Profession, Repeat
from tests.conftest import NOW, actor_of

TEXT = OwnText("Et roligt sted", "Når der er larm.", "Gå et andet sted hen.", "grounding", Profession.NURSE)
OTHER = TEXT._replace(body="Ord, som ingen har læst.")


def _try(work: Any, **asked: Any) -> str:
    try:
        with db.transaction() as session:
            work(session, now=NOW, **asked)
    except Problem as refused:
        return refused.code
    return "done"


@pytest.fixture
def waiting(counsellor: Any) -> Any:
    """An exercise that waits for a second reader."""
    author = actor_of(counsellor)
    with db.transaction() as session:
        own = service.create(session, exercise_id=None, text=TEXT, actor=author, now=NOW)
        service.submit(session, exercise_id=own.id, version=1, actor=author, now=NOW)
        return own.id


def _read(exercise_id: Any, reader: Any) -> str:
    said: Any = {"approved": True, "profession": Profession.PEER, "remark": None}
    return _try(service.review, exercise_id=exercise_id, version=1, actor=actor_of(reader), **said)


@pytest.mark.parametrize("_round", range(5))
def test_an_author_who_rewrites_while_it_is_read_never_has_unread_words_shared(
    counsellor: Any, make_staff: Any, superuser: Any, waiting: Any, _round: int
) -> None:
    reader, author = make_staff(), actor_of(counsellor)

    with ThreadPoolExecutor(2) as pool:
        read = pool.submit(_read, waiting, reader)
        written = pool.submit(_try, service.rewrite, exercise_id=waiting, version=1, text=OTHER, actor=author)
        outcomes = (read.result(), written.result())

    # A draft is its author's alone: who comes to read it then finds nothing.
    assert outcomes in {("done", "done"), ("not-found", "done")}
    row = superuser.execute("SELECT status, version FROM own_exercise").fetchone()
    assert row == ("draft", 2)
    read_versions = superuser.execute(
        "SELECT version FROM own_exercise_version WHERE reviewed_by IS NOT NULL"
    )
    assert read_versions.fetchall() in ([], [(1,)])


def test_of_many_second_readers_at_once_one_is_the_second(
    make_staff: Any, superuser: Any, waiting: Any
) -> None:
    readers = [make_staff() for _ in range(8)]

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda reader: _read(waiting, reader), readers))

    assert sorted(outcomes) == ["done"] + ["wrong-step"] * 7
    events = superuser.execute("SELECT count(*) FROM audit_event WHERE event = 'own-exercise.approved'")
    assert events.fetchone() == (1,)


def test_giving_while_it_is_read_leaves_every_phone_with_the_truth(
    counsellor: Any, make_staff: Any, make_citizen: Any, superuser: Any, waiting: Any
) -> None:
    author, reader = actor_of(counsellor), make_staff()
    people = [make_citizen(contact=counsellor) for _ in range(6)]
    new = NewAssignment({"own": waiting}, None, None, Repeat.NONE, None, None)

    def give(person: Any) -> str:
        about: Any = {"citizen_id": person.id, "assignment_id": None, "new": new, "library": ()}
        return _try(service.give, **about, actor=author)

    with ThreadPoolExecutor(7) as pool:
        given = [pool.submit(give, person) for person in people]
        read = pool.submit(_read, waiting, reader)
        assert [one.result() for one in (*given, read)] == ["done"] * 7

    # Whoever got it before it was read has a later step of the sequence about it, or got it afterwards.
    told = superuser.execute(
        "SELECT a.citizen_id, a.given_at, count(c.seq) FROM exercise_assignment a JOIN citizen_change c"
        " ON c.citizen_id = a.citizen_id AND c.entity = 'exercise_assignment' AND c.entity_id = a.id"
        " GROUP BY 1, 2"
    ).fetchall()
    assert len(told) == 6
    assert {row[2] for row in told} <= {1, 2}


def test_giving_twice_while_it_is_read_and_reading_never_wait_for_each_other(
    counsellor: Any, make_staff: Any, make_citizen: Any, superuser: Any, waiting: Any, monkeypatch: Any
) -> None:
    author, reader, person = actor_of(counsellor), make_staff(), make_citizen(contact=counsellor)
    new = NewAssignment({"own": waiting}, None, None, Repeat.NONE, None, None)
    about: Any = {"citizen_id": person.id, "assignment_id": None, "new": new, "library": (), "actor": author}
    hold, given = own._hold, list[Future[str]]()

    def hold_as_others_give(session: Any, **asked: Any) -> Any:
        if given:
            return hold(session, **asked)
        given.append(pool.submit(_try, service.give, **about))  # somebody got it before it is held
        wait(given)
        held = hold(session, **asked)
        given.append(pool.submit(_try, service.give, **about))  # and again: holds the person, waits for it
        _wait_for_a_lock(superuser)
        return held

    with ThreadPoolExecutor(1) as pool:
        monkeypatch.setattr(own, "_hold", hold_as_others_give)
        read = _read(waiting, reader)

    assert (read, *(one.result() for one in given)) == ("done", "done", "done")


def _wait_for_a_lock(superuser: Any) -> None:
    for _ in range(500):
        superuser.commit()
        if superuser.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() != (0,):
            return
        sleep(0.01)
    raise AssertionError("Nobody waits.")
