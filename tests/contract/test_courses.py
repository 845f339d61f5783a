"""The JSON of courses that the console and the phone rely on (pwa/src/api/staffCourses.ts, courses.ts)."""

from typing import Any

from tests.courses.people import (
    attend,
    bureau,
    centre,
    citizen,
    counsellor,
    desk,
    enrol,
    go_to,
    hand,
    leader,
    manager,
    office,
    phone,
    plan,
    read,
    week,
)

__all__ = [
    "attend",
    "bureau",
    "centre",
    "citizen",
    "counsellor",
    "desk",
    "enrol",
    "go_to",
    "hand",
    "leader",
    "manager",
    "office",
    "phone",
    "plan",
    "read",
]

SESSION = {
    "number": 2,
    "theme": "care-for-myself",
    "theme_title": None,
    "starts_at": "2026-12-01T09:00:00Z",
    "starts_local": "2026-12-01T10:00",
    "minutes": 90,
    "status": "booked",
    "enrolled": 1,
    "attendance_taken": False,
    "reason": None,
    "revision": 1,
}
RUN = {
    "code": "learning",
    "place": "Stuen",
    "seats": 8,
    "weekdays": [2],
    "at": "10:00",
    "minutes": 90,
    "status": "running",
    "leader_name": "Line Leder",
    "mine": True,
    "enrolled": 1,
    "waiting": 0,
    "free": 7,
    "sessions_total": 5,
    "sessions_held": 1,
    "first_at": "2026-11-24T09:00:00Z",
    "content_changed": False,
    "version": 2,
}


def test_of_a_run_with_its_people(
    plan: Any, enrol: Any, attend: Any, read: Any, desk: Any, leader: Any, citizen: Any, go_to: Any
) -> None:
    planned = plan()
    place = enrol(planned, citizen)
    go_to(week(1).replace(hour=12))
    attend(planned["sessions"][0]["id"], (citizen, "present"))

    run = read(planned)

    sessions, roster = run.pop("sessions"), run.pop("roster")
    assert (len(sessions), run.pop("waiting_list")) == (5, [])
    assert sessions[1] == {"id": planned["sessions"][1]["id"], **SESSION}
    assert [one for one in desk.get("/api/v1/staff/course-runs").json["items"]] == [run]
    assert run == {
        "id": planned["id"],
        "leader_id": str(leader.id),
        "next": sessions[1],
        "content_version": planned["content_version"],
        **RUN,
    }
    assert roster == [
        {
            "enrollment_id": place["id"],
            "citizen_id": str(citizen.id),
            "alias": "Solsort",
            "numbers": [1, 2, 3, 4, 5],
            "status": "enrolled",
            "asked_at": "2026-11-23T09:00:00Z",
            "coverage": [
                {"theme": theme, "title": None, "covered": theme == "violence"}
                for theme in ("violence", "care-for-myself", "relationship", "children", "law")
            ],
            "attendance": {"1": "present"},
            "mine": False,
        }
    ]


def test_of_what_a_person_has_been_to(plan: Any, enrol: Any, office: Any, citizen: Any, read: Any) -> None:
    planned = plan(count=2)
    place = enrol(planned, citizen)

    found = office.get(f"/api/v1/staff/citizens/{citizen.id}/courses").json

    [item] = found["items"]
    assert item == {
        "enrollment_id": place["id"],
        "run_id": planned["id"],
        "goal_id": None,
        "code": "learning",
        "status": "enrolled",
        "run_status": "planned",
        "numbers": [1, 2],
        "sessions": read(planned)["sessions"],
        "attendance": {},
        "leader_name": "Line Leder",
    }
    assert [one["code"] for one in found["coverage"]] == ["learning"]


def test_of_what_a_phone_says_no_to(plan: Any, enrol: Any, citizen: Any, hand: Any) -> None:
    run = plan(count=2)
    place = enrol(run, citizen)
    first, second = (session["id"] for session in run["sessions"])
    wrong = [
        {"run_id": run["id"], "revision": 1},
        {"session_id": first, "enrollment_id": place["id"]},
        {"run_id": run["id"], "session_id": first},
        {"enrollment_id": place["id"]},
        {"session_id": first, "revision": 0},
    ]

    assert {hand.say("enrollment", "leave", first, **said)["result"] for said in wrong} == {
        "rejected_validation"
    }
    assert hand.say("enrollment", "leave", second, session_id=second, revision=1)["result"] == "applied"
    no_more = {"run_id": run["id"], "enrollment_id": place["id"]}
    assert hand.say("enrollment", "leave", run["id"], **no_more)["result"] == "applied"


def test_of_an_empty_report(bureau: Any) -> None:
    assert bureau.get("/api/v1/staff/courses/learning/report?months=12").json == {
        "code": "learning",
        "months": 12,
        "from": "2025-11-23",
        "to": "2026-11-23",
        "runs": 0,
        "people": 0,
        "knowledge": {"answered": 0, "counts": None, "high": None},
        "useful": {"answered": 0, "counts": None, "high": None},
        "words": [],
        "words_shown": False,
        "background": {
            "percent": 60,
            "year": 2015,
            "source": {
                "document": "Udsatteområdets udviklingsplaner 2017-2018",
                "section": "Krisecenter, 2 Baggrund",
                "dated": "2017-2018",
            },
        },
    }
