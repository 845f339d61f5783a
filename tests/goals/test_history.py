"""What is told on the way: by whom, who sees it, that nobody rewrites it, and that own words can be gone."""

from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import refused, seen, without_id
from tests.goals.people import HAPPENED_AT, Way
from tests.sync.pushing import Sender


class TestTelling:
    def test_what_the_person_shares_is_seen_with_its_words(self, way: Way) -> None:
        note = way.tells("note", text="Det gik godt i går")

        [event] = way.at_desk()["events"]

        assert event == {
            "id": note,
            "kind": "note",
            "by": "citizen",
            "staff_name": None,
            "at": "2026-11-23T09:00:00Z",
            "happened_at": "2026-11-22T19:15:00Z",
            "text": "Det gik godt i går",
            "question": None,
            "level": None,
            "value": None,
            "step_id": None,
        }

    def test_what_staff_write_reaches_the_phone_and_names_nobody_there(self, way: Way) -> None:
        told = way.staff_tell("note", text="Vi talte om søvnen")

        assert (told.status_code, told.json["by"], told.json["staff_name"]) == (201, "staff", "Karen Kontakt")
        event = way.history()[told.json["id"]]
        assert (event["by"], event["text"], event["shared"]) == ("staff", "Vi talte om søvnen", True)
        assert "staff_name" not in event

    @pytest.mark.parametrize("kind", ["note", "became-hard", "back-after-pause"])
    def test_what_the_person_keeps_is_on_the_own_phones_alone(self, way: Way, kind: str) -> None:
        entry = way.tells(kind, shared=False, text="kun mit eget")

        assert way.at_desk()["events"] == []
        assert (way.history()[entry]["text"], way.history()[entry]["shared"]) == ("kun mit eget", False)

    @pytest.mark.parametrize("kind", ["note", "became-hard", "back-after-pause", "answer", "level"])
    def test_without_a_word_about_sharing_is_refused(self, way: Way, kind: str) -> None:
        entry = way.told(kind, text="ord")
        del entry["fields"]["shared"]

        assert way.refused(entry)[0] == "rejected_validation"
        assert way.at_desk()["events"] == []

    def test_the_newest_answer_is_the_present_one_and_the_older_ones_stay(self, way: Way) -> None:
        way.tells("answer", question="amount", text="Hver aften")
        way.staff_tell("answer", question="amount", text="Tre aftener om ugen")
        way.tells("answer", question="by-when", text="Til jul")

        assert way.on_phone()["answers"] == way.at_desk()["goal"]["answers"]
        assert way.on_phone()["answers"] == {
            "activity": None,
            "support": None,
            "amount": "Tre aftener om ugen",
            "by_when": "Til jul",
        }
        assert [event["text"] for event in way.at_desk()["events"]] == [
            "Til jul",
            "Tre aftener om ugen",
            "Hver aften",
        ]

    def test_a_level_is_the_one_that_is_reached_now(self, way: Way) -> None:
        way.tells("level", level=-1)
        way.staff_tell("level", level=1)

        assert way.on_phone()["scaling"]["reached"] == 1
        assert way.at_desk()["goal"]["scaling"]["reached"] == 1
        assert [event["level"] for event in way.at_desk()["events"]] == [1, -1]

    def test_one_effect_however_often_it_comes(self, way: Way, count: Any) -> None:
        body = {"id": str(new_id()), "kind": "note", "text": "Godt"}

        answers = [way.desk.post(f"{way.here}/events", json=body) for _ in range(2)]
        other = way.desk.post(f"{way.here}/events", json={**body, "text": "Skidt"})

        assert answers[0].json == answers[1].json
        assert (other.status_code, other.json["code"]) == (409, "id-taken")
        assert count("goal_event") == 1

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"kind": "note"}, "text"),
            ({"kind": "note", "text": "x" * 2001}, "text"),
            ({"kind": "note", "text": "a\x00b"}, "text"),
            ({"kind": "answer", "text": "Hver aften"}, "question"),
            ({"kind": "answer", "question": "why", "text": "Hver aften"}, "question"),
            ({"kind": "answer", "question": "amount"}, "text"),
            ({"kind": "level"}, "level"),
            ({"kind": "level", "level": 3}, "level"),
            ({"kind": "level", "level": 1.0}, "level"),
            ({"kind": "note", "text": "ord", "level": 1}, "level"),
            ({"kind": "note", "text": "ord", "closer_days": 14}, "closer_days"),
            ({"kind": "became-hard", "closer_days": 10}, "closer_days"),
            ({"kind": "accepted"}, "kind"),
            ({"kind": "step-done"}, "kind"),
            ({"kind": "note", "text": "ord", "by": "citizen"}, "by"),
            ({"kind": "note", "text": "ord", "shared": False}, "shared"),
        ],
    )
    def test_refuses_bad_input_by_name(self, way: Way, body: dict[str, Any], field: str, count: Any) -> None:
        answer = way.desk.post(f"{way.here}/events", json={"id": str(new_id()), **body})

        assert refused(answer, field)
        assert count("goal_event") == 0

    @pytest.mark.parametrize(
        "said",
        [
            {"kind": "note"},
            {"kind": "answer", "question": "amount", "text": "ord", "shared": False},
            {"kind": "level", "level": 1, "shared": False},
            {"kind": "became-hard", "shared": False, "wants_talk": True},
            {"kind": "became-hard", "shared": False, "closer_days": 7},
            {"kind": "note", "text": "ord", "wants_talk": True},
            {"kind": "status", "text": "ord"},
            {"kind": "note", "text": "ord", "happened_at": "i går"},
            {"kind": "note", "text": "ord", "staff_id": "x"},
        ],
    )
    def test_from_a_phone_refuses_what_does_not_go_together_and_keeps_the_words(
        self, way: Way, said: dict[str, Any], count: Any
    ) -> None:
        fields = {"goal_id": way.goal, "happened_at": HAPPENED_AT, "shared": True, **said}

        assert way.refused(way.sender.change("goal_event", "put", **fields))[0] == "rejected_validation"
        kept = [edit["content"] for edit in way.sender.pull("rejected_edit").values()]
        assert kept == [said.get("text", "")]
        assert count("goal_event") == 0


