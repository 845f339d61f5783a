"""Walks through an audience's whole app by its own links and writes down what a page must not do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_PAGES = 120
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

    def strangers(self, origin: str) -> list[str]:
        """Requests that left the house."""
        return [url for url in self.requests if not url.startswith((f"{origin}/", "data:", "blob:"))]


def watch(page: Page, seen: Seen) -> None:
    """Note every request and every error of a browser."""

    def note_request(request: Request) -> None:
        seen.requests.append(request.url)

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.errors.append(f"{page.url}: {message.text}")

    page.context.on("request", note_request)
    page.on("console", note_console)
    page.on("pageerror", lambda error: seen.errors.append(f"{page.url}: {error}"))


def walk(page: Page, origin: str, starts: list[str], seen: Seen) -> Iterator[str]:
    """Open every page that can be reached from these; one of each kind. Yields its address."""
    waiting, known = list(starts), {_kind(start) for start in starts}
    while waiting:
        address = waiting.pop(0)
        page.goto(address)
        page.wait_for_load_state("networkidle")
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


def _kind(path: str) -> str:
    return DATE.sub(":date", ID.sub(":id", path)).rstrip("/") or "/"


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
