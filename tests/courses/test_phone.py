"""What a phone knows of a course: the own sessions and the own words, never who else comes."""

import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

from tests.appointments.people import seen
from tests.courses.people import RUNS, opinion, planned_notices, week
from tests.sync.pushing import PULL

CANARIES = ("Gærdesmutte", "Kanariefugl", "Hemmelig note")


class TestOwnSessions:
    def test_are_pulled_with_what_the_person_needs(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any
    ) -> None:
        run = plan()
        place = enrol(run, citizen, numbers=[2])

        session = run["sessions"][1]
        occurrences = hand.mine()[session["id"]].pop("occurrence_ids")
        mine = hand.mine()
        mine[session["id"]].pop("occurrence_ids")
        mine[session["id"]].pop("theme_words")
        assert len(occurrences) == 1
        assert mine == {
            session["id"]: {
                "id": session["id"],
                "run_id": run["id"],
                "enrollment_id": place["id"],
                "goal_id": None,
                "code": "learning",
                "number": 2,
                "theme": "care-for-myself",
                "theme_title": None,
                "starts_at": "2026-12-01T09:00:00Z",
                "starts_local": "2026-12-01T10:00",
                "minutes": 90,
                "place": "Stuen",
                "status": "booked",
                "my": "enrolled",
                "attended": None,
                "excused": False,
                "revision": 1,
            }
        }

    def test_are_read_as_the_run_was_planned_whatever_the_content_says_later(
        self, app: Any, plan: Any, enrol: Any, citizen: Any, hand: Any, monkeypatch: Any
    ) -> None:
        run = plan(count=2)
        enrol(run, citizen)
        content = app.extensions["content"]
        course = content.courses["learning"]
        [first, *others] = course.themes
        anew = {language: (f"Rettet {language}",) for language in ("da", "en")}
        themes = (replace(first, before=anew), *others)
        later = {**content.courses, "learning": replace(course, themes=themes, version="anew")}
        monkeypatch.setitem(app.extensions, "content", replace(content, courses=later))

        told = {session["number"]: session["theme_words"] for session in hand.mine().values()}

        assert told[1]["before"] == {language: list(said) for language, said in first.before.items()}
        assert told[1]["title"] == dict(first.titles)
        assert told[1]["draft"] == {"da": True, "en": True}
        enrol(plan(count=1, first_on="2027-01-05"), citizen)
        assert any(
            session["theme_words"]["before"]["da"] == ["Rettet da"] for session in hand.mine().values()
        )

    def test_say_that_one_waits(self, plan: Any, enrol: Any, citizen: Any, other: Any, hand: Any) -> None:
        run = plan(seats=1)
        enrol(run, other)
        enrol(run, citizen)

        assert {session["my"] for session in hand.mine().values()} == {"waiting"}
        assert all(session["occurrence_ids"] == [] for session in hand.mine().values())

    def test_lead_from_a_notice_to_the_session(
        self, plan: Any, enrol: Any, citizen: Any, other: Any, hand: Any, phone: Any
    ) -> None:
        run = plan(count=1)
        enrol(run, other)
        enrol(run, citizen)
        [session] = hand.mine().values()

        [occurrence] = session["occurrence_ids"]

        found = phone.get(f"/api/v1/citizen/reminders/{occurrence}").json
        assert found == {"kind": "session", "subject_id": session["id"]}

    def test_go_from_the_phone_when_the_person_leaves_but_not_where_she_was(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any, attend: Any, go_to: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        go_to(week(1).replace(hour=12))
        attend(run["sessions"][0]["id"], (citizen, "present"))

        hand.say("enrollment", "leave", run["id"], run_id=run["id"])

        [kept] = hand.mine().values()
        assert (kept["number"], kept["my"], kept["attended"]) == (1, "left", True)
        gone = {one["id"] for one in hand.browser.get(PULL).json["changes"] if one["op"] == "forget"}
        assert gone >= {session["id"] for session in run["sessions"][1:]}

    def test_tell_whether_one_was_there(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any, attend: Any, go_to: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        go_to(week(2).replace(hour=12))
        attend(run["sessions"][0]["id"], (citizen, "present"))
        attend(run["sessions"][1]["id"], (citizen, "absent"))

        told = sorted(hand.mine().values(), key=lambda one: one["number"])
        assert [one["attended"] for one in told] == [True, False, None, None, None]
        assert [one["status"] for one in told[:3]] == ["held", "held", "booked"]


class TestWhoElse:
    def test_stands_in_no_payload_of_any_other_person(
        self,
        plan: Any,
        enrol: Any,
        desk: Any,
        citizen: Any,
        other: Any,
        counsellor: Any,
        make_citizen: Any,
        hand: Any,
        attend: Any,
        go_to: Any,
        phone: Any,
    ) -> None:
        run = plan(seats=2)
        waits = make_citizen(contact=counsellor, alias="Kanariefugl")
        for person in (citizen, other, waits):
            enrol(run, person)
        go_to(week(1).replace(hour=12))
        attend(run["sessions"][0]["id"], (citizen, "present"), (other, "absent"))
        desk.post(
            f"/api/v1/staff/course-sessions/{run['sessions'][1]['id']}/cancel",
            json={"reason": "Hemmelig note"},
            headers=seen(1),
        )
        desk.patch(f"{RUNS}/{run['id']}", json={"place": "Loftet"}, headers=seen(2))

        pulled = hand.browser.get(PULL).get_data(as_text=True)
        exported = phone.get("/api/v1/citizen/export.json").get_data(as_text=True)
        for canary in (*CANARIES, str(other.id), str(waits.id)):
            assert canary not in pulled, canary
            assert canary not in exported, canary
        assert len(hand.mine()) == 5
        assert "learning" in exported

    def test_cannot_be_counted_from_what_changes(
        self, plan: Any, enrol: Any, citizen: Any, other: Any, hand: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        before = hand.browser.get(PULL).json["cursor"]

        enrol(run, other)

        assert hand.browser.get(PULL, query_string={"cursor": before}).json["changes"] == []


class TestNotThisTime:
    def test_keeps_the_place_in_the_run(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any, read: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        session_id = run["sessions"][1]["id"]

        answer = hand.say("enrollment", "leave", session_id, session_id=session_id)

        assert answer["result"] == "applied"
        told = hand.mine()[session_id]
        assert (told["excused"], told["attended"], told["my"]) == (True, None, "enrolled")
        [line] = read(run)["roster"]
        assert line["attendance"] == {"2": "excused"}

    def test_cannot_be_said_of_what_is_over(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any, go_to: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        go_to(week(1).replace(hour=12))
        session_id = run["sessions"][0]["id"]

        answer = hand.say("enrollment", "leave", session_id, session_id=session_id)

        assert answer["problem"]["code"] == "session-over"

    def test_said_twice_is_said_once(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any, count: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        session_id = run["sessions"][1]["id"]

        answers = [hand.say("enrollment", "leave", session_id, session_id=session_id) for _ in range(2)]

        assert [answer["result"] for answer in answers] == ["applied", "applied"]
        assert count("attendance") == 1

    def test_about_an_old_time_says_nothing_of_the_new_one(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, hand: Any, superuser: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=1)
        enrol(run, citizen)
        session_id = run["sessions"][0]["id"]
        move(desk, session_id)

        answers = [
            hand.say("enrollment", "leave", session_id, session_id=session_id, **seen_then)
            for seen_then in ({"revision": 1}, {})
        ]

        assert {answer["problem"]["code"] for answer in answers} == {"session-changed"}
        assert hand.mine()[session_id]["excused"] is False
        assert [kind for kind, *_ in planned_notices(superuser)] == ["session-changed", "session"]
        again = hand.say("enrollment", "leave", session_id, session_id=session_id, revision=2)
        assert again["result"] == "applied"
        assert planned_notices(superuser) == []


class TestNoMore:
    def test_about_an_earlier_place_leaves_the_new_one(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, hand: Any, read: Any
    ) -> None:
        run = plan()
        before = enrol(run, citizen)
        desk.delete(f"/api/v1/staff/enrollments/{before['id']}")
        place = enrol(run, citizen)

        answers = [
            hand.say("enrollment", "leave", run["id"], run_id=run["id"], **seen_then)
            for seen_then in ({"enrollment_id": before["id"]}, {})
        ]

        assert {answer["problem"]["code"] for answer in answers} == {"place-changed"}
        assert [line["enrollment_id"] for line in read(run)["roster"]] == [place["id"]]
        [enrollment_id] = {one["enrollment_id"] for one in hand.mine().values()}
        said = hand.say("enrollment", "leave", run["id"], run_id=run["id"], enrollment_id=enrollment_id)
        assert said["result"] == "applied"
        assert read(run)["roster"] == []

    def test_without_saying_which_place_is_believed_of_the_only_one(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any, read: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)

        assert hand.say("enrollment", "leave", run["id"], run_id=run["id"])["result"] == "applied"
        assert read(run)["roster"] == []


class TestAStranger:
    def test_gets_the_same_answer_for_others_runs_and_for_none(
        self, plan: Any, enrol: Any, other: Any, hand: Any
    ) -> None:
        run = plan()
        enrol(run, other)

        foreign = [
            hand.say("enrollment", "leave", run["id"], run_id=run["id"]),
            hand.say("enrollment", "leave", run["id"], session_id=run["sessions"][0]["id"]),
            hand.say("course_feedback", "put", str(uuid4()), **opinion(run["id"])),
        ]
        unknown = [
            hand.say("enrollment", "leave", str(uuid4()), run_id=str(uuid4())),
            hand.say("enrollment", "leave", str(uuid4()), session_id=str(uuid4())),
            hand.say("course_feedback", "put", str(uuid4()), **opinion(str(uuid4()))),
        ]

        assert [plain(answer) for answer in foreign] == [plain(answer) for answer in unknown]
        assert {answer["result"] for answer in foreign} == {"rejected_gone"}


def move(desk: Any, session_id: str) -> None:
    """Give a session another time."""
    answer = desk.patch(
        f"/api/v1/staff/course-sessions/{session_id}",
        json={"starts_at": "2026-12-03T13:00:00+01:00"},
        headers=seen(1),
    )
    assert answer.status_code == 200, answer.json


def plain(answer: dict[str, Any]) -> str:
    """An answer without what names the one change."""
    return json.dumps({"result": answer["result"], "problem": answer["problem"]})
