"""A call that the crisis line has promised stands first on the list of today, from the day it is due."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.conftest import NOW

TODAY = "/api/v1/staff/today"


def promise(line: Any) -> None:
    """A contact about nobody known, with a yes to the call after 14 days."""
    contact = line.open()
    contact = line.change(
        contact, wants_follow_up_14d=True, callback={"may_ring": True, "phone": "20304050"}
    ).json
    line.do(contact, "close")


def test_from_the_day_it_is_due_and_without_a_word_about_whom(line: Any, go_to: Callable[..., Any]) -> None:
    promise(line)
    assert line.browser.get(TODAY).json["items"] == []

    go_to(NOW + timedelta(days=14))

    answer = line.browser.get(TODAY)
    [found] = answer.json["items"]
    assert (found["kind"], found["citizen_id"], found["alias"]) == ("crisis-follow-up", None, None)
    assert (found["due_on"], found["link"]) == ("2026-12-07", "/staff/desk/follow-ups")
    assert "20304050" not in answer.get_data(as_text=True)


def test_for_nobody_outside_the_crisis_line(
    line: Any, make_staff: Any, sign_in_staff: Any, go_to: Any
) -> None:
    promise(line)
    browser = sign_in_staff(make_staff())
    go_to(NOW + timedelta(days=14))

    assert browser.get(TODAY).json["items"] == []
