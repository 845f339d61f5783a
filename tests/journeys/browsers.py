"""Where Chromium is, and the sizes that journeys look at."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

NO_CHROMIUM = "Chromium is missing. Install it (Debian: apt-get install chromium), then run the tests again."
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 800}, "has_touch": True, "is_mobile": True}
SCREEN: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PATIENCE_MS = 30_000  #: how long a browser has for anything; only a step that fails takes so long
#: What Playwright leaves out of Chromium (the last such flag holds), and the two pages behind the address bar
#: that every window would load for itself: they took as long as the whole page of ours.
LEFT_OUT = (
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,"
    "NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,TcpPortRandomizationWin,"
    "ThirdPartyStoragePartitioning,WebUIOmniboxAimPopup,WebUIOmniboxPopup"
)
FLAGS = ["--no-sandbox", f"--disable-features={LEFT_OUT}"]
DANISH: dict[str, Any] = {"locale": "da-DK", "timezone_id": "Europe/Copenhagen"}


def find_chromium() -> str:
    """The path of a Chromium.

    :raises AssertionError: if there is none
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and MAC_CHROME.exists():
        found = str(MAC_CHROME)
    assert found, NO_CHROMIUM
    return found


class Profile:
    """A phone's browser whose memory outlives it, as on a real phone."""

    def __init__(self, playwright: Playwright, folder: Path, *, base_url: str) -> None:
        self._chromium = playwright.chromium
        self._folder = folder
        self._base_url = base_url
        self._context: BrowserContext | None = None

    def open(self, *, offline: bool = False) -> Page:
        """Start the browser, in flight mode or not, with one empty page."""
        assert self._context is None, "this phone's browser is open already"
        options: dict[str, Any] = {**PHONE, **DANISH, "base_url": self._base_url, "offline": offline}
        self._context = self._chromium.launch_persistent_context(
            self._folder, executable_path=find_chromium(), args=FLAGS, **options
        )
        self._context.set_default_timeout(PATIENCE_MS)
        return self._context.pages[0] if self._context.pages else self._context.new_page()

    def new_page(self) -> Page:
        """One more page in the open browser."""
        assert self._context is not None, "this phone's browser is not open"
        return self._context.new_page()

    def close(self) -> None:
        """End the browser; what it has kept stays."""
        if self._context is not None:
            self._context.close()
        self._context = None


def make_the_network_slow(page: Page) -> None:
    """Half a second before every answer: nothing is here before it has been fetched."""
    slow = {"offline": False, "latency": 500, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
