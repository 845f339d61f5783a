"""The demo: who lives in it, that it is always the same, and that it never meets real people."""

import itertools
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
import pytest
import time_machine
from flask import Flask

from server.config import CENTRES, Config
from server.core import clock, crypto, db
from server.core.localdb import Cluster
from server.demo import people, service
from server.library import service as library
from tests.broom import Broom
from tests.conftest import NOW, REPOSITORY, Client

Superuser = psycopg.Connection[Any]
Facts = dict[str, list[tuple[Any, ...]]]
TODAY = clock.to_wall(NOW).date()
#: What stays the same from one seeding to the next: no key that is made anew, nothing sealed.
FACTS = {
    "unit": "SELECT slug, name FROM unit",
    "staff": "SELECT s.name, s.email, s.roles, u.slug FROM staff_member s JOIN unit u ON u.id = s.unit_id",
    "citizen": "SELECT id, alias, first_contact_at, first_contact_channel FROM citizen",
    "relation": (
        "SELECT r.citizen_id, s.email, r.role FROM care_relation r JOIN staff_member s ON s.id = r.staff_id"
    ),
    "goal": "SELECT id, citizen_id, title, origin FROM goal",
    "appointment": (
        "SELECT CASE WHEN a.series_id IS NULL THEN a.id END, a.citizen_id, s.email, a.starts_at, a.kind,"
        " a.mode, a.place, a.status, a.cancellation, a.reply, a.series_id, a.noshow_excused, a.reason_code,"
        " a.wishes::text FROM appointment a JOIN staff_member s ON s.id = a.staff_id"
    ),
    "task": "SELECT status, citizen_id, subject_id, due_on FROM task",
    "shared": (
        "SELECT citizen_id, purpose FROM sharing_choice"
        " WHERE withdrawn_at IS NULL AND item_class = 'crisis-plan'"
    ),
    "line": "SELECT citizen_id, section FROM plan_line",
    "given": "SELECT id, citizen_id, repeat FROM exercise_assignment",
    "answer": "SELECT id, citizen_id, outcome, sharing FROM exercise_answer",
    "own_exercise": "SELECT id, status FROM own_exercise",
    "check_in": "SELECT id, citizen_id, at, mood, urge, sharing FROM check_in",
    "run": "SELECT id, code, status, seats FROM course_run",
    "place": "SELECT id, citizen_id, numbers, status FROM enrollment",
    "opinion": "SELECT id, citizen_id, knowledge, useful FROM course_feedback",
    "contact": "SELECT id, opened_at, channel, reasons, gender, outcome FROM crisis_contact",
    "occurrence": "SELECT slot_key, due_at, state FROM occurrence",
}


@dataclass
class Story:
    """What was found after each seeding."""

    said: list[str]
    first: Facts
    rows: list[dict[str, int]]
    trail: str
    sealed: str
    sign_ins: dict[str, int]
    pairing: tuple[str, int, str]
    later: Facts
    interrupted: int
    in_an_empty_database: Facts


def seed(now: datetime = NOW, *, is_production: bool = False) -> list[str]:
    """Seed as `flask seed-demo` does; answers what it said."""
    said: list[str] = []
    offered = library.load(REPOSITORY / "content").courses
    service.seed(now=now, is_production=is_production, offered=offered, say=said.append)
    return said


def facts(superuser: Superuser) -> Facts:
    return {
        name: sorted(superuser.execute(query).fetchall(), key=repr)  # type: ignore[call-overload]
        for name, query in FACTS.items()
    }


def rows(superuser: Superuser) -> dict[str, int]:
    """How many rows each table holds."""
    tables = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return {
        name: superuser.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # type: ignore[index,call-overload]
        for (name,) in tables
    }


def sign_in(browser: Client, colleague: people.DemoStaff, code: str) -> int:
    body = {"email": colleague.email, "password": people.PASSWORD, "totp": code}
    return browser.post("/api/v1/staff/session", json=body).status_code


def pair(browser: Client) -> tuple[str, int, str]:
    """The alias that was named, and what the phone was answered."""
    made = service.new_pairing_code(now=NOW)
    assert made is not None
    answer = browser.post("/api/v1/public/pairings", json={"code": made[1]})
    return made[0], answer.status_code, answer.json["alias"]


def seed_until_the_power_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, calls = service._seed_citizen, itertools.count()

    def power_fails(*given: Any) -> None:
        if next(calls) == 17:
            raise KeyboardInterrupt
        whole(*given)

    with monkeypatch.context() as changed:
        changed.setattr(service, "_seed_citizen", power_fails)
        with pytest.raises(KeyboardInterrupt):
            seed()


@pytest.fixture(scope="module")
def story(_app: Flask, cluster: Cluster, settings: Config, broom: Broom) -> Story:
    """Seeded, seeded again, ten days later, and once more after an interruption: each takes seconds."""
    db.configure(cluster.url("app"))
    crypto.configure(
        field_keys=settings.field_keys, index_key=settings.blind_index_key, signing_key=settings.secret_key
    )
    with (
        time_machine.travel(NOW, tick=False),
        pytest.MonkeyPatch.context() as monkeypatch,
        cluster.connect("superuser", "vedhaanden") as superuser,
    ):
        told = _tell(_app, broom, superuser, monkeypatch)
    db.dispose()
    broom.sweep()
    return told


