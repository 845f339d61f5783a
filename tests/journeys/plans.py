"""What people do with a plan on the screen, in the words that they read there."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

OWN_ACTIONS = "own-actions"


def write_line(page: Page, words: str, *, section: str = OWN_ACTIONS) -> None:
    """One line more in a section."""
    page.goto(f"/min-plan/{section}")
    page.get_by_label("Skriv en linje").fill(words)
    page.get_by_role("button", name="Gem linjen").click()
    expect(page.get_by_text("Gemt på telefonen.")).to_be_visible()


def open_line(page: Page, words: str, *, section: str = OWN_ACTIONS) -> None:
    """The page of one line."""
    page.goto(f"/min-plan/{section}")
    page.get_by_role("link", name=f"Ret: {words}").click()
    expect(page.get_by_role("heading", name="En linje i din plan")).to_be_visible()


def change_line(page: Page, before: str, after: str) -> None:
    """Other words in a line."""
    open_line(page, before)
    page.get_by_label("Det står der").fill(after)
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Gemt på telefonen.")).to_be_visible()


def erase_line(page: Page, words: str) -> None:
    """Slet helt, ja."""
    open_line(page, words)
    page.get_by_role("button", name="Slet helt").click()
    page.get_by_role("button", name="Ja, slet helt").click()
    expect(page.get_by_text("Linjen er slettet helt.")).to_be_visible()


def expect_in_plan(page: Page, *texts: str) -> None:
    """The whole plan shows all of these."""
    page.goto("/min-plan")
    expect(page.get_by_role("heading", name="Min plan")).to_be_visible()
    for text in texts:
        expect(page.locator(".own-words", has_text=text)).to_be_visible()


def wait_until_sent(page: Page) -> None:
    """Nothing waits for a network any more: the phone asks for what is new only when all of it is sent."""
    page.goto("about:blank")  # what the page before had asked for says nothing of what was written since
    with page.expect_response(lambda answer: "/sync/pull" in answer.url and answer.ok):
        page.goto("/min-plan")
    expect(page.get_by_role("heading", name="Min plan")).to_be_visible()
    expect(page.locator(".plan-section").first).to_be_visible()
    expect(page.get_by_text("Alt er gemt på telefonen. Resten bliver sendt")).to_have_count(0)
    expect(page.get_by_text("Planen findes kun på denne telefon.")).to_have_count(0)


def choice(page: Page, title: str) -> Locator:
    """One of the two choices about sharing."""
    return page.locator(".card", has=page.get_by_role("heading", name=title))


def share_with_contact_person(page: Page) -> None:
    """The citizen's yes."""
    page.goto("/min-plan/deling")
    choice(page, "Min kontaktperson").get_by_role("button", name="Ja, del planen").click()
    expect(choice(page, "Min kontaktperson").get_by_role("status")).to_have_text("Nu deles planen.")


def stop_sharing(page: Page) -> None:
    """The citizen's no."""
    page.goto("/min-plan/deling")
    choice(page, "Min kontaktperson").get_by_role("button", name="Stop med at dele").click()
    expect(choice(page, "Min kontaktperson").get_by_role("status")).to_have_text(
        "Nu deles planen ikke længere."
    )
