"""Answers: in the person's own hand, whole or begun, private until offered, gone when erased."""

from typing import Any

import psycopg
import pytest

from server.core.ids import new_id
from tests.appointments.people import without_id
from tests.measures.people import AT, CANARY, NO, WHO, YES, Answering, Console

GRID: dict[str, Any] = {"code": "days", "items": {}}
HASH, WINE = ({"what": what, "weeks": [1, None, 3, None]} for what in ("hash", "vin"))


@pytest.fixture
def console(desk: Any, citizen: Any) -> Console:
    """The contact person's console."""
    return Console(desk, citizen)


@pytest.fixture
def second(citizen: Any, counsellor: Any, pair: Any, new_client: Any) -> Answering:
    """Another phone of the same person."""
    return Answering(pair(citizen, counsellor, new_client()))


class TestWrite:
    def test_reaches_the_persons_other_phone_with_the_score_and_nobody_else(
        self, sender: Answering, second: Answering, console: Console
    ) -> None:
        result = sender.answer()

        assert second.pull("measure_result")[result] == {
            "id": result,
            "plan_id": None,
            "window_key": None,
            "code": "who-5",
            "definition_version": 1,
            "items": WHO,
            "things": [],
            "complete": True,
            "score": 20,
            "at": AT,
            "call_wished": False,
            "sharing": "private",
            "offered_seq": None,
            "erased": False,
        }
        assert console.read() == {
            "shared": False,
            "plans": [],
            "results": [],
            "offered": ["who-5", "audit-c", "days"],
        }

    def test_keeps_the_answers_sealed(self, sender: Answering, superuser: Any) -> None:
        sender.answer(code="days", items={}, things=[{"what": CANARY, "weeks": [0, 7, None, 1]}])

        (stored,) = superuser.execute("SELECT m::text FROM measure_result m").fetchone()
        assert CANARY not in stored
        assert CANARY.encode().hex() not in stored

    def test_may_be_taken_up_again_until_it_is_whole(self, sender: Answering, second: Answering) -> None:
        result = sender.answer(items={"calm": 3}, complete=False)
        assert second.pull("measure_result")[result]["score"] is None

        second.answer(result, items=WHO, complete=True, goes_on_from=AT)

        assert sender.pull("measure_result")[result]["score"] == 20

    def test_is_fixed_once_it_is_whole(self, sender: Answering) -> None:
        result = sender.answer()

        sender.answer(result)
        sender.answer(result, items={"calm": 1}, complete=False)

        assert list(sender.pull("measure_result")) == [result]
        assert sender.pull("measure_result")[result]["items"] == WHO

    def test_finished_on_two_phones_stands_twice_and_loses_nothing(
        self, sender: Answering, second: Answering
    ) -> None:
        begun = sender.answer(items={"calm": 1}, complete=False)
        sender.answer(begun)
        other = second.entry(begun, items={**WHO, "calm": 5})

        results = [second.send({**other, "mutation_id": str(new_id()), "client_seq": seq}) for seq in (1, 2)]

        assert [answer["result"] for (answer,) in results] == ["kept_both", "kept_both"]
        kept = sender.pull("measure_result")
        assert kept[begun]["score"] == 20
        assert sorted(each["score"] for each in kept.values()) == [20, 36]

    @pytest.mark.parametrize("complete", [True, False])
    def test_begun_on_one_phone_is_never_lost_to_what_another_wrote_without_seeing_it(
        self, sender: Answering, second: Answering, complete: bool
    ) -> None:
        begun = sender.entry(**GRID, things=[HASH, WINE], complete=False)
        sender.send(begun)
        other = second.entry(begun["entity_id"], **GRID, things=[HASH], complete=complete)

        assert second.send(other)[0]["result"] == "kept_both"

        kept = sender.pull("measure_result")
        assert kept.pop(begun["entity_id"])["things"] == [HASH, WINE]
        assert [(one["things"], one["complete"]) for one in kept.values()] == [([HASH], complete)]

    def test_that_another_phone_goes_on_with_may_be_changed_and_shortened(
        self, sender: Answering, second: Answering
    ) -> None:
        at = "2026-11-23T08:58:30.123Z"
        result = sender.answer(**GRID, things=[HASH, WINE], complete=False, at=at)
        seen = second.pull("measure_result")[result]["at"]

        second.answer(result, **GRID, things=[WINE], complete=False, goes_on_from=seen)

        kept = sender.pull("measure_result")
        assert [(one["id"], one["things"]) for one in kept.values()] == [(result, [WINE])]

    def test_that_stands_beside_is_gone_on_with_in_its_place(
        self, sender: Answering, second: Answering
    ) -> None:
        result = sender.answer(items={"calm": 1}, complete=False)
        first, then = "2026-11-23T08:59:10Z", "2026-11-23T08:59:20Z"
        for entry in (
            second.entry(result, items={"calm": 5}, complete=False, at=first),
            second.entry(result, items={**WHO, "calm": 4}, at=then, goes_on_from=first),
        ):
            assert second.send(entry)[0]["result"] == "kept_both"

        kept = sender.pull("measure_result")
        assert kept.pop(result)["items"] == {"calm": 1}
        assert [(one["items"]["calm"], one["complete"]) for one in kept.values()] == [(4, True)]

    def test_begun_that_comes_after_the_whole_and_says_something_else_stands_beside(
        self, sender: Answering, second: Answering
    ) -> None:
        result = sender.answer()

        (late,) = second.send(second.entry(result, items={"calm": 3}, complete=False))

        assert late["result"] == "kept_both"
        kept = sender.pull("measure_result")
        assert kept.pop(result)["items"] == WHO
        assert [(one["items"], one["complete"]) for one in kept.values()] == [({"calm": 3}, False)]

    def test_cannot_be_changed_in_the_database_either(self, sender: Answering, superuser: Any) -> None:
        sender.answer()

        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="not changed"):
            superuser.execute("UPDATE measure_result SET score = 100")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("code", "WHO 5"),
            ("items", {"calm": 6}),
            ("items", {"calm": "1"}),
            ("items", {"calm": True}),
            ("items", {"sleepy": 1}),
            ("items", {}),
            ("items", {"calm": 1}),  # not whole
            ("complete", None),
            ("complete", "yes"),
            ("definition_version", 0),
            ("at", "i går"),
            ("sharing", "everybody"),
            ("window_key", "start"),  # of no plan
            ("things", [{"what": "øl", "weeks": [1, 2]}]),
            ("things", [{"what": "øl", "weeks": [1, 2, 3, 8]}]),
            ("things", [{"what": "", "weeks": [1, 2, 3, 4]}]),
            ("seen_no", -1),
            ("goes_on_from", "i går"),
            ("colour", "red"),
        ],
    )
    def test_refuses_bad_input_and_keeps_nothing(
        self, sender: Answering, count: Any, field: str, value: object
    ) -> None:
        (answer,) = sender.send(sender.entry(**{field: value}))

        assert answer["result"] == "rejected_validation"
        assert count("measure_result") == 0

    def test_keeps_the_words_of_a_refused_grid_for_their_writer(self, sender: Answering) -> None:
        sender.send(sender.entry(code="days", items={}, things=[{"what": "øl om aftenen", "weeks": [9]}]))

        (kept,) = sender.pull("rejected_edit").values()
        assert "øl om aftenen" in kept["content"]

    @pytest.mark.parametrize(("code", "version"), [("who-5", 7), ("not-here-any-more", 1)])
    def test_takes_answers_to_what_it_does_not_know_as_they_are_and_gives_no_score(
        self, sender: Answering, code: str, version: int
    ) -> None:
        result = sender.answer(code=code, definition_version=version, items={"sleepy": 1})

        kept = sender.pull("measure_result")[result]
        assert (kept["items"], kept["score"]) == ({"sleepy": 1}, None)
        assert (kept["code"], kept["definition_version"]) == (code, version)

    def test_keeps_answers_to_a_plan_that_is_not_the_persons_without_it(self, sender: Answering) -> None:
        result = sender.answer(plan_id=str(new_id()), window_key="start")

        kept = sender.pull("measure_result")[result]
        assert (kept["plan_id"], kept["window_key"], kept["score"]) == (None, None, 20)

    def test_is_never_shared_before_it_is_whole(self, sender: Answering, console: Console) -> None:
        result = sender.answer(items={"calm": 3}, complete=False, sharing="shared")

        assert sender.pull("measure_result")[result]["sharing"] == "private"
        assert sender.offer(result, given=True) == 404
        assert console.read()["results"] == []

    def test_of_another_person_is_not_touched(
        self, sender: Answering, make_citizen: Any, counsellor: Any, pair: Any, new_client: Any
    ) -> None:
        result = sender.answer()
        other = Answering(pair(make_citizen(contact=counsellor), counsellor, new_client()))

        other.answer(result, items={**WHO, "calm": 5})

        assert sender.pull("measure_result")[result]["items"] == WHO


