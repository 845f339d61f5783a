"""Somebody comes into the room: the screen is empty at once, and nothing brings back what was on it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.desk import Desk
from tests.journeys.exits import NEUTRAL, WATCH, expect_a_way_out, expect_at_once, expect_nothing, leave

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
UNPAIRED = [
    "/",
    "/par",
    "/mere",
    "/indstillinger",
    "/aabningstider",
    "/installer",
    "/hurtigt-vaek",
    "/hjaelp",
    "/hjaelp.html",
    "/min-plan",
    "/min-plan/advarselstegn",
    "/maal",
    "/maal/nyt",
    "/findes-ikke",
]
PAIRED = ["/", "/aftaler", "/maal", "/min-plan", "/indstillinger", "/par"]


@pytest.fixture
def counsellor(desk: Callable[..., Desk]) -> Desk:
    return desk("Karen Holm")


@pytest.fixture
def phone(counsellor: Desk, open_browser: OpenBrowser) -> Page:
    """A paired phone with an appointment on its first page."""
    citizen_id = counsellor.take_in("Lærke")
    counsellor.book(citizen_id)
    page = open_browser()
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    expect(page.get_by_role("link", name="kl. 10.00")).to_be_visible()
    return page


class TestEveryScreen:
    @pytest.mark.parametrize("address", UNPAIRED)
    def test_can_be_left_and_back_does_not_show_it(self, open_browser: OpenBrowser, address: str) -> None:
        page = open_browser()
        page.add_init_script(WATCH)
        page.goto("/installer" if address == "/mere" else "/mere")
        page.goto(address)
        page.wait_for_load_state("networkidle")

        expect_a_way_out(page, address)
        leave(page)

        page.go_back()
        expect_nothing(page)
        page.reload()
        expect_nothing(page)

    def test_of_a_paired_phone_can_be_left(self, phone: Page) -> None:
        phone.context.add_init_script(WATCH)
        [appointment] = phone.locator("a[href^='/aftaler/']").all()[:1]
        for address in [*PAIRED, appointment.get_attribute("href") or ""]:
            phone.goto(address)
            phone.wait_for_load_state("networkidle")
            expect_a_way_out(phone, address)
            leave(phone)
            phone.go_back()
            expect_nothing(phone)

    def test_a_question_that_covers_the_page_can_be_left(self, phone: Page) -> None:
        phone.context.add_init_script(WATCH)
        phone.goto("/indstillinger")
        phone.get_by_role("button", name="Glem denne telefon").click()
        expect(phone.get_by_role("dialog")).to_be_visible()

        expect_a_way_out(phone, "dialog")
        leave(phone)

        phone.goto("/")
        expect(phone.get_by_role("link", name="kl. 10.00")).to_be_visible()

    def test_has_its_name_in_the_language_of_the_person(self, open_browser: OpenBrowser) -> None:
        page = open_browser()
        page.goto("/")

        page.get_by_role("button", name="English").first.click()

        expect(page.get_by_role("link", name="Leave fast")).to_be_visible()


class TestThreeTimesShift:
    def test_leaves_also_from_a_field(self, open_browser: OpenBrowser) -> None:
        page = open_browser()
        page.add_init_script(WATCH)
        page.goto("/par")
        page.get_by_label("Koden").fill("AB")

        for _ in range(3):
            page.keyboard.press("Shift")

        expect_at_once(page)

    def test_is_not_what_happens_to_somebody_who_writes_capitals(self, open_browser: OpenBrowser) -> None:
        page = open_browser()
        page.goto("/par")
        page.get_by_label("Koden").focus()

        for key in "ABCD":
            page.keyboard.press(f"Shift+{key}")

        expect(page.get_by_label("Koden")).to_have_value("ABCD")


class TestAfterwards:
    def test_in_flight_mode_the_screen_is_as_empty(self, phone: Page) -> None:
        steps.wait_until_it_works_offline(phone)
        phone.context.add_init_script(WATCH)
        phone.reload()
        phone.context.set_offline(True)
        phone.goto("/aftaler")
        phone.goto("/min-plan")

        leave(phone)

        phone.go_back()
        expect_nothing(phone)

    def test_every_page_before_it_stays_away_until_the_app_is_opened_on_purpose(self, phone: Page) -> None:
        for name in ("Aftaler", "Min plan", "Mere"):
            phone.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
        phone.locator("a.leave").click()
        expect_nothing(phone)
        for _ in range(3):
            phone.go_back()
            expect_nothing(phone)

        phone.get_by_role("link", name="Åbn").click()

        expect(phone.get_by_role("link", name="kl. 10.00")).to_be_visible()
        phone.reload()
        expect(phone.get_by_role("link", name="kl. 10.00")).to_be_visible()

    def test_another_tab_of_the_app_is_empty_too(self, phone: Page) -> None:
        other = phone.context.new_page()
        other.goto("/aftaler")
        expect(other.get_by_role("heading", name="Aftaler")).to_be_visible()

        phone.locator("a.leave").click()

        expect_nothing(phone)
        expect_nothing(other)

    def test_what_was_being_written_in_the_plan_is_still_there(self, phone: Page) -> None:
        phone.goto("/min-plan")
        phone.locator("a[href^='/min-plan/']").first.click()
        field = phone.locator("textarea, input[type=text]").first
        field.fill("Jeg sover ikke")

        phone.locator("a.leave").click()

        expect_nothing(phone)
        phone.goto("/min-plan")
        phone.locator("a[href^='/min-plan/']").first.click()
        expect(phone.locator("textarea, input[type=text]").first).to_have_value("Jeg sover ikke")


@pytest.mark.parametrize("address", ["/", "/hjaelp", "/hjaelp.html"])
def test_without_a_script_a_plain_link_leads_away(open_browser: OpenBrowser, address: str) -> None:
    page = open_browser(java_script_enabled=False)
    page.goto(address)

    page.get_by_role("link", name="Hurtigt væk").click()

    expect(page.get_by_role("heading", name="Overblik")).to_be_visible()
    assert page.url.endswith(NEUTRAL)


def test_without_a_script_back_shows_only_what_every_stranger_gets(
    phone: Page, open_browser: OpenBrowser
) -> None:
    """HTML cannot take a page out of the history: so none holds anything of anybody without its script."""
    paired = open_browser(java_script_enabled=False, storage_state=phone.context.storage_state())
    stranger = open_browser(java_script_enabled=False)
    for address in ("/", "/aftaler", "/min-plan", "/maal", "/mine-data", "/hjaelp.html"):
        paired.goto(address)
        paired.get_by_role("link", name="Hurtigt væk").click()
        paired.wait_for_url(f"**{NEUTRAL}")

        paired.go_back()

        stranger.goto(address)
        assert paired.title() == stranger.title() == "Overblik"
        assert paired.content() == stranger.content()
        assert "Lærke" not in paired.content()
        expect(paired.get_by_role("link", name="112").first).to_be_visible()


def test_the_way_out_and_its_limits_are_explained_once(phone: Page) -> None:
    phone.get_by_role("link", name="Se hvordan").click()
    expect(phone.get_by_text("historik")).to_be_visible()
    expect(phone.get_by_text("Nogle programmer kan holde øje")).to_be_visible()
    phone.go_back()

    phone.get_by_role("button", name="Forstået").click()

    expect(phone.get_by_role("heading", name="Sådan kommer du hurtigt væk")).to_have_count(0)
    phone.wait_for_timeout(500)  # a hand needs longer than that to reload; the choice is sealed and stored
    phone.reload()
    expect(phone.get_by_role("heading", name="Din kontaktperson")).to_be_visible()
    expect(phone.get_by_role("heading", name="Sådan kommer du hurtigt væk")).to_have_count(0)