def _tell(app: Flask, broom: Broom, superuser: Superuser, monkeypatch: pytest.MonkeyPatch) -> Story:
    told: dict[str, Any] = {"said": seed(), "first": facts(superuser), "rows": [rows(superuser)]}
    told["trail"] = app.test_cli_runner().invoke(args=["verify-audit"]).output
    told["sealed"] = str(superuser.execute("SELECT citizen::text FROM citizen").fetchall())
    seed()
    told["rows"].append(rows(superuser))
    told["sign_ins"] = {
        colleague.email: sign_in(Client(app, app.response_class, use_cookies=True), colleague, code)
        for colleague, code in service.logins(now=NOW)
    }
    told["pairing"] = pair(Client(app, app.response_class, use_cookies=True))
    seed(NOW + timedelta(days=10))
    told["later"] = facts(superuser)
    superuser.commit()
    broom.sweep()
    seed_until_the_power_fails(monkeypatch)
    told["interrupted"] = len(facts(superuser)["citizen"])
    seed()
    return Story(**told, in_an_empty_database=facts(superuser))


class TestSeed:
    def test_makes_four_centres_seven_colleagues_and_forty_citizens(self, story: Story) -> None:
        made = story.first

        assert sorted(slug for slug, _ in made["unit"]) == sorted(CENTRES)
        assert Counter(role for _, _, held, _ in made["staff"] for role in held) == {
            "manager": 1,
            "counsellor": 3,
            "crisis-line": 2,
            "course-leader": 1,
        }
        assert len(made["citizen"]) == 40
        assert len({alias for _, alias, _, _ in made["citizen"]}) == 40
        assert story.said[-3:] == [
            "40 of 40 citizens",
            "two runs of a course",
            "half a year at the crisis line",
        ]

    def test_gives_everybody_a_contact_person_of_the_three_counsellors(self, story: Story) -> None:
        relations = story.first["relation"]

        assert {role for _, _, role in relations} == {"contact-person"}
        assert len({citizen for citizen, _, _ in relations}) == 40
        assert sorted(Counter(email for _, email, _ in relations).values()) == [13, 13, 14]

    def test_spreads_appointments_over_ninety_days_around_today(self, story: Story) -> None:
        appointments = story.first["appointment"]
        days = sorted({(clock.to_wall(row[3]).date() - TODAY).days for row in appointments})

        assert len(appointments) > 150
        assert (days[0], days[-1]) == (-45, 44)
        assert 0 in days

    def test_has_something_of_everything_that_can_become_of_an_appointment(self, story: Story) -> None:
        behind = [row for row in story.first["appointment"] if row[3] < NOW - timedelta(hours=2)]

        came_of = Counter(row[7] for row in behind)
        assert set(came_of) == {"booked", "cancelled", "fulfilled", "noshow"}
        assert came_of["fulfilled"] > len(behind) / 2
        assert {row[8] for row in behind} == {None, "by-citizen", "by-service", "late"}
        assert {row[11] for row in behind} == {None, True, False}
        assert {row[7] for row in story.first["appointment"] if row[3] > NOW} == {"booked", "cancelled"}

    def test_has_a_wish_for_another_time_and_a_group_every_week(self, story: Story) -> None:
        made = story.first["appointment"]

        assert {row[9] for row in made} == {"needs-action", "accepted", "tentative"}
        wished = [row for row in made if row[9] == "tentative" and row[3] > NOW]
        assert wished
        assert all("day_part" in row[13] for row in wished)
        group = Counter(row[3] for row in made if row[10] is not None)
        assert sorted(group.values()) == [3, 3, 3, 3]

    def test_lets_some_do_exercises_and_some_of_them_share_it(self, story: Story) -> None:
        answers = story.first["answer"]

        doing = {row[1] for row in story.first["given"]}
        assert {row[1] for row in answers} == doing
        assert {row[2] for row in answers} == {"done", "not-now"}
        sharing = {row[1] for row in answers if row[3] == "as-chosen"}
        assert 0 < len(sharing) < len(doing) < len(story.first["citizen"])
        assert sorted(row[1] for row in story.first["own_exercise"]) == ["shared", "submitted"]

    def test_lets_some_check_in_and_some_of_them_share_it(self, story: Story) -> None:
        found = story.first["check_in"]

        people_of = {
            sharing: {row[1] for row in found if row[5] == sharing} for sharing in ("private", "as-chosen")
        }
        assert 0 < len(people_of["as-chosen"]) < len(people_of["private"]) < len(story.first["citizen"])
        assert {"shared"}.isdisjoint(row[5] for row in found)
        assert min(row[2] for row in found) < NOW - timedelta(days=120)

    def test_lets_a_few_share_their_plan_with_the_crisis_line_and_one_has_one(self, story: Story) -> None:
        shared, lines = story.first["shared"], story.first["line"]

        assert len(shared) == 4
        assert {purpose for _, purpose in shared} == {"crisis-line"}
        assert len(lines) == 9
        assert {citizen for citizen, _ in lines} < {citizen for citizen, _ in shared}

    def test_gives_the_crisis_line_half_a_year_and_promises_to_call(self, story: Story) -> None:
        contacts, counted = story.first["contact"], story.rows[0]

        assert len(contacts) == counted["crisis_contact"] == 200
        assert len({row[2] for row in contacts}) == 4
        assert counted["crisis_follow_up"] > 15
        assert (counted["desk_shift"], counted["night_place"]) == (1, 1)

    def test_holds_one_run_of_a_course_and_lets_another_go_on_where_somebody_waits(
        self, story: Story
    ) -> None:
        made = story.first

        assert Counter(row[2] for row in made["run"]) == {"ended": 1, "running": 1}
        assert Counter(row[3] for row in made["place"]) == {"enrolled": 10, "waiting": 1}
        assert len(made["opinion"]) == 6

    def test_leaves_a_few_missed_talks_to_be_called_about(self, story: Story) -> None:
        states = Counter(row[0] for row in story.first["task"])

        assert 0 < states["requested"] < 12
        assert states["completed"] > 0

    def test_leaves_an_unbroken_trail(self, story: Story) -> None:
        assert story.trail == "The audit trail is whole.\n"

    def test_seals_names_and_numbers_like_real_ones(self, story: Story) -> None:
        assert "Solsort" in story.sealed
        assert "Nancy" not in story.sealed
        assert "00 00 01" not in story.sealed

    def test_lets_every_colleague_sign_in(self, story: Story) -> None:
        assert story.sign_ins == {colleague.email: 200 for colleague in people.STAFF}

    def test_pairs_a_phone_with_the_first_citizen(self, story: Story) -> None:
        assert story.pairing == ("Solsort", 201, "Solsort")


