"""Scores against the published examples, and answers that do not belong."""

from pathlib import Path

import pytest

from server.library import service as library
from server.library.questionnaire_models import Questionnaire
from server.measures import scoring

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def shipped() -> dict[str, Questionnaire]:
    return dict(library.load(CONTENT).questionnaires)


def who(*values: int) -> dict[str, int]:
    """Answers to WHO-5 in the order of its items."""
    return dict(zip(("cheerful", "calm", "active", "rested", "interested"), values, strict=True))


class TestWho5:
    """WHO (1998, 2024) and Topp et al. (2015): the raw sum of 0 to 25 times 4."""

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ((5, 5, 5, 5, 5), 100),
            ((0, 0, 0, 0, 0), 0),
            ((3, 3, 3, 2, 2), 52),  # 13, the lowest raw sum that the form itself calls good
            ((3, 3, 2, 2, 2), 48),  # 12, below it
            ((1, 1, 1, 1, 1), 20),
            ((4, 4, 3, 3, 3), 68),  # the mean in Denmark (vidensportal.dk)
            ((2, 2, 2, 1, 1), 32),  # within 0 to 35
            ((0, 1, 2, 3, 4), 40),
        ],
    )
    def test_is_the_sum_times_four(
        self, shipped: dict[str, Questionnaire], values: tuple[int, ...], expected: int
    ) -> None:
        assert scoring.score(shipped["who-5"], who(*values)) == expected

    def test_has_no_score_before_it_is_whole(self, shipped: dict[str, Questionnaire]) -> None:
        part = who(5, 5, 5, 5, 5)
        del part["rested"]

        assert scoring.score(shipped["who-5"], part) is None
        assert not scoring.is_complete(shipped["who-5"], part)

    @pytest.mark.parametrize("wrong", [{"calm": 6}, {"calm": -1}, {"sleepy": 1}])
    def test_has_no_score_with_an_answer_that_does_not_belong(
        self, shipped: dict[str, Questionnaire], wrong: dict[str, int]
    ) -> None:
        answers = {**who(1, 1, 1, 1, 1), **wrong}

        assert not scoring.fits(shipped["who-5"], answers)
        assert scoring.score(shipped["who-5"], answers) is None

    def test_may_have_a_rule_because_its_low_end_is_the_worst(
        self, shipped: dict[str, Questionnaire]
    ) -> None:
        assert [scoring.may_ask_for_call(one) for one in shipped.values()] == [True, False, False]


class TestAuditC:
    """WHO manual (2001), items 1 to 3 of AUDIT: 0 to 4 each."""

    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ({"how-often": 4, "how-many": 4, "many-at-once": 4}, 12),
            ({"how-often": 1, "how-many": 0, "many-at-once": 0}, 1),
            ({"how-often": 2, "how-many": 1, "many-at-once": 1}, 4),
            ({"how-often": 3, "how-many": 1, "many-at-once": 1}, 5),
            ({"how-often": 0, "how-many": 0, "many-at-once": 0}, 0),
        ],
    )
    def test_is_the_sum(
        self, shipped: dict[str, Questionnaire], answers: dict[str, int], expected: int
    ) -> None:
        assert scoring.score(shipped["audit-c"], answers) == expected

    def test_asks_who_never_drinks_nothing_more(self, shipped: dict[str, Questionnaire]) -> None:
        assert scoring.score(shipped["audit-c"], {"how-often": 0}) == 0
        assert [item.id for item in scoring.asked(shipped["audit-c"], {"how-often": 0})] == ["how-often"]

    def test_counts_nothing_that_was_answered_before_the_never(
        self, shipped: dict[str, Questionnaire]
    ) -> None:
        assert scoring.score(shipped["audit-c"], {"how-often": 0, "how-many": 4, "many-at-once": 4}) == 0

    def test_has_no_score_before_it_is_whole(self, shipped: dict[str, Questionnaire]) -> None:
        assert scoring.score(shipped["audit-c"], {"how-often": 1}) is None


def test_the_grid_of_days_has_no_score(shipped: dict[str, Questionnaire]) -> None:
    assert scoring.score(shipped["days"], {}) is None
