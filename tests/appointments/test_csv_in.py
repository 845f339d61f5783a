"""Booking from a sheet: shown first, then booked as shown, all or nothing, and nothing twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from server.appointments import csv_in, service
from server.core import db
from server.core.access import Role
from tests.appointments.people import refused, seen
from tests.appointments.sheets import HEADING, TALK, row, sent, sheet
from tests.conftest import actor_of

PREVIEW = "/api/v1/staff/appointments/sheet-preview"
BOOK = "/api/v1/staff/appointments/sheet"
TABLES = ("appointment", "citizen_change", "reminder", "occurrence")


@pytest.fixture
def look(desk: Any, citizen: Any) -> Callable[[bytes], dict[str, Any]]:
    """Look a sheet through at the desk of the counsellor."""

    def looked(data: bytes) -> dict[str, Any]:
        answer = desk.post(PREVIEW, json=sent(data))
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return dict(answer.json)

    return looked


def outcomes(preview: dict[str, Any]) -> list[tuple[int, str, str | None]]:
    """What becomes of each row, and which cell is why."""
    return [(each["line"], each["outcome"], each["column"]) for each in preview["rows"]]


class TestPreview:
    def test_books_nothing_and_shows_each_row_as_it_stood(
        self, look: Callable[..., Any], count: Callable[[str], int]
    ) -> None:
        before = [count(table) for table in TABLES]

        preview = look(sheet(TALK))

        assert preview["new"] == 1
        assert preview["rows"] == [
            {
                "line": 2,
                "outcome": "new",
                "column": None,
                "date": "2026-11-30",
                "time": "10:00",
                "minutes": "45",
                "alias": "Solsort",
                "kind": "samtale",
                "mode": "vi mødes",
                "place": "Lokale 2",
            }
        ]
        assert [count(table) for table in TABLES] == before

    @pytest.mark.parametrize(
        ("other", "outcome"),
        [
            ({"alias": "solSORT "}, ("new", None)),
            ({"dato": "30-11-2026", "klokken": "9.30"}, ("new", None)),
            ({"dato": "30.11.2026", "klokken": "10:00:00"}, ("new", None)),
            ({"dato": "1/12/2026"}, ("new", None)),
            ({"hvad": "first-talk", "hvordan": "Phone", "sted": ""}, ("new", None)),
            ({"sted": '=HYPERLINK("http://x";"klik")'.replace('"', '""').join('""')}, ("new", None)),
            ({"sted": "+cmd|' /C calc'!A0"}, ("new", None)),
            ({"dato": "2026-02-30"}, ("bad-cell", "date")),
            ({"dato": "0000-00-00"}, ("bad-cell", "date")),
            ({"dato": "i morgen"}, ("bad-cell", "date")),
            ({"dato": "30-11-26"}, ("bad-cell", "date")),
            ({"dato": "٢٠٢٦-١١-٣٠"}, ("bad-cell", "date")),
            ({"klokken": "25:00"}, ("bad-cell", "time")),
            ({"klokken": "10"}, ("bad-cell", "time")),
            ({"klokken": "10:00:30"}, ("bad-cell", "time")),
            ({"minutter": "0"}, ("bad-cell", "minutes")),
            ({"minutter": "481"}, ("bad-cell", "minutes")),
            ({"minutter": "1e2"}, ("bad-cell", "minutes")),
            ({"minutter": ""}, ("bad-cell", "minutes")),
            ({"hvad": "møde"}, ("bad-cell", "kind")),
            ({"hvordan": ""}, ("bad-cell", "mode")),
            ({"sted": "x" * 201}, ("bad-cell", "place")),
            ({"sted": '"to\nlinjer"'}, ("bad-cell", "place")),
            ({"sted": "\u202e2 elakoL"}, ("bad-cell", "place")),
            ({"alias": ""}, ("bad-cell", "alias")),
            ({"alias": "Gråspurv"}, ("unknown-alias", "alias")),
            ({"alias": "310299-9996"}, ("unknown-alias", "alias")),
            ({"dato": "2026-11-20"}, ("bad-time", "time")),
            ({"dato": "2029-11-30"}, ("bad-time", "time")),
            ({"dato": "2027-03-28", "klokken": "02:30"}, ("bad-time", "time")),
            ({"dato": "2027-10-31", "klokken": "02:30"}, ("new", None)),
        ],
    )
    def test_says_of_each_row_what_it_would_do(
        self,
        look: Callable[..., Any],
        stranger: Any,
        other: dict[str, str],
        outcome: tuple[str, str | None],
    ) -> None:
        assert outcomes(look(sheet(row(**other)))) == [(2, *outcome)]

    def test_tells_rows_that_are_booked_already_or_take_a_time_that_is_taken(
        self, look: Callable[..., Any], book: Callable[..., Any], counsellor: Any, make_citizen: Any
    ) -> None:
        make_citizen(contact=counsellor, alias="Vibe")
        book()

        preview = look(
            sheet(
                TALK,
                row(alias="Vibe", klokken="10:30"),
                row(alias="Vibe", klokken="10:45"),
                row(alias="Vibe", klokken="10:45", sted="Lokale 3"),
                row(klokken="11:00"),
                TALK[:4],
            )
        )

        assert outcomes(preview) == [
            (2, "already-booked", None),
            (3, "double-booked", "time"),
            (4, "new", None),
            (5, "already-booked", None),
            (6, "double-booked", "time"),
            (7, "bad-cell", None),
        ]

    def test_people_of_one_group_sit_together(
        self, look: Callable[..., Any], counsellor: Any, make_citizen: Any
    ) -> None:
        make_citizen(contact=counsellor, alias="Vibe")

        preview = look(sheet(row(hvad="gruppe"), row(hvad="gruppe", alias="Vibe")))

        assert [each["outcome"] for each in preview["rows"]] == ["new", "new"]

    def test_two_people_of_one_alias_are_never_guessed_between(
        self, look: Callable[..., Any], counsellor: Any, make_citizen: Any
    ) -> None:
        make_citizen(contact=counsellor, alias="SOLSORT")

        assert outcomes(look(sheet(TALK))) == [(2, "ambiguous-alias", "alias")]

    def test_an_alias_is_found_whatever_form_its_letters_have(
        self, look: Callable[..., Any], counsellor: Any, make_citizen: Any
    ) -> None:
        make_citizen(contact=counsellor, alias="Ærenpris Å")

        assert outcomes(look(sheet(row(alias="ærenpris  A\u030a")))) == [(2, "new", None)]

    def test_leaves_out_what_the_sheet_itself_calls_no_booking(self, look: Callable[..., Any]) -> None:
        with_status = [
            (*row(klokken=f"1{hour}:00"), said) for hour, said in enumerate(["booket", "aflyst", "hm", ""])
        ]

        preview = look(sheet(*with_status, heading=(*HEADING, "status")))

        assert outcomes(preview) == [
            (2, "new", None),
            (3, "not-booked", None),
            (4, "bad-cell", "status"),
            (5, "new", None),
        ]

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            (sheet(TALK[:6], heading=HEADING[:6]), "columns.missing"),
            (sheet((*TALK, "x"), heading=(*HEADING, "CPR")), "columns.extra"),
            (sheet(), "rows.none"),
            (sheet(row(sted="a\x00b")), "file.encoding"),
        ],
    )
    def test_refuses_a_file_as_a_whole_and_says_why(
        self, desk: Any, data: bytes, field: str, count: Callable[[str], int]
    ) -> None:
        assert refused(desk.post(PREVIEW, json=sent(data)), field)
        assert count("appointment") == 0

    @pytest.mark.parametrize("file", ["not base64!", "YQ", 5, None, [], "YQ==\n", "æ"])
    def test_refuses_what_is_no_file(self, desk: Any, file: Any) -> None:
        assert refused(desk.post(PREVIEW, json={"file": file}), "file")

    @pytest.mark.parametrize("size", [2 * 1024 * 1024 + 1, 4 * 1024 * 1024])
    def test_refuses_a_file_that_is_too_large(self, desk: Any, size: int) -> None:
        answer = desk.post(PREVIEW, json=sent(b"x" * size))

        assert (answer.status_code, answer.json["code"]) == (413, "too-large")

    def test_is_recorded_without_a_word_of_the_sheet(
        self, look: Callable[..., Any], superuser: Any, counsellor: Any
    ) -> None:
        look(sheet(row(alias="Kanariefugl 310299-9996")))

        found = superuser.execute(
            "SELECT actor_id FROM audit_event WHERE event = 'appointments.import-previewed'"
        ).fetchall()
        assert found == [(counsellor.id,)]
        assert "Kanarie" not in str(superuser.execute("SELECT a::text FROM audit_event a").fetchall())


class TestBook:
    def test_books_the_new_rows_with_reminder_change_and_trail_like_any_other(
        self, desk: Any, look: Callable[..., Any], superuser: Any, counsellor: Any, citizen: Any
    ) -> None:
        data = sheet(TALK, row(alias="Ukendt"), row(dato="2026-12-01", hvordan="telefon", sted=""))

        answer = desk.post(BOOK, json=sent(data, digest=look(data)["digest"]))

        assert (answer.status_code, answer.json) == (201, {"booked": 2, "already": False})
        booked = superuser.execute(
            "SELECT citizen_id, staff_id, starts_local::text, mode, place, status FROM appointment ORDER BY 3"
        ).fetchall()
        assert booked == [
            (citizen.id, counsellor.id, "2026-11-30 10:00:00", "in-person", "Lokale 2", "booked"),
            (citizen.id, counsellor.id, "2026-12-01 10:00:00", "phone", None, "booked"),
        ]
        reminded = superuser.execute("SELECT count(*) FROM reminder WHERE kind = 'appointment'").fetchone()
        trail = superuser.execute(
            "SELECT count(*) FROM audit_event WHERE event = 'appointment.booked'"
        ).fetchone()
        assert (reminded, trail) == ((2,), (2,))

    def test_the_same_sheet_again_books_nothing_twice(
        self, desk: Any, look: Callable[..., Any], count: Callable[[str], int]
    ) -> None:
        data = sheet(TALK, row(dato="2026-12-01"))
        first = look(data)["digest"]
        desk.post(BOOK, json=sent(data, digest=first))

        blind = desk.post(BOOK, json=sent(data, digest=first))
        again = look(data)
        seen_again = desk.post(BOOK, json=sent(data, digest=again["digest"]))

        assert (blind.status_code, blind.json) == (200, {"booked": 2, "already": True})
        assert {each["outcome"] for each in again["rows"]} == {"already-booked"}
        assert (seen_again.status_code, seen_again.json) == (201, {"booked": 0, "already": False})
        assert count("appointment") == 2

    def test_what_was_taken_out_comes_in_as_already_booked(
        self, desk: Any, look: Callable[..., Any], book: Callable[..., Any]
    ) -> None:
        book()
        book(starts_at="2026-12-02T10:00:00+01:00", mode="video")

        preview = look(desk.get("/api/v1/staff/appointments.csv").data)

        assert [each["outcome"] for each in preview["rows"]] == ["already-booked"] * 2

    def test_what_was_struck_as_a_mistake_is_booked_again_by_the_same_sheet(
        self, desk: Any, look: Callable[..., Any], count: Callable[[str], int]
    ) -> None:
        body = sent(sheet(TALK), digest=look(sheet(TALK))["digest"])
        desk.post(BOOK, json=body)
        (made,) = desk.get("/api/v1/staff/appointments", query_string={"from": "2026-11-30T00:00:00Z"}).json[
            "items"
        ]
        desk.post(f"/api/v1/staff/appointments/{made['id']}/error", headers=seen(1))

        again = desk.post(BOOK, json={**body, "digest": look(sheet(TALK))["digest"]})

        assert (again.status_code, again.json) == (201, {"booked": 1, "already": False})
        assert count("appointment") == 2

    @pytest.mark.parametrize("digest", ["0" * 64])
    def test_never_books_what_was_not_shown(
        self, desk: Any, citizen: Any, digest: str, count: Callable[[str], int]
    ) -> None:
        answer = desk.post(BOOK, json=sent(sheet(TALK), digest=digest))

        assert (answer.status_code, answer.json["code"]) == (409, "import-changed")
        assert count("appointment") == 0

    def test_refuses_a_digest_of_another_sheet_or_from_before_a_change(
        self, desk: Any, look: Callable[..., Any], book: Callable[..., Any], count: Callable[[str], int]
    ) -> None:
        digest = look(sheet(TALK))["digest"]
        other = desk.post(BOOK, json=sent(sheet(row(klokken="14:00")), digest=digest))
        book(starts_at="2026-11-30T10:15:00+01:00")
        late = desk.post(BOOK, json=sent(sheet(TALK), digest=digest))

        assert [answer.json["code"] for answer in (other, late)] == ["import-changed"] * 2
        assert count("appointment") == 1

    def test_one_row_that_fails_leaves_nothing(
        self,
        desk: Any,
        look: Callable[..., Any],
        count: Callable[[str], int],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        data = sheet(TALK, row(dato="2026-12-01"))
        digest = look(data)["digest"]
        before = [count(table) for table in TABLES]
        book = service.book

        def fail_late(session: Any, **asked: Any) -> Any:
            made = book(session, **asked)
            session.execute(text("SELECT 1 / (SELECT 2 - count(*) FROM appointment)"))
            return made

        monkeypatch.setattr(service, "book", fail_late)
        answer = desk.post(BOOK, json=sent(data, digest=digest))

        assert answer.status_code == 500
        assert [count(table) for table in TABLES] == before

    def test_two_at_once_book_once(
        self, counsellor: Any, citizen: Any, make_citizen: Any, now: Any, count: Callable[[str], int]
    ) -> None:
        make_citizen(contact=counsellor, alias="Vibe")
        data = sheet(TALK, row(alias="Vibe", klokken="12:00"))
        actor = actor_of(counsellor)
        with db.transaction() as session:
            digest = csv_in.preview(session, data=data, actor=actor, now=now).digest

        def send(_: int) -> int:
            try:
                with db.transaction() as session:
                    booked = csv_in.book_sheet(session, data=data, digest=digest, actor=actor, now=now)
                    return -1 if booked.already else booked.number
            except csv_in.ImportChanged:
                return -2

        with ThreadPoolExecutor(4) as pool:
            ends = sorted(pool.map(send, range(4)))

        assert ends == [-1, -1, -1, 2]
        assert count("appointment") == 2

    def test_others_can_work_while_a_long_sheet_is_booked(
        self,
        desk: Any,
        look: Callable[..., Any],
        monkeypatch: pytest.MonkeyPatch,
        counsellor: Any,
        now: Any,
    ) -> None:
        data = sheet(TALK, row(dato="2026-12-01"))
        digest = look(data)["digest"]
        book = service.book

        def look_in_between(session: Any, **asked: Any) -> Any:
            made = book(session, **asked)
            with db.transaction() as other:
                other.execute(text("SET LOCAL lock_timeout = '5s'"))
                service.list_own(
                    other, since=now, until=now + timedelta(days=9), actor=actor_of(counsellor), now=now
                )
            return made

        monkeypatch.setattr(service, "book", look_in_between)
        answer = desk.post(BOOK, json=sent(data, digest=digest))

        assert (answer.status_code, answer.json) == (201, {"booked": 2, "already": False})

    def test_a_case_that_ended_meanwhile_is_not_booked(
        self, desk: Any, look: Callable[..., Any], superuser: Any, count: Callable[[str], int]
    ) -> None:
        data = sheet(TALK)
        digest = look(data)["digest"]
        superuser.execute("UPDATE care_relation SET ends_at = starts_at")
        superuser.commit()

        answer = desk.post(BOOK, json=sent(data, digest=digest))

        assert (answer.status_code, answer.json["code"]) == (409, "import-changed")
        assert outcomes(look(data)) == [(2, "unknown-alias", "alias")]
        assert count("appointment") == 0


@pytest.mark.parametrize("way", [PREVIEW, BOOK])
def test_nobody_but_a_counsellor_brings_a_sheet(
    phone: Any,
    make_staff: Callable[..., Any],
    sign_in_staff: Callable[..., Any],
    new_client: Callable[[], Any],
    way: str,
) -> None:
    manager = sign_in_staff(make_staff(roles=(Role.MANAGER,)), new_client())
    body = sent(sheet(TALK), digest="0" * 64)

    assert phone.post(way, json=body).status_code == 401
    assert manager.post(way, json=body).status_code == 403
