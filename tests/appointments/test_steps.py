"""Every state and every step: what the table allows is done, everything else changes nothing at all."""

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from server.appointments.models import AppointmentStatus
from server.appointments.steps import EDGES, Step, leads_to, possible_from
from tests.appointments.people import seen

BODIES: dict[Step, dict[str, Any] | None] = {
    Step.ARRIVAL: None,
    Step.HELD: None,
    Step.NO_SHOW: {"excused": False},
    Step.UNDO: None,
    Step.ERROR: None,
    Step.CANCELLATION: {"cancellation": "by-service", "reason_code": "service-ill"},
    Step.MOVE: {"starts_at": "2026-12-07T13:00:00+01:00"},
}
#: How a row in each state looks in the database, half an hour after the start.
ROWS = {
    AppointmentStatus.BOOKED: "status = 'booked'",
    AppointmentStatus.ARRIVED: "status = 'arrived', arrived_at = starts_at",
    AppointmentStatus.FULFILLED: "status = 'fulfilled', closed_at = starts_at",
    AppointmentStatus.NOSHOW: "status = 'noshow', closed_at = starts_at, noshow_excused = false",
    AppointmentStatus.CANCELLED: "status = 'cancelled', cancellation = 'by-service', closed_at = starts_at",
}
#: What was agreed, written down a second time: a step that is not named here is refused in that state.
AGREED = {
    "booked": {
        "arrival": "arrived",
        "held": "fulfilled",
        "no-show": "noshow",
        "cancellation": "cancelled",
        "move": "cancelled",
        "error": "entered-in-error",
    },
    "arrived": {"held": "fulfilled", "no-show": "noshow", "undo": "booked", "error": "entered-in-error"},
    "fulfilled": {"undo": "booked", "error": "entered-in-error"},
    "noshow": {"undo": "booked", "error": "entered-in-error"},
    "cancelled": {"error": "entered-in-error"},
}
CELLS = [pytest.param(*cell, id="-".join(cell)) for cell in product(ROWS, Step)]


@pytest.fixture
def in_state(book: Any, superuser: Any, go_to: Any, now: datetime) -> Any:
    """An appointment that began half an hour ago, put into a state."""

    def put(status: AppointmentStatus) -> str:
        booked = book(starts_at=(now + timedelta(minutes=30)).isoformat())
        superuser.execute(f"UPDATE appointment SET {ROWS[status]}")
        superuser.commit()
        go_to(now + timedelta(minutes=60))
        return str(booked["id"])

    return put


def everything(superuser: Any) -> list[Any]:
    """All that a step may touch."""
    return [
        superuser.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in ("appointment", "occurrence", "reminder", "citizen_change", "citizen_sequence")
    ]


@pytest.mark.parametrize(("status", "step"), CELLS)
def test_a_step_leads_where_the_table_says_or_nowhere(
    desk: Any, in_state: Any, superuser: Any, status: AppointmentStatus, step: Step
) -> None:
    appointment_id = in_state(status)
    before = everything(superuser)
    superuser.commit()

    answer = desk.post(
        f"/api/v1/staff/appointments/{appointment_id}/{step}", json=BODIES[step], headers=seen(1)
    )

    target = AGREED[status].get(step)
    assert leads_to(status, step) == target
    if target is not None and step == Step.MOVE:
        assert (answer.status_code, answer.json["code"]) == (409, "appointment-begun")
        assert everything(superuser) == before
    elif target is None:
        assert (answer.status_code, answer.json["code"]) == (409, "appointment-closed")
        assert everything(superuser) == before
    else:
        assert answer.status_code in (200, 201), answer.json
        stored = superuser.execute(
            "SELECT status, revision FROM appointment WHERE id = %s", [appointment_id]
        ).fetchone()
        assert stored == (target, 2)


@pytest.mark.parametrize("step", Step)
def test_what_was_written_in_error_is_there_for_nobody(
    desk: Any, in_state: Any, superuser: Any, step: Step
) -> None:
    appointment_id = in_state(AppointmentStatus.BOOKED)
    superuser.execute("UPDATE appointment SET status = 'entered-in-error'")
    superuser.commit()

    answer = desk.post(
        f"/api/v1/staff/appointments/{appointment_id}/{step}", json=BODIES[step], headers=seen(1)
    )

    assert (answer.status_code, answer.json["code"]) == (404, "not-found")
    assert (AppointmentStatus.ENTERED_IN_ERROR, step) not in EDGES


@pytest.mark.parametrize(
    ("step", "start", "first"),
    [
        (Step.ARRIVAL, "2026-11-30T09:00:00+00:00", "2026-11-29T23:00:00+00:00"),
        (Step.ARRIVAL, "2027-03-28T10:00:00+00:00", "2027-03-27T23:00:00+00:00"),
        (Step.ARRIVAL, "2027-10-31T10:00:00+00:00", "2027-10-30T22:00:00+00:00"),
        (Step.HELD, "2026-11-30T09:00:00+00:00", "2026-11-30T08:45:00+00:00"),
        (Step.NO_SHOW, "2026-11-30T09:00:00+00:00", "2026-11-30T09:00:00.000001+00:00"),
        (Step.CANCELLATION, "2026-11-30T09:00:00+00:00", None),
    ],
)
def test_the_clock_has_its_say(step: Step, start: str, first: str | None) -> None:
    found = possible_from(step, datetime.fromisoformat(start))

    assert found == (datetime.fromisoformat(first) if first else None)
