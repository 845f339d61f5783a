"""What people do with the lock on the screen, in the words that they read there."""

from __future__ import annotations

from playwright.sync_api import Page, expect

PIN = "482915"
WRONG = "739164"
LOCKED = "Appen er låst"
GONE = "Det låste er slettet"
# As if the time to wait were over: the phone's own clock stays as it is.
NO_WAIT = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('overblik');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const keys = opening.result.transaction('keys', 'readwrite').objectStore('keys');
    keys.get('lock').onsuccess = event => keys.put({ ...event.target.result, wait_until: 0 }, 'lock');
    keys.transaction.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""
LOOK_AWAY = """hidden => {
  const value = hidden ? 'hidden' : 'visible';
  Object.defineProperty(document, 'visibilityState', { configurable: true, value });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def turn_on(page: Page, *, plan_open: bool, pin: str = PIN) -> None:
    """Indstillinger, Vælg en kode, twice, and the answer about the plan."""
    page.goto("/indstillinger/kode")
    page.get_by_label("Ny kode").fill(pin)
    page.get_by_label("Skriv den igen").fill(pin)
    page.get_by_role("button", name="Videre").click()
    expect(page.get_by_role("heading", name="Må din kriseplan åbnes uden kode?")).to_be_visible()
    page.get_by_label("Ja" if plan_open else "Nej", exact=True).check()
    page.get_by_role("button", name="Slå koden til").click()
    expect(page.get_by_text("Koden er slået til.")).to_be_visible()


def type_code(page: Page, pin: str = PIN) -> None:
    """One try at the lock."""
    page.get_by_label("Din kode til appen").fill(pin)
    page.get_by_role("button", name="Lås op").click()


def unlock(page: Page, pin: str = PIN) -> None:
    """The right code."""
    type_code(page, pin)
    expect(page.get_by_role("heading", name=LOCKED)).to_have_count(0)


def expect_locked(page: Page) -> None:
    """The lock stands in place of the page."""
    expect(page.get_by_role("heading", name=LOCKED)).to_be_visible()


def lose_what_is_locked(page: Page) -> None:
    """Glemt koden?, delete it, and yes once more."""
    page.reload()
    page.get_by_role("button", name="Glemt koden?").click()
    page.get_by_role("button", name="Slet det låste, og begynd igen").click()
    page.get_by_role("button", name="Ja, slet det").click()
    expect(page.get_by_role("heading", name=GONE)).to_be_visible()


def type_wrong_codes(page: Page, count: int) -> None:
    """Wrong codes one after the other, as if the waits between them were over; not the last one there is."""
    for _ in range(count):
        page.evaluate(NO_WAIT)
        page.reload()
        type_code(page, WRONG)
        expect(page.get_by_text("passer ikke").or_(page.get_by_text("Du kan prøve igen om"))).to_be_visible()


def look_away(page: Page, away: bool = True) -> None:
    """Another app comes to the front, or this one again."""
    page.evaluate(LOOK_AWAY, away)
