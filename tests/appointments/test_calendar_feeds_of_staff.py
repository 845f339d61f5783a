"""A counsellor's calendar address shows the own bookings, and of other people as little as can be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from server.accounts import service as accounts
from server.core import db
from server.core.access import Role
from tests.appointments.people import TALK
from tests.appointments.test_calendar_feeds import (
    CITIZEN_FEED,
    PLACE,
    STAFF_FEED,
    anybody,
    events,
    path_of,
    unknown,
    without_id,
)
from tests.conftest import actor_of

__all__ = ["anybody", "unknown"]


@pytest.fixture
def places_shown(app: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let a centre decide that places stand in its counsellors' calendars."""

    def decide(slug: str) -> None:
        content = app.extensions["content"]
        rules = replace(content.appointment_rules["rusmiddelcenter"], place_in_calendar=True)
        monkeypatch.setitem(app.extensions, "content", replace(content, appointment_rules={slug: rules}))

    return decide


class TestTheCounsellorsAddress:
    def test_shows_the_own_bookings_without_any_name(
        self,
        desk: Any,
        phone: Any,
        anybody: Any,
        citizen: Any,
        book: Callable[..., Any],
        make_staff: Callable[..., Any],
        give_case: Callable[..., Any],
    ) -> None:
        colleague = make_staff()
        give_case(citizen, colleague)
        mine = book(place=PLACE)
        book(starts_at="2026-12-02T10:00:00+01:00", staff_id=str(colleague.id))

        answer = anybody.get(path_of(desk.post(STAFF_FEED)))

        (event,) = events(answer)
        assert event["summary"] == "Aftale: samtale"
        for private in (PLACE, "Solsort", str(citizen.id), mine["id"]):
            assert private.encode() not in answer.data
        own = events(anybody.get(path_of(phone.post(CITIZEN_FEED))))
        assert event["uid"] not in {each["uid"] for each in own}

    def test_shows_the_alias_only_where_the_centre_has_decided_so(
        self,
        app: Any,
        desk: Any,
        anybody: Any,
        citizen: Any,
        book: Callable[..., Any],
        superuser: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        book()
        path = path_of(desk.post(STAFF_FEED))
        content = app.extensions["content"]
        own = replace(content.appointment_rules["rusmiddelcenter"], alias_in_calendar=True)
        monkeypatch.setitem(
            app.extensions, "content", replace(content, appointment_rules={"rusmiddelcenter": own})
        )

        (event,) = events(anybody.get(path))
        assert event["summary"] == "Aftale: samtale, Solsort"
        superuser.execute("UPDATE citizen SET address_protected = true WHERE id = %s", [citizen.id])
        superuser.commit()
        (event,) = events(anybody.get(path))
        assert event["summary"] == "Aftale: samtale"

    def test_shows_the_place_only_where_the_centre_has_decided_so_and_never_of_a_protected_address(
        self,
        desk: Any,
        anybody: Any,
        citizen: Any,
        book: Callable[..., Any],
        superuser: Any,
        places_shown: Callable[[str], None],
    ) -> None:
        book(place=PLACE)
        path = path_of(desk.post(STAFF_FEED))
        before = anybody.get(path)
        places_shown("rusmiddelcenter")

        (event,) = events(anybody.get(path))
        superuser.execute("UPDATE citizen SET address_protected = true WHERE id = %s", [citizen.id])
        superuser.commit()
        protected = anybody.get(path)

        assert event["location"] == PLACE
        assert len(events(before)) == len(events(protected)) == 1
        assert PLACE.encode() not in before.data + protected.data

    def test_never_shows_a_place_of_the_crisis_centre(
        self,
        make_unit: Callable[..., Any],
        make_staff: Callable[..., Any],
        make_citizen: Callable[..., Any],
        sign_in_staff: Callable[..., Any],
        pair: Callable[..., Any],
        new_client: Callable[[], Any],
        anybody: Any,
        places_shown: Callable[[str], None],
    ) -> None:
        places_shown("krisecenter")
        member = make_staff(unit=make_unit("krisecenter", "Krisecenter"))
        citizen = make_citizen(contact=member)
        desk, phone = sign_in_staff(member, new_client()), pair(citizen, member, new_client())
        made = desk.post(f"/api/v1/staff/citizens/{citizen.id}/appointments", json={**TALK, "place": PLACE})

        seen_by_staff = anybody.get(path_of(desk.post(STAFF_FEED)))
        asked_for = phone.get(f"/api/v1/citizen/appointments/{made.json['id']}.ics?show=place")

        assert len(events(seen_by_staff)) == len(events(asked_for)) == 1
        assert PLACE.encode() not in seen_by_staff.data + asked_for.data

    def test_ends_with_the_employment(
        self,
        desk: Any,
        counsellor: Any,
        anybody: Any,
        make_staff: Callable[..., Any],
        now: datetime,
        unknown: tuple[int, dict[str, Any]],
    ) -> None:
        path = path_of(desk.post(STAFF_FEED))
        manager = make_staff(roles=(Role.MANAGER,))
        with db.transaction() as session:
            accounts.deactivate_staff(session, staff_id=counsellor.id, actor=actor_of(manager), now=now)

        assert without_id(anybody.get(path)) == unknown

    def test_shows_nobody_whose_case_has_ended(
        self, desk: Any, anybody: Any, book: Callable[..., Any], superuser: Any
    ) -> None:
        book()
        path = path_of(desk.post(STAFF_FEED))
        superuser.execute("UPDATE care_relation SET ends_at = starts_at")
        superuser.commit()

        assert events(anybody.get(path)) == []

    def test_is_recorded_like_every_other_look_and_can_be_ended(
        self, desk: Any, anybody: Any, superuser: Any, counsellor: Any, unknown: tuple[int, dict[str, Any]]
    ) -> None:
        path = path_of(desk.post(STAFF_FEED))
        anybody.get(path)

        looks = superuser.execute(
            "SELECT actor_id FROM audit_event"
            " WHERE event = 'appointments.listed' AND purpose = 'calendar-feed'"
        ).fetchall()
        assert looks == [(counsellor.id,)]
        assert desk.delete(STAFF_FEED).status_code == 204
        assert without_id(anybody.get(path)) == unknown
