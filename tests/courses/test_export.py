"""What a person takes along of a course: in the names that the centre gave its themes."""

from typing import Any

from tests.appointments.people import seen
from tests.courses.people import RUN, RUNS, week
from tests.courses.test_settings import URL


def test_names_the_themes_of_the_sessions_somebody_came_to_as_the_centre_does(
    bureau: Any, desk: Any, enrol: Any, attend: Any, citizen: Any, phone: Any, go_to: Any
) -> None:
    body = {"code": "learning", "sessions": 4, "themes": [{"title": "Ro i kroppen"}]}
    assert bureau.put(URL, json=body, headers=seen(0)).status_code == 200
    run = desk.post(RUNS, json={**RUN, "count": 2}).json
    enrol(run, citizen)
    go_to(week(1))
    assert attend(run["sessions"][0]["id"], (citizen, "present")).status_code == 200

    tables = phone.get("/api/v1/citizen/export.json").json["tables"]

    assert [row["theme_title"] for row in tables["attendance"]] == ["Ro i kroppen"]
