"""A real Firefox without geckodriver: started headless, driven by WebDriver BiDi."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.journeys.bidi import Bidi, BidiError

MISSING = "Firefox is missing. Install it (Debian: apt-get install firefox-esr), then run the tests again."
MAC_FIREFOX = Path("/Applications/Firefox.app/Contents/MacOS/firefox")
START_SECONDS = 60
ALERT_URL = "chrome://global/content/alerts/alert.xhtml"
PREFS: dict[str, bool | int | str] = {
    "alerts.useSystemBackend": False,
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": True,
    "dom.push.testing.allowInsecureServerURL": True,
    "extensions.getAddons.cache.enabled": False,
    "extensions.update.enabled": False,
    "intl.accept_languages": "da,en",
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "permissions.default.desktop-notification": 1,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


#: The element, in the middle of the screen, as soon as it has stood still for a moment: what comes from the
#: house moves the page, and a pointer hits what is there when it comes down.
AT_REST = """(async () => {
  for (let before = ''; ; await new Promise(done => setTimeout(done, 150))) {
    const found = FIND;
    if (!found) continue;
    found.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { x, y } = found.getBoundingClientRect();
    if (`${x} ${y}` === before) return found;
    before = `${x} ${y}`;
  }
})()"""


def find_firefox() -> str:
    """The path of a Firefox.

    :raises AssertionError: if there is none
    """
    found = shutil.which("firefox-esr") or shutil.which("firefox")
    if found is None and MAC_FIREFOX.exists():
        found = str(MAC_FIREFOX)
    assert found, MISSING
    return found


def _address_in(log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        found = re.search(r"WebDriver BiDi listening on (ws://\S+)\n", log.read_text(errors="replace"))
        if found:
            return found.group(1)
        time.sleep(0.05)
    raise AssertionError(f"Firefox did not start within {START_SECONDS} s.")


class Firefox:
    """One Firefox with its own profile folder, which survives `stop` and a new `start`."""

    def __init__(self, profile: Path, *, push_url: str) -> None:
        self._profile = profile
        self._prefs = {**PREFS, "dom.push.serverURL": push_url}
        self._process: subprocess.Popen[bytes] | None = None
        self.bidi: Bidi

    def start(self) -> Firefox:
        """Start the browser and connect to it.

        :raises AssertionError: if it does not come up
        """
        self._profile.mkdir(parents=True, exist_ok=True)
        lines = [f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in self._prefs.items()]
        (self._profile / "user.js").write_text("\n".join(lines) + "\n", encoding="utf-8")
        driven = ["--remote-debugging-port", "0", "--remote-allow-system-access"]
        log = self._profile / "stderr.log"
        with log.open("wb") as stderr:
            self._process = subprocess.Popen(
                [find_firefox(), "--headless", "--no-remote", "--profile", str(self._profile), *driven],
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                start_new_session=True,
                env={
                    **os.environ,
                    "MOZ_HEADLESS_WIDTH": "1000",
                    "MOZ_HEADLESS_HEIGHT": "900",
                    "TZ": "Europe/Copenhagen",
                },
            )
        try:
            self.bidi = Bidi(_address_in(log) + "/session")
        except BaseException:
            self.kill()
            raise
        return self

    def stop(self) -> None:
        """Close the browser as a person does, so that its profile is written."""
        assert self._process is not None
        try:
            self.bidi.send("browser.close")
            self._process.wait(timeout=20)
        except (BidiError, OSError, TimeoutError, subprocess.TimeoutExpired):
            self.kill()
        self.bidi.close()
        self._process = None

    def kill(self) -> None:
        """End the browser at once, with all its children."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=10)

    def new_page(self) -> Page:
        """Open an empty tab."""
        return Page(self.bidi, str(self.bidi.send("browsingContext.create", type="tab")["context"]))

    def wait_for_page(self, path: str, *, timeout: float = 60) -> Page:
        """The tab that shows this path.

        The browser is asked, not the tab: one that is just being opened or left has no answer.

        :raises AssertionError: if none does in time
        """
        deadline = time.monotonic() + timeout
        while True:
            shown = {str(item["url"]): str(item["context"]) for item in self._tabs()}
            for address, context in shown.items():
                if address.endswith(path):
                    return Page(self.bidi, context)
            assert time.monotonic() < deadline, f"no page shows {path}, only {list(shown)}"
            time.sleep(0.1)

    def _tabs(self) -> list[dict[str, Any]]:
        tree: list[dict[str, Any]] = self.bidi.send("browsingContext.getTree", maxDepth=0)["contexts"]
        return tree

    def alerts(self) -> list[Alert]:
        """The notifications that are on the screen now."""
        tree = self.bidi.send("browsingContext.getTree", maxDepth=0, **{"moz:scope": "chrome"})["contexts"]
        return [Alert(self.bidi, str(item["context"])) for item in tree if item["url"] == ALERT_URL]

    def wait_for_alert(self, *, timeout: float = 60) -> Alert:
        """The first notification on the screen.

        :raises AssertionError: if none appears in time
        """
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            alerts = self.alerts()
            if alerts:
                return alerts[0]
            time.sleep(0.1)
        raise AssertionError(f"no notification was shown within {timeout} s")


