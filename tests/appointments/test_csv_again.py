"""A sheet that is sent again: what was moved or cancelled comes back only if it is asked for."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.appointments.people import refused, seen
from tests.appointments.sheets import TALK, row, sent, sheet
from tests.appointments.test_csv_in import BOOK, look, outcomes

__all__ = ["look"]

TUESDAY = "2026-12-01T13:00:00+01:00"


@pytest.fixture
def gone(desk: Any, book: Callable[..., Any]) -> Callable[..., None]:
    """Book the talk of the sheet and let it be moved or cancelled."""

    def made(what: str) -> None:
        body = {"cancellation": {"cancellation": "by-service"}, "move": {"starts_at": TUESDAY}}[what]
        url = f"/api/v1/staff/appointments/{book()['id']}/{what}"
        assert desk.post(url, json=body, headers=seen(1)).status_code in (200, 201)

    return made


@pytest.mark.parametrize(("what", "outcome"), [("cancellation", "was-cancelled"), ("move", "was-moved")])
def test_what_was_moved_or_cancelled_is_booked_only_if_it_is_asked_for_again(
    desk: Any, look: Any, gone: Any, count: Any, what: str, outcome: str
) -> None:
    gone(what)
    data, before = sheet(TALK, row(dato="2026-12-03")), count("appointment")
    preview = look(data)

    plain = desk.post(BOOK, json=sent(data, digest=preview["digest"]))
    middle = count("appointment")
    wanted = look(data)
    again = desk.post(BOOK, json=sent(data, digest=wanted["digest"], again=[2]))

    assert outcomes(preview) == [(2, outcome, None), (3, "new", None)]
    assert (plain.status_code, plain.json["booked"], middle) == (201, 1, before + 1)
    assert (again.status_code, again.json["booked"]) == (201, 1)
    assert outcomes(look(data)) == [(2, "already-booked", None), (3, "already-booked", None)]


@pytest.mark.parametrize("again", [[3], [9], [2, 3]])
def test_a_row_that_was_never_there_or_is_new_anyway_is_refused_and_nothing_is_booked(
    desk: Any, look: Any, gone: Any, count: Any, again: list[int]
) -> None:
    gone("cancellation")
    data, before = sheet(TALK, row(dato="2026-12-03")), count("appointment")
    digest = look(data)["digest"]

    assert refused(desk.post(BOOK, json=sent(data, digest=digest, again=again)), "again")
    assert count("appointment") == before


def test_a_time_that_a_new_row_takes_is_not_given_twice(
    desk: Any, look: Any, gone: Any, make_citizen: Any, counsellor: Any, count: Any
) -> None:
    make_citizen(contact=counsellor, alias="Vibe")
    gone("cancellation")
    data, before = sheet(TALK, row(alias="Vibe")), count("appointment")
    preview = look(data)

    assert outcomes(preview) == [(2, "was-cancelled", None), (3, "new", None)]
    assert refused(desk.post(BOOK, json=sent(data, digest=preview["digest"], again=[2])), "again")
    assert count("appointment") == before


def test_the_same_confirmation_after_a_lost_answer_says_that_it_is_done(
    desk: Any, look: Any, count: Any
) -> None:
    data = sheet(TALK, row(dato="2026-12-01"))
    body = sent(data, digest=look(data)["digest"])
    first = desk.post(BOOK, json=body)
    before = count("appointment"), count("reminder")

    second = desk.post(BOOK, json=body)

    assert (first.status_code, first.json) == (201, {"booked": 2, "already": False})
    assert (second.status_code, second.json) == (200, {"booked": 2, "already": True})
    assert (count("appointment"), count("reminder")) == before


def test_a_colleague_with_the_same_file_and_digest_is_told_of_a_change(
    desk: Any,
    look: Any,
    citizen: Any,
    give_case: Any,
    make_staff: Any,
    sign_in_staff: Any,
    new_client: Any,
) -> None:
    data = sheet(TALK)
    body = sent(data, digest=look(data)["digest"])
    desk.post(BOOK, json=body)
    other = make_staff()
    give_case(citizen, other)

    answer = sign_in_staff(other, new_client()).post(BOOK, json=body)

    assert (answer.status_code, answer.json["code"]) == (409, "import-changed")
