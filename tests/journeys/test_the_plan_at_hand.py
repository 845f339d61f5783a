"""The crisis plan: at hand without a network, nothing written is lost, and its owner decides who reads it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys import plans, steps
from tests.journeys.browsers import Profile
from tests.journeys.desk import Desk
from tests.journeys.house import House

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
WALK = "Gå en tur rundt om søen"
CALM = "Hør den rolige plade"


@pytest.fixture
def counsellor(desk: Callable[..., Desk]) -> Desk:
    return desk("Karen Holm")


@pytest.fixture
def citizen_id(counsellor: Desk) -> str:
    return counsellor.take_in("Lærke")


@pytest.fixture
def phone(counsellor: Desk, citizen_id: str, open_browser: OpenBrowser) -> Page:
    """A paired phone with one line in its plan, sent and ready to work offline."""
    page = open_browser()
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    steps.wait_until_it_works_offline(page)
    plans.write_line(page, WALK)
    plans.wait_until_sent(page)
    return page


@pytest.fixture
def second_phone(phone: Page, counsellor: Desk, citizen_id: str, open_browser: OpenBrowser) -> Page:
    """Another phone of the same person, with the same plan."""
    page = open_browser()
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    steps.wait_until_it_works_offline(page)
    plans.expect_in_plan(page, WALK)
    return page


@pytest.fixture
def office(house: House, counsellor: Desk, open_browser: OpenBrowser) -> Page:
    """The counsellor's screen."""
    page = open_browser(screen=True)
    house.let_used_codes_pass(counsellor.login.email)
    steps.sign_in(page, counsellor.login)
    return page


@pytest.fixture
def profile(playwright: Playwright, house: House, tmp_path: Path) -> Iterator[Profile]:
    """A browser on a phone that can be closed and started again."""
    kept = Profile(playwright, tmp_path / "profile", base_url=house.url)
    yield kept
    kept.close()


class TestWithoutANetwork:
    def test_a_plan_from_before_the_pairing_is_there_when_the_browser_starts_in_flight_mode(
        self, profile: Profile, counsellor: Desk, citizen_id: str
    ) -> None:
        page = profile.open()
        page.goto("/")
        steps.wait_until_it_works_offline(page)
        plans.write_line(page, WALK)
        plans.expect_in_plan(page, WALK)
        expect(page.get_by_text("Planen findes kun på denne telefon.")).to_be_visible()
        steps.pair(page, counsellor.pairing(citizen_id)["code"])
        plans.wait_until_sent(page)
        plans.expect_in_plan(page, WALK)
        profile.close()

        cold = profile.open(offline=True)

        plans.expect_in_plan(cold, WALK)

    def test_what_is_written_in_flight_mode_outlives_the_browser_and_is_sent_later(
        self, profile: Profile, counsellor: Desk, citizen_id: str, open_browser: OpenBrowser
    ) -> None:
        page = profile.open()
        steps.pair(page, counsellor.pairing(citizen_id)["code"])
        steps.wait_until_it_works_offline(page)
        page.context.set_offline(True)
        plans.write_line(page, CALM)
        profile.close()
        cold = profile.open(offline=True)
        plans.expect_in_plan(cold, CALM)

        cold.context.set_offline(False)
        plans.wait_until_sent(cold)

        other = open_browser()
        steps.pair(other, counsellor.pairing(citizen_id)["code"])
        plans.expect_in_plan(other, CALM)

    def test_the_plan_and_what_is_written_stay_when_the_session_has_run_out(
        self, phone: Page, house: House, counsellor: Desk, citizen_id: str, open_browser: OpenBrowser
    ) -> None:
        house.let_the_pairing_grow_old(citizen_id)
        plans.write_line(phone, CALM)
        phone.reload()
        plans.expect_in_plan(phone, WALK, CALM)

        steps.pair_again(phone, counsellor.pairing(citizen_id)["code"])
        plans.wait_until_sent(phone)

        other = open_browser()
        steps.pair(other, counsellor.pairing(citizen_id)["code"])
        plans.expect_in_plan(other, WALK, CALM)

    def test_two_phones_and_a_counsellor_change_one_line_and_every_text_stands_everywhere(
        self, phone: Page, second_phone: Page, office: Page, citizen_id: str
    ) -> None:
        plans.share_with_contact_person(phone)
        office.goto(f"/staff/people/{citizen_id}/plan")
        office.get_by_role("button", name=f"Ret: {WALK}").click()
        for each in (phone, second_phone, office):
            each.context.set_offline(True)
        plans.change_line(phone, WALK, "Gå til søen med Ida")
        plans.change_line(second_phone, WALK, "Gå til søen alene")
        entry = office.locator(".plan-entry", has_text=WALK)
        entry.get_by_label("Linjen").fill("Gå til søen om morgenen")
        entry.get_by_role("button", name="Gem", exact=True).click()
        expect(entry.get_by_role("alert")).to_be_visible()
        expect(entry.get_by_label("Linjen")).to_have_value("Gå til søen om morgenen")

        for each in (phone, second_phone, office):
            each.context.set_offline(False)
        entry.get_by_role("button", name="Gem", exact=True).click()
        expect(office.locator(".own-words", has_text="Gå til søen om morgenen")).to_be_visible()
        plans.wait_until_sent(phone)
        plans.wait_until_sent(second_phone)

        texts = ("Gå til søen med Ida", "Gå til søen alene", "Gå til søen om morgenen")
        for each in (phone, second_phone):
            each.reload()
            plans.expect_in_plan(each, *texts)
            expect(each.get_by_text("Der er skrevet to steder på én gang.")).to_be_visible()
            expect(each.get_by_text("Skrevet af Karen Holm")).to_be_visible()
        office.reload()
        for text in texts:
            expect(office.locator(".own-words", has_text=text)).to_be_visible()