class Scripted:
    """Something in the browser that can run JavaScript."""

    def __init__(self, bidi: Bidi, context: str) -> None:
        self.bidi = bidi
        self.context = context

    def evaluate(self, expression: str) -> Any:
        """The JSON value of a JavaScript expression, awaited.

        :raises BidiError: if it throws
        """
        source = f"(async () => JSON.stringify([await ({expression})]))()"
        answer = self.bidi.send(
            "script.evaluate", expression=source, target={"context": self.context}, awaitPromise=True
        )
        if answer["type"] == "exception":
            raise BidiError(f"{answer['exceptionDetails']['text']} in {expression}")
        return json.loads(answer["result"]["value"])[0]

    def wait_for(self, expression: str, *, timeout: float = 60) -> Any:
        """The value of an expression as soon as it is true.

        :raises AssertionError: if it stays false
        """
        deadline = time.monotonic() + timeout
        seen: object = None
        while time.monotonic() < deadline:
            try:
                seen = self.evaluate(expression)
            except BidiError as problem:
                seen = problem
            else:
                if seen:
                    return seen
            time.sleep(0.1)
        said = self.evaluate("document.body?.innerText")
        raise AssertionError(f"still {seen!r} after {timeout} s: {expression}\nThe page says:\n{said}")


class Alert(Scripted):
    """A notification shown by Firefox itself."""

    @property
    def title(self) -> str:
        """The first line."""
        return str(self.wait_for("document.getElementById('alertTitleLabel').value"))

    @property
    def body(self) -> str:
        """The text below."""
        return str(self.evaluate("document.getElementById('alertTextLabel').textContent"))

    def tap(self) -> None:
        """Touch the notification."""
        self.evaluate("void setTimeout(() => document.getElementById('alertBox').click(), 0)")


class Page(Scripted):
    """One tab, used as a person uses it."""

    def goto(self, url: str) -> None:
        """Open an address and wait until it has loaded."""
        self.bidi.send("browsingContext.navigate", context=self.context, url=url, wait="complete")

    @property
    def url(self) -> str:
        """The address shown now."""
        return str(self.evaluate("location.href"))

    def wait_for_text(self, text: str, *, timeout: float = 60) -> None:
        """Wait until the page says something.

        :raises AssertionError: if it never does
        """
        self.wait_for(f"document.body.innerText.includes({json.dumps(text)})", timeout=timeout)

    def click(self, selector: str, *, text: str = "") -> None:
        """Touch the first visible element that matches, by a real pointer.

        :raises AssertionError: if there is none
        """
        find = (
            f"[...document.querySelectorAll({json.dumps(selector)})].find(e => e.checkVisibility()"
            f" && !e.disabled && e.innerText.includes({json.dumps(text)}))"
        )
        self.wait_for(f"Boolean({find})")
        answer = self.bidi.send(
            "script.evaluate",
            expression=AT_REST.replace("FIND", find),
            target={"context": self.context},
            awaitPromise=True,
        )
        element = {"type": "element", "element": {"sharedId": answer["result"]["sharedId"]}}
        moves = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": element},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "finger", "actions": moves}
        self.bidi.send("input.performActions", context=self.context, actions=[pointer])

    def type(self, selector: str, text: str) -> None:
        """Touch a field and type into it, key by key."""
        self.click(selector)
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        board = {"type": "key", "id": "keyboard", "actions": keys}
        self.bidi.send("input.performActions", context=self.context, actions=[board])

    def screenshot(self, path: Path) -> None:
        """Keep a picture of the tab."""
        data = self.bidi.send("browsingContext.captureScreenshot", context=self.context)["data"]
        path.write_bytes(base64.b64decode(data))

    def close(self) -> None:
        """Close the tab."""
        self.bidi.send("browsingContext.close", context=self.context)
