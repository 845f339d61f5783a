"""Canaries: marks put into a person's name, alias, CPR and phone number turn up nowhere outside the house."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import phones, steps
from tests.journeys.autopush import PushService
from tests.journeys.chromium_push import bind
from tests.journeys.crawl import Seen, walk, watch
from tests.journeys.desk import Desk
from tests.journeys.house import House

pytestmark = pytest.mark.browser
ALIAS, NAME, CPR, PHONE = "Kanariealias", "Kanarie Navnesen", "3112998736", "49586712"
PLACE, STAFF = "Kanarielokale", "Kanarie Kontaktperson"
MARKS = ("kanarie", CPR, "311299-8736", PHONE, "49 58 67 12")


def found_in(text: str) -> list[str]:
    return [mark for mark in MARKS if mark in text.lower()]


def test_the_marks_are_in_no_payload_log_address_or_title(
    house: House,
    desk: Callable[..., Desk],
    open_browser: Callable[..., Page],
    push_service: PushService,
) -> None:
    counsellor, office, page = desk(STAFF), open_browser(screen=True), open_browser()
    seen = Seen()
    watch(office, seen)
    watch(page, seen)
    house.let_used_codes_pass(counsellor.login.email)
    steps.sign_in(office, counsellor.login)

    take_in_with_everything(office)
    citizen_id = office.url.rpartition("/")[2]
    office.goto("/staff/")
    office.get_by_label("Søg på alias").fill(ALIAS)
    expect(office.get_by_role("link", name=ALIAS)).to_be_visible()
    appointment = counsellor.book(citizen_id, place=PLACE)
    phone = phones.subscribe(push_service, house.config.vapid_public_key)
    bind(page, phone, house.config.vapid_public_key)
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    steps.turn_reminders_on(page)
    house.the_hour_of_the_reminder_comes(appointment["id"])
    counsellor.wait_for_reminder(appointment["id"], "sent")
    list(walk(office, house.url, ["/staff/", f"/staff/people/{citizen_id}"], seen))
    list(walk(page, house.url, ["/", "/aftaler"], seen))

    message = phones.wait_for_message(push_service, phone)
    sent = [each for each in push_service.received if phone.endpoint.endswith(each.channel)]
    assert found_in(json.dumps(message, ensure_ascii=False)) == []
    assert found_in("".join(f"{each.headers} {each.body!r}" for each in sent)) == []
    assert found_in(house.log()) == []
    assert found_in("\n".join(seen.requests)) == []
    assert found_in("\n".join(seen.titles.values())) == []
    assert len(sent) == 1
    assert len(seen.requests) > 20
    assert citizen_id in house.log() or "/api/v1/" in house.log()


def take_in_with_everything(office: Page) -> None:
    """Intake at the console with name, CPR and phone number."""
    office.get_by_role("link", name="Ny person").click()
    office.get_by_label("Alias", exact=True).fill(ALIAS)
    office.get_by_text("Mere (kan vente)").click()
    office.get_by_label("Navn").fill(NAME)
    office.get_by_label("CPR-nummer").fill(CPR)
    office.get_by_label("Telefonnummer").fill(PHONE)
    office.get_by_role("button", name="Opret").click()
    expect(office.get_by_role("heading", name=ALIAS)).to_be_visible()


def test_all_messages_are_of_one_length(
    house: House, desk: Callable[..., Desk], push_service: PushService, open_browser: Callable[..., Page]
) -> None:
    counsellor = desk("Bo")
    lengths = []
    for days, language, place in ((3, "da", None), (4, "en", "L" * 200)):
        page = open_browser()
        citizen_id = counsellor.take_in(f"Fugl {language}", language=language)
        appointment = counsellor.book(citizen_id, days=days, place=place)
        phone = phones.subscribe(push_service, house.config.vapid_public_key)
        bind(page, phone, house.config.vapid_public_key)
        steps.pair(page, counsellor.pairing(citizen_id)["code"], language=language)
        steps.turn_reminders_on(page, language=language)
        house.the_hour_of_the_reminder_comes(appointment["id"])
        phones.wait_for_message(push_service, phone)
        lengths += [len(each.body) for each in push_service.received_at(phone.endpoint)]

    assert len(lengths) == 2
    assert len(set(lengths)) == 1
