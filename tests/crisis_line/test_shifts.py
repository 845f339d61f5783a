"""Who is at the desk, who is on the road, and what the next shift must know."""

from datetime import timedelta
from typing import Any

from server.core import db
from server.crisis_line import service
from tests.conftest import NOW
from tests.crisis_line.people import CANARY, DESK

CURRENT = f"{DESK}/shifts/current"
END = f"{CURRENT}/end"


class TestShift:
    def test_begins_with_the_first_word_about_it(self, line: Any) -> None:
        assert line.browser.get(CURRENT).json == {"shift": None, "colleagues": [], "handovers": []}

        begun = line.browser.post(CURRENT, json={}).json["shift"]

        assert (begun["version"], begun["on_the_road"], begun["handover_note"]) == (1, False, None)

    def test_is_one_however_often_it_is_said(self, line: Any) -> None:
        first = line.browser.post(CURRENT, json={"on_the_road": True}).json["shift"]
        second = line.browser.post(CURRENT, json={"handover_note": "Ring til lægen."}).json["shift"]

        assert second["id"] == first["id"]
        assert (second["on_the_road"], second["handover_note"]) == (True, "Ring til lægen.")

    def test_colleagues_see_who_is_on_the_road_since_when(
        self, line: Any, colleague: Any, worker: Any
    ) -> None:
        line.browser.post(CURRENT, json={"on_the_road": True})

        (seen,) = colleague.browser.get(CURRENT).json["colleagues"]

        assert (seen["name"], seen["on_the_road"]) == (worker.name, True)

    def test_the_next_shift_reads_the_note_for_a_day(
        self, line: Any, colleague: Any, worker: Any, go_to: Any
    ) -> None:
        line.browser.post(CURRENT, json={"on_the_road": True})

        ended = line.browser.post(END, json={"handover_note": "En plads er lovet væk."})

        assert ended.json["shift"] is None
        go_to(NOW + timedelta(hours=8))
        read = colleague.browser.get(CURRENT).json
        assert read["colleagues"] == []
        (note,) = read["handovers"]
        assert (note["name"], note["note"]) == (worker.name, "En plads er lovet væk.")

    def test_a_note_that_was_taken_back_is_gone(self, line: Any, colleague: Any) -> None:
        line.browser.post(CURRENT, json={"handover_note": "Forkert"})
        line.browser.post(CURRENT, json={"handover_note": None})

        assert colleague.browser.get(CURRENT).json["handovers"] == []

    def test_ends_only_if_it_has_begun(self, line: Any) -> None:
        answer = line.browser.post(END, json={})

        assert (answer.status_code, answer.json["code"]) == (409, "no-shift")

    def test_one_that_was_forgotten_is_over_after_a_day(
        self, line: Any, colleague: Any, superuser: Any
    ) -> None:
        line.browser.post(CURRENT, json={"on_the_road": True})
        superuser.execute("UPDATE desk_shift SET started_at = started_at - interval '25 hours'")
        superuser.commit()

        assert colleague.browser.get(CURRENT).json["colleagues"] == []
        begun = line.browser.post(CURRENT, json={}).json["shift"]

        assert begun["on_the_road"] is False
        rows = superuser.execute("SELECT count(*), count(ended_at) FROM desk_shift").fetchone()
        assert rows == (2, 1)

    def test_what_is_said_at_the_end_of_one_that_lasted_too_long_is_kept(
        self, line: Any, colleague: Any, superuser: Any
    ) -> None:
        line.browser.post(CURRENT, json={"on_the_road": True})
        superuser.execute("UPDATE desk_shift SET started_at = started_at - interval '25 hours'")
        superuser.commit()

        assert line.browser.post(END, json={"handover_note": "Se til den blå dør"}).status_code == 200

        assert colleague.browser.get(CURRENT).json["handovers"][0]["note"] == "Se til den blå dør"
        lasted = superuser.execute("SELECT ended_at - started_at FROM desk_shift").fetchone()
        assert lasted == (timedelta(hours=24),)

    def test_is_nobodys_elsewhere(self, line: Any, elsewhere: Any) -> None:
        line.browser.post(CURRENT, json={"handover_note": "Kun for os"})

        assert elsewhere.browser.get(CURRENT).json == {"shift": None, "colleagues": [], "handovers": []}

    def test_is_not_for_counsellors(self, desk: Any) -> None:
        assert desk.get(CURRENT).status_code == 403
        assert desk.post(CURRENT, json={}).status_code == 403


class TestNote:
    def test_is_sealed(self, line: Any, superuser: Any) -> None:
        line.browser.post(CURRENT, json={"handover_note": CANARY})

        (stored,) = superuser.execute("SELECT desk_shift::text FROM desk_shift").fetchone()
        assert CANARY not in stored
        assert CANARY.encode().hex() not in stored

    def test_is_erased_after_a_week(self, line: Any, superuser: Any) -> None:
        line.browser.post(CURRENT, json={"handover_note": CANARY})
        for days, gone in ((6, 0), (7, 1)):
            with db.transaction() as session:
                assert service.forget_old_notes(session, now=NOW + timedelta(days=days)) == gone

        rows = superuser.execute("SELECT handover_note_sealed, handover_at FROM desk_shift").fetchall()
        assert rows == [(None, None)]

    def test_refuses_what_is_no_note(self, line: Any) -> None:
        for bad in (
            {"handover_note": 5},
            {"handover_note": "x" * 4001},
            {"on_the_road": "yes"},
            {"who": "x"},
        ):
            assert line.browser.post(CURRENT, json=bad).status_code == 422
