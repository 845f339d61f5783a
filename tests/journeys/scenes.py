"""Lives that have something on every page: for looking at the pages, and for pictures of them."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.journeys import plans, steps
from tests.journeys.desk import Desk
from tests.journeys.house import House


def citizen_named(desk: Desk, alias: str) -> str:
    """The id of somebody among a colleague's own people."""
    return next(str(each["id"]) for each in desk.get("/citizens")["items"] if each["alias"] == alias)


def somebody_did_not_come(house: House, desk: Desk, alias: str, *, days: int, phone: str) -> str:
    """A person who missed a talk so many days ago; nobody has called yet. The answer is the talk's id."""
    talk = desk.book(desk.take_in(alias, phone=phone), mode="phone", place=None)
    house.the_talk_was_days_ago(talk["id"], days=days)
    desk.post(f"/appointments/{talk['id']}/no-show", version=talk["revision"], excused=False)
    return str(talk["id"])


def somebody_was_told_by_no_reminder(house: House, desk: Desk, alias: str, *, phone: str) -> None:
    """A person without a phone in use whose appointment lies ahead, and whose reminder was due."""
    talk = desk.book(desk.take_in(alias, phone=phone), days=10)
    house.the_hour_of_the_reminder_comes(talk["id"])
    desk.wait_until_untold(alias)


def nobody_said_how_it_went(house: House, desk: Desk, alias: str) -> None:
    """A talk of two days ago that nobody has said the end of."""
    house.the_talk_was_days_ago(desk.book(desk.take_in(alias))["id"], days=2)


def agree_on_a_number(office: Page, citizen_id: str) -> None:
    """The counsellor may write to the person's phone between nine and twelve."""
    office.goto(f"/staff/people/{citizen_id}/channels/sms")
    office.get_by_label("Mobilnummer").fill("20 12 34 56")
    office.get_by_label("Ja, men kun mellem to klokkeslæt").check()
    office.get_by_label("Vi har talt om det, og personen siger ja").check()
    office.get_by_role("button", name="Gem").click()
    steps.expect_person_page(office, citizen_id)


def pause_reminders(office: Page, citizen_id: str) -> None:
    """Nothing is sent for ten days, for a reason that staff alone see."""
    office.goto(f"/staff/people/{citizen_id}/pause")
    office.get_by_label("Til og med").fill(steps.date_in(10))
    office.get_by_label("Hvorfor (kun for personalet)").select_option("hospital")
    office.get_by_role("button", name="Sæt på pause").click()
    steps.expect_person_page(office, citizen_id)


def ask_for_another_time(phone: Page, appointment_id: str) -> None:
    """Two other times and a few words, sent."""
    phone.goto(f"/aftaler/{appointment_id}/anden-tid")
    phone.get_by_label("Dag", exact=True).first.fill(steps.date_in(5))
    phone.get_by_label("på et bestemt tidspunkt").first.check()
    phone.get_by_label("Klokken").first.fill("13:15")
    phone.get_by_label("Dag", exact=True).nth(1).fill(steps.date_in(6))
    phone.get_by_label("Noget, din kontaktperson skal vide?").fill("Bussen går først kl. 12")
    phone.get_by_role("button", name="Send ønsket").click()
    expect(phone.get_by_text("Du har bedt om en anden tid.")).to_be_visible()
    expect(phone.get_by_text("Sendes, når du har net.")).to_have_count(0)


def write_a_plan_and_share_it(phone: Page) -> None:
    """A sign, something to do, somebody to call, and a yes."""
    plans.write_line(phone, "Jeg sover dårligt", section="warning-signs")
    plans.write_line(phone, "Gå en tur", section="own-actions")
    plans.write_line(phone, "Min søster", section="people-to-ask")
    plans.open_line(phone, "Min søster", section="people-to-ask")
    phone.get_by_label("Telefonnummer").fill("00 00 00 07")
    phone.get_by_role("button", name="Gem nummeret").click()
    expect(phone.get_by_role("link", name="Ring 00 00 00 07")).to_be_visible()
    plans.wait_until_sent(phone)
    plans.share_with_contact_person(phone)


