"""The days from first contact to first talk: when they run, what stops them, and what speaks against them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.appointments import first_talk
from server.citizens import deaths
from server.citizens.guarantee import _clock
from server.citizens.models import WaiverReason
from server.core import db
from server.core.ids import new_id
from server.library.guarantee_models import Guarantee, Waiver
from tests.appointments.people import (
    book,
    citizen,
    counsellor,
    desk,
    go_to,
    phone,
    seen,
    stranger,
    without_id,
)
from tests.conftest import NOW, actor_of

__all__ = ["book", "citizen", "counsellor", "desk", "go_to", "phone", "stranger"]

PERSON = "/api/v1/staff/citizens/{}"
WAIVER = "/api/v1/staff/citizens/{}/guarantee-waiver"
FIRST = datetime.fromisoformat("2026-11-18T23:30:00+01:00")  # a Wednesday, late
RULES = Guarantee(
    days=14,
    laws={"drug-talks": "SEL § 101"},
    without=frozenset({"advice"}),
    waivers=tuple(Waiver(code.value, {"da": code.value, "en": code.value}) for code in WaiverReason),
)


@pytest.fixture
def waits(make_citizen: Callable[..., Any], counsellor: Any, app: Any) -> Callable[..., Any]:
    """Somebody whose first contact was five Danish days ago."""
    return lambda **known: make_citizen(contact=counsellor, first_contact_at=FIRST, **known)


def shown(desk: Any, citizen: Any) -> dict[str, Any]:
    """The clock as staff see it."""
    return dict(desk.get(PERSON.format(citizen.id)).json["first_contact"])


def pulled(phone: Any) -> dict[str, Any]:
    """The clock as the person's phone fetches it."""
    [profile] = [
        one for one in phone.get("/api/v1/citizen/sync/pull").json["changes"] if one["entity"] == "profile"
    ]
    return dict(profile["data"]["first_contact"])


def hold(desk: Any, booked: dict[str, Any], go_to: Callable[[datetime], None]) -> dict[str, Any]:
    """Let the talk be held."""
    go_to(datetime.fromisoformat(booked["starts_at"]) + timedelta(minutes=50))
    url = f"/api/v1/staff/appointments/{booked['id']}/held"
    answer = desk.post(url, headers=seen(booked["revision"]))
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


