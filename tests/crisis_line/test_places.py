"""Places for the night with capacity by date, and night support that is asked anew every evening."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from server.core import db
from server.core.ids import new_id
from server.crisis_line import nights, service
from server.library.desk_models import Capacity, Desk
from tests.appointments.people import seen
from tests.conftest import NOW, actor_of
from tests.crisis_line.people import DESK

PLACES, SUPPORT = f"{DESK}/places", f"{DESK}/night-support"
TONIGHT, TOMORROW = "2026-11-23", "2026-11-24"
ONE_THEN_TWO = Desk({}, (Capacity(date(2026, 1, 1), 1), Capacity(date(2026, 11, 24), 2)))


def night(browser: Any, evening: str) -> dict[str, Any]:
    """One evening as the desk sees it."""
    (item,) = browser.get(PLACES, query_string={"from": evening, "to": evening}).json["items"]
    return dict(item)


def take(browser: Any, evening: str = TONIGHT, **said: Any) -> Any:
    """Give a place away."""
    return browser.post(PLACES, json={"date": evening, **said})


class TestPlaces:
    def test_are_as_many_as_on_that_evening(self, worker: Any) -> None:
        with db.transaction() as session:
            listed = nights.list_places(
                session,
                first=date(2026, 11, 23),
                last=date(2026, 11, 24),
                desk=ONE_THEN_TWO,
                actor=actor_of(worker),
                now=NOW,
            )

        assert [(each["capacity"], each["free"]) for each in listed] == [(1, 1), (2, 2)]

    def test_one_is_taken_and_given_back(self, line: Any) -> None:
        taken = take(line.browser)

        assert (taken.status_code, taken.json["place"]) == (201, 1)
        assert (night(line.browser, TONIGHT)["free"], night(line.browser, TOMORROW)["free"]) == (1, 2)
        assert line.browser.delete(f"{PLACES}/{taken.json['id']}").status_code == 204
        assert night(line.browser, TONIGHT)["free"] == 2

    def test_no_more_than_there_are(self, line: Any) -> None:
        assert [take(line.browser).json.get("place") for _ in range(2)] == [1, 2]

        answer = take(line.browser)

        assert (answer.status_code, answer.json["code"]) == (409, "no-place-free")

    def test_the_same_again_is_the_same_place(self, line: Any) -> None:
        contact, place_id = line.open(), str(new_id())

        ids = {take(line.browser, contact_id=contact["id"]).json["id"] for _ in range(2)}
        others = {take(line.browser, id=place_id).json["id"] for _ in range(2)}

        assert len(ids) == 1
        assert others == {place_id}

    def test_ten_who_ask_at_once_get_two(self, worker: Any) -> None:
        def ask(_: int) -> UUID | None:
            with db.transaction() as session:
                try:
                    return nights.take_place(
                        session,
                        evening=date(2026, 11, 24),
                        contact_id=None,
                        desk=ONE_THEN_TWO,
                        actor=actor_of(worker),
                        now=NOW,
                    ).id
                except nights.NoPlaceFree:
                    return None

        with ThreadPoolExecutor(10) as pool:
            given = [found for found in pool.map(ask, range(10)) if found]

        assert len(given) == 2

    def test_a_night_lasts_until_six_in_the_morning(self, line: Any, go_to: Callable[..., Any]) -> None:
        go_to(NOW + timedelta(hours=19))  # five in the morning on Tuesday

        assert (
            line.browser.get(PLACES, query_string={"from": TONIGHT, "to": TONIGHT}).json["tonight"] == TONIGHT
        )
        assert take(line.browser, TONIGHT).status_code == 201
        go_to(NOW + timedelta(hours=20))
        assert take(line.browser, TONIGHT).status_code == 422

    @pytest.mark.parametrize("evening", ["2026-11-22", "2026-12-08", "x"])
    def test_refuses_a_night_that_is_over_or_far_ahead(self, line: Any, evening: str) -> None:
        assert take(line.browser, evening).status_code == 422

    def test_shows_who_it_is_only_in_that_night(
        self, line: Any, citizen: Any, phone: Any, go_to: Callable[..., Any]
    ) -> None:
        contact = line.open(citizen, phone)
        take(line.browser, contact_id=contact["id"])
        line.do(contact, "close")

        (tonight,) = night(line.browser, TONIGHT)["taken"]
        go_to(NOW + timedelta(days=1))
        (after,) = night(line.browser, TONIGHT)["taken"]

        assert (tonight["alias"], after["alias"]) == (citizen.alias, None)

    def test_another_units_are_the_same_404_as_none(self, line: Any, elsewhere: Any) -> None:
        contact = line.open()
        taken = take(line.browser).json

        foreign = elsewhere.browser.delete(f"{PLACES}/{taken['id']}")
        unknown = elsewhere.browser.delete(f"{PLACES}/{new_id()}")
        strange = take(elsewhere.browser, contact_id=contact["id"])
        nobody = take(elsewhere.browser, contact_id=str(new_id()))

        assert foreign.status_code == unknown.status_code == strange.status_code == nobody.status_code == 404
        assert _said(foreign) == _said(unknown)
        assert _said(strange) == _said(nobody)
        assert night(elsewhere.browser, TONIGHT)["free"] == 2

    def test_the_database_refuses_a_place_twice(self, line: Any, superuser: Any) -> None:
        take(line.browser)

        with pytest.raises(Exception, match="uq_night_place_place"):
            superuser.execute(
                "INSERT INTO night_place SELECT gen_random_uuid(), unit_id, evening_on, place, contact_id,"
                " taken_by, taken_at FROM night_place"
            )
        superuser.rollback()

    def test_what_stood_about_an_erased_contact_is_gone(self, line: Any, client: Any, superuser: Any) -> None:
        contact = line.open()
        take(line.browser, contact_id=contact["id"])
        ask(line.browser, contact, answer="visit")
        line.change(contact, wants_follow_up_14d=True)
        code = line.code(contact)

        assert client.post("/api/v1/public/contact-erasures", json={"code": code}).status_code in (200, 204)

        counts = superuser.execute(
            "SELECT (SELECT count(*) FROM night_place WHERE contact_id IS NULL),"
            " (SELECT count(*) FROM night_support), (SELECT count(*) FROM crisis_follow_up)"
        ).fetchone()
        assert counts == (1, 0, 0)


def ask(browser: Any, contact: dict[str, Any], **said: Any) -> Any:
    """Write down what somebody wants this night."""
    return browser.post(SUPPORT, json={"contact_id": contact["id"], **said})


class TestNightSupport:
    def test_is_asked_for_one_night_alone(self, line: Any) -> None:
        contact = line.open()

        asked = ask(line.browser, contact, answer="visit", wanted_at="23:30")

        assert (asked.status_code, asked.json["date"]) == (201, TONIGHT)
        assert len(line.browser.get(SUPPORT).json["items"]) == 1
        assert line.browser.get(SUPPORT, query_string={"date": TOMORROW}).json["items"] == []

    def test_a_new_answer_replaces_the_old_one(self, line: Any) -> None:
        contact = line.open()
        ask(line.browser, contact, answer="visit", wanted_at="23:30")

        ask(line.browser, contact, answer="no")

        (row,) = line.browser.get(SUPPORT).json["items"]
        assert (row["support"]["answer"], row["support"]["wanted_at"]) == ("no", None)

    def test_what_became_of_it_is_written_down(self, line: Any) -> None:
        asked = ask(line.browser, line.open(), answer="call").json

        done = line.browser.post(
            f"{SUPPORT}/{asked['id']}/result", json={"result": "not-reached"}, headers=seen(1)
        )

        assert (done.status_code, done.json["result"]) == (200, "not-reached")

    def test_what_is_written_while_the_contact_is_being_erased_is_not_left_behind(
        self, line: Any, superuser: Any
    ) -> None:
        contact = line.open()
        code = line.code(contact)
        with ThreadPoolExecutor(2) as pool:
            with db.transaction() as session:
                service.erase(session, typed=code, now=NOW)
                asked = pool.submit(ask, line.browser, contact, answer="visit")
                time.sleep(0.5)  # until it waits for the contact

            assert asked.result().status_code == 404

        assert superuser.execute("SELECT count(*) FROM night_support").fetchone() == (0,)

    def test_nobody_is_sent_where_somebody_has_died(
        self, line: Any, citizen: Any, phone: Any, superuser: Any
    ) -> None:
        ask(line.browser, line.open(citizen, phone), answer="visit")
        somebody_else = ask(line.browser, line.open(), answer="call").json
        superuser.execute("UPDATE citizen SET deceased_at = now() WHERE id = %s", [citizen.id])
        superuser.commit()

        (row,) = line.browser.get(SUPPORT).json["items"]

        assert row["support"]["id"] == somebody_else["id"]

    def test_nothing_comes_of_a_no(self, line: Any) -> None:
        asked = ask(line.browser, line.open(), answer="no").json

        done = line.browser.post(f"{SUPPORT}/{asked['id']}/result", json={"result": "given"}, headers=seen(1))

        assert (done.status_code, done.json["code"]) == (409, "nothing-wanted")

    def test_somebody_else_came_first(self, line: Any) -> None:
        asked = ask(line.browser, line.open(), answer="call").json
        line.browser.post(f"{SUPPORT}/{asked['id']}/result", json={"result": "given"}, headers=seen(1))

        again = line.browser.post(
            f"{SUPPORT}/{asked['id']}/result", json={"result": "declined"}, headers=seen(1)
        )

        assert again.status_code == 412

    @pytest.mark.parametrize("said", [{"answer": "maybe"}, {"answer": "no", "wanted_at": "23:30"}, {}])
    def test_refuses_what_is_no_answer(self, line: Any, said: dict[str, Any]) -> None:
        assert ask(line.browser, line.open(), **said).status_code == 422

    @pytest.mark.parametrize("wanted_at", ["24:00", "9:30", "23.30"])
    def test_refuses_what_is_no_time(self, line: Any, wanted_at: str) -> None:
        assert ask(line.browser, line.open(), answer="visit", wanted_at=wanted_at).status_code == 422

    def test_another_units_are_the_same_404_as_none(self, line: Any, elsewhere: Any) -> None:
        contact = line.open()
        asked = ask(line.browser, contact, answer="call").json
        stranger = elsewhere.browser

        results = [
            stranger.post(f"{SUPPORT}/{each}/result", json={"result": "given"}, headers=seen(1))
            for each in (asked["id"], new_id())
        ]
        asks = [ask(stranger, {"id": str(each)}, answer="no") for each in (contact["id"], new_id())]

        assert {each.status_code for each in (*results, *asks)} == {404}
        assert _said(results[0]) == _said(results[1])
        assert _said(asks[0]) == _said(asks[1])
        assert stranger.get(SUPPORT).json["items"] == []

    def test_is_not_for_counsellors(self, desk: Any) -> None:
        assert desk.get(SUPPORT).status_code == 403
        assert desk.get(PLACES, query_string={"from": TONIGHT, "to": TONIGHT}).status_code == 403


def _said(answer: Any) -> dict[str, Any]:
    return {key: value for key, value in answer.json.items() if key != "request_id"}
