"""Answers: in the person's own hand, private until offered, never rewritten, gone when erased."""

from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from server.core.access import Role
from server.core.ids import new_id
from tests.appointments.people import without_id
from tests.conftest import actor_of
from tests.crisis_plans.people import stand_in
from tests.exercises.people import AT, BREATHING, CANARY, NO, TODAY, YES, Doer, path_of, seen_by


@pytest.fixture
def second(citizen: Any, counsellor: Any, pair: Any, new_client: Any) -> Doer:
    """Another phone of the same person."""
    return Doer(pair(citizen, counsellor, new_client()))


class TestWrite:
    def test_reaches_the_persons_other_phone_and_nobody_else(
        self, sender: Doer, second: Doer, desk: Any, citizen: Any
    ) -> None:
        answer = sender.write(how=3, fields={"tanke": "Jeg klarede det"}, note="God ro bagefter")

        found = second.pull("exercise_answer")[answer]
        assert isinstance(found.pop("seq"), int)
        assert found == {
            "id": answer,
            "assignment_id": None,
            "ref": BREATHING,
            "on": TODAY,
            "at": AT,
            "outcome": "done",
            "how": 3,
            "fields": {"tanke": "Jeg klarede det"},
            "note": "God ro bagefter",
            "replaces": None,
            "sharing": "private",
            "offered_seq": None,
            "erased": False,
        }
        assert seen_by(desk, citizen).json == {"items": [], "shared": False, "answers": []}

    def test_keeps_every_word_sealed(self, sender: Doer, superuser: Any) -> None:
        sender.write(fields={"tanke": CANARY}, note=CANARY)

        (stored,) = superuser.execute("SELECT a::text FROM exercise_answer a").fetchone()
        assert CANARY not in stored
        assert CANARY.encode().hex() not in stored

    def test_takes_not_now_as_an_answer(self, sender: Doer) -> None:
        answer = sender.write(outcome="not-now")

        assert sender.pull("exercise_answer")[answer]["outcome"] == "not-now"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("how", 5),
            ("how", -1),
            ("how", "3"),
            ("how", True),
            ("outcome", "failed"),
            ("outcome", None),
            ("on", "2026-11-23T10:00:00Z"),
            ("on", None),
            ("at", "2026-11-23T10:00:00"),
            ("note", ""),
            ("note", "x" * 2001),
            ("note", "a\x00b"),
            ("fields", {"Tanke!": "x"}),
            ("fields", {"tanke": 7}),
            ("fields", {f"t{n}": "x" for n in range(21)}),
            ("fields", ["x"]),
            ("ref", {}),
            ("ref", {"library": "breathing", "own": str(new_id())}),
            ("ref", {"library": "Breathing"}),
            ("ref", {"own": "1"}),
            ("replaces", "1"),
            ("assignment_id", 7),
            ("sharing", "everybody"),
            ("seen_no", -1),
            ("colour", "red"),
        ],
    )
    def test_refuses_bad_input_by_name_and_keeps_the_words(
        self, sender: Doer, count: Any, field: str, value: object
    ) -> None:
        said: Any = {"note": "Mine ord", "fields": {"tanke": "Og disse"}, field: value}
        (answer,) = sender.send(sender.answer(**said))

        assert answer["result"] == "rejected_validation"
        assert any(name.split(".")[0] == field for name in answer["problem"]["errors"])
        assert answer["data"]["rejected_edit"] is not None
        assert count("exercise_answer") == 0

    def test_that_is_refused_shows_its_words_to_its_writer(self, sender: Doer) -> None:
        sender.send(sender.answer(how=9, note="Mine ord", fields={"tanke": "Og disse"}))

        (kept,) = sender.pull("rejected_edit").values()
        assert set(kept["content"].split("\n")) == {"Mine ord", "Og disse"}

    def test_under_the_same_id_is_the_same_or_is_refused_with_its_words(
        self, sender: Doer, superuser: Any
    ) -> None:
        answer = sender.write(note="Først")

        same, other = sender.send(
            sender.answer(answer, note="Først", sharing="shared"),
            sender.answer(answer, note="Siden", sharing="shared"),
        )

        assert (same["result"], other["result"]) == ("applied", "rejected_validation")
        assert other["problem"]["code"] == "already-written"
        assert [each["content"] for each in sender.pull("rejected_edit").values()] == ["Siden"]
        assert superuser.execute("SELECT sharing FROM exercise_answer").fetchall() == [("private",)]