def somebody_wants_to_be_called(house: House, line: Desk, *, days: int) -> None:
    """A contact without a name, so many days ago, with a yes to the call that is due now."""
    contact = line.post("/desk/contacts", id=str(uuid4()), channel="phone")
    callback = {"may_ring": True, "phone": "00 00 00 42", "code_word": "havblik"}
    written = line.patch(
        f"/desk/contacts/{contact['id']}",
        version=contact["version"],
        reason=["anxiety"],
        callback=callback,
        wants_follow_up_14d=True,
    )
    line.post(f"/desk/contacts/{contact['id']}/close", version=written["version"])
    house.the_contact_was_days_ago(contact["id"], days=days)


def open_a_plan_at_the_desk(office: Page, number: str) -> None:
    """Found by the number, and opened after a yes said aloud."""
    office.goto("/staff/desk")
    office.get_by_label("Find en person").fill(number)
    office.get_by_role("button", name="Søg", exact=True).click()
    office.get_by_label("Personen sagde ja").check()
    office.get_by_role("button", name="Find, og åbn planen").click()
    expect(office.locator(".desk-plan .own-words").first).to_be_visible()


def write_a_goal_with_a_step(phone: Page) -> str:
    """A goal of the kind that has a warning, one step, and something told about it; its address."""
    phone.goto("/maal/nyt")
    phone.get_by_label("Hvad vil du gerne?").fill("Slippe stofferne")
    phone.get_by_role("button", name="Gem målet").click()
    phone.get_by_label("Et trin mere").fill("Ringe til min bror")
    phone.get_by_role("button", name="Tilføj trinnet").click()
    expect(phone.get_by_label("Ringe til min bror", exact=True)).to_be_visible()
    phone.get_by_role("link", name="Ret målet").click()
    phone.get_by_label("Stoppe helt").check()
    expect(phone.get_by_text("Stop ikke brat")).to_be_visible()
    phone.get_by_role("button", name="Gem målet").click()
    phone.get_by_role("link", name="Skriv, hvordan det går").click()
    phone.get_by_label("Hvordan går det med målet?").fill("Bedre end i går")
    phone.get_by_label("Behold det for dig selv").check()
    phone.get_by_role("button", name="Gem det").click()
    expect(phone.get_by_text("Det er kun dig, der kan se det.")).to_be_visible()
    return urlsplit(phone.url).path


def do_what_was_given(phone: Page) -> None:
    """The one exercise that the person was given, done without many words, and kept."""
    phone.goto("/oevelser")
    phone.locator(".card-link a").first.click()
    phone.get_by_role("button", name="Begynd", exact=True).click()
    for place in range(1, 5):
        expect(phone.get_by_text(f"{place} af 5")).to_be_visible()
        phone.get_by_role("button", name="Videre").click()
    phone.get_by_role("button", name="Færdig").click()
    phone.get_by_label("Et par ord, hvis du vil").fill("Det gik stille og roligt")
    phone.get_by_role("button", name="Gem", exact=True).click()
    expect(phone.get_by_text("Gemt på telefonen.")).to_be_visible()


def say_how_it_goes(phone: Page) -> None:
    """Two check-ins, so that there is a curve, and a day with a yes."""
    for mood in (3, 6):
        phone.goto("/lige-nu")
        phone.get_by_role("group", name="Humør").locator(".scale-step").nth(mood).click()
        phone.get_by_text("Skriv et par ord").click()
        phone.get_by_label("Dine ord").fill(f"Humør {mood} i dag")
        phone.get_by_role("button", name="Gem", exact=True).click()
        expect(phone.get_by_text("Gemt på telefonen.")).to_be_visible()
    phone.goto("/lige-nu/dage")
    phone.locator(".day[aria-current=date]").click()
    plans.wait_until_sent(phone)
