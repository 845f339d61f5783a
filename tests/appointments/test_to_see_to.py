"""Who sees to what: one's own appointments, and those of a colleague who is away."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.appointments.people import refused, seen
from tests.tasks.people import colleague, manager, stand_in_for

__all__ = ["colleague", "manager", "stand_in_for"]

LIST, UNSAID = "/api/v1/staff/appointments", "/api/v1/staff/appointments/unsaid"
BOTH = {"for": "mine-and-stand-in"}


@pytest.fixture
def begun(book: Any, go_to: Any, now: datetime) -> dict[str, Any]:
    """A talk of the counsellor's that began an hour ago; nobody has said how it went."""
    booked = book(starts_at=(now + timedelta(hours=1)).isoformat())
    go_to(now + timedelta(hours=2))
    return dict(booked)


@pytest.fixture
def stand_in(counsellor: Any, colleague: Any, stand_in_for: Callable[..., Any]) -> Any:
    """The colleague, while standing in for the counsellor."""
    stand_in_for(counsellor, colleague)
    return colleague


def rows(answer: Any) -> list[tuple[str, bool, str]]:
    """Which appointments are listed, whether they are one's own, and with whom they are."""
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [(one["id"], one["mine"], one["staff_name"]) for one in answer.json["items"]]


def test_a_stand_in_sees_the_colleagues_appointments_when_asked_and_can_mark_them(
    citizen: Any, begun: dict[str, Any], stand_in: Any, sign_in_staff: Any, new_client: Any
) -> None:
    there = sign_in_staff(stand_in, new_client())

    assert rows(there.get(LIST)) == []
    assert rows(there.get(LIST, query_string=BOTH)) == [(begun["id"], False, "Karen Kontakt")]
    assert rows(there.get(UNSAID)) == [(begun["id"], False, "Karen Kontakt")]
    assert there.post(f"{LIST}/{begun['id']}/held", headers=seen(1)).status_code == 200
    assert rows(there.get(UNSAID)) == []


def test_what_is_unsaid_is_listed_oldest_first_and_nothing_that_is_said_or_ahead(
    desk: Any, book: Any, go_to: Any, now: datetime
) -> None:
    ids = [book(starts_at=(now + timedelta(hours=hours)).isoformat())["id"] for hours in (3, 1, 2, 9)]
    go_to(now + timedelta(hours=4))
    desk.post(f"{LIST}/{ids[2]}/held", headers=seen(1))
    desk.post(f"{LIST}/{ids[0]}/arrival", headers=seen(1))

    assert [(one, mine) for one, mine, _ in rows(desk.get(UNSAID))] == [(ids[1], True), (ids[0], True)]


def test_a_colleague_who_only_works_with_the_same_person_sees_none_of_it(
    citizen: Any, begun: dict[str, Any], colleague: Any, give_case: Any, sign_in_staff: Any, new_client: Any
) -> None:
    give_case(citizen, colleague)
    there = sign_in_staff(colleague, new_client())

    assert rows(there.get(LIST, query_string=BOTH)) == []
    assert rows(there.get(UNSAID)) == []


def test_what_a_colleague_who_has_left_leaves_unsaid_is_seen_by_who_answers(
    citizen: Any,
    begun: dict[str, Any],
    counsellor: Any,
    colleague: Any,
    give_case: Any,
    superuser: Any,
    sign_in_staff: Any,
    new_client: Any,
) -> None:
    give_case(citizen, colleague)
    superuser.execute("UPDATE staff_member SET deactivated_at = now() WHERE id = %s", [counsellor.id])
    superuser.commit()

    assert rows(sign_in_staff(colleague, new_client()).get(UNSAID)) == [(begun["id"], False, "Karen Kontakt")]


def test_a_stranger_gets_an_empty_list_and_nobody_is_asked_about_who_has_died(
    citizen: Any,
    begun: dict[str, Any],
    desk: Any,
    make_staff: Any,
    superuser: Any,
    sign_in_staff: Any,
    new_client: Any,
) -> None:
    there = sign_in_staff(make_staff(), new_client())
    assert [rows(there.get(url, query_string=query)) for url, query in ((LIST, BOTH), (UNSAID, {}))] == [
        [],
        [],
    ]
    superuser.execute("UPDATE citizen SET deceased_at = now() WHERE id = %s", [citizen.id])
    superuser.commit()
    assert rows(desk.get(UNSAID)) == []


@pytest.mark.parametrize("whose", ["all", "", "colleague"])
def test_for_whom_is_one_of_two(desk: Any, whose: str) -> None:
    assert refused(desk.get(LIST, query_string={"for": whose}), "for")