class TestAnEdit:
    def test_leaves_both_the_newest_first(self, sender: Doer, desk: Any, citizen: Any) -> None:
        first = sender.write(note="Først", sharing="shared")
        second = sender.write(note="Siden", sharing="shared", replaces=first)

        assert sender.pull("exercise_answer")[second]["replaces"] == first
        assert [one["note"] for one in seen_by(desk, citizen).json["answers"]] == ["Siden", "Først"]

    def test_from_two_phones_at_once_leaves_both(self, sender: Doer, second: Doer) -> None:
        first = sender.write(note="Først")

        edits = {sender.write(note="Her", replaces=first), second.write(note="Der", replaces=first)}

        assert edits | {first} == sender.pull("exercise_answer").keys()

    def test_is_of_an_own_answer_to_the_same_exercise(self, sender: Doer, count: Any) -> None:
        first = sender.write()

        other, unknown = sender.send(
            sender.answer(ref={"library": "body-scan"}, replaces=first),
            sender.answer(replaces=str(new_id())),
        )

        assert other["problem"]["errors"] == {"replaces": ["Must be about the same exercise."]}
        assert unknown["result"] == "rejected_gone"
        assert count("exercise_answer") == 1

    def test_that_comes_after_the_erasure_is_kept_nowhere(
        self, sender: Doer, second: Doer, count: Any
    ) -> None:
        first = sender.write(note="Først")
        late = second.answer(note=CANARY, replaces=first)
        sender.erase(first)

        (answer,) = second.send(late)

        assert answer["result"] == "rejected_gone"
        assert (count("rejected_edit"), count("exercise_answer")) == (0, 1)


class TestErase:
    def test_leaves_an_empty_tombstone_on_every_phone_and_no_word_anywhere(
        self, sender: Doer, second: Doer, superuser: Any
    ) -> None:
        answer = sender.write(how=1, note=CANARY, fields={"tanke": CANARY})

        assert sender.erase(answer)["result"] == "applied"

        gone = second.pull("exercise_answer")[answer]
        assert gone["erased"]
        empty = ("assignment_id", "ref", "on", "at", "outcome", "how", "note", "replaces")
        assert {gone[name] for name in empty} == {None}
        assert gone["fields"] == {}
        kept = superuser.execute("SELECT done_on, outcome, library_id, note_sealed FROM exercise_answer")
        assert kept.fetchall() == [(None, None, None, None)]

    @pytest.mark.parametrize("which", [0, 1], ids=["the earlier", "the edit"])
    def test_of_one_leaves_the_other_of_an_edit_and_what_it_was_an_edit_of(
        self, sender: Doer, which: int
    ) -> None:
        first = sender.write(note="Først")
        both = [first, sender.write(note="Siden", replaces=first)]

        sender.erase(both[which])

        found = sender.pull("exercise_answer")
        assert [found[one]["note"] for one in both] == [
            None if n == which else w for n, w in enumerate(("Først", "Siden"))
        ]

    def test_beats_whatever_comes_later_and_keeps_none_of_it(
        self, sender: Doer, second: Doer, count: Any
    ) -> None:
        answer = str(new_id())
        sender.erase(answer)

        answers = second.send(
            second.answer(answer, note=CANARY, sharing="shared"), second.answer(answer, note=CANARY, how=9)
        )

        assert [each["result"] for each in answers] == ["rejected_gone", "rejected_validation"]
        assert count("rejected_edit") == 0

    def test_closes_what_was_shared(self, sender: Doer, desk: Any, citizen: Any) -> None:
        answer = sender.write(sharing="shared")
        assert len(seen_by(desk, citizen).json["answers"]) == 1

        sender.erase(answer)

        assert seen_by(desk, citizen).json["answers"] == []


class TestAnAnswerToWhatWasGiven:
    def test_belongs_to_it_and_shows_its_day_only_when_it_is_shared(
        self, sender: Doer, desk: Any, citizen: Any, give: Any
    ) -> None:
        given = give(repeat="daily")
        answer = sender.write(assignment_id=given["id"])
        (before,) = seen_by(desk, citizen).json["items"]

        sender.offer(answer, given=True)

        (after,) = seen_by(desk, citizen).json["items"]
        assert before["occurrences"] == [{"on": TODAY, "state": "open", "answer_id": None}]
        assert after["occurrences"] == [{"on": TODAY, "state": "done", "answer_id": answer}]

    def test_is_not_taken_for_another_persons_or_another_exercise(
        self, sender: Doer, desk: Any, give: Any, make_citizen: Any, counsellor: Any, count: Any
    ) -> None:
        other = desk.post(path_of(make_citizen(contact=counsellor)), json={"ref": BREATHING}).json
        given = give()

        answers = sender.send(
            sender.answer(assignment_id=other["id"]),
            sender.answer(assignment_id=str(new_id())),
            sender.answer(assignment_id=given["id"], ref={"library": "body-scan"}),
        )

        assert [each["result"] for each in answers] == ["rejected_gone"] * 2 + ["rejected_validation"]
        assert answers[0]["problem"] == answers[1]["problem"]
        assert count("exercise_answer") == 0

    def test_of_a_colleagues_own_is_taken_only_from_who_was_given_it(
        self, sender: Doer, give: Any, write_own: Any
    ) -> None:
        ref = {"own": write_own()["id"]}

        (before,) = sender.send(sender.answer(ref=ref))
        give(ref=ref)
        answer = sender.write(ref=ref)

        assert before["result"] == "rejected_gone"
        assert sender.pull("exercise_answer")[answer]["ref"] == ref


