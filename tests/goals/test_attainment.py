"""T of goal attainment scaling against figures worked out by hand, and what always holds of it."""

from itertools import combinations_with_replacement
from math import isclose

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from server.goals.attainment import Scaled, attainment, t_score

LEVEL = st.integers(-2, 2)
WEIGHED = st.lists(st.tuples(LEVEL, st.integers(1, 9)), min_size=1, max_size=8)


class TestTScore:
    @pytest.mark.parametrize(
        ("levels", "t"),
        [
            ([0], 50.0),
            ([1], 60.0),
            ([-2], 30.0),
            ([2], 70.0),
            ([1, 1], 62.4),  # 50 + 20 / √(0.7·2 + 0.3·4)
            ([-1, -1], 37.6),
            ([1, 1, 1], 63.7),  # 50 + 30 / √(0.7·3 + 0.3·9)
            ([1, 1, 1, 1], 64.5),  # 50 + 40 / √(0.7·4 + 0.3·16)
            ([2, 0, -1], 54.6),  # 50 + 10 / √4.8
        ],
    )
    def test_of_goals_that_weigh_alike(self, levels: list[int], t: float) -> None:
        assert t_score(levels, [1] * len(levels)) == pytest.approx(t, abs=0.05)

    def test_of_goals_that_weigh_differently(self) -> None:
        # Σwx = 6·1 + 2·0 + 3·(-1) = 3; Σw² = 49; (Σw)² = 121; 50 + 30 / √(34.3 + 36.3) = 53.57
        assert t_score([1, 0, -1], [6, 2, 3]) == pytest.approx(53.57, abs=0.005)

    def test_says_nothing_without_a_goal_that_weighs_anything(self) -> None:
        assert t_score([], []) is None
        assert t_score([2, 1], [0, 0]) is None

    def test_leaves_out_what_weighs_nothing(self) -> None:
        assert t_score([1, -2], [3, 0]) == t_score([1], [3])

    def test_wants_a_weight_for_each_level(self) -> None:
        with pytest.raises(ValueError, match="zip"):
            t_score([1, 1], [1])

    @given(st.lists(st.integers(1, 9), min_size=1, max_size=8))
    def test_is_fifty_where_all_is_as_expected(self, weights: list[int]) -> None:
        assert t_score([0] * len(weights), weights) == 50

    @given(WEIGHED, st.integers(0, 7), st.integers(1, 4))
    def test_rises_with_every_level(self, goals: list[tuple[int, int]], which: int, more: int) -> None:
        levels, weights = [level for level, _ in goals], [weight for _, weight in goals]
        which %= len(goals)
        assume(levels[which] + more <= 2)
        before = t_score(levels, weights)
        levels[which] += more

        after = t_score(levels, weights)

        assert before is not None
        assert after is not None
        assert after > before

    @given(WEIGHED, st.integers(2, 50))
    def test_does_not_hang_on_the_unit_of_the_weights(self, goals: list[tuple[int, int]], times: int) -> None:
        levels, weights = [level for level, _ in goals], [weight for _, weight in goals]
        alike, larger = t_score(levels, weights), t_score(levels, [weight * times for weight in weights])

        assert alike is not None
        assert larger is not None
        assert isclose(alike, larger)

    @given(WEIGHED)
    def test_lies_as_far_above_as_the_opposite_below(self, goals: list[tuple[int, int]]) -> None:
        levels, weights = [level for level, _ in goals], [weight for _, weight in goals]
        above, below = t_score(levels, weights), t_score([-level for level in levels], weights)

        assert above is not None
        assert below is not None
        assert isclose(above - 50, 50 - below, abs_tol=1e-9)

    def test_does_not_hang_on_the_order_of_the_goals(self) -> None:
        for first, second, third in combinations_with_replacement([(-2, 1), (0, 4), (1, 9), (2, 6)], 3):
            one = t_score(*map(list, zip(first, second, third, strict=True)))
            other = t_score(*map(list, zip(third, first, second, strict=True)))
            assert isclose(one or 0, other or 0)


class TestAttainment:
    def test_is_the_change_from_the_start(self) -> None:
        goals = [Scaled(-1, 0, importance=3, difficulty=2), Scaled(-2, 1, importance=1, difficulty=1)]

        found = attainment(goals)

        # weights 6 and 1: √(0.7·37 + 0.3·49) = 6.37; start -8 → 37.4; now +1 → 51.6
        assert found is not None
        assert (found.baseline, found.reached, found.change) == (37.4, 51.6, 14.2)

    @given(st.lists(st.builds(Scaled, LEVEL, LEVEL, st.integers(0, 3), st.integers(0, 3)), max_size=6))
    def test_prints_three_figures_that_go_together(self, goals: list[Scaled]) -> None:
        found = attainment(goals)

        assert (found is None) == (sum(goal.weight for goal in goals) == 0)
        if found is not None:
            assert isclose(found.baseline + found.change, found.reached, abs_tol=1e-9)

    @pytest.mark.parametrize(("importance", "difficulty"), [(None, None), (3, None), (None, 3)])
    def test_weighs_one_where_importance_or_difficulty_is_not_said(
        self, importance: int | None, difficulty: int | None
    ) -> None:
        assert Scaled(-1, 0, importance, difficulty).weight == 1

    @pytest.mark.parametrize(("importance", "difficulty"), [(0, 3), (3, 0), (0, 0)])
    def test_leaves_out_what_is_said_not_to_matter(self, importance: int, difficulty: int) -> None:
        nothing = Scaled(-2, 2, importance, difficulty)

        assert attainment([nothing]) is None
        assert attainment([nothing, Scaled(-1, 0)]) == attainment([Scaled(-1, 0)])

    def test_says_nothing_without_goals(self) -> None:
        assert attainment([]) is None
