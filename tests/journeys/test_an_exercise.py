"""An exercise: found by a need, done without a network, kept or not, and shared only by a yes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import plans, steps
from tests.journeys.desk import Desk
from tests.journeys.exercises import (
    FIRST_QUESTION,
    HARD,
    KIND,
    OpenBrowser,
    open_from_list,
    paired,
    press,
    unpaired,
    write_kindly,
)
from tests.journeys.looks import expect_plain, keep_picture

pytestmark = pytest.mark.browser
BOTH_SIZES = pytest.mark.parametrize("screen", [False, True], ids=["phone", "screen"])
LINE = "Prøv den, før vi ses. Bare et par linjer."
SHARE = "Del mine øvelser med min kontaktperson"
STOP = "Bliver det værre, så stop. Åbn øjnene, mærk fødderne."


@pytest.fixture
def citizen_id(counsellor: Desk) -> str:
    return counsellor.take_in("Lærke")


class TestOnAPhoneThatWasNeverConnected:
    @BOTH_SIZES
    def test_is_found_by_a_need_and_done_in_a_hard_moment_without_a_word(
        self, open_browser: OpenBrowser, screen: bool
    ) -> None:
        page = unpaired(open_browser, screen=screen)
        page.get_by_role("link", name="Øvelser").first.click()
        keep_picture(page, "list")
        press(page, "Ro i uroen")
        keep_picture(page, "list-need")
        page.get_by_role("link", name=re.compile("^Fem ting omkring dig")).click()
        keep_picture(page, "intro")
        press(page, "Begynd")
        expect(page.get_by_text("1 af 5")).to_be_visible()
        keep_picture(page, "step")
        expect_plain(page)
        press(page, "Videre", 4)
        expect(page.get_by_text("5 af 5")).to_be_visible()
        press(page, "Tilbage")
        expect(page.get_by_text("4 af 5")).to_be_visible()
        press(page, "Videre")
        press(page, "Færdig")

        expect(page.get_by_role("heading", name="Du er færdig")).to_be_visible()
        keep_picture(page, "end")
        press(page, "Tilbage")
        expect(page.get_by_text("5 af 5")).to_be_visible()
        press(page, "Færdig")
        press(page, "Færdig")
        page.get_by_role("link", name="Det, jeg har gemt").click()
        expect(page.get_by_text("Her kommer det, du gemmer fra øvelserne.")).to_be_visible()

    @BOTH_SIZES
    def test_keeps_what_was_written_also_when_the_app_is_closed_in_the_middle(
        self, open_browser: OpenBrowser, screen: bool
    ) -> None:
        page = unpaired(open_browser, screen=screen)
        open_from_list(page, KIND)
        expect(page.locator("main .exercise-stop", has_text=STOP)).to_be_visible()
        press(page, "Begynd")
        page.get_by_label(FIRST_QUESTION).fill(HARD)
        keep_picture(page, "field")
        press(page, "Videre")
        page.wait_for_timeout(2_000)  # it is kept when nobody has typed for a moment
        page.reload()
        press(page, "Tilbage")
        expect(page.get_by_label(FIRST_QUESTION)).to_have_value(HARD)
        press(page, "Videre", 3)
        press(page, "Færdig")
        page.get_by_label("Rart", exact=True).check()
        page.get_by_label("Vil ikke svare").check()
        expect(page.get_by_label("Vil ikke svare")).to_be_checked()
        page.get_by_label("Lidt rart").check()
        expect(page.get_by_label("Del det med min kontaktperson")).to_have_count(0)
        keep_picture(page, "end-form")
        expect_plain(page)
        press(page, "Gem")

        expect(page.get_by_text("Gemt på telefonen. Kun du kan se det.")).to_be_visible()
        page.reload()
        expect(page.get_by_text(HARD)).to_be_visible()
        expect(page.get_by_text("Lidt rart")).to_be_visible()
        keep_picture(page, "saved")
        expect_plain(page)

    def test_changed_stays_beside_what_stood_before_and_deleted_for_good_is_gone(
        self, open_browser: OpenBrowser
    ) -> None:
        page = unpaired(open_browser)
        open_from_list(page, KIND)
        write_kindly(page)
        press(page, "Gem")
        page.get_by_role("link", name="Ret det, jeg skrev").click()
        page.get_by_label(FIRST_QUESTION).fill("Jeg er træt")
        expect(page.get_by_text("Kun du kan se det, du skriver nu.")).to_be_visible()
        keep_picture(page, "edit")
        press(page, "Gem")
        expect(page.get_by_text("Jeg er træt")).to_be_visible()
        press(page, "Slet helt")
        expect(page.get_by_text("Det, du skrev før rettelsen, bliver.")).to_be_visible()
        keep_picture(page, "erase-edited")
        press(page, "Nej, behold")
        page.get_by_text("Sådan skrev du det før").click()
        page.locator("details").get_by_role("link").click()
        expect(page.get_by_text(HARD)).to_be_visible()
        press(page, "Slet helt")
        press(page, "Ja, slet helt")
        expect(page.get_by_text("Det er slettet helt.")).to_be_visible()

        page.reload()
        page.get_by_role("link", name=re.compile(f"^{KIND}")).click()
        expect(page.get_by_text("Jeg er træt")).to_be_visible()
        expect(page.get_by_text("Sådan skrev du det før")).to_have_count(0)

    def test_can_be_stopped_at_any_step_and_leaves_nothing(self, open_browser: OpenBrowser) -> None:
        page = unpaired(open_browser)
        open_from_list(page, "Lad trangen gå forbi")
        press(page, "Begynd")
        expect(page.locator("main .exercise-stop", has_text=STOP)).to_be_visible()
        press(page, "Stop øvelsen")

        expect(page.get_by_role("heading", name="Du stoppede her")).to_be_visible()
        expect(page.locator("main").get_by_role("link", name="Hjælp nu")).to_be_visible()
        keep_picture(page, "stopped")
        expect_plain(page)
        open_from_list(page, "Lad trangen gå forbi")
        expect(page.get_by_role("button", name="Fortsæt, hvor du slap")).to_have_count(0)

    def test_never_loses_the_place_of_who_goes_by_the_keyboard(self, open_browser: OpenBrowser) -> None:
        page = unpaired(open_browser)
        page.goto("/oevelser")
        press(page, "Ro i uroen")
        press(page, "Vis alle")
        expect(page.get_by_role("heading", name="Ro i uroen")).to_be_focused()
        open_from_list(page, "Fem ting omkring dig")
        press(page, "Begynd")
        press(page, "Videre")
        press(page, "Tilbage")
        expect(page.locator(".exercise-step")).to_be_focused()
        press(page, "Videre", 4)
        press(page, "Færdig")
        press(page, "Gem, hvordan det var")

        expect(page.get_by_role("form", name="Gem, hvordan det var")).to_be_focused()
        keep_picture(page, "end-asked")
        expect_plain(page)

    def test_that_got_worse_leads_to_help(self, open_browser: OpenBrowser) -> None:
        page = unpaired(open_browser)
        open_from_list(page, KIND)
        write_kindly(page)
        page.get_by_label("Det blev værre").check()

        expect(page.get_by_text("Lad øvelsen ligge.")).to_be_visible()
        keep_picture(page, "worse")
        page.locator(".notice").get_by_role("link", name="Hjælp nu").click()
        expect(page).to_have_url(re.compile("/hjaelp$"))

    def test_closed_without_saving_asks_before_words_are_lost(self, open_browser: OpenBrowser) -> None:
        page = unpaired(open_browser)
        open_from_list(page, KIND)
        write_kindly(page)
        press(page, "Luk uden at gemme")
        keep_picture(page, "drop")
        press(page, "Nej, behold")
        press(page, "Luk uden at gemme")
        press(page, "Ja, slet det")

        steps.wait_until_no_draft_is_kept(page)
        open_from_list(page, KIND)
        press(page, "Begynd")
        expect(page.get_by_label(FIRST_QUESTION)).to_have_value("")


class TestGivenByTheContactPerson:
    @BOTH_SIZES
    def test_is_done_without_a_network_and_seen_only_when_it_is_shared(
        self, open_browser: OpenBrowser, counsellor: Desk, citizen_id: str, screen: bool
    ) -> None:
        counsellor.post(
            f"/citizens/{citizen_id}/exercises",
            ref={"library": "as-to-a-friend"},
            due_on=steps.date_in(3),
            line=LINE,
        )
        page = paired(open_browser, counsellor, citizen_id, screen=screen)
        page.get_by_role("link", name="Øvelser: der er en til dig").click()
        expect(page.get_by_text("Fra Karen Holm")).to_be_visible()
        keep_picture(page, "given-list")
        page.context.set_offline(True)
        page.get_by_role("link", name=KIND, exact=True).click()
        expect(page.get_by_text(LINE)).to_be_visible()
        keep_picture(page, "given")
        write_kindly(page)
        expect(page.get_by_label("Del det med min kontaktperson")).not_to_be_checked()
        keep_picture(page, "given-end")
        press(page, "Gem")
        expect(page.get_by_text("Gemt på telefonen. Kun du kan se det.")).to_be_visible()
        page.context.set_offline(False)
        plans.wait_until_sent(page)
        assert HARD not in str(counsellor.get(f"/citizens/{citizen_id}/exercises"))
        assert states(counsellor, citizen_id) == ["open"]

        page.goto("/oevelser/mine")
        page.get_by_role("link", name=re.compile(f"^{KIND}")).click()
        press(page, "Del det med min kontaktperson")

        expect(page.get_by_text("Nu kan din kontaktperson se det.")).to_be_visible()
        keep_picture(page, "shared")
        shared = counsellor.get(f"/citizens/{citizen_id}/exercises")
        assert HARD in str(shared["answers"])
        assert states(counsellor, citizen_id) == ["done"]

    def test_may_be_in_a_colleagues_own_words_and_says_whose_they_are(
        self, open_browser: OpenBrowser, counsellor: Desk, citizen_id: str
    ) -> None:
        own = counsellor.post(
            "/exercises",
            title="En tur om søen",
            lead="Når det larmer derhjemme.",
            body="Gå ud, når du kan.\n\n## På vejen\n\n- Læg mærke til vandet.\n- Find en bænk.",
            method="activity",
            profession="pedagogue",
        )
        counsellor.post(f"/citizens/{citizen_id}/exercises", ref={"own": own["id"]}, repeat="weekly")
        page = paired(open_browser, counsellor, citizen_id)
        page.context.set_offline(True)
        page.goto("/oevelser")
        page.get_by_role("link", name="En tur om søen", exact=True).click()

        expect(page.get_by_role("heading", name="På vejen")).to_be_visible()
        expect(page.get_by_role("listitem").filter(has_text="Find en bænk.")).to_be_visible()
        expect(page.get_by_text("Skrevet af Karen Holm. Endnu ikke gennemgået af en anden.")).to_be_visible()
        keep_picture(page, "own-words")
        expect_plain(page)
        press(page, "Færdig")
        page.get_by_label("Rart", exact=True).check()
        press(page, "Gem")
        expect(page.get_by_text("Gemt på telefonen. Kun du kan se det.")).to_be_visible()
        expect(page.get_by_role("heading", name="En tur om søen")).to_be_visible()

    def test_is_answered_by_not_now_which_is_private_too(
        self, open_browser: OpenBrowser, counsellor: Desk, citizen_id: str
    ) -> None:
        counsellor.post(f"/citizens/{citizen_id}/exercises", ref={"library": "say-no"}, repeat="daily")
        page = paired(open_browser, counsellor, citizen_id)
        page.get_by_role("link", name="Øvelser: der er en til dig").click()
        page.get_by_role("link", name="Sig nej på din måde", exact=True).click()
        press(page, "Det vil jeg ikke lige nu")

        expect(page.get_by_text("Det er i orden. Den ligger her, hvis du får lyst.")).to_be_visible()
        expect(page.get_by_text("Du har svaret: ikke nu")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        keep_picture(page, "not-now")
        expect_plain(page)
        plans.wait_until_sent(page)
        assert states(counsellor, citizen_id) == ["open"]
        page.goto("/")
        expect(page.get_by_role("link", name="Øvelser", exact=True)).to_be_visible()

    def test_is_seen_from_a_yes_to_all_of_them_on(
        self, open_browser: OpenBrowser, counsellor: Desk, citizen_id: str
    ) -> None:
        counsellor.post(f"/citizens/{citizen_id}/exercises", ref={"library": "say-no"})
        page = paired(open_browser, counsellor, citizen_id)
        page.goto("/oevelser/deling")
        card = plans.choice(page, SHARE)
        card.get_by_role("button", name="Ja, del dem").click()
        expect(card.get_by_role("status")).to_have_text("Nu kan din kontaktperson se det, du gemmer.")
        keep_picture(page, "sharing")
        page.goto("/oevelser")
        page.get_by_role("link", name="Sig nej på din måde", exact=True).click()
        press(page, "Det vil jeg ikke lige nu")
        expect(
            page.get_by_text("Din kontaktperson kan se, at du har svaret »ikke nu«, når det er sendt.")
        ).to_be_visible()
        plans.wait_until_sent(page)

        assert states(counsellor, citizen_id) == ["not-now"]


def states(counsellor: Desk, citizen_id: str) -> list[str]:
    """How the days of what was given stand for the contact person."""
    given = counsellor.get(f"/citizens/{citizen_id}/exercises")["items"]
    return [one["state"] for each in given for one in each["occurrences"]]


class TestInEnglish:
    @BOTH_SIZES
    def test_says_everything_in_english(self, open_browser: OpenBrowser, screen: bool) -> None:
        page = open_browser(screen=screen)
        page.goto("/")
        page.get_by_role("button", name="English").first.click()
        page.get_by_role("link", name="Exercises").first.click()
        keep_picture(page, "en-list")
        page.get_by_role("link", name=re.compile("^Let the urge pass")).click()
        keep_picture(page, "en-intro")
        press(page, "Begin")
        keep_picture(page, "en-step")

        expect(page.locator("main .exercise-stop", has_text="If it gets worse, stop.")).to_be_visible()
