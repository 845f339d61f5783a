"""Who may take a goal where: the table against a few sentences, whatever both sides try in whatever order."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.goals import lifecycle
from server.goals.lifecycle import MAY_MOVE_TO, MoveNotAllowed, NotYoursToAgree, Standing
from server.goals.models import EventKind, GoalOrigin, GoalStatus, Side

TRY = st.tuples(st.sampled_from(list(Side)), st.sampled_from([*GoalStatus, "agree"]))


def go(standing: Standing, by: Side, to: object) -> tuple[Standing, EventKind | None, bool]:
    """One try; whether it was refused stands last."""
    try:
        if to == "agree":
            moved = lifecycle.agree(standing, by=by)
        else:
            moved = lifecycle.move(standing, to=GoalStatus(str(to)), by=by)
    except (MoveNotAllowed, NotYoursToAgree):
        return standing, None, True
    return *moved, False


class TestAGoal:
    @given(st.sampled_from(list(GoalOrigin)), st.lists(TRY, max_size=12))
    def test_goes_only_where_the_sentences_say(
        self, origin: GoalOrigin, tries: list[tuple[Side, object]]
    ) -> None:
        standing = lifecycle.start(origin)
        for by, to in tries:
            before = standing
            standing, told, refused = go(standing, by, to)

            assert standing.origin == origin
            assert (standing == before) == (told is None)
            if before.status == GoalStatus.ENTERED_IN_ERROR:
                assert standing == before  # final
            if standing.status == GoalStatus.ENTERED_IN_ERROR != before.status:
                assert (by, origin) == (Side.STAFF, GoalOrigin.STAFF)
            if standing.agreed and not before.agreed:  # the yes of the side that did not write it
                assert (by == Side.CITIZEN) == (origin == GoalOrigin.STAFF)
                assert told == EventKind.ACCEPTED
            if before.agreed:
                assert standing.agreed  # nobody takes a yes away from the other side
            if standing.status == GoalStatus.PROPOSED:
                assert (before.status, origin) == (GoalStatus.PROPOSED, GoalOrigin.STAFF)
            if refused and by == Side.CITIZEN and to != "agree":
                assert GoalStatus.ENTERED_IN_ERROR in (before.status, to) or to == GoalStatus.PROPOSED

    @given(st.lists(TRY, max_size=12))
    def test_that_staff_suggested_is_nobodys_to_answer_but_the_persons(
        self, tries: list[tuple[Side, object]]
    ) -> None:
        standing = lifecycle.start(GoalOrigin.STAFF)
        for _, to in tries:
            standing, _, _ = go(standing, Side.STAFF, to)

        assert not standing.agreed
        assert standing.status in (GoalStatus.PROPOSED, GoalStatus.ENTERED_IN_ERROR)

    @pytest.mark.parametrize("by", list(Side))
    @pytest.mark.parametrize("over", [GoalStatus.COMPLETED, GoalStatus.CANCELLED])
    def test_that_was_reached_or_let_go_may_be_opened_again(self, by: Side, over: GoalStatus) -> None:
        standing = Standing(GoalOrigin.STAFF, True, over)

        assert go(standing, by, GoalStatus.ACTIVE)[0].status == GoalStatus.ACTIVE

    def test_that_was_declined_is_opened_again_by_the_person_alone(self) -> None:
        declined, told, _ = go(lifecycle.start(GoalOrigin.STAFF), Side.CITIZEN, GoalStatus.CANCELLED)

        assert told == EventKind.DECLINED
        assert go(declined, Side.STAFF, GoalStatus.ACTIVE)[2]
        assert go(declined, Side.CITIZEN, GoalStatus.ACTIVE)[:2] == (
            Standing(GoalOrigin.STAFF, True, GoalStatus.ACTIVE),
            EventKind.ACCEPTED,
        )

    def test_said_to_stand_where_it_stands_stays_as_it_is(self) -> None:
        for origin, agreed, by in product(GoalOrigin, (False, True), Side):
            for status in set(GoalStatus) - {GoalStatus.ENTERED_IN_ERROR}:
                standing = Standing(origin, agreed, status)
                assert go(standing, by, status) == (standing, None, False)


def test_the_table_says_something_of_every_case() -> None:
    assert set(MAY_MOVE_TO) == set(product(GoalOrigin, (False, True), Side))
