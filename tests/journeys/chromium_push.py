"""Push in Chromium: no push service is asked; messages are handed to the real service worker by DevTools."""

from __future__ import annotations

import json
from time import monotonic
from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.journeys.browsers import PATIENCE_MS
from tests.journeys.phones import OpenPhone

SETTLE_MS = 300
# DevTools can touch no notice: the worker gets the very event that a touch on this button would give it.
TAP = """async (title) => {
  const [notification] = await self.registration.getNotifications();
  const { action } = notification.actions.find(each => each.title === title);
  const event = new NotificationEvent('notificationclick', { notification, action });
  let work;
  Object.defineProperty(event, 'waitUntil', { value: promise => { work = promise; } });
  self.dispatchEvent(event);
  await work;
}"""
# What `PushManager` would answer if a push service of Google's were in reach.
BOUND = """(made) => {
  const plain = text => atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = text => Uint8Array.from(plain(text), c => c.charCodeAt(0)).buffer;
  const subscription = () => ({
    endpoint: made.endpoint,
    expirationTime: null,
    options: { userVisibleOnly: true, applicationServerKey: bytes(made.key) },
    getKey: name => bytes(made.keys[name]),
    toJSON: () => ({ endpoint: made.endpoint, expirationTime: null, keys: made.keys }),
    unsubscribe: async () => { await window.rememberBound(false); return true },
  });
  PushManager.prototype.subscribe = async () => { await window.rememberBound(true); return subscription() };
  PushManager.prototype.getSubscription = async () => (await window.isBound()) ? subscription() : null;
}"""


def bind(page: Page, phone: OpenPhone, vapid_public_key: str) -> None:
    """Let this page's browser subscribe as `phone`."""
    state = {"bound": False}
    made = {"endpoint": phone.endpoint, "keys": phone.keys, "key": vapid_public_key}
    page.expose_function("isBound", lambda: state["bound"])
    page.expose_function("rememberBound", lambda bound: state.update(bound=bound))
    page.add_init_script(f"({BOUND})({json.dumps(made)})")


class ServiceWorkerInbox:
    """Delivers push messages to the service worker of a page."""

    def __init__(self, page: Page, origin: str) -> None:
        self._page = page
        self._origin = origin
        self._registration = ""
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._cdp.on("ServiceWorker.workerRegistrationUpdated", self._note)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self._cdp.send("ServiceWorker.enable")
        deadline = monotonic() + PATIENCE_MS / 1000
        while not self._registration:
            assert monotonic() < deadline, "DevTools does not tell of a service worker"
            page.wait_for_timeout(50)

    def _note(self, event: dict[str, Any]) -> None:
        for each in event["registrations"]:
            if each["scopeURL"] == f"{self._origin}/" and not each["isDeleted"]:
                self._registration = each["registrationId"]

    def deliver(self, data: str) -> None:
        """Hand over one decrypted message."""
        message = {"origin": self._origin, "registrationId": self._registration, "data": data}
        self._cdp.send("ServiceWorker.deliverPushMessage", message)

    def shown(self) -> list[dict[str, str]]:
        """The notifications on the screen now."""
        return list(
            self._page.evaluate(
                "navigator.serviceWorker.ready.then(r => r.getNotifications())"
                ".then(all => all.map(({ title, body, tag }) => ({ title, body, tag })))"
            )
        )

    def buttons(self) -> list[str]:
        """What can be tapped on the one notice that is on the screen."""
        return list(
            self._page.evaluate(
                "navigator.serviceWorker.ready.then(r => r.getNotifications())"
                ".then(([{ actions }]) => actions.map(({ title }) => title))"
            )
        )

    def wait_for_buttons(self, wanted: list[str]) -> None:
        """Wait until the one notice, which may take the place of another, can be answered so.

        :raises AssertionError: if it never can
        """
        deadline = monotonic() + PATIENCE_MS / 1000
        while (found := self.buttons()) != wanted:
            assert monotonic() < deadline, f"The notice has {found}, not {wanted}"
            self._page.wait_for_timeout(50)

    def tap(self, button: str) -> None:
        """Touch a button of the one notice that is on the screen, and let the service worker finish."""
        self._page.context.service_workers[0].evaluate(TAP, button)

    def wait_until_shown(self, count: int) -> list[dict[str, str]]:
        """Wait until so many notifications are on the screen, and no more come.

        :raises AssertionError: if there are more or fewer
        """
        deadline = monotonic() + PATIENCE_MS / 1000
        while len(self.shown()) < count and monotonic() < deadline:
            self._page.wait_for_timeout(50)
        self._page.wait_for_timeout(SETTLE_MS)
        shown = self.shown()
        assert len(shown) == count, f"{len(shown)} notifications are shown, not {count}: {shown}"
        return shown
