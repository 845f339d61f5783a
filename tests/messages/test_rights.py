"""A person's rights over the messages: to have them all, and to have them gone."""

from typing import Any

from server.core import clock, db
from server.rights import service as rights
from tests.messages.conftest import ANSWER, WORDS

EXPORT = "/api/v1/citizen/export.json"


class TestExport:
    def test_tells_both_sides_words_and_not_who_of_the_staff(
        self, says: Any, answers: Any, phone: Any, desk: Any, url: str, counsellor: Any
    ) -> None:
        answers(says())
        desk.post(f"{url}/answered", json={"seen": says("Tak")})

        answer = phone.get(EXPORT)

        told = answer.json["tables"]
        assert [(one["by"], one["text"]) for one in told["message"]] == [
            ("citizen", WORDS),
            ("staff", ANSWER),
            ("citizen", "Tak"),
        ]
        assert len(told["message_other_answer"]) == 1
        assert str(counsellor.id) not in answer.get_data(as_text=True)

    def test_leaves_out_what_a_colleague_took_back(
        self, answers: Any, phone: Any, desk: Any, url: str
    ) -> None:
        written = answers(None, "Til en helt anden")
        desk.post(f"{url}/{written['id']}/withdrawal")

        answer = phone.get(EXPORT)

        (one,) = answer.json["tables"]["message"]
        assert one["text"] is None
        assert one["withdrawn_at"] is not None
        assert "helt anden" not in answer.get_data(as_text=True)


def test_erasure_takes_every_message_and_nobody_elses(
    says: Any,
    answers: Any,
    desk: Any,
    url: str,
    citizen: Any,
    superuser: Any,
    make_citizen: Any,
    counsellor: Any,
) -> None:
    answers(says())
    desk.post(f"{url}/answered", json={"seen": says("Tak")})
    other = make_citizen(contact=counsellor)
    theirs = f"/api/v1/staff/citizens/{other.id}/messages"
    desk.post(theirs, json={"id": str(other.id), "text": "Hej", "seen": None})

    with db.transaction() as session:
        rights.erase(session, citizen_id=citizen.id, now=clock.now())

    assert superuser.execute("SELECT citizen_id FROM message").fetchall() == [(other.id,)]
    assert superuser.execute("SELECT count(*) FROM message_other_answer").fetchone() == (0,)