class TestOffer:
    def test_shows_this_one_and_not_the_others(self, sender: Doer, desk: Any, citizen: Any) -> None:
        sender.write(note=CANARY)
        answer = sender.write(note="Til dig")

        assert sender.offer(answer, given=True) == 204

        page = seen_by(desk, citizen)
        assert [one["note"] for one in page.json["answers"]] == ["Til dig"]
        assert CANARY not in page.get_data(as_text=True)
        assert sender.offer(answer, given=False) == 204
        assert not seen_by(desk, citizen).json["shared"]

    def test_of_somebody_elses_is_like_one_that_is_not_there(
        self, sender: Doer, make_citizen: Any, counsellor: Any, pair: Any, new_client: Any
    ) -> None:
        answer = sender.write()
        other = pair(make_citizen(contact=counsellor), counsellor, new_client())

        answers = [
            other.put(f"/api/v1/citizen/exercise-answers/{each}/sharing", json={"given": True})
            for each in (answer, new_id())
        ]

        assert without_id(answers[0]) == without_id(answers[1])
        assert answers[0].status_code == 404

    def test_is_on_the_trail_without_a_word(self, sender: Doer, superuser: Any) -> None:
        answer = sender.write(note=CANARY)
        sender.offer(answer, given=True)
        sender.offer(answer, given=False)

        trail = superuser.execute(
            "SELECT event FROM audit_event WHERE subject_id = %s ORDER BY position", [answer]
        ).fetchall()
        events = ("written", "shared", "not-shared")
        assert trail == [(f"exercise-answer.{event}",) for event in events]


class TestTheChoice:
    def test_covers_what_comes_from_then_on_until_it_is_taken_back(
        self, sender: Doer, desk: Any, citizen: Any
    ) -> None:
        sender.write(note="Før", sharing="as-chosen")
        sender.choose(YES)
        sender.write(note="Efter", sharing="as-chosen")
        shown = [one["note"] for one in seen_by(desk, citizen).json["answers"]]

        sender.choose(NO)

        assert shown == ["Efter"]
        assert seen_by(desk, citizen).json["answers"] == []


class TestWhoSees:
    def test_the_contact_person_and_who_stands_in_but_not_the_team(
        self,
        sender: Doer,
        citizen: Any,
        counsellor: Any,
        make_staff: Any,
        sign_in_staff: Any,
        new_client: Any,
        give_case: Any,
        give: Any,
        desk: Any,
        superuser: Any,
    ) -> None:
        given = give()
        substitute, colleague = make_staff(name="Viola"), make_staff(name="Tage")
        give_case(citizen, colleague)
        stand_in(counsellor, substitute, actor_of(make_staff(roles=(Role.MANAGER,))))
        sender.write(assignment_id=given["id"], sharing="shared")

        pages = [seen_by(desk, citizen).json] + [
            seen_by(sign_in_staff(each, new_client()), citizen).json for each in (substitute, colleague)
        ]

        assert [len(page["answers"]) for page in pages] == [1, 1, 0]
        states = [page["items"][0]["occurrences"][0]["state"] for page in pages]
        assert states == ["done", "done", "open"]
        outcomes = superuser.execute(
            "SELECT outcome, purpose FROM audit_event WHERE event = 'exercises.read' ORDER BY position"
        ).fetchall()
        assert outcomes == [(outcome, "contact-person") for outcome in ("ok", "ok", "not-shared")]

    def test_a_stranger_gets_the_same_answer_as_for_nobody(self, stranger: Any, desk: Any) -> None:
        nobody = SimpleNamespace(id=new_id())

        answers = [seen_by(desk, each) for each in (stranger, nobody)]

        assert without_id(answers[0]) == without_id(answers[1])
        assert answers[0].status_code == 404

    def test_nobody_whose_case_ended_while_they_asked(
        self, sender: Doer, desk: Any, citizen: Any, case_ends_meanwhile: Any
    ) -> None:
        sender.write(sharing="shared")
        case_ends_meanwhile()

        assert seen_by(desk, citizen).status_code == 404


class TestTheDatabase:
    def test_lets_nobody_rewrite_or_remove_an_answer(self, sender: Doer, superuser: Any) -> None:
        sender.write(how=1)

        for statement in (
            "UPDATE exercise_answer SET how = 4",
            "UPDATE exercise_answer SET outcome = 'not-now'",
            "UPDATE exercise_answer SET received_at = now()",
            "DELETE FROM exercise_answer",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), superuser.transaction():
                superuser.execute(statement)

    def test_ties_nobodys_answer_to_anothers_exercise(
        self, sender: Doer, desk: Any, make_citizen: Any, counsellor: Any, superuser: Any
    ) -> None:
        other = desk.post(path_of(make_citizen(contact=counsellor)), json={"ref": BREATHING}).json
        sender.write()

        with pytest.raises(psycopg.errors.ForeignKeyViolation), superuser.transaction():
            superuser.execute(
                "INSERT INTO exercise_answer (citizen_id, id, seq, assignment_id, library_id, done_on, at,"
                " received_at, outcome, sharing) SELECT citizen_id, %s, seq, %s, library_id, done_on, at,"
                " received_at, outcome, sharing FROM exercise_answer",
                [new_id(), other["id"]],
            )