class TestTheClock:
    def test_counts_danish_days_from_the_first_contact(self, waits: Any, desk: Any) -> None:
        assert shown(desk, waits()) == {
            "on": "2026-11-18",
            "day": 5,
            "days_limit": 14,
            "has_clock": True,
            "stopped_on": None,
            "waived": None,
            "seeks": None,
            "law": None,
        }

    def test_names_the_law_behind_what_the_person_came_for(self, waits: Any, desk: Any) -> None:
        assert shown(desk, waits(seeks="drug-talks"))["law"] == "SEL § 101"
        assert shown(desk, waits(seeks="alcohol"))["law"] == "Sundhedsloven § 141"

    def test_is_not_there_for_anonymous_advice(
        self, waits: Any, desk: Any, counsellor: Any, pair: Any, new_client: Any
    ) -> None:
        adviced = waits(seeks="advice")

        assert shown(desk, adviced)["has_clock"] is False
        assert pulled(pair(adviced, counsellor, new_client()))["has_clock"] is False

    def test_is_not_there_where_the_centre_has_no_guarantee(
        self, make_staff: Any, make_unit: Any, make_citizen: Any, sign_in_staff: Any, app: Any
    ) -> None:
        sara = make_staff(unit=make_unit("krisecenter", "Krisecenter"))
        guest = make_citizen(contact=sara)

        browser = sign_in_staff(sara)

        assert shown(browser, guest)["has_clock"] is False
        assert browser.get("/api/v1/staff/guarantee").json == {"days": None, "sought": [], "waivers": []}

    def test_names_what_people_come_for_as_the_content_does(self, desk: Any) -> None:
        found = desk.get("/api/v1/staff/guarantee").json

        assert found["days"] == 14
        assert [(one["id"], one["law"]) for one in found["sought"]] == [
            ("drug-talks", "SEL § 101"),
            ("alcohol", "Sundhedsloven § 141"),
            ("advice", None),
        ]
        assert found["sought"][1]["da"] == "Behandling for alkohol"
        assert [one["code"] for one in found["waivers"]] == ["other-provider", "later-wish"]

    def test_is_told_to_the_person_without_anything_of_staffs_own(
        self, waits: Any, counsellor: Any, pair: Any, new_client: Any
    ) -> None:
        told = pulled(pair(waits(seeks="alcohol"), counsellor, new_client()))

        assert told == {
            "on": "2026-11-18",
            "days_limit": 14,
            "has_clock": True,
            "stopped_on": None,
            "waived": None,
        }

    def test_stops_at_the_first_talk_held_and_the_phone_learns_it(
        self, citizen: Any, phone: Any, desk: Any, book: Any, go_to: Any
    ) -> None:
        before = phone.get("/api/v1/citizen/sync/pull").json["cursor"]

        held = hold(desk, book(), go_to)

        assert shown(desk, citizen)["stopped_on"] == "2026-11-30"
        later = phone.get("/api/v1/citizen/sync/pull", query_string={"cursor": before}).json["changes"]
        [profile] = [one for one in later if one["entity"] == "profile"]
        assert profile["data"]["first_contact"]["stopped_on"] == "2026-11-30"

        undone = desk.post(f"/api/v1/staff/appointments/{held['id']}/undo", headers=seen(held["revision"]))
        assert undone.status_code == 200, undone.json
        assert shown(desk, citizen)["stopped_on"] is None

    def test_goes_on_when_the_person_came_and_no_talk_was_held(
        self, citizen: Any, desk: Any, book: Any, go_to: Any
    ) -> None:
        booked = book()
        go_to(datetime.fromisoformat(booked["starts_at"]))
        arrived = desk.post(
            f"/api/v1/staff/appointments/{booked['id']}/arrival", headers=seen(booked["revision"])
        )

        assert arrived.status_code == 200
        assert shown(desk, citizen)["stopped_on"] is None

    def test_ends_with_a_death(self, waits: Any, counsellor: Any, database: str) -> None:
        gone = waits()
        with db.transaction() as session:
            deaths.mark(session, citizen_id=gone.id, actor=actor_of(counsellor), now=NOW)

        with db.transaction() as session:
            assert first_talk.read_clocks(session, citizen_ids=[gone.id], now=NOW)[gone.id].runs is False

    @given(
        on=st.dates(datetime(2026, 1, 1).date(), datetime(2026, 12, 31).date()),
        later=st.integers(-3, 60),
        held=st.none() | st.integers(-5, 60),
        waived=st.none() | st.sampled_from(WaiverReason),
        seeks=st.sampled_from([None, "drug-talks", "advice"]),
        in_care=st.booleans(),
        has_rules=st.booleans(),
    )
    @settings(max_examples=300, deadline=None)
    def test_runs_only_where_it_may_and_never_counts_backwards(
        self,
        on: Any,
        later: int,
        held: int | None,
        waived: WaiverReason | None,
        seeks: str | None,
        in_care: bool,
        has_rules: bool,
    ) -> None:
        found = _clock(
            RULES if has_rules else None,
            on=on,
            seeks=seeks,
            in_care=in_care,
            held_on=None if held is None else on + timedelta(days=held),
            waived=waived,
            today=on + timedelta(days=later),
        )

        assert found.has_clock is (has_rules and in_care and seeks != "advice")
        assert found.runs is (found.has_clock and held is None and waived is None)
        assert found.day == max(0, later)
        assert found.stopped_on is None or found.stopped_on >= found.on
        assert found.waived is None or found.has_clock


