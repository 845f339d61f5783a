"""Pictures of the real screens for the README: `python -m tests.journeys.screenshots`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from server.core.localdb import start_cluster
from server.demo import people
from tests.journeys import locks, scenes, steps
from tests.journeys.browsers import DANISH, FLAGS, PHONE, SCREEN, find_chromium
from tests.journeys.desk import Desk
from tests.journeys.house import REPOSITORY, House, Login
from tests.journeys.small_png import pack

PICTURES = REPOSITORY / "docs" / "img"
MOST_BYTES = 150_000
#: No button or link looks as if somebody pointed at it.
POINTED_AT_NOTHING = "!document.querySelector('button:hover, a:hover, label:hover, summary:hover')"
COUNSELLOR, MANAGER, LEADER = "birgit@example.dk", "leder@example.dk", "line@example.dk"


def main() -> None:
    """Start the house with demo people, visit each screen, write one picture each."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        cluster = start_cluster(Path(folder) / "postgres", durable=False)
        house = House(cluster, Path(folder), push_origin="http://127.0.0.1:9")
        try:
            subprocess.run(
                [sys.executable, "-m", "flask", "seed-demo"],
                cwd=REPOSITORY,
                env=house.environment,
                check=True,
            )
            house.start()
            chromium = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, "--lang=da"])
            _visit(house, chromium)
            chromium.close()
        finally:
            house.stop()
            cluster.stop()


def _visit(house: House, chromium: Browser) -> None:
    login = _login(COUNSELLOR)
    with Desk(house, login) as desk:
        known = [each for each in desk.get("/citizens?limit=50")["items"] if each["next_appointment"]]
        person = min(known, key=lambda each: (each["next_appointment"]["starts_at"], each["alias"]))
        code = desk.pairing(person["id"])["code"]
    screen = _sign_in(house, chromium, login)
    _open(screen, "/staff/", "staff-today")
    _open(screen, f"/staff/people/{person['id']}", "staff-person")
    _open(screen, "/staff/new", "staff-intake")
    _open(screen, "/staff/week", "staff-week")
    _open(screen, "/staff/missed", "staff-missed")
    phone = chromium.new_context(**PHONE, **DANISH, base_url=house.url, device_scale_factor=2).new_page()
    _visit_as_citizen(phone, code)
    screen = _sign_in(house, chromium, _login(MANAGER))
    _open(screen, "/staff/rates", "staff-rates")
    _open(screen, "/staff/sending", "staff-sending")
    screen = _sign_in(house, chromium, _login(LEADER))
    _open(screen, f"/staff/courses/runs/{people.demo_id('course-run/goes-on')}", "staff-group")


def _visit_as_citizen(phone: Page, code: str) -> None:
    steps.pair(phone, code)
    expect(phone.locator("p.when").first).to_be_visible()
    _take(phone, "phone-home")
    phone.locator("p.when a").first.click()
    expect(phone.get_by_role("link", name="Alle aftaler")).to_be_visible()
    _take(phone, "phone-appointment")
    scenes.ask_for_another_time(phone, phone.url.rpartition("/")[2])
    expect(phone.get_by_role("link", name="Alle aftaler")).to_be_visible()
    _take(phone, "phone-wishes")
    _open(phone, "/hjaelp", "phone-help")
    _open(phone, "/indstillinger", "phone-settings")
    _open(phone, "/maal", "phone-goals")
    _open(phone, "/oevelser", "phone-exercises")
    _open(phone, "/lige-nu", "phone-check-in")
    locks.turn_on(phone, plan_open=True)
    phone.goto("/")
    locks.expect_locked(phone)
    _take(phone, "phone-lock")


def _login(email: str) -> Login:
    colleague = next(each for each in people.STAFF if each.email == email)
    return Login("", colleague.name, email, people.PASSWORD, colleague.totp_secret)


def _sign_in(house: House, chromium: Browser, login: Login) -> Page:
    page = chromium.new_context(**SCREEN, **DANISH, base_url=house.url).new_page()
    house.let_used_codes_pass(login.email)
    steps.sign_in(page, login)
    return page


def _open(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    _take(page, name)


def _take(page: Page, name: str) -> None:
    path = PICTURES / f"{name}.png"
    page.mouse.move(1, 400)
    steps.wait_until(page, POINTED_AT_NOTHING)
    picture = pack(page.screenshot(animations="disabled", caret="hide"))
    path.write_bytes(picture)
    size = len(picture)
    assert size < MOST_BYTES, f"{path.name} has {size} bytes, more than {MOST_BYTES}"
    print(f"{path.relative_to(REPOSITORY)} {size // 1000} kB")


if __name__ == "__main__":
    main()
