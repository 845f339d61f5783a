"""An exercise that runs: its time, its breath and its voice, behind the lock and in a closed app too."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys import locks, steps
from tests.journeys.exercises import (
    FIRST_QUESTION,
    HARD,
    KIND,
    OpenBrowser,
    open_from_list,
    press,
    unpaired,
)
from tests.journeys.looks import keep_picture

pytestmark = pytest.mark.browser


class TestBehindTheLock:
    def test_goes_on_where_it_stopped_and_shows_nothing_before(self, open_browser: OpenBrowser) -> None:
        page = unpaired(open_browser)
        locks.turn_on(page, plan_open=False)
        page.goto("/oevelser")
        locks.unlock(page)
        page.get_by_role("link", name=re.compile(f"^{KIND}")).click()
        press(page, "Begynd")
        page.get_by_label(FIRST_QUESTION).fill(HARD)
        page.wait_for_timeout(2_000)  # it is kept when nobody has typed for a moment
        page.reload()

        locks.expect_locked(page)
        expect(page.get_by_text(KIND)).to_have_count(0)
        locks.unlock(page)
        expect(page.get_by_label(FIRST_QUESTION)).to_have_value(HARD)


class TestTime:
    def test_runs_out_by_itself_and_goes_on_to_the_next(self, open_browser: OpenBrowser) -> None:
        page = open_browser()
        page.clock.install()
        page.goto("/oevelser")
        open_from_list(page, "En tur gennem kroppen")
        press(page, "Begynd")
        press(page, "Videre")
        expect(page.get_by_text("0.40 tilbage")).to_be_visible()
        keep_picture(page, "timer")
        press(page, "Start tiden")
        page.clock.run_for(41_000)

        expect(page.get_by_text("3 af 9")).to_be_visible()
        press(page, "Pause")
        left = page.get_by_role("timer").inner_text()
        page.clock.run_for(30_000)
        expect(page.get_by_role("timer")).to_have_text(left)
        press(page, "Gå i gang igen")
        page.clock.run_for(41_000)
        expect(page.get_by_text("4 af 9")).to_be_visible()

    def test_goes_on_while_the_app_is_closed(self, open_browser: OpenBrowser) -> None:
        page = open_browser()
        page.clock.install()
        open_from_list(page, "Vent ti minutter")
        press(page, "Begynd")
        press(page, "Videre", 2)
        press(page, "Start tiden")
        page.clock.run_for(60_000)
        # Between two taps time goes on.
        expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(9\.00|8\.5\d) tilbage$"))
        page.reload()
        expect(page.get_by_role("timer")).to_be_visible()
        page.clock.run_for(541_000)

        expect(page.get_by_text("Tiden er gået.")).to_be_visible()

    @pytest.mark.parametrize("motion", ["no-preference", "reduce"])
    def test_of_a_breath_is_told_in_words_also_to_whoever_wants_no_motion(
        self, open_browser: OpenBrowser, motion: Any
    ) -> None:
        page = open_browser(reduced_motion=motion)
        page.clock.install()
        open_from_list(page, "Træk vejret roligt")
        press(page, "Begynd")
        press(page, "Start tiden")
        expect(page.get_by_role("status").filter(has_text=re.compile("^Ind$"))).to_be_visible()
        page.clock.run_for(4_500)
        expect(page.get_by_role("status").filter(has_text=re.compile("^Ud$"))).to_be_visible()
        keep_picture(page, f"breath-{motion}")
        moves = page.locator(".breath").evaluate("one => getComputedStyle(one).transitionDuration")
        assert moves == ("6s" if motion == "no-preference" else "0s")
        page.clock.run_for(96_000)

        expect(page.get_by_text("Træk nu vejret, som du plejer.")).to_be_focused()
        expect(page.get_by_text("10 af 10")).to_be_visible()

    def test_keeps_the_screen_lit_only_while_it_runs(self, open_browser: OpenBrowser) -> None:
        page = open_browser()
        page.add_init_script(
            """globalThis.lit = 0;
            const lock = { release: async () => { lit -= 1 } };
            const request = async () => { lit += 1; return lock };
            Object.defineProperty(navigator, 'wakeLock', { value: { request } })"""
        )
        open_from_list(page, "Træk vejret roligt")
        press(page, "Begynd")
        press(page, "Start tiden")
        steps.wait_until(page, "globalThis.lit === 1")
        press(page, "Pause")
        steps.wait_until(page, "globalThis.lit === 0")
        press(page, "Gå i gang igen")
        steps.wait_until(page, "globalThis.lit === 1")
        press(page, "Stop øvelsen")

        steps.wait_until(page, "globalThis.lit === 0")
        expect(page.get_by_role("timer")).to_have_count(0)
        assert page.evaluate("globalThis.lit") == 0


class TestReadingAloud:
    def test_uses_only_a_voice_on_the_phone_and_is_silent_when_the_page_is_left(
        self, open_browser: OpenBrowser
    ) -> None:
        page = open_browser()
        page.add_init_script(
            """globalThis.said = []; globalThis.cancelled = 0;
            globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
            const voice = name => ({ name, lang: 'da-DK', localService: name === 'near' });
            const voices = ['far', 'near'].map(voice);
            Object.defineProperty(globalThis, 'speechSynthesis', { value: {
              getVoices: () => voices, addEventListener() {}, removeEventListener() {},
              speak: each => said.push([each.voice.name, each.text]), cancel: () => { cancelled += 1 } } })"""
        )
        open_from_list(page, "Fem ting omkring dig")
        press(page, "Begynd")
        press(page, "Læs højt")
        press(page, "Videre")
        steps.wait_until(page, "said.length === 2")
        keep_picture(page, "read-aloud")

        assert page.evaluate("said.map(each => each[0])") == ["near", "near"]
        assert page.evaluate("said[1][1]").startswith("Rør ved fire ting.")
        before = page.evaluate("cancelled")
        page.evaluate("dispatchEvent(new Event('leaving'))")
        assert page.evaluate("cancelled") > before