class TestTheReasonAgainst:
    def test_is_said_to_the_person_on_the_phone_and_can_be_taken_back(
        self, citizen: Any, phone: Any, desk: Any
    ) -> None:
        cursor = phone.get("/api/v1/citizen/sync/pull").json["cursor"]

        said = desk.put(WAIVER.format(citizen.id), json={"reason": "other-provider"})

        assert (said.status_code, said.json) == (200, {"reason": "other-provider"})
        [told] = phone.get("/api/v1/citizen/sync/pull", query_string={"cursor": cursor}).json["changes"]
        assert told["data"]["first_contact"]["waived"] == {
            "da": "Du har valgt at få behandling et andet sted",
            "en": "You chose to get treatment somewhere else",
        }
        assert desk.delete(WAIVER.format(citizen.id)).status_code == 204
        assert pulled(phone)["waived"] is None

    def test_stands_once_and_another_takes_its_place(self, citizen: Any, desk: Any, superuser: Any) -> None:
        for reason in ("other-provider", "other-provider", "later-wish"):
            assert desk.put(WAIVER.format(citizen.id), json={"reason": reason}).status_code == 200

        rows = superuser.execute(
            "SELECT reason, withdrawn_at IS NULL FROM guarantee_waiver ORDER BY withdrawn_at NULLS LAST"
        ).fetchall()
        assert rows == [("other-provider", False), ("later-wish", True)]
        assert shown(desk, citizen)["waived"]["en"] == "You wished to begin later"

    def test_is_refused_where_no_days_are_counted(self, waits: Any, desk: Any) -> None:
        answer = desk.put(WAIVER.format(waits(seeks="advice").id), json={"reason": "later-wish"})

        assert (answer.status_code, answer.json["code"]) == (409, "no-clock")

    @pytest.mark.parametrize("body", [{}, {"reason": "no-time"}, {"reason": "later-wish", "note": "x"}])
    def test_is_one_of_the_lawful_ones_and_nothing_else(self, citizen: Any, desk: Any, body: Any) -> None:
        assert desk.put(WAIVER.format(citizen.id), json=body).status_code == 422

    def test_of_a_stranger_is_the_same_as_of_nobody(self, desk: Any, stranger: Any) -> None:
        body = {"reason": "later-wish"}

        assert without_id(desk.put(WAIVER.format(stranger.id), json=body)) == without_id(
            desk.put(WAIVER.format(new_id()), json=body)
        )
        assert without_id(desk.delete(WAIVER.format(stranger.id))) == without_id(
            desk.delete(WAIVER.format(new_id()))
        )
        assert desk.delete(WAIVER.format(stranger.id)).status_code == 404

    def test_stands_on_the_trail(self, citizen: Any, desk: Any, superuser: Any) -> None:
        desk.put(WAIVER.format(citizen.id), json={"reason": "later-wish"})
        desk.delete(WAIVER.format(citizen.id))

        rows = superuser.execute(
            "SELECT event, purpose FROM audit_event WHERE event LIKE 'guarantee.%' ORDER BY position"
        ).fetchall()
        assert rows == [("guarantee.waived", "later-wish"), ("guarantee.counts-again", None)]


class TestWhatThePersonCameFor:
    def test_can_be_said_later_and_taken_back(self, citizen: Any, desk: Any) -> None:
        url = PERSON.format(citizen.id)

        said = desk.patch(url, json={"seeks": "alcohol"}, headers=seen(1))
        assert said.status_code == 200, said.json
        assert shown(desk, citizen)["law"] == "Sundhedsloven § 141"
        assert desk.patch(url, json={"seeks": None}, headers=seen(2)).status_code == 200
        assert shown(desk, citizen)["seeks"] is None

    @pytest.mark.parametrize("seeks", ["stay", "unknown", ""])
    def test_is_something_of_this_centre(self, citizen: Any, desk: Any, seeks: str) -> None:
        answer = desk.patch(PERSON.format(citizen.id), json={"seeks": seeks}, headers=seen(1))

        assert answer.status_code == 422
        assert "seeks" in answer.json["errors"]
