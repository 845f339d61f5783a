"""One colleague, one time: refused, or wanted and kept with its reason; a citizen's own overlap is told."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.appointments.people import TALK, refused, seen

WHY = "Fælles samtale, begge ved det"


@pytest.fixture
def other(make_citizen: Any, counsellor: Any) -> Any:
    """Somebody else the counsellor works with."""
    return make_citizen(contact=counsellor, alias="Gråspurv")


@pytest.fixture
def ask(desk: Any) -> Any:
    """Ask for a booking at the desk, whatever comes of it."""

    def post(citizen: Any, **body: Any) -> Any:
        return desk.post(f"/api/v1/staff/citizens/{citizen.id}/appointments", json={**TALK, **body})

    return post


def at(clock: str) -> dict[str, str]:
    return {"starts_at": f"2026-11-30T{clock}:00+01:00"}


class TestBook:
    @pytest.mark.parametrize(
        ("clock", "minutes", "clashes"),
        [
            ("10:00", 45, True),
            ("10:44", 5, True),
            ("09:16", 45, True),
            ("09:00", 480, True),
            ("10:45", 45, False),
            ("09:15", 45, False),
        ],
    )
    def test_at_a_taken_time_is_refused_and_says_which(
        self, ask: Any, book: Any, other: Any, count: Any, clock: str, minutes: int, clashes: bool
    ) -> None:
        book()

        answer = ask(other, **at(clock), duration_minutes=minutes)

        if clashes:
            assert (answer.status_code, answer.json["code"]) == (409, "double-booked")
            assert answer.json["errors"] == {"starts_at": ["2026-11-30 10:00–10:45 Solsort"]}
        else:
            assert answer.status_code == 201
        assert count("appointment") == (1 if clashes else 2)

    def test_is_possible_for_a_reason_that_is_sealed_and_stands_on_the_trail(
        self, ask: Any, book: Any, other: Any, superuser: Any
    ) -> None:
        book()

        answer = ask(other, override_reason=WHY)

        assert (answer.status_code, answer.json["override"], answer.json["override_reason"]) == (
            201,
            True,
            WHY,
        )
        trail = superuser.execute(
            "SELECT count(*) FROM audit_event WHERE event = 'appointment.double-booked' AND subject_id = %s",
            [answer.json["id"]],
        ).fetchone()
        assert trail == (1,)
        stored = superuser.execute("SELECT appointment::text FROM appointment").fetchall()
        assert "Fælles" not in str(stored)

    def test_needs_no_reason_and_keeps_none_where_nothing_clashes(self, ask: Any, citizen: Any) -> None:
        answer = ask(citizen, override_reason=WHY)

        assert (answer.json["override"], answer.json["override_reason"]) == (False, None)

    def test_beside_one_that_was_wanted_needs_a_reason_again(self, ask: Any, book: Any, other: Any) -> None:
        book()
        ask(other, **at("10:30"), override_reason=WHY)

        answer = ask(other, **at("10:50"))

        assert answer.json["errors"] == {"starts_at": ["2026-11-30 10:30–11:15 Gråspurv"]}

    def test_says_nothing_of_a_colleagues_day_but_that_it_is_taken(
        self, ask: Any, book: Any, other: Any, citizen: Any, make_staff: Any, give_case: Any
    ) -> None:
        colleague = make_staff()
        for each in (citizen, other):
            give_case(each, colleague)
        book(staff_id=str(colleague.id))

        answer = ask(other, staff_id=str(colleague.id))

        assert (answer.status_code, answer.json["code"]) == (409, "double-booked")
        assert answer.json["errors"] == {"starts_at": ["The colleague is taken at this time."]}

    def test_names_nobody_whom_the_counsellor_no_longer_sees(
        self, ask: Any, book: Any, other: Any, citizen: Any, superuser: Any
    ) -> None:
        book()
        superuser.execute("UPDATE care_relation SET ends_at = starts_at WHERE citizen_id = %s", [citizen.id])
        superuser.commit()

        assert ask(other).json["errors"] == {"starts_at": ["2026-11-30 10:00–10:45"]}

    def test_of_a_group_takes_everybody_in_at_the_same_time_and_nobody_else(
        self, ask: Any, citizen: Any, other: Any
    ) -> None:
        assert ask(citizen, kind="group").status_code == 201
        assert ask(other, kind="group").status_code == 201
        assert ask(other, kind="talk").status_code == 409
        assert ask(other, kind="group", **at("10:15")).status_code == 409
        assert ask(other, kind="group", duration_minutes=60).status_code == 409

    @pytest.mark.parametrize("reason", ["", " ", "x" * 301, "to\nlinjer", 7])
    def test_for_a_reason_that_cannot_be_used_is_refused_by_name(
        self, ask: Any, citizen: Any, reason: Any
    ) -> None:
        assert refused(ask(citizen, override_reason=reason), "override_reason")

    def test_by_two_at_once_lets_one_win(
        self,
        counsellor: Any,
        citizen: Any,
        other: Any,
        sign_in_staff: Any,
        new_client: Any,
        traveller: Any,
        count: Any,
    ) -> None:
        desks = []
        for _ in range(2):
            desks.append(sign_in_staff(counsellor, new_client()))
            traveller.shift(31)
        urls = [f"/api/v1/staff/citizens/{each.id}/appointments" for each in (citizen, other)]

        with ThreadPoolExecutor(2) as pool:
            tries = [pool.submit(desk.post, url, json=TALK) for desk, url in zip(desks, urls, strict=True)]
            answers = [each.result() for each in tries]

        assert sorted(each.status_code for each in answers) == [201, 409]
        assert {each.json["code"] for each in answers if each.status_code == 409} == {"double-booked"}
        assert (count("appointment"), count("reminder")) == (1, 1)


class TestWhenTheOtherLeaves:
    @pytest.mark.parametrize(
        ("step", "body"),
        [
            ("cancellation", {"cancellation": "by-service"}),
            ("move", {"starts_at": "2026-12-01T13:00:00+01:00"}),
            ("error", None),
        ],
    )
    def test_the_mark_goes_and_the_time_is_guarded_again(
        self, ask: Any, book: Any, other: Any, desk: Any, superuser: Any, step: str, body: Any
    ) -> None:
        first = book()
        wanted = ask(other, override_reason=WHY).json
        at_first = desk.get(f"/api/v1/staff/appointments/{first['id']}").json["override"]

        desk.post(f"/api/v1/staff/appointments/{first['id']}/{step}", json=body, headers=seen(1))

        shown = desk.get(f"/api/v1/staff/appointments/{wanted['id']}").json
        assert (wanted["override"], at_first) == (True, True)
        assert (shown["override"], shown["override_reason"], shown["revision"]) == (False, None, 1)
        stored = "SELECT double_booked FROM appointment WHERE id = %s"
        assert superuser.execute(stored, [wanted["id"]]).fetchone() == (False,)

    def test_it_stays_as_long_as_a_third_stands_in_the_way(
        self, ask: Any, book: Any, other: Any, desk: Any
    ) -> None:
        first = book()
        second = ask(other, override_reason=WHY).json
        ask(other, **at("10:30"), override_reason=WHY)

        url = f"/api/v1/staff/appointments/{first['id']}/cancellation"
        desk.post(url, json={"cancellation": "by-service"}, headers=seen(1))

        shown = desk.get(f"/api/v1/staff/appointments/{second['id']}").json
        assert (shown["override"], shown["override_reason"]) == (True, WHY)


class TestMove:
    def test_a_little_later_does_not_clash_with_itself(self, desk: Any, book: Any) -> None:
        booked = book()

        answer = desk.post(
            f"/api/v1/staff/appointments/{booked['id']}/move", json=at("10:15"), headers=seen(1)
        )

        assert (answer.status_code, answer.json["starts_local"]) == (201, "2026-11-30T10:15")

    def test_to_a_taken_time_is_refused_and_leaves_the_old_one(
        self, desk: Any, book: Any, ask: Any, other: Any, count: Any
    ) -> None:
        booked = book()
        ask(other, **at("13:00"))
        url = f"/api/v1/staff/appointments/{booked['id']}/move"

        taken = desk.post(url, json=at("13:30"), headers=seen(1))
        still = desk.get(f"/api/v1/staff/appointments/{booked['id']}").json
        wanted = desk.post(url, json={**at("13:30"), "override_reason": WHY}, headers=seen(1))

        assert taken.json["errors"] == {"starts_at": ["2026-11-30 13:00–13:45 Gråspurv"]}
        assert still == booked
        assert (wanted.status_code, wanted.json["override"]) == (201, True)
        assert count("appointment") == 3

    def test_frees_the_time_it_had(self, desk: Any, book: Any, ask: Any, other: Any) -> None:
        booked = book()
        desk.post(f"/api/v1/staff/appointments/{booked['id']}/move", json=at("13:00"), headers=seen(1))

        assert ask(other).status_code == 201


class TestOverlap:
    def test_of_one_citizen_with_two_colleagues_is_told_and_not_refused(
        self, book: Any, citizen: Any, make_staff: Any, give_case: Any, desk: Any
    ) -> None:
        colleague = make_staff()
        give_case(citizen, colleague)
        first = book()

        second = book(**at("10:30"), staff_id=str(colleague.id))

        assert second["overlaps"] == [first["id"]]
        items = desk.get(f"/api/v1/staff/citizens/{citizen.id}/appointments").json["items"]
        assert [each["overlaps"] for each in items] == [[second["id"]], [first["id"]]]

    def test_with_something_cancelled_is_none(
        self, book: Any, citizen: Any, make_staff: Any, give_case: Any, desk: Any
    ) -> None:
        colleague = make_staff()
        give_case(citizen, colleague)
        first = book()
        url = f"/api/v1/staff/appointments/{first['id']}/cancellation"
        desk.post(url, json={"cancellation": "by-service"}, headers=seen(1))

        assert book(staff_id=str(colleague.id))["overlaps"] == []

    def test_with_another_centre_is_never_told(
        self, book: Any, desk: Any, superuser: Any, make_staff: Any, make_unit: Any
    ) -> None:
        first = book()
        elsewhere = make_staff(unit=make_unit("krisecenter", "Krisecenter"))
        superuser.execute(
            "INSERT INTO appointment (id, citizen_id, unit_id, staff_id, kind, mode, starts_at, starts_local,"
            " duration_minutes, status, reply, revision, request_hash, created_by, created_at, updated_at)"
            " SELECT gen_random_uuid(), citizen_id, %s, %s, kind, mode, starts_at, starts_local,"
            " duration_minutes, status, reply, revision, request_hash, created_by, created_at, updated_at"
            " FROM appointment",
            [elsewhere.unit_id, elsewhere.id],
        )
        superuser.commit()

        assert desk.get(f"/api/v1/staff/appointments/{first['id']}").json["overlaps"] == []


def test_why_is_not_told_to_a_third_colleague(
    ask: Any, book: Any, other: Any, make_staff: Any, give_case: Any, sign_in_staff: Any, new_client: Any
) -> None:
    book()
    wanted = ask(other, override_reason=WHY).json
    third = make_staff()
    give_case(other, third)

    seen_by_third = sign_in_staff(third, new_client()).get(f"/api/v1/staff/appointments/{wanted['id']}").json

    assert (seen_by_third["override"], seen_by_third["override_reason"]) == (True, None)


def test_the_database_itself_refuses_it(superuser: Any, book: Any) -> None:
    first, second = book(), book(**at("13:00"))

    with pytest.raises(psycopg.errors.ExclusionViolation, match="ex_appointment_staff_time"):
        superuser.execute(
            "UPDATE appointment SET starts_at = %s WHERE id = %s", [first["starts_at"], second["id"]]
        )
