"""Check-ins: in the person's own hand, private until offered, never rewritten, gone when erased."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from server.core.access import Role
from server.core.ids import new_id
from tests.appointments.people import without_id
from tests.checkins.people import AT, CANARY, NO, YES, Diary, seen_by
from tests.conftest import NOW, actor_of
from tests.crisis_plans.people import stand_in


@pytest.fixture
def second(citizen: Any, counsellor: Any, pair: Any, new_client: Any) -> Diary:
    """Another phone of the same person."""
    return Diary(pair(citizen, counsellor, new_client()))


class TestWrite:
    def test_reaches_the_persons_other_phone_and_nobody_else(
        self, sender: Diary, second: Diary, desk: Any, citizen: Any
    ) -> None:
        entry = sender.write("Gik en tur", mood=0, urge=10)

        assert second.pull("checkin")[entry] == {
            "id": entry,
            "at": AT,
            "mood": 0,
            "urge": 10,
            "line": "Gik en tur",
            "goal_id": None,
            "sharing": "private",
            "offered_seq": None,
            "erased": False,
        }
        assert seen_by(desk, citizen).json == {"shared": False, "items": [], "days": [], "next_cursor": None}

    def test_keeps_the_line_sealed(self, sender: Diary, superuser: Any) -> None:
        sender.write(CANARY)

        (stored,) = superuser.execute("SELECT c::text FROM check_in c").fetchone()
        assert CANARY not in stored
        assert CANARY.encode().hex() not in stored

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("mood", 11),
            ("mood", -1),
            ("mood", "5"),
            ("mood", 5.0),
            ("mood", True),
            ("urge", 11),
            ("line", ""),
            ("line", "   "),
            ("line", "x" * 501),
            ("line", "a\x00b"),
            ("line", 7),
            ("at", "2026-11-23T10:00:00"),
            ("at", "i går"),
            ("at", None),
            ("sharing", "everybody"),
            ("sharing", None),
            ("goal_id", "1"),
            ("seen_no", -1),
            ("colour", "red"),
        ],
    )
    def test_refuses_bad_input_by_name_and_keeps_the_words(
        self, sender: Diary, count: Any, field: str, value: object
    ) -> None:
        said: Any = {"line": "Mine ord", field: value}
        (answer,) = sender.send(sender.entry(**said))

        assert answer["result"] == "rejected_validation"
        assert field in answer["problem"]["errors"]
        assert answer["data"]["rejected_edit"] is not None
        assert count("check_in") == 0

    def test_says_at_least_something(self, sender: Diary) -> None:
        (answer,) = sender.send(sender.entry(None, mood=None, urge=None))

        assert answer["problem"]["errors"] == {"body": ["Give a mood, an urge or a line."]}

    def test_under_the_same_id_is_the_same_or_is_refused_with_its_words(
        self, sender: Diary, superuser: Any
    ) -> None:
        entry = sender.write("Først")

        same, other = sender.send(
            sender.change("checkin", "put", entry, at=AT, mood=4, urge=7, line="Først", sharing="shared"),
            sender.change("checkin", "put", entry, at=AT, mood=4, urge=7, line="Siden", sharing="shared"),
        )

        assert (same["result"], other["result"]) == ("applied", "rejected_validation")
        assert other["problem"]["code"] == "already-written"
        assert [each["content"] for each in sender.pull("rejected_edit").values()] == ["Siden"]
        assert superuser.execute("SELECT sharing FROM check_in").fetchall() == [("private",)]

    def test_is_tied_to_an_own_goal_and_to_no_other(self, sender: Diary, count: Any) -> None:
        mine = sender.change("goal", "put", title={"value": "Sove", "base_version": 0})
        sender.send(mine)
        entry = sender.write(goal_id=mine["entity_id"])

        other = sender.entry("Mine ord", goal_id=str(new_id()))
        (answer,) = sender.send(other)

        assert sender.pull("checkin")[entry]["goal_id"] == mine["entity_id"]
        assert answer["result"] == "rejected_validation"
        assert count("check_in") == 1


class TestErase:
    def test_leaves_an_empty_tombstone_on_every_phone_and_no_word_anywhere(
        self, sender: Diary, second: Diary, superuser: Any
    ) -> None:
        entry = sender.write(CANARY)

        assert sender.erase(entry)["result"] == "applied"

        gone = second.pull("checkin")[entry]
        assert gone["erased"]
        assert {gone[name] for name in ("at", "mood", "urge", "line", "goal_id")} == {None}
        kept = superuser.execute("SELECT at, mood, urge, line_sealed FROM check_in").fetchall()
        assert kept == [(None, None, None, None)]

    def test_beats_whatever_comes_later_and_keeps_none_of_it(
        self, sender: Diary, second: Diary, count: Any
    ) -> None:
        entry = str(new_id())
        sender.erase(entry)

        late = second.change("checkin", "put", entry, at=AT, mood=1, line=CANARY, sharing="shared")
        unusable = second.change("checkin", "put", entry, at=AT, mood=99, line=CANARY, sharing="shared")
        answers = second.send(late, unusable)

        assert [answer["result"] for answer in answers] == ["rejected_gone", "rejected_validation"]
        assert count("rejected_edit") == 0

    def test_takes_the_words_that_were_refused_before_with_it(self, sender: Diary, superuser: Any) -> None:
        entry = sender.entry(CANARY, mood=99)
        sender.send(entry)

        sender.erase(entry["entity_id"])

        assert superuser.execute("SELECT count(content_sealed) FROM rejected_edit").fetchone() == (0,)

    def test_closes_what_was_shared(self, sender: Diary, desk: Any, citizen: Any) -> None:
        entry = sender.write(sharing="shared")
        assert len(seen_by(desk, citizen).json["items"]) == 1

        sender.erase(entry)

        assert seen_by(desk, citizen).json["items"] == []


class TestOffer:
    def test_shows_this_one_and_not_the_others(self, sender: Diary, desk: Any, citizen: Any) -> None:
        sender.write(CANARY)
        entry = sender.write("Til dig")

        assert sender.offer(entry, given=True) == 204

        answer = seen_by(desk, citizen)
        assert [item["line"] for item in answer.json["items"]] == ["Til dig"]
        assert CANARY not in answer.get_data(as_text=True)
        assert sender.offer(entry, given=False) == 204
        assert not seen_by(desk, citizen).json["shared"]

    def test_of_somebody_elses_is_like_one_that_is_not_there(
        self, sender: Diary, make_citizen: Any, counsellor: Any, pair: Any, new_client: Any
    ) -> None:
        entry = sender.write()
        other = pair(make_citizen(contact=counsellor), counsellor, new_client())

        answers = [
            other.put(f"/api/v1/citizen/check-ins/{each}/sharing", json={"given": True})
            for each in (entry, new_id())
        ]

        assert without_id(answers[0]) == without_id(answers[1])
        assert answers[0].status_code == 404

    def test_of_an_erased_one_is_refused(self, sender: Diary) -> None:
        entry = sender.write()
        sender.erase(entry)

        assert sender.offer(entry, given=True) == 404

    def test_is_on_the_trail_without_a_word(self, sender: Diary, superuser: Any) -> None:
        entry = sender.write(CANARY)
        sender.offer(entry, given=True)
        sender.offer(entry, given=False)
        sender.offer(entry, given=False)

        trail = superuser.execute(
            "SELECT event FROM audit_event WHERE subject_id = %s ORDER BY position", [entry]
        ).fetchall()
        assert trail == [("checkin.written",), ("checkin.shared",), ("checkin.not-shared",)]


class TestTheChoice:
    def test_covers_what_comes_from_then_on_and_nothing_from_before(
        self, sender: Diary, desk: Any, citizen: Any
    ) -> None:
        sender.write("Før", sharing="as-chosen")
        sender.choose(YES)
        sender.write("Efter", sharing="as-chosen")
        sender.write("Kun min", sharing="private")

        assert [item["line"] for item in seen_by(desk, citizen).json["items"]] == ["Efter"]

    def test_taken_back_closes_everything_and_a_new_yes_opens_none_of_it(
        self, sender: Diary, desk: Any, citizen: Any
    ) -> None:
        sender.choose(YES)
        sender.write("Delt med alt", sharing="as-chosen")
        one = sender.write("Delt alene", sharing="shared")
        sender.choose(NO)
        assert seen_by(desk, citizen).json == {"shared": False, "items": [], "days": [], "next_cursor": None}

        sender.choose(YES)

        assert seen_by(desk, citizen).json["items"] == []
        sender.offer(one, given=True)
        assert [item["line"] for item in seen_by(desk, citizen).json["items"]] == ["Delt alene"]

    def test_taken_back_on_one_phone_beats_a_tick_that_another_had_made_before(
        self, sender: Diary, second: Diary, desk: Any, citizen: Any
    ) -> None:
        sender.choose(YES)
        late = second.entry(sharing="shared", seen_no=0)
        sender.choose(NO)

        second.send(late)

        assert not seen_by(desk, citizen).json["shared"]
        (choice,) = [each for each in second.pull("sharing").values() if each["item_class"] == "check-ins"]
        second.send(second.entry("Igen", sharing="shared", seen_no=choice["withdrawn_seq"]))
        assert [item["line"] for item in seen_by(desk, citizen).json["items"]] == ["Igen"]

    def test_tells_the_phone_by_which_steps_it_was_given_and_taken_back(self, sender: Diary) -> None:
        sender.choose(YES)
        entry = sender.write(sharing="as-chosen")
        (yes,) = sender.pull("sharing").values()
        sender.choose(NO)
        (no,) = sender.pull("sharing").values()

        assert yes["given_seq"] < sender.pull("checkin")[entry]["offered_seq"] < no["withdrawn_seq"]
        assert (yes["withdrawn_seq"], no["given_seq"]) == (None, None)


class TestWhoSees:
    def test_the_contact_person_and_who_stands_in_but_not_the_team(
        self,
        sender: Diary,
        citizen: Any,
        counsellor: Any,
        make_staff: Any,
        sign_in_staff: Any,
        new_client: Any,
        give_case: Any,
        desk: Any,
        superuser: Any,
    ) -> None:
        substitute, colleague = make_staff(name="Viola"), make_staff(name="Tage")
        give_case(citizen, colleague)
        stand_in(counsellor, substitute, actor_of(make_staff(roles=(Role.MANAGER,))))
        sender.write(sharing="shared")

        answers = [
            seen_by(sign_in_staff(each, new_client()), citizen).json for each in (substitute, colleague)
        ]

        assert [len(answer["items"]) for answer in [seen_by(desk, citizen).json, *answers]] == [1, 1, 0]
        outcomes = superuser.execute(
            "SELECT outcome, purpose FROM audit_event WHERE event = 'check-ins.read' ORDER BY position"
        ).fetchall()
        assert outcomes == [(outcome, "contact-person") for outcome in ("ok", "not-shared", "ok")]

    def test_a_stranger_gets_the_same_answer_as_for_nobody(self, stranger: Any, desk: Any) -> None:
        nobody = SimpleNamespace(id=new_id())

        answers = [seen_by(desk, each) for each in (stranger, nobody)]

        assert without_id(answers[0]) == without_id(answers[1])
        assert answers[0].status_code == 404

    def test_nobody_whose_case_ended_while_they_asked(
        self, sender: Diary, desk: Any, citizen: Any, case_ends_meanwhile: Any
    ) -> None:
        sender.write(sharing="shared")
        case_ends_meanwhile()

        assert seen_by(desk, citizen).status_code == 404

    def test_is_not_for_the_citizens_door(self, phone: Any, citizen: Any) -> None:
        assert seen_by(phone, citizen).status_code == 401

    @pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(days=70 * 365)])
    def test_what_a_clock_that_goes_ahead_has_written_does_not_stay_on_top(
        self, sender: Diary, desk: Any, citizen: Any, go_to: Any, ahead: timedelta
    ) -> None:
        sender.write("Før", sharing="shared")
        go_to(NOW + timedelta(minutes=1))
        wrong = (NOW + ahead).isoformat()
        sender.send(*(sender.entry(f"Forkert ur {one}", at=wrong, sharing="shared") for one in range(51)))
        go_to(NOW + timedelta(hours=1))
        sender.write("Efter", at=(NOW + timedelta(minutes=59)).isoformat(), sharing="shared")

        first = seen_by(desk, citizen).json
        path = f"/api/v1/staff/citizens/{citizen.id}/check-ins"
        second = desk.get(path, query_string={"cursor": first["next_cursor"]}).json

        lines = [item["line"] for item in [*first["items"], *second["items"]]]
        assert (lines[0], lines[-1], len(set(lines))) == ("Efter", "Før", 53)

    def test_pages_go_back_in_time_and_their_cursor_is_nobody_elses(
        self, sender: Diary, desk: Any, citizen: Any, make_citizen: Any, counsellor: Any
    ) -> None:
        for number in range(53):
            at = (NOW - timedelta(hours=number)).isoformat()
            sender.write(f"nr. {number}", at=at, sharing="shared")

        first = seen_by(desk, citizen).json
        path = f"/api/v1/staff/citizens/{citizen.id}/check-ins"
        second = desk.get(path, query_string={"cursor": first["next_cursor"]}).json

        lines = [item["line"] for item in [*first["items"], *second["items"]]]
        assert lines == [f"nr. {number}" for number in range(53)]
        assert second["next_cursor"] is None
        other = make_citizen(contact=counsellor)
        elsewhere = f"/api/v1/staff/citizens/{other.id}/check-ins"
        for where, cursor in ((elsewhere, first["next_cursor"]), (path, "x")):
            answer = desk.get(where, query_string={"cursor": cursor})
            assert (answer.status_code, list(answer.json["errors"])) == (422, ["cursor"])


class TestNothingLeaks:
    def test_no_word_of_a_private_one_is_in_any_answer_trail_or_log(
        self, sender: Diary, desk: Any, citizen: Any, superuser: Any, capfd: Any, caplog: Any
    ) -> None:
        sender.choose(YES)
        sender.write(f"{CANARY} 1", sharing="private")
        erased = sender.write(f"{CANARY} 2", sharing="shared")
        sender.erase(erased)
        hidden = sender.write(f"{CANARY} 3", sharing="shared")
        sender.offer(hidden, given=False)
        sender.day("2026-11-22", True, what=f"{CANARY} 4")
        said = [
            desk.get(path).get_data(as_text=True)
            for path in (
                f"/api/v1/staff/citizens/{citizen.id}/check-ins",
                f"/api/v1/staff/citizens/{citizen.id}",
                f"/api/v1/staff/citizens/{citizen.id}/goals",
                "/api/v1/staff/citizens",
            )
        ]

        trail = str(superuser.execute("SELECT array_agg(a::text) FROM audit_event a").fetchall())
        logged = "".join([*capfd.readouterr(), caplog.text])
        assert not [text for text in (*said, trail, logged) if CANARY in text]


class TestDatabase:
    def test_refuses_to_rewrite_a_check_in_or_to_let_one_go(self, sender: Diary, superuser: Any) -> None:
        sender.write()

        for change in ("UPDATE check_in SET mood = 9", "DELETE FROM check_in"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
                superuser.execute(change)
            superuser.rollback()

    def test_refuses_to_bring_an_erased_one_back(self, sender: Diary, superuser: Any) -> None:
        sender.erase(sender.write())

        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
            superuser.execute("UPDATE check_in SET erased_at = NULL, at = now(), mood = 1")

    def test_refuses_another_persons_goal(self, sender: Diary, stranger: Any, superuser: Any) -> None:
        goal = new_id()
        superuser.execute(
            "INSERT INTO goal (id, citizen_id, title, origin, status, created_at, updated_at, version)"
            " VALUES (%s, %s, 'x', 'citizen', 'active', now(), now(), 1)",
            [goal, stranger.id],
        )
        superuser.commit()

        (answer,) = sender.send(sender.entry(goal_id=str(goal)))

        assert answer["result"] == "rejected_validation"
