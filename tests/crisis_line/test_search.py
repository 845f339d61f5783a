"""Finding the person on the line: exactly, on the trail, and nobody is one answer whatever the reason."""

import re
from pathlib import Path
from typing import Any

import pytest

from server.citizens import deaths
from server.consents import service as consents
from server.core import db
from server.crisis_line import staff_views
from tests.appointments.people import refused
from tests.conftest import NOW, actor_of
from tests.crisis_line.people import CODE, CPR, NUMBER, SEARCH, Line
from tests.crisis_plans.people import say

REPOSITORY = Path(__file__).parents[2]
SILENT_CPR, SILENT_NUMBER = "0202709996", "71 72 73 74"
NOBODY = {"found": None, "ambiguous": False}


@pytest.fixture
def caller(make_citizen: Any, counsellor: Any) -> Any:
    """Somebody with a number and a CPR number, known to the treatment centre, who said yes in the app."""
    citizen = make_citizen(contact=counsellor, alias="Solsort", cpr=CPR, phone=NUMBER)
    say(citizen, given=True, purpose="crisis-line")
    return citizen


@pytest.fixture
def silent(make_citizen: Any, counsellor: Any) -> Any:
    """Somebody with a number and a CPR number, known to the treatment centre, who has said nothing."""
    return make_citizen(contact=counsellor, alias="Gærdesmutte", cpr=SILENT_CPR, phone=SILENT_NUMBER)


def _shape(answer: Any) -> tuple[Any, ...]:
    """An answer's headers, but for what every answer has of its own."""
    own = ("Date", "X-Request-Id", "X-Request-ID")
    return tuple(sorted((name, value) for name, value in answer.headers.items() if name not in own))


class TestSearch:
    @pytest.mark.parametrize("typed", ["20304050", "20 30 40 50", "+45 2030 4050", "0045 20-30-40-50"])
    def test_finds_by_a_number_however_it_is_written(self, line: Line, caller: Any, typed: str) -> None:
        found = line.search("phone", typed).json["found"]

        assert found == {
            "citizen_id": str(caller.id),
            "alias": "Solsort",
            "sharing": True,
            "contact_open": None,
        }

    @pytest.mark.parametrize("typed", ["010170-9990", "0101709990", " 010170 9990"])
    def test_finds_by_cpr(self, line: Line, caller: Any, typed: str) -> None:
        assert line.search("cpr", typed).json["found"]["citizen_id"] == str(caller.id)

    def test_finds_by_the_code_that_the_person_reads_aloud_whatever_was_chosen(
        self, line: Line, silent: Any, counsellor: Any, pair: Any, new_client: Any
    ) -> None:
        code = pair(silent, counsellor, new_client()).get(CODE).json["code"]
        misread = code.replace("0", "O").replace("1", "l").lower()

        for typed in (code, misread, f"{code[:3]}-{code[3:]}", f" {code[:3]} {code[3:]} "):
            found = line.search("code", typed).json["found"]
            assert (found["citizen_id"], found["sharing"]) == (str(silent.id), False)

    def test_finds_nobody_by_alias_whose_yes_was_to_words_that_did_not_say_so(
        self, line: Line, citizen: Any, phone: Any
    ) -> None:
        say(citizen, given=True, purpose="crisis-line", words="plan-1")
        assert line.find(citizen, phone)["sharing"] is True
        assert line.search("alias", citizen.alias).json == NOBODY

        say(citizen, given=True, purpose="crisis-line", words="plan-2")
        assert line.search("alias", citizen.alias).json["found"]["citizen_id"] == str(citizen.id)

    def test_by_alias_holds_to_the_words_that_the_app_shows_today(self) -> None:
        shown = (REPOSITORY / "pwa/src/features/sharing/sharing.ts").read_text()
        (words,) = re.findall(r"'crisis-plan': \{[^}]*'crisis-line': '([\w-]+)'", shown)

        assert words in consents.WORDS_ABOUT_ALIAS

    def test_says_whether_the_person_shares_the_plan(self, line: Line, citizen: Any, phone: Any) -> None:
        say(citizen, given=True, purpose="contact-person")
        assert line.find(citizen, phone)["sharing"] is False

        say(citizen, given=True, purpose="crisis-line")
        assert line.find(citizen, phone)["sharing"] is True

        say(citizen, given=False, purpose="crisis-line")
        assert line.find(citizen, phone)["sharing"] is False

    def test_says_which_contact_with_the_person_is_open(
        self, line: Line, colleague: Line, citizen: Any, phone: Any
    ) -> None:
        contact = line.open(citizen, phone)
        assert colleague.find(citizen, phone)["contact_open"] == contact["id"]

        line.do(contact, "close")

        assert colleague.find(citizen, phone)["contact_open"] is None

    def test_by_alias_finds_only_who_said_yes_to_the_crisis_line(self, line: Line, caller: Any) -> None:
        for typed in ("Solsort", "SOLSORT", " solsort "):
            assert line.search("alias", typed).json["found"]["citizen_id"] == str(caller.id)
        assert line.search("alias", "Solsor").json == NOBODY
        say(caller, given=False, purpose="crisis-line")
        assert line.search("alias", "Solsort").json == NOBODY

    def test_reads_accents_alike_however_they_are_written(self, line: Line, make_citizen: Any) -> None:
        say(make_citizen(alias="Åse Gærde"), given=True, purpose="crisis-line")

        assert line.search("alias", "A\u030ase GÆRDE").json["found"] is not None

    def test_says_that_several_answer_only_of_those_who_said_yes(self, line: Line, make_citizen: Any) -> None:
        first, second, _silent = (make_citizen(alias="Ugle", phone=NUMBER) for _ in range(3))
        say(first, given=True, purpose="crisis-line")
        assert line.search("alias", "Ugle").json["found"]["citizen_id"] == str(first.id)

        say(second, given=True, purpose="crisis-line")

        assert line.search("alias", "Ugle").json == {"found": None, "ambiguous": True}
        assert line.search("phone", NUMBER).json == {"found": None, "ambiguous": True}

    def test_of_one_person_known_to_two_centres_finds_the_record_that_is_shared(
        self, line: Line, silent: Any, make_citizen: Any, make_staff: Any, make_unit: Any
    ) -> None:
        centre = make_unit("forsorgscenter", "Forsorgscenter")
        make_citizen(contact=make_staff(unit=centre), cpr=SILENT_CPR)
        for aloud in (False, True):
            assert line.search("cpr", SILENT_CPR, oral_yes=aloud).json == NOBODY

        say(silent, given=True, purpose="crisis-line")

        for aloud in (False, True):
            found = line.search("cpr", SILENT_CPR, oral_yes=aloud).json["found"]
            assert found["citizen_id"] == str(silent.id)

    def test_finds_who_was_known_before_there_were_fingerprints(
        self, line: Line, caller: Any, superuser: Any
    ) -> None:
        superuser.execute("UPDATE citizen SET alias_index = NULL, phone_index = NULL")
        superuser.commit()

        assert line.search("phone", NUMBER).json["found"] is not None
        assert line.search("alias", "Solsort").json["found"] is not None

    def test_follows_a_number_and_an_alias_that_change(self, line: Line, caller: Any, desk: Any) -> None:
        desk.patch(
            f"/api/v1/staff/citizens/{caller.id}",
            json={"phone": "60 70 80 90", "alias": "Musvit"},
            headers={"If-Match": '"1"'},
        )

        assert line.search("phone", NUMBER).json == NOBODY
        assert line.search("alias", "Solsort").json == NOBODY
        assert line.search("phone", "60708090").json["found"] is not None
        assert line.search("alias", "musvit").json["found"] is not None


