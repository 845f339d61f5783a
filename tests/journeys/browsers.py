"""Where Chromium is, and the sizes that journeys look at."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

NO_CHROMIUM = "Chromium is missing. Install it (Debian: apt-get install chromium), then run the tests again."
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 800}, "has_touch": True, "is_mobile": True}
SCREEN: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
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
