"""An anonymous contact belongs to whoever holds its code: to read, to erase, or to claim after a preview."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from server.accounts.models import StaffMember
from server.core import db
from server.crisis_line import citizen_views, public_views
from tests.appointments.people import without_id
from tests.conftest import NOW
from tests.crisis_line.people import CLAIMS, CONFIRMATION, CONTACT, ERASURES, LOOKUPS, Line
from tests.crisis_line.test_contacts import FULL

PULL = "/api/v1/citizen/sync/pull"
HIDE = "/api/v1/citizen/crisis-contacts/{}/hide"


@pytest.fixture
def contact(line: Line) -> dict[str, Any]:
    """A contact about nobody, with everything written that can be."""
    return dict(line.change(line.open(), **FULL).json)


@pytest.fixture
def code(line: Line, contact: dict[str, Any]) -> str:
    """Its code."""
    return line.code(contact)


def pulled(phone: Any) -> list[dict[str, Any]]:
    """The contacts that a phone holds after a fresh pull."""
    changes = phone.get(PULL).json["changes"]
    return [change["data"] for change in changes if change["entity"] == "crisis_contact" and change["data"]]


class TestMakeCode:
    def test_gives_eight_characters_for_fourteen_days_and_keeps_only_a_fingerprint(
        self, line: Line, contact: dict[str, Any], superuser: Any
    ) -> None:
        answer = line.browser.post(CONTACT.format(contact["id"]) + "/claim-code")

        assert answer.status_code == 201
        assert len(answer.json["code"]) == 8
        assert answer.json["expires_at"] == "2026-12-07T09:00:00Z"
        assert line.read(contact).json["claim_code_until"] == "2026-12-07T09:00:00Z"
        stored = str(superuser.execute("SELECT crisis_claim_code::text FROM crisis_claim_code").fetchall())
        assert answer.json["code"] not in stored

    def test_ends_the_code_before_it(
        self, line: Line, contact: dict[str, Any], code: str, client: Any
    ) -> None:
        new = line.code(contact)

        assert client.post(LOOKUPS, json={"code": code}).status_code == 404
        assert client.post(LOOKUPS, json={"code": new}).status_code == 200

    def test_is_not_for_a_contact_about_a_person(self, line: Line, citizen: Any, phone: Any) -> None:
        known = line.open(citizen, phone)

        answer = line.browser.post(CONTACT.format(known["id"]) + "/claim-code")

        assert (answer.status_code, answer.json["code"]) == (409, "contact-known")


class TestLookUp:
    def test_shows_everything_that_is_kept_to_whoever_has_the_code(
        self, client: Any, code: str, superuser: Any
    ) -> None:
        shown = client.post(LOOKUPS, json={"code": f"{code[:4]}-{code[4:]}".lower()}).json["contact"]

        assert {key: shown[key] for key in FULL} == FULL
        assert (shown["opened_at"], shown["unit_name"]) == ("2026-11-23T09:00:00Z", "Socialt akuttilbud")
        columns = superuser.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'crisis_contact'"
        ).fetchall()
        assert "staff" not in str(shown)
        assert "Jonas" not in str(shown)
        assert len(columns) > len(shown)

    def test_can_be_done_again_and_claims_nothing(self, client: Any, code: str, superuser: Any) -> None:
        for _ in range(2):
            assert client.post(LOOKUPS, json={"code": code}).status_code == 200

        assert superuser.execute("SELECT citizen_id, claimed_at FROM crisis_contact").fetchone() == (
            None,
            None,
        )


class TestErase:
    def test_takes_every_word_away_and_leaves_a_contact_to_count(
        self, client: Any, code: str, line: Line, contact: dict[str, Any], superuser: Any, trail: Any
    ) -> None:
        assert client.post(ERASURES, json={"code": code}).status_code == 204

        assert line.read(contact).status_code == 404
        assert client.post(LOOKUPS, json={"code": code}).status_code == 404
        left = superuser.execute(
            "SELECT channel, opened_at, gender, reasons, given, referrals, outcome, duration_minutes,"
            " note_sealed, ring_phone_sealed, ring_when_sealed, ring_code_word_sealed, safety_before,"
            " follow_up_yes_at, nullif(request_digest, '') FROM crisis_contact"
        ).fetchone()
        assert left[:6] == ("phone", left[1], "not-registered", [], [], [])
        assert left[1].isoformat() == "2026-10-31T23:00:00+00:00"  # the first of November in Denmark
        assert set(left[6:]) == {None}
        assert superuser.execute("SELECT count(*) FROM crisis_claim_code").fetchone() == (0,)
        assert trail("crisis-contact.erased") == [(None, "ok", None)]

    def test_of_a_contact_that_is_still_open_ends_it(
        self, client: Any, code: str, line: Line, contact: dict[str, Any]
    ) -> None:
        client.post(ERASURES, json={"code": code})

        assert line.change(contact, note="Skrevet bagefter").status_code == 404
        assert line.browser.get("/api/v1/staff/desk/contacts?open=1").json["items"] == []


class TestClaim:
    def test_shows_what_staff_will_see_and_then_is_the_persons_own(
        self, phone: Any, citizen: Any, code: str, line: Line, contact: dict[str, Any], trail: Any
    ) -> None:
        preview = phone.post(CLAIMS, json={"code": code}).json["contact"]
        assert {key: preview[key] for key in FULL} == FULL
        assert line.read(contact).json["known"] is False
        assert pulled(phone) == []

        answer = phone.post(CONFIRMATION, json={"code": code})

        assert answer.json == {"id": contact["id"]}
        (shown,) = pulled(phone)
        assert (shown["id"], shown["unit_name"]) == (contact["id"], "Socialt akuttilbud")
        assert "note" not in shown
        read = line.read(contact).json
        assert (read["known"], read["claimed"], read["wants_shown_in_app"]) == (True, True, True)
        assert trail("crisis-contact.claimed") == [(None, "ok", citizen.id)]

    def test_tells_nobody_who_it_is_and_opens_nothing(
        self, phone: Any, citizen: Any, code: str, line: Line, contact: dict[str, Any], pen: Any
    ) -> None:
        phone.post(CONFIRMATION, json={"code": code})

        read = line.read(contact)
        assert (read.json["citizen_id"], read.json["citizen_alias"]) == (None, None)
        assert str(citizen.id) not in read.get_data(as_text=True)
        assert line.plan(contact, oral_yes=True).status_code == 404

    def test_of_a_contact_that_is_open_tells_nobody_who_is_found_at_the_same_time(
        self, phone: Any, citizen: Any, code: str, line: Line
    ) -> None:
        phone.post(CONFIRMATION, json={"code": code})

        assert line.find(citizen, phone)["contact_open"] is None

    def test_may_be_said_twice_by_the_same_person_and_by_nobody_else(
        self,
        phone: Any,
        code: str,
        contact: dict[str, Any],
        stranger: Any,
        make_staff: Any,
        pair: Any,
        new_client: Any,
        client: Any,
        superuser: Any,
    ) -> None:
        owner = "SELECT staff_id FROM care_relation WHERE citizen_id = %s"
        helper = superuser.execute(owner, [stranger.id]).fetchone()[0]
        other = pair(stranger, _member(superuser, helper), new_client())
        for _ in range(2):
            assert phone.post(CONFIRMATION, json={"code": code}).json == {"id": contact["id"]}

        unknown = without_id(other.post(CONFIRMATION, json={"code": "ZZZZZZZZ"}))
        assert without_id(other.post(CONFIRMATION, json={"code": code})) == unknown
        assert without_id(other.post(CLAIMS, json={"code": code})) == unknown
        for path in (LOOKUPS, ERASURES):
            assert without_id(client.post(path, json={"code": code})) == unknown
        assert other.post(HIDE.format(contact["id"])).status_code == 404

    def test_and_erasing_at_once_leave_one_of_the_two(
        self, phone: Any, client: Any, code: str, superuser: Any
    ) -> None:
        with ThreadPoolExecutor(2) as pool:
            claimed = pool.submit(phone.post, CONFIRMATION, json={"code": code})
            erased = pool.submit(client.post, ERASURES, json={"code": code})
        told = (claimed.result().status_code, erased.result().status_code)

        assert told in ((200, 404), (404, 204))
        row = superuser.execute("SELECT citizen_id IS NULL, erased_at IS NULL FROM crisis_contact").fetchone()
        assert row == ((False, True) if told[0] == 200 else (True, False))

    def test_the_person_can_take_it_out_of_the_app_again(
        self, phone: Any, code: str, contact: dict[str, Any], line: Line
    ) -> None:
        phone.post(CONFIRMATION, json={"code": code})

        assert phone.post(HIDE.format(contact["id"])).status_code == 204

        assert pulled(phone) == []
        assert line.read(contact).json["wants_shown_in_app"] is False
        assert phone.post(HIDE.format(contact["id"])).status_code == 404

    def test_goes_with_the_person_who_is_erased(
        self, phone: Any, citizen: Any, code: str, superuser: Any, line: Line, app: Any
    ) -> None:
        phone.post(CONFIRMATION, json={"code": code})

        done = app.test_cli_runner().invoke(args=["erase-citizen", str(citizen.id)])

        assert done.exit_code == 0, done.output
        left = superuser.execute(
            "SELECT citizen_id, note_sealed, reasons, erased_at IS NULL, closed_at = opened_at,"
            " request_digest FROM crisis_contact"
        ).fetchone()
        assert left == (None, None, [], False, True, b"")


class TestCodesThatCannotBeUsed:
    def test_are_one_answer(
        self, line: Line, client: Any, phone: Any, go_to: Any, rested: Any, superuser: Any
    ) -> None:
        replaced_one, erased_one, old_one = line.open(), line.open(), line.open()
        replaced, erased, old = (line.code(one) for one in (replaced_one, erased_one, old_one))
        line.code(replaced_one)
        client.post(ERASURES, json={"code": erased})
        go_to(NOW + timedelta(days=14))

        bad = [replaced, erased, old, "ZZZZZZZZ", "kort", "-"]
        ways = [(client, LOOKUPS), (client, ERASURES), (phone, CLAIMS), (phone, CONFIRMATION)]
        answers = []
        for browser, path in ways:
            answers += [browser.post(path, json={"code": one}) for one in bad]
            rested()

        assert {answer.status_code for answer in answers} == {404}
        assert len({str(without_id(answer)) for answer in answers}) == 1

    def test_are_counted(self, client: Any, phone: Any, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(public_views, "TRIES_PER_ADDRESS", 2)
        monkeypatch.setattr(citizen_views, "TRIES", 2)
        for browser, first, second in ((client, LOOKUPS, ERASURES), (phone, CLAIMS, CONFIRMATION)):
            assert browser.post(first, json={"code": "ZZZZZZZZ"}).status_code == 404
            assert browser.post(second, json={"code": "ZZZZZZZZ"}).status_code == 404
            assert browser.post(first, json={"code": code}).status_code == 429


def _member(superuser: Any, staff_id: Any) -> Any:
    """A colleague by id, as far as pairing needs one."""
    with db.transaction() as session:
        return session.get_one(StaffMember, staff_id)
