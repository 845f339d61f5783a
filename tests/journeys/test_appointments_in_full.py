"""Appointments as people live with them: the week, one tap, a series, another time, one too many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.desk import DENMARK, Desk, at_ten
from tests.journeys.house import House, Login

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]


def test_a_week_shows_a_series_at_the_same_clock_time_on_both_sides_of_summer_time(
    karen: Login, counsellor: Desk, open_browser: OpenBrowser
) -> None:
    citizen_id = counsellor.take_in("Vibe")
    office = open_browser(screen=True)
    steps.sign_in(office, karen)
    office.goto(f"/staff/people/{citizen_id}")
    office.get_by_role("link", name="Ny aftale").click()
    office.get_by_label("Dato").fill("2027-03-23")
    office.get_by_label("Klokken").fill("10:00")
    office.get_by_label("Gentag").select_option("weekly")
    office.get_by_label("Hvor mange gange").fill("2")
    office.get_by_role("button", name="Lav aftalen").click()
    steps.expect_person_page(office, citizen_id)

    for monday in ("2027-03-22", "2027-03-29"):
        office.goto(f"/staff/week/{monday}")
        expect(office.get_by_role("link", name="10.00-10.45 Vibe")).to_be_visible()
    office.get_by_role("link", name="Ugen før").click()
    expect(office.get_by_role("heading", name="Uge 12")).to_be_visible()


def test_one_tap_says_that_somebody_came_and_one_takes_it_back(
    karen: Login, counsellor: Desk, open_browser: OpenBrowser
) -> None:
    citizen_id = counsellor.take_in("Musvit")
    now = datetime.now(DENMARK)
    # Later on the same day, whatever the hour: only then can somebody have come.
    start = min(now + timedelta(hours=2), now.replace(hour=23, minute=59)).replace(second=0, microsecond=0)
    wish = {"duration_minutes": 45, "kind": "talk", "mode": "phone"}
    counsellor.post(f"/citizens/{citizen_id}/appointments", starts_at=start.isoformat(), **wish)
    office = open_browser()
    steps.sign_in(office, karen)

    office.goto(f"/staff/day/{start.date()}")
    office.get_by_role("button", name="Er kommet: Musvit").click()
    expect(office.get_by_text("Musvit er kommet.")).to_be_visible()
    expect(office.get_by_text("Er kommet", exact=True)).to_be_visible()

    office.get_by_role("button", name="Fortryd: Musvit").click()
    expect(office.get_by_role("button", name="Er kommet: Musvit")).to_be_visible()


def test_nobody_is_booked_twice_without_a_reason(
    karen: Login, counsellor: Desk, open_browser: OpenBrowser
) -> None:
    counsellor.book(counsellor.take_in("Drossel"))
    second = counsellor.take_in("Solsort")
    office = open_browser(screen=True)
    steps.sign_in(office, karen)
    office.goto(f"/staff/people/{second}/appointments/new")
    office.get_by_label("Dato").fill(steps.date_in(3))
    office.get_by_label("Klokken").fill("10:30")
    office.get_by_role("button", name="Lav aftalen").click()

    expect(office.get_by_text("Du har allerede en aftale på det tidspunkt:")).to_be_visible()
    expect(office.get_by_text("10.00-10.45, Drossel")).to_be_visible()
    office.get_by_label("Skal begge dele gælde?").fill("De kommer sammen")
    office.get_by_role("button", name="Lav aftalen").click()

    steps.expect_person_page(office, second)


def test_another_time_asked_for_in_flight_mode_reaches_the_counsellor_who_moves_it_with_a_tap(
    karen: Login, counsellor: Desk, open_browser: OpenBrowser
) -> None:
    citizen_id = counsellor.take_in("Lærke")
    counsellor.book(citizen_id)
    phone = open_browser()
    steps.pair(phone, counsellor.pairing(citizen_id)["code"])
    phone.get_by_role("link", name="kl. 10.00").click()
    steps.wait_until_it_works_offline(phone)

    phone.context.set_offline(True)
    phone.get_by_role("link", name="En anden tid").click()
    phone.get_by_label("Dag").first.fill(steps.date_in(5))
    phone.get_by_label("på et bestemt tidspunkt").first.check()
    phone.get_by_label("Klokken").first.fill("13:15")
    phone.get_by_label("Noget, din kontaktperson skal vide?").fill("Bussen går først kl. 12")
    phone.get_by_role("button", name="Send ønsket").click()
    expect(phone.get_by_text("Du har bedt om en anden tid.")).to_be_visible()
    expect(phone.get_by_text("Bussen går først kl. 12")).to_be_visible()
    phone.context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.get_by_text("Sendes, når du har net.")).to_have_count(0)

    office = open_browser(screen=True)
    steps.sign_in(office, karen)
    office.goto(f"/staff/day/{steps.date_in(3)}")
    expect(office.get_by_text("Bussen går først kl. 12")).to_be_visible()
    office.get_by_role("link", name="kl. 13.15").click()
    expect(office.get_by_label("Klokken")).to_have_value("13:15")
    office.get_by_role("button", name="Flyt aftalen").click()
    steps.expect_person_page(office, citizen_id)

    phone.goto("/")
    expect(phone.get_by_role("link", name="kl. 13.15")).to_be_visible()


def test_a_talk_that_nobody_said_anything_about_is_asked_for_on_its_own_page_and_on_the_persons(
    house: House, karen: Login, counsellor: Desk, open_browser: OpenBrowser
) -> None:
    citizen_id = counsellor.take_in("Stær")
    talk = counsellor.book(citizen_id, place=None, mode="phone")
    house.the_talk_was_days_ago(talk["id"], days=2)
    office = open_browser(screen=True)
    steps.sign_in(office, karen)

    office.get_by_role("link", name="Hvordan gik det?").click()
    office.get_by_role("link", name="Stær", exact=True).click()
    expect(office.get_by_role("heading", name="Hvordan gik det?")).to_be_visible()
    office.get_by_role("button", name="Er holdt: Stær").click()
    expect(office.get_by_text("Samtalen med Stær er holdt.")).to_be_visible()

    office.goto("/staff/unsaid")
    expect(office.get_by_text("Alt er skrevet.")).to_be_visible()


def test_who_had_said_no_is_cancelled_and_not_marked_as_missing(
    house: House, karen: Login, counsellor: Desk, open_browser: OpenBrowser
) -> None:
    citizen_id = counsellor.take_in("Bogfinke")
    talk = counsellor.book(citizen_id)
    phone = open_browser()
    steps.pair(phone, counsellor.pairing(citizen_id)["code"])
    phone.goto(f"/aftaler/{talk['id']}")
    phone.get_by_role("button", name="Jeg kan ikke").click()
    expect(phone.get_by_text("Sendt.")).to_be_visible()
    office = open_browser(screen=True)
    steps.sign_in(office, karen)
    office.goto(f"/staff/week/{steps.date_in(3)}")
    asking = office.get_by_role("region", name="Vil have en anden tid eller kan ikke")
    expect(asking.get_by_role("link", name="Bogfinke")).to_be_visible()

    house.the_talk_was_days_ago(talk["id"], days=1)
    office.goto("/staff/unsaid")
    expect(office.get_by_text("Kan ikke", exact=True)).to_be_visible()
    expect(office.get_by_role("button", name="Kom ikke: Bogfinke")).to_have_count(0)
    office.get_by_role("link", name="Aflys : Bogfinke").first.click()

    expect(office.get_by_role("heading", name="Aflys aftale med Bogfinke")).to_be_visible()


def test_an_appointment_made_by_mistake_leaves_the_phone_and_a_series_ends_after_one_question(
    karen: Login, counsellor: Desk, open_browser: OpenBrowser
) -> None:
    citizen_id = counsellor.take_in("Spurv")
    wrong = counsellor.book(citizen_id, days=2)
    wish = {"duration_minutes": 45, "kind": "group", "mode": "in-person", "rule": "weekly", "count": 3}
    series = counsellor.post(f"/citizens/{citizen_id}/series", starts_at=at_ten(days=5), **wish)
    phone, office = open_browser(), open_browser(screen=True)
    steps.pair(phone, counsellor.pairing(citizen_id)["code"])
    steps.sign_in(office, karen)

    office.goto(f"/staff/people/{citizen_id}/appointments/{wrong['id']}/cancel")
    office.get_by_label("Ingen. Oprettet ved en fejl").check()
    expect(office.get_by_text("Aftalen forsvinder fra personens mobil")).to_be_visible()
    office.get_by_role("button", name="Fjern aftalen").click()
    steps.expect_person_page(office, citizen_id)
    phone.goto(f"/aftaler/{wrong['id']}")
    expect(phone.get_by_role("heading", name="Vi kan ikke finde aftalen")).to_be_visible()

    second = series["items"][1]["id"]
    office.goto(f"/staff/people/{citizen_id}/appointments/{second}/cancel")
    office.get_by_role("link", name="Afslut rækken herfra").click()
    expect(office.get_by_text("2 aftaler bliver aflyst.")).to_be_visible()
    office.get_by_label("Personen").check()
    office.get_by_label("Hvorfor?").select_option("other-help")
    office.get_by_role("button", name="Aflys 2 aftaler").click()
    steps.expect_person_page(office, citizen_id)

    standing = [one["status"] for one in counsellor.get(f"/citizens/{citizen_id}/appointments")["items"]]
    assert sorted(standing) == ["booked", "cancelled", "cancelled"]