class TestSharing:
    def test_of_one_shows_that_one_with_its_score(self, sender: Answering, console: Console) -> None:
        sender.answer()
        shared = sender.answer(items={**WHO, "calm": 5})

        assert sender.offer(shared, given=True) == 204

        found = console.read()
        assert found["shared"] is True
        assert [(one["id"], one["score"], one["items"]["calm"]) for one in found["results"]] == [
            (shared, 36, 5)
        ]

    def test_taken_back_shows_nothing_any_more(self, sender: Answering, console: Console) -> None:
        shared = sender.answer(sharing="shared")
        assert len(console.read()["results"]) == 1

        sender.offer(shared, given=False)

        assert console.read()["results"] == []

    def test_of_all_covers_what_comes_under_the_yes_until_the_no(
        self, sender: Answering, console: Console
    ) -> None:
        before = sender.answer(sharing="as-chosen")
        sender.choose(YES)
        under = sender.answer(sharing="as-chosen")

        assert [one["id"] for one in console.read()["results"]] == [under]
        sender.choose(NO)

        assert console.read() == {**console.read(), "shared": False, "results": []}
        assert sender.pull("measure_result")[before]["sharing"] == "private"

    def test_is_for_the_contact_person_and_the_stand_in_alone(
        self,
        sender: Answering,
        citizen: Any,
        make_staff: Any,
        give_case: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        sender.answer(sharing="shared")
        colleague = make_staff()
        give_case(citizen, colleague)

        found = Console(sign_in_staff(colleague, new_client()), citizen).read()

        assert (found["shared"], found["results"]) == (False, [])

    def test_of_what_is_not_ones_own_is_the_same_404_as_of_nothing(
        self, sender: Answering, make_citizen: Any, counsellor: Any, pair: Any, new_client: Any
    ) -> None:
        result = sender.answer()
        other = Answering(pair(make_citizen(contact=counsellor), counsellor, new_client()))
        path = "/api/v1/citizen/measure-results/{}/sharing"

        foreign = other.browser.put(path.format(result), json={"given": True})
        unknown = other.browser.put(path.format(new_id()), json={"given": True})

        assert without_id(foreign) == without_id(unknown)
        assert foreign.status_code == 404


class TestErase:
    def test_empties_the_row_for_good(self, sender: Answering, console: Console, superuser: Any) -> None:
        result = sender.answer(sharing="shared")

        assert sender.erase(result) == "applied"

        row = superuser.execute(
            "SELECT code, answers_sealed, score, at, complete, sharing FROM measure_result"
        ).fetchone()
        assert row == (None, None, None, None, False, "private")
        assert console.read()["results"] == []
        kept = sender.pull("measure_result")[result]
        assert (kept["erased"], kept["items"], kept["score"]) == (True, {}, None)

    def test_beats_whatever_comes_later(self, sender: Answering, second: Answering) -> None:
        result = sender.answer(items={"calm": 1}, complete=False)
        sender.erase(result)

        (late,) = second.send(second.entry(result))

        assert late["result"] == "rejected_gone"
        assert second.pull("rejected_edit") == {}

    def test_also_comes_before_the_answers_from_a_phone_that_was_away(
        self, sender: Answering, second: Answering
    ) -> None:
        result = str(new_id())
        sender.erase(result)

        assert second.send(second.entry(result))[0]["result"] == "rejected_gone"


def test_the_trail_names_what_was_done_and_never_an_answer(sender: Answering, superuser: Any) -> None:
    result = sender.answer()
    sender.offer(result, given=True)
    sender.erase(result)

    events = superuser.execute(
        "SELECT event FROM audit_event WHERE subject_id = %s ORDER BY position", [result]
    ).fetchall()
    assert [event for (event,) in events] == [
        "measure-result.written",
        "measure-result.shared",
        "measure-result.erased",
    ]
