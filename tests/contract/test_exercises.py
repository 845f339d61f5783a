"""The JSON of exercises that the console relies on (pwa/src/api/staffExercises.ts)."""

from typing import Any

from tests.appointments.people import citizen, counsellor, desk, phone
from tests.exercises.people import BREATHING, OWN, TEXT, Doer, path_of

__all__ = ["citizen", "counsellor", "desk", "phone"]

AT, TODAY = "2026-11-23T09:00:00Z", "2026-11-23"
GIVEN = {
    "ref": BREATHING,
    "title": None,
    "goal_id": None,
    "given_on": TODAY,
    "due_on": None,
    "repeat": "daily",
    "until_on": "2026-11-30",
    "line": "Til dig",
    "by_name": "Karen Kontakt",
    "status": "active",
    "version": 1,
}


def test_of_what_was_given_at_the_console(desk: Any, phone: Any, citizen: Any) -> None:
    sender, new = Doer(phone), {"ref": BREATHING, "repeat": "daily", "until_on": "2026-11-30"}
    given = desk.post(path_of(citizen), json={**new, "line": "Til dig"}).json
    answer = sender.write(
        assignment_id=given["id"], at=AT, how=4, fields={"tanke": "Ro"}, note="Godt", sharing="shared"
    )

    assert given == {"id": given["id"], **GIVEN}
    assert desk.get(path_of(citizen)).json == {
        "items": [
            {
                "assignment": given,
                "occurrences": [{"on": TODAY, "state": "done", "answer_id": answer}],
            }
        ],
        "shared": True,
        "answers": [
            {
                "id": answer,
                "assignment_id": given["id"],
                "ref": BREATHING,
                "title": None,
                "on": TODAY,
                "at": AT,
                "outcome": "done",
                "how": 4,
                "fields": {"tanke": "Ro"},
                "note": "Godt",
            }
        ],
    }


def test_of_an_own_exercise(desk: Any) -> None:
    own = desk.post(OWN, json={**TEXT, "body": "# Før\n\nÉt."}).json

    assert own == {
        "id": own["id"],
        "status": "draft",
        "version": 1,
        "title": TEXT["title"],
        "lead": TEXT["lead"],
        "body": "# Før\n\nÉt.",
        "blocks": [{"kind": "h", "text": "Før"}, {"kind": "p", "text": "Ét."}],
        "method": "grounding",
        "author_name": "Karen Kontakt",
        "author_profession": "pedagogue",
        "reviewed": None,
        "remark": None,
        "is_own": True,
        "may_give": True,
        "updated_at": AT,
    }
    assert desk.get(OWN).json == {"items": [own]}
    assert desk.post(f"{OWN}/preview", json={"body": "<b>x</b>"}).json["faults"] == [
        {"line": 1, "what": "html"},
        {"line": 1, "what": "html"},
    ]
