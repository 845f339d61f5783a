"""Walks through an audience's whole app by its own links and writes down what a page must not do."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
#: One exercise of the list is as good as another.
EXERCISE = re.compile(r"^/oevelser/[0-9a-f]{8}$")
FORM = re.compile(r"/skemaer/[0-9a-f]{8}$")
MOST_PAGES = 100
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
AXE = Axe()
#: Only what is wrong comes back: Playwright takes longer to read the rest than axe to find it.
VIOLATIONS = """async () => {
  const { violations } = await axe.run({ resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => ({
    id, where: nodes.slice(0, 3).map(({ target }) => target.map(String).join(', '))
  }));
}"""
#: A moment in which the page's script has nothing to do, and 30 ms more; whether the page waits no longer.
IDLE = """() => new Promise(done => requestIdleCallback(
  () => setTimeout(() => done(!!document.querySelector('h1') && !document.querySelector('.loading')), 30),
  { timeout: 1000 }
))"""
RESTS = 3
LONGEST_S = 30
LINKS = """() => [...document.querySelectorAll('a[href]')].map(a => ({
  href: a.href, rel: a.rel, target: a.target
}))"""


@dataclass
class Seen:
    """What a walk found."""

    pages: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    open_links: list[str] = field(default_factory=list)
    under_way: set[Request] = field(default_factory=set)

    def strangers(self, origin: str) -> list[str]:
        """Requests that left the house."""
        return [url for url in self.requests if not url.startswith((f"{origin}/", "data:", "blob:"))]


def watch(page: Page, seen: Seen) -> None:
    """Note every request and every error of a browser."""

    def note_request(request: Request) -> None:
        seen.requests.append(request.url)
        seen.under_way.add(request)

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.errors.append(f"{page.url}: {message.text}")

    page.context.on("request", note_request)
    page.context.on("requestfinished", lambda request: seen.under_way.discard(request))
    page.context.on("requestfailed", lambda request: seen.under_way.discard(request))
    page.on("console", note_console)
    page.on("pageerror", lambda error: seen.errors.append(f"{page.url}: {error}"))


def walk(page: Page, origin: str, starts: list[str], seen: Seen) -> Iterator[str]:
    """Open every page that can be reached from these; one of each kind. Yields its address."""
    waiting, known = list(starts), {_kind(start) for start in starts}
    while waiting:
        address = waiting.pop(0)
        page.goto(address)
        _settle(page, seen)
        seen.pages.append(_kind(address))
        seen.titles[address] = page.title()
        yield address
        for link in page.evaluate(LINKS):
            parts = urlsplit(link["href"])
            if not link["href"].startswith(f"{origin}/"):
                _check_way_out(link, address, seen)
            elif _kind(parts.path) not in known and "." not in parts.path:
                known.add(_kind(parts.path))
                waiting.append(parts.path)
        assert len(seen.pages) < MOST_PAGES, "the walk does not end"


def _settle(page: Page, seen: Seen) -> None:
    """Wait until nothing is on its way and the page has nothing to do: half a second sooner than Playwright.

    What is kept on the phone or follows from an answer comes in a task of its own, so it has to hold thrice.
    """
    rests, deadline = 0, time.monotonic() + LONGEST_S
    while rests < RESTS:
        assert time.monotonic() < deadline, f"{page.url} waits for {[each.url for each in seen.under_way]}"
        is_here = page.evaluate(IDLE)
        rests = rests + 1 if is_here and not seen.under_way else 0


def _kind(path: str) -> str:
    return (
        DATE.sub(
            ":date", FORM.sub("/skemaer/:form", EXERCISE.sub("/oevelser/:exercise", ID.sub(":id", path)))
        ).rstrip("/")
        or "/"
    )


def _check_way_out(link: dict[str, str], address: str, seen: Seen) -> None:
    if link["href"].startswith(("tel:", "mailto:")):
        return
    if not {"noopener", "noreferrer"} <= set(link["rel"].split()):
        seen.open_links.append(f"{address}: {link['href']}")


def examine(page: Page, address: str, seen: Seen, *, schemes: Sequence[str] = SCHEMES) -> None:
    """Run axe on the page as it stands, small and large, light and dark."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            if not page.evaluate("'axe' in window"):
                page.evaluate(AXE.axe_script)
            for found in page.evaluate(VIOLATIONS):
                seen.violations.append(f"{address} {width} {scheme}: {found['id']} at {found['where']}")
            # Not against `innerWidth`: a phone that has to show more than fits makes that larger.
            if page.evaluate("document.documentElement.scrollWidth") > width + 1:
                seen.violations.append(f"{address} {width} {scheme}: wider than the screen")


def walk_and_examine(page: Page, origin: str, starts: list[str], schemes: Sequence[str] = SCHEMES) -> Seen:
    """Examine every page that can be reached from these."""
    seen = Seen()
    watch(page, seen)
    for address in walk(page, origin, starts, seen):
        examine(page, address, seen, schemes=schemes)
    return seen


def check(seen: Seen, origin: str) -> None:
    """Nothing that a walk must not find was found."""
    assert seen.violations == []
    assert seen.strangers(origin) == []
    assert set(seen.titles.values()) == {"Overblik"}
    assert seen.open_links == []
    assert seen.errors == [], "\n".join(seen.errors)