class TestWhatTheHouseWrites:
    def test_of_a_suggestion_tells_who_said_what(self, sender: Sender, desk: Any, suggestion: str) -> None:
        way = Way(sender, desk, suggestion)
        way.sends(sender.change("goal", "put", suggestion, status="active"))
        desk.patch(way.here, json={"status": "on-hold"}, headers=seen(2))

        told = [(one["kind"], one["by"], one["value"]) for one in way.at_desk()["events"]]

        assert told == [
            ("status", "staff", "on-hold"),
            ("accepted", "citizen", "active"),
            ("proposed", "staff", None),
        ]
        assert way.on_phone()["agreed"] is True

    def test_of_a_no_is_that_it_was_declined(self, sender: Sender, desk: Any, suggestion: str) -> None:
        way = Way(sender, desk, suggestion)

        way.sends(sender.change("goal", "put", suggestion, status="cancelled"))

        assert way.kinds_at_desk() == ["declined", "proposed"]
        assert way.on_phone()["agreed"] is False

    def test_of_details_tells_the_achievement_and_the_review_once(self, way: Way) -> None:
        said = {"kind": "cut-down", "theme": "mastery", "achievement": "improving", "review_on": "2027-01-11"}
        way.sends(way.sender.change("goal", "put", way.goal, **said))
        again = way.desk.patch(way.here, json=said, headers=seen(2))

        assert {name: again.json[name] for name in said} == said
        assert [(one["kind"], one["value"]) for one in reversed(way.at_desk()["events"])] == [
            ("achievement", "improving"),
            ("review", "2027-01-11"),
        ] or sorted(way.kinds_at_desk()) == ["achievement", "review"]
        way.desk.patch(way.here, json={"review_on": None}, headers=seen(3))
        newest = way.at_desk()["events"][0]
        assert (newest["kind"], newest["value"]) == ("review", None)

    def test_is_nobodys_to_erase(self, sender: Sender, desk: Any, suggestion: str) -> None:
        way = Way(sender, desk, suggestion)
        [proposed] = way.history()

        assert way.refused(sender.change("goal_event", "erase", proposed)) == (
            "rejected_permission",
            "not-own-words",
        )
        assert way.kinds_at_desk() == ["proposed"]


