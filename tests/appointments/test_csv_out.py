"""A counsellor's own bookings as a sheet."""

from collections.abc import Callable
from typing import Any

import pytest

from server.core.access import Role
from tests.appointments.people import TALK, refused, seen

SHEET = "/api/v1/staff/appointments.csv"


def lines(answer: Any) -> list[str]:
    """The rows of a sheet, without its heading."""
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return str(answer.data.decode("utf-8-sig")).split("\r\n")[1:-1]


class TestSheet:
    def test_holds_the_own_bookings_in_order_and_no_name(
        self,
        desk: Any,
        book: Callable[..., Any],
        citizen: Any,
        make_staff: Callable[..., Any],
        give_case: Callable[..., Any],
    ) -> None:
        colleague = make_staff()
        give_case(citizen, colleague)
        gone = book(starts_at="2026-12-02T15:00:00+01:00", mode="phone", place=None, kind="doctor")
        book(starts_at="2026-12-01T09:00:00+01:00")
        book(starts_at="2026-12-01T09:00:00+01:00", staff_id=str(colleague.id))
        desk.post(
            f"/api/v1/staff/appointments/{gone['id']}/cancellation",
            json={"cancellation": "by-service", "reason_code": "service-ill"},
            headers=seen(gone["revision"]),
        )

        answer = desk.get(SHEET)

        assert lines(answer) == [
            "2026-12-01;09:00;45;Solsort;samtale;vi mødes;Lokale 2;booket",
            "2026-12-02;15:00;45;Solsort;læge;telefon;;aflyst",
        ]
        assert answer.content_type == "text/csv; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="aftaler.csv"'
        assert answer.headers["Cache-Control"] == "no-store"

    def test_no_spreadsheet_works_anything_out_of_it(
        self, desk: Any, make_citizen: Callable[..., Any], counsellor: Any
    ) -> None:
        citizen = make_citizen(contact=counsellor, alias="=1+1")
        desk.post(
            f"/api/v1/staff/citizens/{citizen.id}/appointments",
            json={**TALK, "place": '@SUM(A1) "; =x'},
        )

        assert lines(desk.get(SHEET)) == [
            '2026-11-30;10:00;45;\'=1+1;samtale;vi mødes;"\'@SUM(A1) ""; =x";booket'
        ]

    def test_holds_the_span_that_is_asked_for(self, desk: Any, book: Callable[..., Any]) -> None:
        book()

        span = {"from": "2026-11-30T10:00:00+01:00", "to": "2026-11-30T10:01:00+01:00"}
        assert len(lines(desk.get(SHEET, query_string=span))) == 1
        span = {"from": "2026-11-30T10:01:00+01:00", "to": "2026-11-30T10:02:00+01:00"}
        assert lines(desk.get(SHEET, query_string=span)) == []

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"from": "2026-11-25"}, "from"),
            ({"from": "2026-11-25T00:00:00Z", "to": "2026-11-24T00:00:00Z"}, "to"),
            ({"from": "2026-01-01T00:00:00Z", "to": "2029-01-01T00:00:00Z"}, "to"),
            ({"alias": "Solsort"}, "alias"),
        ],
    )
    def test_refuses_a_span_that_makes_no_sense(self, desk: Any, query: dict[str, str], field: str) -> None:
        assert refused(desk.get(SHEET, query_string=query), field)

    def test_shows_nobody_whose_case_has_ended(
        self, desk: Any, book: Callable[..., Any], superuser: Any
    ) -> None:
        book()
        superuser.execute("UPDATE care_relation SET ends_at = starts_at")
        superuser.commit()

        assert lines(desk.get(SHEET)) == []

    def test_that_it_was_taken_stands_on_the_trail(self, desk: Any, superuser: Any, counsellor: Any) -> None:
        desk.get(SHEET)

        found = superuser.execute("SELECT actor_id FROM audit_event WHERE event = 'appointments.exported'")
        assert found.fetchall() == [(counsellor.id,)]

    def test_is_for_counsellors_alone(
        self, phone: Any, make_staff: Callable[..., Any], sign_in_staff: Any, new_client: Any
    ) -> None:
        manager = sign_in_staff(make_staff(roles=(Role.MANAGER,)), new_client())

        assert phone.get(SHEET).status_code == 401
        assert manager.get(SHEET).status_code == 403
