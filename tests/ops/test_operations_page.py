"""docs/operations.md leaves nobody alone with an alarm."""

import re
from pathlib import Path

import pytest

from notifications.dispatcher.reactions import ROWS
from notifications.health import Code

PAGE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")


def chapter(title: str) -> dict[str, str]:
    """The tables below a heading: what stands in the first cell, and the last cell."""
    text = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = [line.strip("| \n").split("|") for line in text.splitlines() if line.startswith("| `")]
    return {code: cells[-1].strip() for cells in rows for code in re.findall(r"`([a-z-]+)`", cells[0])}


@pytest.mark.parametrize("code", Code)
def test_each_alarm_stands_there_with_what_to_do(code: Code) -> None:
    assert chapter("Alarms").get(code)


@pytest.mark.parametrize("outcome", sorted({row.name for row in ROWS.values() if row.alarm}))
def test_each_outcome_that_calls_for_a_human_stands_there_with_what_to_do(outcome: str) -> None:
    assert chapter("What push services answer").get(outcome)


def test_no_alarm_stands_there_that_is_never_raised() -> None:
    assert set(chapter("Alarms")) == set(Code)
