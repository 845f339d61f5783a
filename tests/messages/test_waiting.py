"""Since when a person waits for an answer, and who sees it."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.core.access import Role
from server.core.ids import new_id
from tests.messages.conftest import WAITING
from tests.sync.pushing import Sender

NINE, LATER = "2026-11-23T09:00:00Z", "2026-11-23T09:20:00Z"


def waits(desk: Any) -> list[str]:
    """Since when, oldest first."""
    return [one["waiting_since"] for one in desk.get(WAITING).json["items"]]


class TestWaiting:
    def test_is_from_the_first_message_until_somebody_answers(
        self, says: Any, answers: Any, desk: Any, url: str, traveller: Any
    ) -> None:
        says("Første")
        traveller.shift(timedelta(minutes=20))
        last = says("Anden")
        assert waits(desk) == [NINE]
        assert desk.get(url).json["waiting_since"] == NINE

        answers(last)

        assert waits(desk) == []
        says("Tredje")
        assert waits(desk) == [LATER]

    def test_goes_on_for_what_came_while_the_answer_was_written(
        self, says: Any, answers: Any, desk: Any, traveller: Any
    ) -> None:
        seen = says("Første")
        traveller.shift(timedelta(minutes=20))
        says("Kom mens du skrev")

        answers(seen)

        assert waits(desk) == [LATER]

    def test_is_not_ended_by_a_message_that_answers_nothing(self, says: Any, answers: Any, desk: Any) -> None:
        says()

        answers(None, "Husk i morgen")

        assert waits(desk) == [NINE]

    def test_ends_when_somebody_answered_in_another_way_and_says_so(
        self, says: Any, desk: Any, url: str, superuser: Any, counsellor: Any
    ) -> None:
        said = says()

        answer = desk.post(f"{url}/answered", json={"seen": said})

        assert (answer.status_code, answer.json) == (200, {"waiting_since": None})
        assert waits(desk) == []
        kept = superuser.execute("SELECT staff_id, at IS NOT NULL FROM message_other_answer")
        assert kept.fetchall() == [(counsellor.id, True)]

    def test_ends_with_the_message_that_its_author_deletes(self, says: Any, sender: Any, desk: Any) -> None:
        said = says()

        sender.send(sender.change("message", "erase", said))

        assert waits(desk) == []

    def test_shows_a_manager_only_whom_nobody_answers(
        self,
        says: Any,
        desk: Any,
        make_staff: Any,
        sign_in_staff: Any,
        new_client: Any,
        superuser: Any,
        counsellor: Any,
        url: str,
    ) -> None:
        says()
        manager = sign_in_staff(make_staff(roles=(Role.MANAGER,)), new_client())
        assert manager.get(WAITING).json == {"items": []}

        superuser.execute("UPDATE staff_member SET deactivated_at = now() WHERE id = %s", [counsellor.id])
        superuser.commit()

        (one,) = manager.get(WAITING).json["items"]
        assert (one["alias"], one["waiting_since"], one["opens"]) == ("Solsort", NINE, False)
        assert manager.get(url).status_code == 403

    def test_is_written_down_with_how_many_were_seen(self, says: Any, desk: Any, superuser: Any) -> None:
        says()
        waits(desk)

        trail = superuser.execute("SELECT purpose FROM audit_event WHERE event = 'waiting-messages.listed'")
        assert trail.fetchall() == [("waiting: 1",)]

    def test_asks_as_much_for_many_as_for_one(
        self,
        says: Any,
        desk: Any,
        statements: Any,
        make_citizen: Any,
        counsellor: Any,
        pair: Any,
        new_client: Any,
    ) -> None:
        says()
        with statements() as alone:
            waits(desk)
        for _ in range(6):
            other = Sender(pair(make_citizen(contact=counsellor), counsellor, new_client()))
            other.send(other.change("message", "put", text="Hej"))
        with statements() as together:
            assert len(waits(desk)) == 7

        assert len(together) == len(alone)


class Story:
    """What a person would say of who waits, told beside what the house does."""

    def __init__(self) -> None:
        self.asked: set[str] = set()  #: each message of the person that is not deleted
        self.answers: dict[str, list[str]] = {}  #: each answer that stands; what its writer had seen
        self.otherwise: set[str] = set()

    def waits(self) -> bool:
        """Whether somebody waits."""
        answered = self.otherwise.union(*self.answers.values()) if self.answers else self.otherwise
        return bool(self.asked - answered)


STEPS = st.lists(st.sampled_from(["say", "answer", "late", "otherwise", "erase", "withdraw"]), max_size=9)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(STEPS)
def test_any_story_waits_as_a_person_would_tell_it(
    make_citizen: Any,
    counsellor: Any,
    pair: Any,
    new_client: Any,
    desk: Any,
    steps: list[str],
) -> None:
    citizen = make_citizen(contact=counsellor)
    phone, story = Sender(pair(citizen, counsellor, new_client())), Story()
    url = f"/api/v1/staff/citizens/{citizen.id}/messages"
    said: list[str] = []
    for step in steps:
        if step == "say":
            change = phone.change("message", "put", text="Hej")
            phone.send(change)
            said.append(change["entity_id"])
            story.asked.add(change["entity_id"])
        elif step in ("answer", "late") and said:
            seen = said if step == "answer" else said[:-1]
            answer_id = str(new_id())
            body = {"id": answer_id, "text": "Svar", "seen": seen[-1] if seen else None}
            assert desk.post(url, json=body).status_code == 201
            story.answers[answer_id] = list(seen)
        elif step == "otherwise" and said:
            assert desk.post(f"{url}/answered", json={"seen": said[-1]}).status_code == 200
            story.otherwise |= set(said)
        elif step == "erase" and story.asked:
            gone = story.asked.pop()
            phone.send(phone.change("message", "erase", gone))
        elif step == "withdraw" and story.answers:
            taken, _ = story.answers.popitem()
            assert desk.post(f"{url}/{taken}/withdrawal").status_code == 200

    assert (desk.get(url).json["waiting_since"] is not None) == story.waits()
