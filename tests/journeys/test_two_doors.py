"""One crisis plan, two doors: the phone opens it anywhere, the crisis line only with a yes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page, expect

from tests.journeys import locks, plans, steps
from tests.journeys.browsers import DANISH, PHONE
from tests.journeys.desk import Desk
from tests.journeys.house import House
from tests.journeys.two_doors import SHOWN, begin, crisis_line, end, own_code, type_code

__all__ = ["crisis_line"]

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
SIGN, WALK, SISTER = "Jeg sover dårligt", "Gå en tur rundt om søen", "Min søster"
NUMBER = "00 00 00 07"
NOTE = "Talte om natten og om Freja Kanariefugl"
NOBODY_HAS_LOOKED = "Ingen har læst din plan."
DOES_NOT_FIT = "Koden passer ikke, eller den gælder ikke mere."
HEIGHT_OF_A_BIG_BUTTON = 64
THREE_TIMES_AS_LARGE = "--blink-settings=defaultFontSize=48"
# Not `innerWidth`: a phone that has to show more than fits makes that larger.
TOO_WIDE = "document.documentElement.scrollWidth > screen.width + 1"
# Four seconds of breathing in, after which the circle becomes smaller again.
BREATH_AT_ITS_LARGEST = "document.getAnimations().forEach((one) => { one.pause(); one.currentTime = 4000 })"


@pytest.fixture
def counsellor(desk: Callable[..., Desk]) -> Desk:
    return desk("Karen Holm")


@pytest.fixture
def citizen_id(counsellor: Desk) -> str:
    return counsellor.take_in("Lærke")


@pytest.fixture
def phone(counsellor: Desk, citizen_id: str, open_browser: OpenBrowser) -> Page:
    """A paired phone with a sign, something to do and somebody to call, ready to work offline."""
    page = open_browser()
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    steps.wait_until_it_works_offline(page)
    plans.write_line(page, SIGN, section="warning-signs")
    plans.write_line(page, WALK)
    plans.write_line(page, SISTER, section="people-to-ask")
    plans.open_line(page, SISTER, section="people-to-ask")
    page.get_by_label("Telefonnummer").fill(NUMBER)
    page.get_by_role("button", name="Gem nummeret").click()
    expect(page.get_by_role("link", name=f"Ring {NUMBER}")).to_be_visible()
    plans.wait_until_sent(page)
    return page


@pytest.fixture
def large_text(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], house: House
) -> Iterator[Page]:
    """A phone whose owner has set the text three times as large."""
    arguments = [*browser_type_launch_args["args"], THREE_TIMES_AS_LARGE]
    chromium = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    yield chromium.new_context(**PHONE, **DANISH, base_url=house.url).new_page()
    chromium.close()


class TestTheOwnCode:
    def test_is_two_taps_away_also_in_flight_mode_and_can_be_read_aloud(
        self, phone: Page, crisis_line: Desk
    ) -> None:
        code = own_code(phone)

        expect(phone.locator(".spoken li")).to_have_count(6)
        expect(phone.locator(".desk-code")).to_contain_text(f"Din kode: {' '.join(code)}")
        assert crisis_line.post("/desk/search", by="code", value=code)["found"]["alias"] == "Lærke"
        phone.context.set_offline(True)
        phone.reload()
        assert own_code(phone) == code

    def test_finds_nobody_any_more_once_there_is_a_new_one(self, phone: Page, crisis_line: Desk) -> None:
        before = own_code(phone)

        phone.get_by_role("button", name="Lav en ny kode").click()
        phone.get_by_role("button", name="Ja, lav en ny").click()

        expect(phone.get_by_text("Det er din nye kode.")).to_be_visible()
        after = own_code(phone)
        assert after != before
        assert crisis_line.post("/desk/search", by="code", value=before)["found"] is None
        assert crisis_line.post("/desk/search", by="code", value=after)["found"]["alias"] == "Lærke"


class TestWhoHasLooked:
    def test_grows_by_one_line_when_the_crisis_line_opens_a_plan_that_is_shared_with_it(
        self, phone: Page, crisis_line: Desk
    ) -> None:
        phone.goto("/min-plan/deling")
        plans.choice(phone, "Akuttelefonen").get_by_role("button", name="Ja, del planen").click()
        expect(phone.get_by_text("Nu deles planen.")).to_be_visible()
        expect(phone.get_by_text(NOBODY_HAS_LOOKED)).to_be_visible()

        contact = begin(crisis_line, own_code(phone))
        plan = crisis_line.post(f"/desk/contacts/{contact['id']}/plan", oral_yes=False)

        assert [line["text"][0]["value"] for line in plan["lines"]] == [SIGN, WALK, SISTER]
        phone.goto("/min-plan/deling")
        looks = phone.locator(".history-row")
        expect(looks).to_have_count(1)
        expect(looks).to_contain_text("Akuttelefonen, mens I havde kontakt")
        expect(looks).to_contain_text("Akuttilbud, i dag")
        expect(looks).not_to_contain_text("Jonas")
        expect(looks).not_to_contain_text("Du sagde ja til det")

    def test_says_that_a_yes_was_said_aloud_and_nothing_is_open_before_it(
        self, phone: Page, crisis_line: Desk
    ) -> None:
        contact = begin(crisis_line, own_code(phone))
        opening = f"/desk/contacts/{contact['id']}/plan"
        assert crisis_line.refusal(opening, oral_yes=False) == (403, "no-yes")
        phone.goto("/min-plan/deling")
        expect(phone.get_by_text(NOBODY_HAS_LOOKED)).to_be_visible()

        plan = crisis_line.post(opening, oral_yes=True)

        assert plan["basis"] == "oral-yes"
        phone.reload()
        looks = phone.locator(".history-row")
        expect(looks).to_have_count(1)
        expect(looks).to_contain_text("Du sagde ja til det, mens I talte sammen.")
        end(crisis_line, contact)
        assert crisis_line.refusal(opening, oral_yes=True)[0] == 404


def test_a_goal_is_told_to_the_crisis_line_by_its_name_alone_and_only_if_the_person_says_so(
    phone: Page, counsellor: Desk, crisis_line: Desk, citizen_id: str
) -> None:
    for title in ("Sove om natten", "Ringe til min far"):
        counsellor.post(f"/citizens/{citizen_id}/goals", title=title, origin="citizen")
    contact = begin(crisis_line, own_code(phone))
    told = f"/desk/contacts/{contact['id']}/goals"
    assert crisis_line.get(told)["items"] == []
    phone.goto("/min-plan/deling")

    phone.get_by_role("button", name="Ja, del navnet: Sove om natten").click()

    stop = phone.get_by_role("button", name="Stop med at dele: Sove om natten")
    expect(stop).to_be_visible()
    assert [goal["title"] for goal in crisis_line.get(told)["items"]] == ["Sove om natten"]
    stop.click()
    expect(phone.get_by_role("button", name="Ja, del navnet: Sove om natten")).to_be_visible()
    assert crisis_line.get(told)["items"] == []


class TestAContact:
    def test_stands_in_the_app_only_if_the_person_wants_it_there(
        self, phone: Page, crisis_line: Desk
    ) -> None:
        code = own_code(phone)
        end(crisis_line, begin(crisis_line, code, given=["talk"]))
        phone.goto("/henvendelser")
        expect(phone.get_by_text("Der er ingen henvendelser her.")).to_be_visible()
        expect(phone.locator(".card")).to_have_count(0)

        wanted = begin(crisis_line, code, given=["talk"], **SHOWN)
        end(crisis_line, wanted)
        phone.reload()

        expect(phone.locator(".card")).to_have_count(1)
        expect(phone.locator(".card")).to_contain_text("at de spørger efter 14 dage, hvordan det går")
        phone.context.set_offline(True)
        phone.reload()
        expect(phone.locator(".card")).to_have_count(1)
        phone.context.set_offline(False)
        phone.get_by_role("button", name="Fjern fra appen").click()
        phone.get_by_role("button", name="Ja, fjern den").click()
        expect(phone.get_by_text("Der er ingen henvendelser her.")).to_be_visible()

    def test_is_followed_by_an_offer_to_look_at_the_plan_that_comes_once_and_stands_in_no_way(
        self, phone: Page, crisis_line: Desk
    ) -> None:
        offer = phone.get_by_text("Du har talt med akuttelefonen. Passer din plan stadig?")
        plans.expect_in_plan(phone, WALK)
        expect(offer).to_have_count(0)
        end(crisis_line, begin(crisis_line, own_code(phone), wants_shown_in_app=True))

        plans.expect_in_plan(phone, SIGN, WALK)
        expect(offer).to_be_visible()
        phone.get_by_role("button", name="Spørg ikke mere").click()

        expect(offer).to_have_count(0)
        steps.wait_until_chosen(phone, "review_answered")
        phone.reload()
        expect(phone.locator(".own-words", has_text=WALK)).to_be_visible()
        expect(offer).to_have_count(0)

    def test_without_a_name_is_read_and_erased_by_its_code_on_a_phone_that_knows_nobody(
        self, house: House, crisis_line: Desk, open_browser: OpenBrowser
    ) -> None:
        contact = begin(crisis_line, None, reason=["anxiety"], note=NOTE)
        code = crisis_line.post(f"/desk/contacts/{contact['id']}/claim-code")["code"]
        assert house.stored_among(NOTE) == {NOTE}
        page = open_browser()

        type_code(page, "ABCD-EFGH")
        expect(page.get_by_role("alert")).to_contain_text(DOES_NOT_FIT)
        type_code(page, f"{code[:4].lower()} {code[4:]}")
        expect(page.locator(".kept")).to_contain_text(NOTE)
        expect(page.locator(".kept")).to_contain_text("Angst eller uro")
        expect(page.get_by_text("Vil du have det i din app?")).to_have_count(0)
        assert code not in page.url
        page.reload()
        expect(page.get_by_text(NOTE)).to_have_count(0)
        type_code(page, code)
        page.get_by_role("button", name="Slet det helt").click()
        page.get_by_role("button", name="Ja, slet det helt").click()

        expect(page.get_by_role("heading", name="Det er slettet")).to_be_visible()
        assert house.stored_among(NOTE) == set()
        type_code(page, code)
        expect(page.get_by_role("alert")).to_contain_text(DOES_NOT_FIT)

    def test_without_a_name_becomes_ones_own_after_it_was_seen_what_staff_will_see(
        self, phone: Page, house: House, crisis_line: Desk, citizen_id: str
    ) -> None:
        contact = begin(crisis_line, None, given=["talk"], note=NOTE)
        code = crisis_line.post(f"/desk/contacts/{contact['id']}/claim-code")["code"]
        whose = "SELECT citizen_id::text FROM crisis_contact WHERE id = %s"

        type_code(phone, code)
        phone.get_by_role("button", name="Se først, hvad de kan se").click()
        expect(phone.get_by_text("men ikke hvem")).to_be_visible()
        expect(phone.locator(".kept")).to_contain_text(NOTE)
        assert house.rows(whose, contact["id"]) == [(None,)]
        phone.get_by_role("button", name="Nej, lad være").click()
        expect(phone.get_by_text("Ingen ved, at det var dig.")).to_be_visible()
        phone.get_by_role("button", name="Se først, hvad de kan se").click()
        phone.get_by_role("button", name="Ja, læg det i min app").click()

        expect(phone.get_by_role("heading", name="Nu står det i din app")).to_be_visible()
        assert house.rows(whose, contact["id"]) == [(citizen_id,)]
        seen = crisis_line.get(f"/desk/contacts/{contact['id']}")
        assert (seen["claimed"], seen["citizen_id"], seen["citizen_alias"]) == (True, None, None)
        phone.get_by_role("link", name="Se dine henvendelser").click()
        expect(phone.locator(".card")).to_have_count(1)
        type_code(phone, code)
        expect(phone.get_by_role("alert")).to_contain_text(DOES_NOT_FIT)


class TestFromHelpNow:
    def test_the_plan_comes_one_large_step_at_a_time_in_flight_mode_after_the_numbers_and_breathing(
        self, phone: Page
    ) -> None:
        phone.context.set_offline(True)
        phone.goto("/")
        phone.get_by_role("link", name="Hjælp nu").last.click()
        onward = phone.get_by_role("link", name="Min plan, ét skridt ad gangen")
        breathing = phone.get_by_text("Træk vejret ind, mens du tæller til 4.")
        tops = [
            place.bounding_box() for place in (phone.get_by_role("link", name="112").first, breathing, onward)
        ]
        assert all(tops)
        assert [top["y"] for top in tops if top] == sorted(top["y"] for top in tops if top)

        onward.click()

        for words in (SIGN, WALK):
            expect(phone.locator(".step-line", has_text=words)).to_be_visible()
            phone.get_by_role("button", name="Næste skridt").click()
        call = phone.get_by_role("link", name=f"Ring {NUMBER}")
        for button in (call, phone.get_by_role("button", name="Næste skridt")):
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= HEIGHT_OF_A_BIG_BUTTON
        phone.get_by_role("button", name="Næste skridt").click()
        expect(phone.get_by_role("heading", name="Det var hele planen")).to_be_visible()

    def test_behind_a_lock_it_opens_only_where_its_owner_wants_it_so(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=True)
        phone.context.set_offline(True)
        phone.reload()
        locks.expect_locked(phone)
        phone.get_by_role("link", name="Hjælp nu").first.click()
        expect(phone.get_by_role("link", name="Min kode", exact=True)).to_have_count(0)

        phone.get_by_role("link", name="Min plan, ét skridt ad gangen").click()

        expect(phone.locator(".step-line", has_text=SIGN)).to_be_visible()
        phone.get_by_role("button", name="Tilbage til låsen").click()
        locks.expect_locked(phone)
        expect(phone.get_by_text(SIGN)).to_have_count(0)

    def test_behind_a_lock_it_is_not_spoken_of_where_its_owner_does_not(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)
        phone.reload()
        locks.expect_locked(phone)

        phone.get_by_role("link", name="Hjælp nu").first.click()

        expect(phone.get_by_role("link", name="112").first).to_be_visible()
        expect(phone.get_by_role("link", name="Min plan")).to_have_count(0)
        phone.goto("/min-plan/trin")
        locks.expect_locked(phone)
        expect(phone.get_by_text(SIGN)).to_have_count(0)


def test_every_page_fits_a_small_screen_with_the_text_three_times_as_large(
    large_text: Page, counsellor: Desk, crisis_line: Desk, citizen_id: str
) -> None:
    page = large_text
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    plans.write_line(page, SIGN, section="warning-signs")
    plans.wait_until_sent(page)
    end(crisis_line, begin(crisis_line, own_code(page), given=["talk"], **SHOWN))
    nobodys = begin(crisis_line, None, reason=["anxiety"], note=NOTE)

    too_wide = []
    for address in ("/hjaelp", "/min-plan", "/min-plan/trin", "/min-kode", "/henvendelser", "/henvendelse"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate(BREATH_AT_ITS_LARGEST)
        too_wide += [address] if page.evaluate(TOO_WIDE) else []
    type_code(page, crisis_line.post(f"/desk/contacts/{nobodys['id']}/claim-code")["code"])
    expect(page.locator(".kept")).to_contain_text(NOTE)

    assert too_wide + (["what is kept"] if page.evaluate(TOO_WIDE) else []) == []