class TestNobody:
    def test_is_one_answer_byte_for_byte(
        self,
        line: Line,
        elsewhere: Line,
        caller: Any,
        silent: Any,
        make_citizen: Any,
        counsellor: Any,
        superuser: Any,
    ) -> None:
        """Unknown, malformed, no yes, no longer in care, dead, another unit's desk: all the same."""
        dead = make_citizen(contact=counsellor, alias="Vibe", phone="71 71 71 71")
        left = make_citizen(contact=counsellor, alias="Stær", phone="72 72 72 72")
        make_citizen(alias="Ravn")
        for one in (dead, left):
            say(one, given=True, purpose="crisis-line")
        with db.transaction() as session:
            deaths.mark(session, citizen_id=dead.id, actor=actor_of(counsellor), now=NOW)
        superuser.execute("UPDATE citizen SET status = 'finished' WHERE id = %s", [left.id])
        superuser.commit()

        answers = [
            line.search("phone", "99 99 99 99"),
            line.search("phone", "ring mig"),
            line.search("cpr", "0202709990"),
            line.search("cpr", "9999999999"),
            line.search("code", "ZZZZZZ"),
            line.search("code", "Z"),
            line.search("alias", "Ravn"),
            line.search("alias", "Findes Ikke"),
            line.search("phone", "71 71 71 71"),
            line.search("alias", "Vibe"),
            line.search("phone", "72 72 72 72"),
            line.search("phone", SILENT_NUMBER),
            line.search("cpr", SILENT_CPR),
            line.search("alias", "Gærdesmutte"),
            line.search("phone", "71 71 71 71", oral_yes=True),
            line.search("cpr", "0303709992", oral_yes=True),
            elsewhere.search("cpr", SILENT_CPR, oral_yes=True),
            *(elsewhere.search(by, value) for by, value in (("cpr", CPR), ("phone", NUMBER))),
            elsewhere.search("alias", "Solsort"),
        ]

        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.get_data() for answer in answers}) == 1
        assert answers[0].json == NOBODY
        assert len({_shape(answer) for answer in answers}) == 1

    def test_is_what_a_replaced_code_leads_to(self, line: Line, phone: Any) -> None:
        old = phone.get(CODE).json["code"]
        phone.post(CODE)

        assert line.search("code", old).json == NOBODY

    def test_is_on_the_trail_like_everybody_with_the_kind_alone(
        self, line: Line, caller: Any, silent: Any, trail: Any, superuser: Any
    ) -> None:
        line.search("cpr", CPR)
        line.search("cpr", SILENT_CPR)
        line.search("phone", SILENT_NUMBER)
        line.search("phone", "99999999")
        line.search("alias", "Findes Ikke")

        assert trail("desk.searched") == [
            ("cpr", "found", caller.id),
            ("cpr", "nobody", None),
            ("phone", "nobody", None),
            ("phone", "nobody", None),
            ("alias", "nobody", None),
        ]
        everything = str(
            superuser.execute("SELECT row_to_json(audit_event)::text FROM audit_event").fetchall()
        )
        assert not any(typed in everything for typed in (CPR, SILENT_CPR, "99999999", "Findes Ikke"))

    def test_cannot_be_asked_without_being_written_down(
        self, line: Line, caller: Any, superuser: Any
    ) -> None:
        superuser.execute(
            "CREATE FUNCTION break_trail() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'full'; END $$"
        )
        superuser.execute(
            "CREATE TRIGGER break_trail BEFORE INSERT ON audit_event"
            " FOR EACH ROW EXECUTE FUNCTION break_trail()"
        )
        superuser.commit()
        try:
            answer = line.search("cpr", CPR)
        finally:
            superuser.execute("DROP FUNCTION break_trail() CASCADE")
            superuser.commit()

        assert answer.status_code >= 500
        assert "Solsort" not in answer.get_data(as_text=True)


