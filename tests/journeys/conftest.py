"""The whole house and real browsers, once for all journeys; each journey has its own people and phones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from server.core.access import Role
from server.core.localdb import Cluster, start_cluster
from tests.journeys.autopush import PushService
from tests.journeys.browsers import DANISH, FLAGS, PATIENCE_MS, PHONE, SCREEN, find_chromium
from tests.journeys.desk import Desk
from tests.journeys.firefox import Firefox
from tests.journeys.house import House, Login
from tests.journeys.reminded import Person
from tests.notifications.gateway import Gateway, gateway_running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium instead of a downloaded one."""
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": FLAGS}


@pytest.fixture(scope="session", autouse=True)
def _patience() -> None:
    """A slow machine is no fault of the house: five seconds, Playwright's own limit, are not enough there."""
    expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def push_service() -> Iterator[PushService]:
    """A push service on this machine."""
    running = PushService()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def _gateway() -> Iterator[Gateway]:
    with gateway_running() as running:
        yield running


@pytest.fixture
def gateway(_gateway: Gateway) -> Gateway:
    """A gateway for text messages on this machine, which has been given nothing yet."""
    _gateway.received.clear()
    return _gateway


@pytest.fixture(scope="session")
def _own_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL of its own: other tests of this run look at who else is connected to theirs."""
    running = start_cluster(tmp_path_factory.mktemp("journeys") / "postgres", durable=False)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def _house(
    _own_cluster: Cluster,
    push_service: PushService,
    _gateway: Gateway,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    running = House(
        _own_cluster,
        tmp_path_factory.mktemp("house"),
        push_origin=push_service.origin,
        sms_gateway=_gateway.url,
    )
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture
def house(_house: House) -> House:
    """Web and worker, with every rate limit fresh."""
    _house.forgive_attempts()
    return _house


@pytest.fixture
def desk(house: House) -> Iterator[Callable[..., Desk]]:
    """Sign a new colleague in at the API; a counsellor unless other roles are given."""
    with ExitStack() as open_desks:

        def sign_in(name: str = "Karen Holm", *roles: Role) -> Desk:
            return open_desks.enter_context(Desk(house, house.employ(name, *roles)))

        yield sign_in


@pytest.fixture
def karen(house: House) -> Login:
    """A counsellor who signs in at a browser."""
    return house.employ("Karen Holm")


@pytest.fixture
def counsellor(house: House, karen: Login) -> Iterator[Desk]:
    """The same counsellor at the API."""
    with Desk(house, karen) as signed_in:
        house.let_used_codes_pass(karen.email)
        yield signed_in


@pytest.fixture
def open_browser(browser: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """Open a fresh Chromium profile; a phone unless `screen=True`."""
    with ExitStack() as contexts:

        def open_page(*, screen: bool = False, notifications: bool = True, **options: Any) -> Page:
            size = SCREEN if screen else PHONE
            context = browser.new_context(**{**size, **DANISH, "base_url": house.url, **options})
            contexts.callback(context.close)
            if notifications:
                context.grant_permissions(["notifications"], origin=house.url)
            context.set_default_timeout(PATIENCE_MS)
            return context.new_page()

        yield open_page


@pytest.fixture
def person(house: House, desk: Callable[..., Desk], firefox: Firefox, push_service: PushService) -> Person:
    """Pair a phone in Firefox by code, then turn reminders on by a tap."""
    counsellor = desk()
    citizen_id = counsellor.take_in("Solsort")
    page = firefox.new_page()
    page.goto(f"{house.url}/par")
    page.type("#code", counsellor.pairing(citizen_id)["code"])
    page.click("button", text="Forbind telefonen")
    page.wait_for_text("Din kontaktperson")
    page.click("button", text="Slå påmindelser til")
    page.wait_for_text("Påmindelser er slået til på denne telefon.")
    return Person(citizen_id, page, counsellor, push_service.endpoints()[-1])


@pytest.fixture
def firefox(push_service: PushService, tmp_path: Path) -> Iterator[Firefox]:
    """A fresh Firefox that knows the local push service."""
    running = Firefox(tmp_path / "profile", push_url=push_service.websocket_url).start()
    yield running
    running.stop()
