"""What was agreed about the effort: written at the console, read on the phone without a network."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.desk import Desk
from tests.journeys.house import House

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
NEEDS, PURPOSE = "Ro om natten og nogen at ringe til.", "At drikke mindre, så børnene kan mærke det."
MINE, THEIRS = "En samtale om ugen.", "En samtale hver fjortende dag."


@pytest.mark.parametrize("wide", [True, False])
def test_a_plan_is_written_together_read_offline_and_kept_when_two_write(
    house: House, counsellor: Desk, open_browser: OpenBrowser, wide: bool
) -> None:
    citizen_id = counsellor.take_in("Musvit" if wide else "Blåmejse")
    phone, office = open_browser(), open_browser(screen=wide)
    steps.pair(phone, counsellor.pairing(citizen_id)["code"])
    steps.wait_until_it_works_offline(phone)
    house.let_used_codes_pass(counsellor.login.email)
    steps.sign_in(office, counsellor.login)

    office.goto(f"/staff/people/{citizen_id}")
    office.get_by_role("link", name="Åbn behandlingsplanen").click()
    expect(office.get_by_text("Der er ikke skrevet en plan endnu.")).to_be_visible()
    office.get_by_role("link", name="Skriv planen").click()
    office.get_by_label("Behov").fill(NEEDS)
    office.get_by_label("Formål").fill(PURPOSE)
    office.get_by_label("Ja", exact=True).check()
    expect(office.get_by_text("Medarbejdere kan have pligt").first).to_be_visible()
    office.get_by_role("button", name="Gem planen").click()
    expect(office.get_by_text(PURPOSE)).to_be_visible()

    # A colleague is faster: nobody's words go.
    office.get_by_role("link", name="Ret planen").click()
    office.get_by_label("Indsats").fill(MINE)
    same = "methods, children, written_by, written_at"
    house.rows(
        f"INSERT INTO care_plan (citizen_id, id, version, {same})"
        f" SELECT citizen_id, gen_random_uuid(), 2, {same} FROM care_plan WHERE citizen_id = %s RETURNING 1",
        citizen_id,
    )
    office.get_by_role("button", name="Gem planen").click()
    expect(office.get_by_text("En kollega har gemt en ny udgave imens.")).to_be_visible()
    expect(office.get_by_label("Indsats")).to_have_value(MINE)
    office.get_by_label("Behov").fill(NEEDS)
    office.get_by_role("button", name="Gem planen").click()
    expect(office.get_by_text("Udgave 3")).to_be_visible()

    phone.goto("/")
    phone.reload()
    phone.goto("/maal")
    expect(phone.get_by_role("link", name="Det, vi har aftalt")).to_be_visible()
    phone.context.set_offline(True)
    phone.get_by_role("link", name="Det, vi har aftalt").click()
    expect(phone.get_by_text(NEEDS)).to_be_visible()
    expect(phone.get_by_text("Medarbejdere kan have pligt")).to_be_visible()
    phone.get_by_role("button", name="Skriv ud").click()
    expect(phone.get_by_role("heading", name="Skriv det ud?")).to_be_visible()
    phone.get_by_role("button", name="Fortryd").click()
