"""Seats: never more than there are, given in the order in which they were asked for."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from server.core import clock, db
from server.courses import enrolling, seats, waiting
from tests.conftest import NOW, actor_of
from tests.courses.people import fill, in_own_transaction, week
from tests.sync.pushing import PULL

AT_ONCE = 50
numbers = st.sets(st.integers(1, 6), min_size=1)
people = st.lists(numbers, max_size=12)


class TestNextInLine:
    @given(enrolled=people, waiting=people, room=st.integers(1, 5))
    def test_gives_no_more_seats_than_there_are(
        self, enrolled: list[set[int]], waiting: list[set[int]], room: int
    ) -> None:
        at = seats.taken(enrolled)

        placed = seats.next_in_line(list(enumerate(waiting)), at, room)

        after = at + seats.taken(waiting[person] for person in placed)
        given_now = {number for person in placed for number in waiting[person]}
        assert all(after[number] <= room for number in given_now)

    @given(waiting=people, room=st.integers(1, 5))
    def test_lets_nobody_be_overtaken_at_a_session_they_wait_for(
        self, waiting: list[set[int]], room: int
    ) -> None:
        placed = seats.next_in_line(list(enumerate(waiting)), Counter(), room)

        for person, wished in enumerate(waiting):
            if person not in placed:
                later = [other for other in placed if other > person]
                assert all(wished.isdisjoint(waiting[other]) for other in later)

    @given(enrolled=people, waiting=people, room=st.integers(1, 5))
    def test_leaves_nobody_waiting_who_stands_first_and_has_room(
        self, enrolled: list[set[int]], waiting: list[set[int]], room: int
    ) -> None:
        at = seats.taken(enrolled)

        placed = seats.next_in_line(list(enumerate(waiting)), at, room)

        if waiting and seats.has_room(waiting[0], at, room):
            assert placed[0] == 0

    @given(enrolled=people, waiting=people, room=st.integers(1, 5))
    def test_has_nothing_left_to_give_when_asked_again(
        self, enrolled: list[set[int]], waiting: list[set[int]], room: int
    ) -> None:
        line = list(enumerate(waiting))
        placed = seats.next_in_line(line, seats.taken(enrolled), room)

        still = [(person, wished) for person, wished in line if person not in placed]
        now_taken = seats.taken([*enrolled, *(waiting[person] for person in placed)])
        assert seats.next_in_line(still, now_taken, room) == []


class TestFiftyAtOnce:
    def test_one_gets_the_last_seat_and_the_others_wait_in_order(
        self,
        plan: Any,
        enrol: Any,
        read: Any,
        leader: Any,
        counsellor: Any,
        make_citizen: Callable[..., Any],
    ) -> None:
        run = plan(seats=2)
        enrol(run, make_citizen(contact=counsellor))
        everybody = [make_citizen(contact=counsellor) for _ in range(AT_ONCE)]
        gate = Barrier(AT_ONCE)

        def ask(person: Any) -> str:
            gate.wait()
            with db.transaction() as session:
                place = enrolling.enrol(
                    session,
                    run_id=UUID(run["id"]),
                    citizen_id=person.id,
                    actor=actor_of(leader),
                    now=clock.now(),
                )
            return str(place.status)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            outcome = Counter(pool.map(ask, everybody))

        assert outcome == {"enrolled": 1, "waiting": AT_ONCE - 1}
        after = read(run)
        assert (len(after["roster"]), len(after["waiting_list"]), after["free"]) == (2, AT_ONCE - 1, 0)
        asked = [line["asked_at"] for line in after["waiting_list"]]
        assert len(set(asked)) == AT_ONCE - 1

    def test_who_leaves_while_others_come_never_overfills_a_session(
        self,
        plan: Any,
        enrol: Any,
        read: Any,
        desk: Any,
        leader: Any,
        counsellor: Any,
        make_citizen: Callable[..., Any],
    ) -> None:
        run = plan(seats=3)
        sitting = [enrol(run, make_citizen(contact=counsellor)) for _ in range(3)]
        coming = [make_citizen(contact=counsellor) for _ in range(12)]
        gate = Barrier(15)

        def leave(place: dict[str, Any]) -> None:
            gate.wait()
            with db.transaction() as session:
                enrolling.end_place(
                    session, place_id=UUID(place["id"]), actor=actor_of(leader), now=clock.now()
                )

        def come(person: Any) -> None:
            gate.wait()
            with db.transaction() as session:
                enrolling.enrol(
                    session,
                    run_id=UUID(run["id"]),
                    citizen_id=person.id,
                    actor=actor_of(leader),
                    now=clock.now(),
                )

        with ThreadPoolExecutor(15) as pool:
            doing = [pool.submit(leave, place) for place in sitting]
            doing += [pool.submit(come, person) for person in coming]
            for one in doing:
                one.result()
        fill()

        after = read(run)
        assert (len(after["roster"]), len(after["waiting_list"])) == (3, 9)
        assert after["free"] == 0


class TestWaitingList:
    def test_moves_up_in_order_when_somebody_leaves(
        self, plan: Any, enrol: Any, desk: Any, read: Any, counsellor: Any, make_citizen: Callable[..., Any]
    ) -> None:
        run = plan(seats=1)
        first = enrol(run, make_citizen(contact=counsellor, alias="Første"))
        enrol(run, make_citizen(contact=counsellor, alias="Anden"))
        enrol(run, make_citizen(contact=counsellor, alias="Tredje"))

        assert desk.delete(f"/api/v1/staff/enrollments/{first['id']}").status_code == 204

        after = read(run)
        assert [line["alias"] for line in after["roster"]] == ["Anden"]
        assert [line["alias"] for line in after["waiting_list"]] == ["Tredje"]

    def test_moves_up_when_somebody_leaves_by_phone(
        self, plan: Any, enrol: Any, read: Any, citizen: Any, other: Any, hand: Any
    ) -> None:
        run = plan(seats=1)
        enrol(run, citizen)
        waits = enrol(run, other)
        assert waits["status"] == "waiting"

        assert hand.say("enrollment", "leave", run["id"], run_id=run["id"])["result"] == "applied"

        assert fill() == 1
        assert [line["alias"] for line in read(run)["roster"]] == ["Gærdesmutte"]

    def test_is_waited_for_only_where_a_session_is_full(
        self, plan: Any, enrol: Any, citizen: Any, other: Any
    ) -> None:
        run = plan(seats=1)
        enrol(run, citizen, numbers=[1, 2])

        assert enrol(run, other, numbers=[3])["status"] == "enrolled"

    def test_keeps_a_seat_that_somebody_earlier_waits_for(
        self, plan: Any, enrol: Any, citizen: Any, other: Any, counsellor: Any, make_citizen: Any
    ) -> None:
        run = plan(seats=1)
        enrol(run, citizen, numbers=[1])
        enrol(run, other, numbers=[1, 2])

        late = enrol(run, make_citizen(contact=counsellor), numbers=[2])

        assert late["status"] == "waiting"

    def test_gives_a_place_at_what_lies_ahead_and_at_nothing_that_is_over(
        self, plan: Any, enrol: Any, read: Any, citizen: Any, other: Any, desk: Any, hand: Any, go_to: Any
    ) -> None:
        run = plan(seats=1)
        first = enrol(run, other)
        enrol(run, citizen)
        assert len(hand.mine()) == 5
        go_to(week(3).replace(hour=8))

        desk.delete(f"/api/v1/staff/enrollments/{first['id']}")

        assert [line["numbers"] for line in read(run)["roster"]] == [[3, 4, 5]]
        assert sorted(one["number"] for one in hand.mine().values()) == [3, 4, 5]
        gone = {one["id"] for one in hand.browser.get(PULL).json["changes"] if one["op"] == "forget"}
        assert gone == {session["id"] for session in run["sessions"][:2]}

    def test_lets_a_wish_that_grows_overtake_nobody(
        self,
        plan: Any,
        enrol: Any,
        read: Any,
        desk: Any,
        citizen: Any,
        other: Any,
        make_citizen: Any,
        counsellor: Any,
    ) -> None:
        run = plan(seats=1)
        sitting = enrol(run, make_citizen(contact=counsellor, alias="Sidder"))
        enrol(run, citizen, numbers=[1])
        enrol(run, other, numbers=[2])

        assert enrol(run, citizen, numbers=[2])["numbers"] == [1, 2]

        assert [line["alias"] for line in read(run)["waiting_list"]] == ["Gærdesmutte", "Solsort"]
        desk.delete(f"/api/v1/staff/enrollments/{sitting['id']}")
        assert [line["alias"] for line in read(run)["roster"]] == ["Gærdesmutte"]

    def test_keeps_its_order_when_a_wish_grows_where_nobody_waits(
        self, plan: Any, enrol: Any, read: Any, citizen: Any, other: Any, make_citizen: Any, counsellor: Any
    ) -> None:
        run = plan(seats=1)
        enrol(run, make_citizen(contact=counsellor, alias="Sidder"))
        enrol(run, citizen, numbers=[1])
        enrol(run, other, numbers=[1])

        enrol(run, citizen, numbers=[3])

        assert [line["alias"] for line in read(run)["waiting_list"]] == ["Solsort", "Gærdesmutte"]


class TestWorker:
    def test_holds_nobody_where_there_is_nothing_to_give(
        self, plan: Any, enrol: Any, citizen: Any, other: Any, hand: Any, go_to: Any
    ) -> None:
        run = plan(seats=1, count=1)
        enrol(run, citizen)
        enrol(run, other)
        assert in_own_transaction(waiting.list_unfilled, now=clock.now()) == []

        hand.say("enrollment", "leave", run["id"], run_id=run["id"])
        assert in_own_transaction(waiting.list_unfilled, now=clock.now()) == [UUID(run["id"])]
        assert fill() == 1
        enrol(run, citizen)
        assert in_own_transaction(waiting.list_unfilled, now=clock.now()) == []
        go_to(week(1) + timedelta(hours=2))
        assert in_own_transaction(waiting.list_unfilled, now=clock.now()) == [UUID(run["id"])]

    def test_goes_on_to_the_next_run_when_one_cannot_be_filled(
        self, plan: Any, enrol: Any, read: Any, citizen: Any, other: Any, hand: Any, superuser: Any
    ) -> None:
        runs = [plan(seats=1, first_on=first_on) for first_on in ("2026-12-01", "2026-12-02")]
        for run in runs:
            enrol(run, citizen)
            enrol(run, other)
            hand.say("enrollment", "leave", run["id"], run_id=run["id"])
        broken, whole = sorted(runs, key=lambda run: str(run["id"]))
        superuser.execute(
            f"ALTER TABLE enrollment ADD CONSTRAINT ck_broken CHECK (run_id <> {quoted(broken)}) NOT VALID"
        )
        superuser.commit()
        try:
            assert fill() == 1
        finally:
            superuser.execute("ALTER TABLE enrollment DROP CONSTRAINT ck_broken")
            superuser.commit()

        assert [line["alias"] for line in read(whole)["roster"]] == ["Gærdesmutte"]
        assert read(broken)["roster"] == []
        assert fill() == 1


def quoted(run: dict[str, Any]) -> str:
    """The id of a run for a statement that takes no parameters."""
    return f"'{UUID(run['id'])}'"


class TestDeath:
    def test_gives_the_seat_away_when_it_can_no_longer_be_taken_back(
        self, plan: Any, enrol: Any, read: Any, office: Any, citizen: Any, other: Any, go_to: Any
    ) -> None:
        run = plan(seats=1, first_on="2026-12-01")
        enrol(run, citizen)
        enrol(run, other)
        office.put(f"/api/v1/staff/citizens/{citizen.id}/death")

        assert fill() == 0
        go_to(NOW + timedelta(hours=25))
        assert fill() == 1

        assert [line["alias"] for line in read(run)["roster"]] == ["Gærdesmutte"]
