"""The way out on the screen: where it stands, and how fast and how whole it empties the page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

AT_ONCE_MS = 100
NEUTRAL = "/overblik.html"
ALL_THERE_IS = "Overblik\n\nÅbn"
# Each moment is written down where it outlives the page: what was pressed, empty, painted empty, gone.
WATCH = """
  const note = what => sessionStorage.setItem(what, performance.now());
  addEventListener('click', event => event.target.closest?.('a.leave') && note('pressed'), true);
  addEventListener('keydown', () => note('pressed'), true);
  new MutationObserver(() => {
    note('empty');
    requestAnimationFrame(() => setTimeout(() => note('painted')));
  }).observe(document, { attributes: true, attributeFilter: ['hidden'], subtree: true });
  const isEmpty = () => document.documentElement.hidden;
  globalThis.navigation?.addEventListener('navigate', () => isEmpty() && note('leaving'));
"""
WHEN = """() => Object.fromEntries(
  ['pressed', 'empty', 'painted', 'leaving'].map(what => [what, Number(sessionStorage.getItem(what))]))"""
IS_ON_TOP = """() => {
  const link = [...document.querySelectorAll('a.leave')].at(-1);
  const box = link.getBoundingClientRect();
  const inset = 3;
  const points = [
    [box.left + inset, box.top + inset], [box.right - inset, box.top + inset],
    [box.left + inset, box.bottom - inset], [box.left + box.width / 2, box.top + box.height / 2]];
  return box.width >= 44 && box.height >= 44 && box.left >= 0 && box.top >= 0
    && box.right <= innerWidth && box.bottom <= innerHeight
    && points.every(([x, y]) => document.elementFromPoint(x, y) === link);
}"""
COMES_FIRST = """() => {
  const place = document.querySelector('dialog[open]') ?? document.body;
  const all = [...place.querySelectorAll('a[href], button, input, select, textarea, summary')];
  return all[0].matches('a.leave') && all[0].tabIndex === 0;
}"""


def expect_a_way_out(page: Page, where: str) -> None:
    """It is large enough, on top of everything wherever the page stands, and comes first."""
    expect(page.locator("a.leave").last).to_be_visible()
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for place in ("0", "document.body.scrollHeight"):
            page.evaluate(f"scrollTo(0, {place})")
            assert page.evaluate(IS_ON_TOP), f"{where} at {width}"
    assert page.evaluate(COMES_FIRST), where


def expect_nothing(page: Page) -> None:
    """Only the neutral page is there, also for a screen reader."""
    page.wait_for_url(f"**{NEUTRAL}")
    assert page.title() == "Overblik"
    assert page.inner_text("body").strip() == ALL_THERE_IS


def leave(page: Page) -> None:
    """Press it, and look whether the screen was empty at once and before anything was loaded."""
    page.locator("a.leave").last.click()
    expect_at_once(page)


def expect_at_once(page: Page) -> None:
    """The neutral page, and every moment before it in its order."""
    page.wait_for_url(f"**{NEUTRAL}")
    when = page.evaluate(WHEN)
    assert 0 < when["pressed"] <= when["empty"] < when["pressed"] + AT_ONCE_MS, when
    # The very next picture is the empty one, before anything is loaded; how soon it comes is the machine's.
    assert when["empty"] <= when["painted"] <= when["leaving"], when
    expect_nothing(page)
