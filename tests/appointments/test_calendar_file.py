"""One appointment as a file: for its citizen alone, and saying nothing unless asked."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from icalendar import Calendar

from tests.appointments.people import refused, seen, without_id

PLACE = "Kanariegade 7"


def url(appointment_id: object) -> str:
    """Where a citizen's phone asks for the file."""
    return f"/api/v1/citizen/appointments/{appointment_id}.ics"


class TestFile:
    def test_has_a_name_and_a_title_that_could_be_anybodys(
        self, phone: Any, book: Callable[..., Any]
    ) -> None:
        answer = phone.get(url(book(place=PLACE, kind="doctor")["id"]))

        assert answer.headers["Content-Disposition"] == 'attachment; filename="aftale.ics"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.content_type == "text/calendar; charset=utf-8"
        (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
        assert (event["summary"], event["sequence"]) == ("Aftale", 1)
        for private in (PLACE, "Karen", "Solsort", "doctor", "rusmiddel", "Viborg"):
            assert private.encode() not in answer.data

    def test_has_the_place_only_when_asked(self, phone: Any, book: Callable[..., Any]) -> None:
        answer = phone.get(url(book(place=PLACE)["id"]), query_string={"show": "place"})

        (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
        assert event["location"] == PLACE

    def test_tells_a_calendar_that_it_was_cancelled(
        self, phone: Any, desk: Any, book: Callable[..., Any]
    ) -> None:
        made = book()
        desk.post(
            f"/api/v1/staff/appointments/{made['id']}/cancellation",
            json={"cancellation": "by-service", "reason_code": "service-ill"},
            headers=seen(1),
        )

        (event,) = Calendar.from_ical(phone.get(url(made["id"])).data).walk("VEVENT")
        assert (event["status"], event["sequence"]) == ("CANCELLED", 2)

    def test_of_somebody_else_is_the_same_as_none(
        self,
        book: Callable[..., Any],
        stranger: Any,
        make_staff: Callable[..., Any],
        give_case: Callable[..., Any],
        pair: Callable[..., Any],
        new_client: Callable[[], Any],
    ) -> None:
        colleague = make_staff()
        give_case(stranger, colleague)
        other = pair(stranger, colleague, new_client())

        assert without_id(other.get(url(book()["id"]))) == without_id(other.get(url(uuid4())))
        assert other.get(url(uuid4())).status_code == 404

    @pytest.mark.parametrize("query", [{"show": "everything"}, {"show": ""}, {"place": "1"}])
    def test_refuses_what_it_does_not_know(
        self, phone: Any, book: Callable[..., Any], query: dict[str, str]
    ) -> None:
        assert refused(phone.get(url(book()["id"]), query_string=query), next(iter(query)))

    def test_is_not_for_staff(self, desk: Any, book: Callable[..., Any]) -> None:
        assert desk.get(url(book()["id"])).status_code == 401
