"""A goal that both own: suggested, accepted, worked on without a network, told of only as chosen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import plans, steps
from tests.journeys.desk import Desk
from tests.journeys.house import House

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
TITLE = "Slippe for at drikke alene"
OURS, OWN = "Tage bussen hertil om torsdagen", "Ringe til min søster"
SECRET, TOLD = "Jeg drak i går, og ingen ved det", "Det blev for meget i weekenden"
WARNING = "Stop ikke brat med alkohol, benzodiazepiner eller GHB. Tal med en læge først."


class Both:
    """A person with a phone, and the counsellor at the console."""

    def __init__(self, house: House, counsellor: Desk, open_browser: OpenBrowser) -> None:
        self.counsellor = counsellor
        self.citizen_id = counsellor.take_in("Rødkælk")
        self.phone, self.office = open_browser(), open_browser(screen=True)
        steps.pair(self.phone, counsellor.pairing(self.citizen_id)["code"])
        steps.wait_until_it_works_offline(self.phone)
        house.let_used_codes_pass(counsellor.login.email)
        steps.sign_in(self.office, counsellor.login)

    def suggest(self) -> str:
        """The counsellor proposes a goal to stop, with a step; its id."""
        self.office.goto(f"/staff/people/{self.citizen_id}")
        self.office.wait_for_load_state("networkidle")  # what comes above moves what stands below
        self.office.get_by_role("link", name="Nyt mål").click()
        self.office.get_by_label("Målet", exact=True).fill(TITLE)
        self.office.get_by_label("Vores forslag").check()
        self.office.get_by_label("Hvad slags mål").select_option("stop")
        self.office.get_by_label("Tema").select_option("mastery")
        self.office.get_by_label("Se på det igen").fill(steps.date_in(30))
        self.office.get_by_role("button", name="Gem målet").click()
        expect(self.office.get_by_role("heading", name=TITLE)).to_be_visible()
        expect(self.office.get_by_text("Venter på personens svar")).to_be_visible()
        self.office.get_by_label("Nyt trin").fill(OURS)
        self.office.get_by_role("button", name="Tilføj").click()
        expect(self.office.get_by_label(OURS, exact=True)).to_be_visible()
        return self.office.url.rsplit("/", 1)[1]

    def say_yes(self) -> None:
        """The person says yes on the phone, without a network, and opens the goal."""
        self.phone.goto("/")
        self.phone.get_by_role("link", name="Mine mål: et forslag til dig").click()
        expect(self.phone.get_by_text("Din kontaktperson foreslår")).to_be_visible()
        self.phone.context.set_offline(True)
        self.phone.get_by_role("button", name=f"Ja: {TITLE}").click()
        expect(self.phone.get_by_text("Målet er nu også dit.")).to_be_visible()
        self.phone.get_by_role("link", name=TITLE).click()
        expect(self.phone.get_by_text(WARNING)).to_be_visible()

    def tick(self, step: str) -> None:
        """A step is done, and the phone has kept it."""
        self.phone.get_by_label(step, exact=True).check()
        expect(self.phone.get_by_text(f"Klaret: {step}")).to_be_visible()

    def send(self) -> None:
        """The network is back, and everything reaches the house."""
        self.phone.context.set_offline(False)
        plans.wait_until_sent(self.phone)

    def calls(self, house: House) -> int:
        """How many calls somebody has to make because it became hard."""
        found = "SELECT 1 FROM task WHERE kind = 'closer-contact' AND citizen_id = %s"
        return len(house.rows(found, self.citizen_id))

    def look(self) -> None:
        """The counsellor looks again at the goal that is open."""
        self.office.reload()
        expect(self.office.get_by_role("heading", name=TITLE)).to_be_visible()


@pytest.fixture
def both(house: House, counsellor: Desk, open_browser: OpenBrowser) -> Both:
    """Karen at the console, and a person with a phone that works offline."""
    return Both(house, counsellor, open_browser)


def test_a_suggestion_is_accepted_and_worked_on_without_a_network_and_both_see_it(both: Both) -> None:
    phone, office = both.phone, both.office
    goal_id = both.suggest()
    both.counsellor.book(both.citizen_id, goal_id=goal_id)
    breathing = {"ref": {"library": "breathing"}, "goal_id": goal_id}
    both.counsellor.post(f"/citizens/{both.citizen_id}/exercises", **breathing)

    both.say_yes()
    phone.get_by_label("Et trin mere").fill(OWN)
    phone.get_by_role("button", name="Tilføj trinnet").click()
    both.tick(OURS)
    both.tick(OWN)
    phone.reload()
    expect(phone.get_by_label(OWN, exact=True)).to_be_checked()
    both.send()

    both.look()
    expect(office.get_by_text("begge har sagt ja")).to_be_visible()
    expect(office.get_by_label(OURS, exact=True)).to_be_checked()
    expect(office.get_by_label(OWN, exact=True)).to_be_checked()
    expect(office.get_by_text("Sagt ja til målet")).to_be_visible()
    # The words of a step never change: with other words another takes its place, ticked as it was.
    phone.goto(f"/maal/{goal_id}")
    phone.get_by_role("link", name=f"Ret trinnet: {OWN}").click()
    phone.get_by_label("Hvad vil du gøre?").fill("Ringe til min søster om søndagen")
    phone.get_by_role("button", name="Gem trinnet").click()
    expect(phone.get_by_label("Ringe til min søster om søndagen", exact=True)).to_be_checked()
    both.send()
    both.look()
    expect(office.get_by_label("Ringe til min søster om søndagen", exact=True)).to_be_checked()
    expect(office.get_by_label(OWN, exact=True)).to_have_count(0)
    office.get_by_role("link", name="Med aftaler og check-ins").click()
    line = office.locator("ol.line")
    expect(line.get_by_text("Samtale")).to_be_visible()
    expect(line.get_by_text("Øvelse givet: Træk vejret roligt")).to_be_visible()
    expect(line.get_by_text(OURS)).to_have_count(0)  # the words of a step stand in the goal alone
    phone.goto(f"/maal/{goal_id}/forloeb")
    expect(phone.locator(".goal-event", has_text="Aftale")).to_be_visible()
    expect(phone.get_by_role("link", name="Træk vejret roligt")).to_be_visible()


def test_what_became_hard_is_kept_to_oneself_or_told_and_takes_nothing_away(both: Both, house: House) -> None:
    phone, office = both.phone, both.office
    goal_id = both.suggest()
    both.say_yes()
    both.tick(OURS)
    phone.get_by_role("link", name="Tæl dage").click()
    phone.get_by_role("button", name="Tæl herfra").click()
    expect(phone.get_by_text("1 dag", exact=True)).to_be_visible()

    phone.goto(f"/maal/{goal_id}/svaert")
    phone.get_by_label("Dine egne ord").fill(SECRET)
    phone.get_by_role("button", name="Gem det").click()
    expect(phone.get_by_text("Vælg, hvem der må vide det.")).to_be_visible()
    phone.get_by_label("Behold det for dig selv").check()
    phone.get_by_role("button", name="Gem det").click()
    expect(phone.get_by_text("Det, du har nået, står her stadig.")).to_be_visible()
    expect(phone.get_by_text("Det er kun dig, der kan se det.")).to_be_visible()
    both.send()
    both.look()
    expect(office.get_by_text("Det blev svært", exact=True)).to_have_count(1)  # the way to write it down
    assert both.calls(house) == 0

    phone.goto(f"/maal/{goal_id}/svaert")
    phone.get_by_label("Dine egne ord").fill(TOLD)
    phone.get_by_label("Fortæl det til Karen Holm").check()
    expect(phone.get_by_label("To uger")).to_be_checked()
    phone.get_by_label("En uge").check()
    phone.get_by_label("Jeg vil gerne have en samtale").check()
    phone.get_by_role("link", name="Tilbage til målet").click()
    phone.get_by_role("link", name="Det blev svært").click()
    expect(phone.get_by_label("Fortæl det til Karen Holm")).to_be_checked()
    expect(phone.get_by_label("En uge")).to_be_checked()
    expect(phone.get_by_label("Jeg vil gerne have en samtale")).to_be_checked()
    phone.get_by_role("button", name="Gem det").click()
    expect(phone.get_by_text("kan Karen Holm se det")).to_be_visible()
    expect(phone.get_by_role("listitem").filter(has_text=OURS)).to_be_visible()
    both.send()
    phone.goto(f"/maal/{goal_id}")
    expect(phone.get_by_text("1 dag", exact=True)).to_be_visible()
    expect(phone.get_by_label(OURS, exact=True)).to_be_checked()
    both.look()

    expect(office.get_by_text(TOLD)).to_be_visible()
    expect(office.get_by_text("Tættere kontakt til og med")).to_be_visible()
    assert SECRET not in office.content()
    assert "1 dag" not in office.locator("main").inner_text()
    assert both.calls(house) == 1
    phone.goto(f"/maal/{goal_id}/forloeb")
    phone.get_by_role("button", name=f"Slet helt: {SECRET}").click()
    phone.get_by_role("button", name="Ja, slet det helt").click()
    expect(phone.get_by_text(SECRET)).to_have_count(0)
    both.send()
    assert house.stored_among(SECRET, TOLD) == {TOLD}


def test_after_a_pause_the_body_is_spoken_of_first_and_nobody_is_told_by_itself(both: Both) -> None:
    phone, office = both.phone, both.office
    both.suggest()
    both.say_yes()

    phone.get_by_role("link", name="Jeg er tilbage efter en pause").click()
    expect(phone.get_by_text("Din krop tåler mindre nu.")).to_be_visible()
    expect(phone.get_by_label("Behold det for dig selv")).not_to_be_checked()
    phone.get_by_label("Fortæl det til Karen Holm").check()
    phone.get_by_role("button", name="Gem det").click()
    expect(phone.get_by_text("Karen Holm kan se det, når det er sendt.")).to_be_visible()
    both.send()
    both.look()

    expect(office.locator(".goal-event", has_text="Tilbage efter en pause")).to_be_visible()


def test_levels_are_worded_together_chosen_on_the_phone_and_the_figure_stands_in_the_report_alone(
    both: Both,
) -> None:
    phone, office = both.phone, both.office
    goal_id = both.suggest()
    both.say_yes()
    both.send()
    both.look()
    office.get_by_role("link", name="Skriv niveauer").click()
    office.get_by_label("Lidt mindre end ventet (−1)").fill("Alene de fleste aftener")
    office.get_by_label("Lidt mere end ventet (+1)").fill("Sammen med nogen de fleste aftener")
    office.get_by_label("Hvor personen begynder").select_option("-1")
    office.get_by_role("button", name="Gem niveauerne").click()
    expect(office.get_by_role("heading", name=TITLE)).to_be_visible()

    phone.goto(f"/maal/{goal_id}/hvor-langt")
    phone.get_by_label("Sammen med nogen de fleste aftener").check()
    phone.get_by_role("button", name="Gem det").click()
    expect(phone.get_by_text("Gemt på telefonen.")).to_be_visible()
    phone.goto(f"/maal/{goal_id}/spoergsmaal")
    phone.get_by_role("link", name="Hvem eller hvad kan hjælpe dig?").click()
    phone.get_by_label("Hvem eller hvad kan hjælpe dig?").fill("Min søster")
    phone.get_by_role("button", name="Gem svaret").click()
    expect(phone.get_by_role("heading", name="Spørgsmål 3 af 4")).to_be_visible()
    both.send()

    office.goto(f"/staff/people/{both.citizen_id}/goals/{goal_id}")
    expect(office.get_by_text("Min søster").first).to_be_visible()
    office.goto(f"/staff/people/{both.citizen_id}")
    office.get_by_role("link", name="Rapport over mål").click()
    figures = office.locator("dl.facts")
    expect(figures).to_have_text(re.compile("T ved start40.*T nu60.*Forskel i T20", re.DOTALL))
    expect(office.get_by_text("Kiresuk og Sherman (1968)")).to_be_visible()
    assert "Kiresuk" not in phone.content()
