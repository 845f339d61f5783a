"""Wrong codes and a forgotten one: what they take away, what they leave, and what is said before."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import locks, steps
from tests.journeys.desk import Desk
from tests.journeys.lockable import GOAL, LOCK_RECORD, WALK, citizen_id, counsellor, phone

__all__ = ["citizen_id", "counsellor", "phone"]
pytestmark = pytest.mark.browser
FOCUSED = "() => document.activeElement.getAttribute('role') ?? document.activeElement.id"


class TestWrongCodes:
    def test_make_one_wait_and_the_tenth_takes_away_what_was_locked(
        self, phone: Page, counsellor: Desk, citizen_id: str
    ) -> None:
        locks.turn_on(phone, plan_open=True)
        locks.type_wrong_codes(phone, 5)
        expect(phone.get_by_text("Du kan prøve igen om")).to_be_visible()
        expect(phone.get_by_text("Du har 5 forsøg tilbage.")).to_be_visible()
        expect(phone.get_by_role("button", name="Lås op")).to_have_count(0)
        phone.get_by_role("button", name="Glemt koden?").click()
        expect(phone.get_by_text("Så kan du også slette det låste")).to_be_visible()
        expect(phone.get_by_role("button", name="Slet det låste")).to_have_count(0)
        phone.reload()
        expect(phone.get_by_text("Du kan prøve igen om")).to_be_visible()

        locks.type_wrong_codes(phone, 4)
        phone.evaluate(locks.NO_WAIT)
        phone.reload()
        expect(phone.get_by_label("Din kode til appen")).to_be_visible()
        locks.type_code(phone, locks.WRONG)

        expect(phone.get_by_role("heading", name=locks.GONE)).to_be_visible()
        expect(phone.get_by_text("Det, der er sendt, er stadig gemt.")).to_be_visible()
        expect(phone.get_by_text("Telefonen minder dig ikke om noget")).to_be_visible()
        assert phone.evaluate(LOCK_RECORD)["wrapped"] is False
        steps.wait_until_farewell_is_said(phone)
        assert counsellor.get(f"/citizens/{citizen_id}")["paired"] is False
        phone.get_by_role("button", name="Åbn min plan").click()
        expect(phone.locator(".own-words", has_text=WALK)).to_be_visible()
        phone.goto("/maal")
        expect(phone.get_by_role("heading", name="Velkommen")).to_be_visible()
        expect(phone.get_by_text(GOAL)).to_have_count(0)

    def test_take_the_focus_to_the_wait_and_back_to_the_field(self, phone: Page) -> None:
        phone.clock.install()
        locks.turn_on(phone, plan_open=False)
        locks.type_wrong_codes(phone, 4)
        phone.evaluate(locks.NO_WAIT)
        phone.reload()

        locks.type_code(phone, locks.WRONG)

        expect(phone.get_by_text("Du kan prøve igen om")).to_be_visible()
        steps.wait_until(phone, f"({FOCUSED})() === 'status'")
        phone.clock.fast_forward(31_000)
        expect(phone.get_by_text("Nu kan du prøve igen.")).to_be_visible()
        expect(phone.get_by_label("Din kode til appen")).to_be_focused()
        expect(phone.get_by_text("passer ikke")).to_have_count(0)

    def test_are_not_the_reason_that_somebody_deletes_in_a_hurry(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)
        phone.reload()
        phone.get_by_role("button", name="Glemt koden?").click()
        expect(phone.get_by_text("Også det, du er midt i at skrive.")).to_be_visible()
        phone.get_by_role("button", name="Slet det låste, og begynd igen").click()

        phone.get_by_role("dialog").get_by_role("button").first.click()

        expect(phone.get_by_role("dialog")).to_have_count(0)
        phone.get_by_role("button", name="Nej, tilbage").click()
        locks.unlock(phone)
        assert phone.evaluate(LOCK_RECORD)["wrapped"] is True

    def test_are_forgotten_after_a_right_one(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)
        locks.type_wrong_codes(phone, 2)
        assert phone.evaluate(LOCK_RECORD)["tries"] == 2

        locks.unlock(phone)

        assert phone.evaluate(LOCK_RECORD)["tries"] == 0

    def test_leave_a_plan_that_never_meets_somebody_else(self, phone: Page, counsellor: Desk) -> None:
        locks.turn_on(phone, plan_open=True)
        locks.lose_what_is_locked(phone)
        phone.get_by_role("button", name="Jeg har en ny kode").click()
        other = counsellor.take_in("Musvit")

        phone.get_by_label("Koden").fill(counsellor.pairing(other)["code"])
        phone.get_by_role("button", name="Forbind telefonen").click()

        expect(phone.get_by_role("heading", name="Din kontaktperson")).to_be_visible()
        phone.goto("/min-plan")
        expect(phone.get_by_role("heading", name="Min plan")).to_be_visible()
        expect(phone.get_by_text(WALK)).to_have_count(0)