class TestAgain:
    def test_is_the_same_as_once(self, story: Story) -> None:
        assert story.rows[1] == story.rows[0]

    def test_some_days_later_adds_what_has_come_and_changes_nothing(self, story: Story) -> None:
        before, after = story.first, story.later

        assert len(after["appointment"]) > len(before["appointment"])
        assert set(map(repr, before["appointment"])) < set(map(repr, after["appointment"]))
        assert [after[name] for name in ("citizen", "goal")] == [before[name] for name in ("citizen", "goal")]

    def test_in_an_empty_database_makes_the_same_house_even_after_an_interruption(self, story: Story) -> None:
        assert story.interrupted == 17
        assert story.in_an_empty_database == story.first


class TestProduction:
    def test_is_refused_and_nothing_is_written(self, app: Flask, superuser: Superuser) -> None:
        with pytest.raises(service.NotInProduction, match="refused in production"):
            seed(is_production=True)

        written = {table for table, count in rows(superuser).items() if count}
        assert written == {"alembic_version"}

    @pytest.mark.parametrize("command", ["seed-demo", "demo-logins"])
    def test_the_commands_end_in_one_sentence(
        self, app: Flask, superuser: Superuser, monkeypatch: pytest.MonkeyPatch, command: str
    ) -> None:
        monkeypatch.setitem(app.config, "DEMO", False)

        with app.app_context():
            answer = app.test_cli_runner().invoke(args=[command])

        assert answer.exit_code == 1
        assert answer.output.startswith("Error: ")
        assert answer.output.count("\n") == 1
        assert rows(superuser)["staff_member"] == 0


def test_before_there_are_people_no_pairing_code_is_offered(app: Flask) -> None:
    assert service.new_pairing_code(now=NOW) is None


class TestPeople:
    def test_some_are_known_by_an_alias_alone_and_some_by_a_test_number(self) -> None:
        known = [citizen.known for citizen in people.citizens()]

        assert sum(not each for each in known) >= 15
        assert sum("cpr" in each for each in known) >= 10
        assert all("(opdigtet)" in each["name"] for each in known if each)

    def test_have_test_numbers_of_grown_ups_instead_of_cpr_numbers(self) -> None:
        numbers = [citizen.known["cpr"] for citizen in people.citizens() if citizen.known]

        born = [date(1900 + int(n[4:6]), int(n[2:4]), int(n[:2])) for n in numbers]
        assert len(set(numbers)) == len(numbers)
        assert all(number.partition("-")[2].startswith("999") for number in numbers)
        assert max(born) < date(2008, 1, 1)

    def test_have_numbers_that_ring_nobody(self) -> None:
        """Danish numbers begin with 2 to 9; one that begins with 00 00 is none."""
        numbers = [citizen.known["phone"] for citizen in people.citizens() if citizen.known]

        assert len(set(numbers)) == len(numbers)
        assert all(number.startswith("00 00 ") for number in numbers)

    def test_have_the_same_ids_on_every_machine(self) -> None:
        assert str(people.citizens()[0].id) == "a4f2eddb-97e6-543a-973a-0546db8290d1"