class TestLimits:
    def test_stop_a_worker_who_guesses(
        self, line: Line, colleague: Line, caller: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(staff_views, "MISSES_PER_WORKER", 3)
        for number in range(3):
            assert line.search("code", f"ZZZZZ{number}").status_code == 200

        stopped = line.search("cpr", CPR)

        assert stopped.status_code == 429
        assert int(stopped.headers["Retry-After"]) > 0
        assert colleague.search("cpr", CPR).json["found"] is not None

    def test_stop_a_unit_that_guesses_together(
        self, line: Line, colleague: Line, caller: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(staff_views, "MISSES_PER_UNIT", 2)
        line.search("code", "ZZZZZ1")
        colleague.search("code", "ZZZZZ2")

        assert line.search("cpr", CPR).status_code == 429
        assert colleague.search("cpr", CPR).status_code == 429

    def test_stop_a_worker_who_looks_up_one_person_after_the_other(
        self, line: Line, colleague: Line, caller: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(staff_views, "SEARCHES_PER_WORKER", 2)
        monkeypatch.setattr(staff_views, "SEARCHES_PER_UNIT", 2)

        told = [line.search("cpr", CPR).status_code for _ in range(3)]

        assert told == [200, 200, 429]
        assert colleague.search("cpr", CPR).status_code == 429

    def test_are_room_for_a_busy_night(self) -> None:
        assert staff_views.MISSES_PER_WORKER >= 20
        assert staff_views.SEARCHES_PER_WORKER >= 60


class TestWhoMay:
    def test_is_the_crisis_line_alone(self, desk: Any, phone: Any, client: Any, caller: Any) -> None:
        body = {"by": "cpr", "value": CPR}

        assert desk.post(SEARCH, json=body).status_code == 403
        assert phone.post(SEARCH, json=body).status_code == 401
        assert client.post(SEARCH, json=body).status_code == 401

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("by", "name"),
            ("by", None),
            ("value", ""),
            ("value", "x" * 121),
            ("value", 5),
            ("oral_yes", "ja"),
            ("oral_yes", None),
        ],
    )
    def test_bad_input_is_refused_by_name(self, line: Line, field: str, value: object) -> None:
        body = {"by": "code", "value": "ABC123", field: value}

        assert refused(line.browser.post(SEARCH, json=body), field)

    def test_an_alias_is_nobodys_to_say_yes_by(self, line: Line) -> None:
        body = {"by": "alias", "value": "Solsort", "oral_yes": True}

        assert refused(line.browser.post(SEARCH, json=body), "oral_yes")

    def test_no_search_ever_stands_in_an_address(self, line: Line) -> None:
        assert line.browser.get(f"{SEARCH}?by=cpr&value={CPR}").status_code == 404