class TestErasing:
    @pytest.mark.parametrize("shared", [True, False])
    def test_leaves_a_tombstone_that_does_not_say_what_it_was(
        self, way: Way, superuser: Any, shared: bool
    ) -> None:
        entry = way.tells("became-hard", shared=shared, text="hemmelige ord")
        way.refused({**way.told("note", text="andre ord"), "entity_id": entry})

        way.sends(way.sender.change("goal_event", "erase", entry))

        assert way.at_desk()["events"] == []
        tombstone = way.history()[entry]
        assert (tombstone["erased"], tombstone["goal_id"]) == (True, way.goal)
        assert {tombstone[name] for name in ("kind", "text", "happened_at", "value", "level")} == {None}
        assert way.sender.pull("rejected_edit") == {}
        emptied = "SELECT kind, words_sealed, happened_at, shared FROM goal_event"
        assert superuser.execute(emptied).fetchall() == [(None, None, None, False)]

    def test_beats_whatever_comes_later_and_keeps_no_word_of_it(self, way: Way) -> None:
        entry = way.told("note", text="ord")
        way.sends(entry, way.sender.change("goal_event", "erase", entry["entity_id"]))

        again = {**way.told("note", text="ord"), "entity_id": entry["entity_id"]}

        assert way.refused(again)[0] == "rejected_gone"
        assert way.sender.pull("rejected_edit") == {}

    def test_of_one_that_never_came_keeps_it_from_ever_coming(self, way: Way) -> None:
        entry = way.told("note", text="ord")
        del entry["client_seq"]
        way.sender.seq -= 1
        way.sends(way.sender.change("goal_event", "erase", entry["entity_id"]))

        late = {**way.told("note", text="ord"), "entity_id": entry["entity_id"]}

        assert way.refused(late)[0] == "rejected_gone"
        assert way.history()[entry["entity_id"]]["erased"]

    def test_of_an_answer_or_a_level_lets_the_one_before_stand_again(self, way: Way) -> None:
        way.tells("answer", question="amount", text="Hver aften")
        way.tells("level", level=-1)
        answer, level = way.tells("answer", question="amount", text="Aldrig"), way.tells("level", level=2)

        way.sends(*(way.sender.change("goal_event", "erase", one) for one in (answer, level)))

        assert way.on_phone()["answers"]["amount"] == "Hver aften"
        assert way.on_phone()["scaling"]["reached"] == -1

    def test_works_for_a_goal_that_should_never_have_been_written(
        self, sender: Sender, desk: Any, suggestion: str, superuser: Any
    ) -> None:
        way = Way(sender, desk, suggestion)
        note = way.tells("note", shared=False, text="hemmelige ord")
        desk.patch(way.here, json={"status": "entered-in-error"}, headers=seen(1))

        way.sends(sender.change("goal_event", "erase", note))

        assert superuser.execute("SELECT words_sealed FROM goal_event WHERE id = %s", [note]).fetchall() == [
            (None,)
        ]

    def test_of_a_counsellors_words_is_refused(self, way: Way) -> None:
        told = way.staff_tell("note", text="Vi talte om søvnen").json["id"]

        refusal = way.refused(way.sender.change("goal_event", "erase", told))

        assert refusal == ("rejected_permission", "not-own-words")
        assert way.history()[told]["text"] == "Vi talte om søvnen"


class TestTheHistoryAtTheDesk:
    def test_comes_in_pages_and_whole(self, way: Way) -> None:
        written = [way.tells("note", text=f"Dag {day}") for day in range(55)]

        first = way.at_desk()
        second = way.desk.get(way.here, query_string={"cursor": first["next_cursor"]}).json

        got = [event["id"] for event in first["events"] + second["events"]]
        assert got == written[::-1]
        assert (len(first["events"]), second["next_cursor"]) == (50, None)

    def test_takes_no_cursor_of_another_goal_or_of_somebodys_making(
        self, way: Way, desk: Any, suggestion: str
    ) -> None:
        for day in range(51):
            way.tells("note", text=f"Dag {day}")
        cursor = way.at_desk()["next_cursor"]

        for where, value in ((f"/api/v1/staff/goals/{suggestion}", cursor), (way.here, "x"), (way.here, "")):
            assert refused(desk.get(where, query_string={"cursor": value}), "cursor")

    def test_is_on_the_trail_when_it_is_read(self, way: Way, citizen: Any, superuser: Any) -> None:
        way.at_desk()

        read = "SELECT citizen_id, subject_id::text FROM audit_event WHERE event = 'goal.read'"
        assert superuser.execute(read).fetchall() == [(citizen.id, way.goal)]

    def test_of_somebody_elses_goal_is_answered_like_none(
        self, way: Way, other_desk: Any, unknown: str
    ) -> None:
        event = {"id": str(new_id()), "kind": "note", "text": "ord"}
        nowhere = f"/api/v1/staff/goals/{unknown}"

        for one, none in (
            (other_desk.get(way.here), other_desk.get(nowhere)),
            (
                other_desk.post(f"{way.here}/events", json=event),
                other_desk.post(f"{nowhere}/events", json=event),
            ),
            (other_desk.post(f"{way.here}/agree"), other_desk.post(f"{nowhere}/agree")),
        ):
            assert one.status_code == 404
            assert without_id(one) == without_id(none)
        assert way.at_desk()["events"] == []

    def test_is_closed_to_one_who_stops_working_with_the_person_meanwhile(
        self, way: Way, case_ends_meanwhile: Any, count: Any
    ) -> None:
        case_ends_meanwhile()

        assert way.staff_tell("note", text="ord").status_code == 404
        assert count("goal_event") == 0
