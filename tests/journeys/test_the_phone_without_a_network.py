"""What a citizen's phone can do in flight mode, and how it forgets."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.desk import Desk
from tests.journeys.house import House

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
LEFT_OVER = """async () => ({
  databases: (await indexedDB.databases()).map(each => each.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  language: localStorage.getItem('language'),
})"""
NOTHING = {"databases": [], "caches": [], "workers": 0, "language": None}
SHOW_A_NOTIFICATION = """async () => {
  const registration = await navigator.serviceWorker.ready;
  await registration.showNotification('Du har en påmindelse', { tag: 'one' });
  window.shown = registration;
  return (await registration.getNotifications()).length;
}"""


@pytest.fixture
def counsellor(desk: Callable[..., Desk]) -> Desk:
    return desk("Karen Holm")


@pytest.fixture
def citizen_id(counsellor: Desk) -> str:
    return counsellor.take_in("Lærke")


@pytest.fixture
def phone(counsellor: Desk, citizen_id: str, open_browser: OpenBrowser) -> Page:
    """A paired phone that has fetched one appointment and works offline."""
    counsellor.book(citizen_id)
    page = open_browser()
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    expect(page.get_by_role("link", name="kl. 10.00")).to_be_visible()
    steps.wait_until_it_works_offline(page)
    return page


class TestInFlightMode:
    def test_a_cold_start_shows_the_appointment_and_help(self, phone: Page) -> None:
        phone.context.set_offline(True)
        phone.close()

        cold = phone.context.new_page()
        cold.goto("/")

        expect(cold.get_by_role("link", name="kl. 10.00")).to_be_visible()
        cold.get_by_role("link", name="kl. 10.00").click()
        expect(cold.get_by_text("Lokale 2")).to_be_visible()
        cold.get_by_role("link", name="Hjælp nu").first.click()
        expect(cold.get_by_role("link", name="112").first).to_be_visible()

    def test_the_page_of_a_reminder_opens_from_what_the_phone_holds(
        self, phone: Page, counsellor: Desk, citizen_id: str
    ) -> None:
        [appointment] = counsellor.get(f"/citizens/{citizen_id}/appointments")["items"]
        phone.context.set_offline(True)

        phone.goto(f"/r/{appointment['occurrence_ids'][0]}")

        expect(phone.get_by_text("Lokale 2")).to_be_visible()
        assert phone.url.endswith(f"/aftaler/{appointment['id']}")

    def test_an_answer_is_kept_and_arrives_when_there_is_a_network(
        self, phone: Page, counsellor: Desk, citizen_id: str
    ) -> None:
        phone.context.set_offline(True)
        phone.get_by_role("button", name="Jeg kan ikke").click()
        expect(phone.get_by_text("Sendes, når du har net.")).to_be_visible()
        phone.reload()
        expect(phone.get_by_text("Sendes, når du har net.")).to_be_visible()
        [before] = counsellor.get(f"/citizens/{citizen_id}/appointments")["items"]

        phone.context.set_offline(False)

        expect(phone.get_by_text("Sendes, når du har net.")).to_have_count(0)
        expect(phone.get_by_text("Du har svaret: Jeg kan ikke.")).to_be_visible()
        [after] = counsellor.get(f"/citizens/{citizen_id}/appointments")["items"]
        assert (before["reply"], after["reply"]) == ("needs-action", "declined")

    def test_an_answer_to_an_appointment_that_was_moved_meanwhile_is_not_lost_in_silence(
        self, phone: Page, counsellor: Desk, citizen_id: str
    ) -> None:
        [before] = counsellor.get(f"/citizens/{citizen_id}/appointments")["items"]
        phone.context.set_offline(True)
        phone.get_by_role("button", name="Jeg kommer").click()
        expect(phone.get_by_text("Sendes, når du har net.")).to_be_visible()
        later = before["starts_at"].replace("T09:", "T12:").replace("T08:", "T12:")
        counsellor.post(f"/appointments/{before['id']}/move", version=before["revision"], starts_at=later)

        phone.context.set_offline(False)
        phone.get_by_role("link", name="Aftaler").click()
        phone.goto(f"/aftaler/{before['id']}")

        expect(phone.get_by_text("Tiden er ændret")).to_be_visible()
        moved = [each for each in counsellor.get(f"/citizens/{citizen_id}/appointments")["items"]]
        assert {each["reply"] for each in moved} == {"needs-action"}


class TestForgetThisPhone:
    def test_leaves_nothing_behind_and_ends_the_session(
        self, phone: Page, counsellor: Desk, citizen_id: str
    ) -> None:
        assert phone.evaluate(SHOW_A_NOTIFICATION) == 1

        steps.forget_this_phone(phone)

        steps.wait_until_farewell_is_said(phone)
        assert phone.evaluate(LEFT_OVER) == NOTHING
        assert phone.evaluate("shown.getNotifications().then(all => all.length)") == 0
        assert steps.ask_who_i_am(phone) == 401
        assert counsellor.get(f"/citizens/{citizen_id}")["paired"] is False

    def test_works_in_flight_mode_and_the_session_ends_when_there_is_a_network(
        self, phone: Page, counsellor: Desk, citizen_id: str
    ) -> None:
        phone.context.set_offline(True)
        steps.forget_this_phone(phone)
        assert phone.evaluate(LEFT_OVER) == NOTHING
        assert counsellor.get(f"/citizens/{citizen_id}")["paired"] is True

        phone.context.set_offline(False)
        phone.goto("/")

        expect(phone.get_by_role("heading", name="Velkommen")).to_be_visible()
        steps.wait_until_farewell_is_said(phone)
        assert counsellor.get(f"/citizens/{citizen_id}")["paired"] is False
        assert steps.ask_who_i_am(phone) == 401

    def test_lets_the_phone_be_paired_again(
        self, phone: Page, counsellor: Desk, citizen_id: str, house: House
    ) -> None:
        steps.forget_this_phone(phone)

        steps.pair(phone, counsellor.pairing(citizen_id)["code"])

        expect(phone.get_by_role("link", name="kl. 10.00")).to_be_visible()