def test_a_line_deleted_for_good_is_gone_from_every_phone_the_console_and_the_database(
    phone: Page, second_phone: Page, office: Page, house: House, citizen_id: str
) -> None:
    secret, other = "Ring til Freja Kanariefugl", "Ring til Freja Kolibri"
    plans.write_line(phone, secret)
    plans.change_line(phone, secret, other)
    plans.wait_until_sent(phone)
    plans.share_with_contact_person(phone)
    plans.expect_in_plan(second_phone, other)
    office.goto(f"/staff/people/{citizen_id}/plan")
    expect(office.locator(".own-words", has_text=other)).to_be_visible()
    assert {secret, other} <= house.stored_among(secret, other, WALK)

    plans.erase_line(phone, other)
    plans.wait_until_sent(phone)

    for each in (phone, second_phone):
        plans.expect_in_plan(each, WALK)
        each.reload()
        expect(each.get_by_text(WALK)).to_be_visible()
        expect(each.get_by_text("Freja")).to_have_count(0)
    office.reload()
    expect(office.locator(".own-words", has_text=WALK)).to_be_visible()
    expect(office.get_by_text("Freja")).to_have_count(0)
    assert house.stored_among(secret, other, WALK) == {WALK}


class TestWhoMayRead:
    def test_nobody_until_the_person_says_so(self, phone: Page, office: Page, citizen_id: str) -> None:
        phone.goto("/min-plan/deling")

        for title in ("Min kontaktperson", "Akuttelefonen"):
            expect(plans.choice(phone, title).locator(".state")).to_have_text("Deles ikke.")
        office.goto(f"/staff/people/{citizen_id}/plan")
        expect(office.get_by_text("Personen deler ikke sin plan.")).to_be_visible()
        expect(office.get_by_text(WALK)).to_have_count(0)
        phone.reload()
        expect(phone.get_by_text("Ingen har læst din plan.")).to_be_visible()

    def test_the_list_of_who_has_read_it_grows_by_one(
        self, phone: Page, office: Page, citizen_id: str
    ) -> None:
        plans.share_with_contact_person(phone)
        looks = phone.locator(".history-row")
        expect(phone.get_by_text("Ingen har læst din plan.")).to_be_visible()
        expect(looks).to_have_count(0)

        office.goto(f"/staff/people/{citizen_id}/plan")
        expect(office.locator(".own-words", has_text=WALK)).to_be_visible()
        phone.reload()

        expect(looks).to_have_count(1)
        expect(looks).to_contain_text("Din kontaktperson")
        expect(looks).not_to_contain_text("Karen")

    def test_a_withdrawal_holds_in_a_page_that_is_already_open(
        self, phone: Page, office: Page, citizen_id: str
    ) -> None:
        plans.share_with_contact_person(phone)
        office.goto(f"/staff/people/{citizen_id}/plan")
        office.get_by_role("button", name=f"Ret: {WALK}").click()
        entry = office.locator(".plan-entry", has_text=WALK)
        entry.get_by_label("Linjen").fill("Gå til havnen")

        plans.stop_sharing(phone)
        entry.get_by_role("button", name="Gem", exact=True).click()

        expect(entry.get_by_role("alert")).to_be_visible()
        office.reload()
        expect(office.get_by_text("Personen deler ikke sin plan.")).to_be_visible()
        expect(office.get_by_text(WALK)).to_have_count(0)
        plans.expect_in_plan(phone, WALK)
        expect(phone.get_by_text("Gå til havnen")).to_have_count(0)


class TestMyData:
    def test_can_be_taken_along_under_a_neutral_name(self, phone: Page) -> None:
        for button, name, start in (
            ("Hent som PDF til at læse", "overblik.pdf", b"%PDF"),
            ("Hent som fil til et andet system", "overblik.json", b"{"),
        ):
            phone.goto("/mine-data")
            with phone.expect_download() as awaited:
                phone.get_by_role("button", name=button).click()
            download = awaited.value
            assert download.suggested_filename == name
            content = Path(download.path()).read_bytes()
            assert content.startswith(start)
        assert WALK in content.decode()

    def test_can_be_asked_to_be_erased_and_the_wish_taken_back(self, phone: Page) -> None:
        phone.goto("/mine-data")
        phone.get_by_role("button", name="Bed om at få alt slettet").click()
        phone.get_by_role("button", name="Ja, bed om sletning").click()
        expect(phone.get_by_text("Alt om dig bliver slettet")).to_be_visible()
        phone.reload()
        expect(phone.get_by_text("Alt om dig bliver slettet")).to_be_visible()

        phone.get_by_role("button", name="Fortryd, behold det hele").click()

        expect(phone.get_by_text("Alt om dig bliver slettet")).to_have_count(0)
        phone.reload()
        expect(phone.get_by_role("button", name="Bed om at få alt slettet")).to_be_visible()
        plans.expect_in_plan(phone, WALK)
