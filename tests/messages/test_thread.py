"""What staff do with messages: who may read them, answering, taking back; nobody else's."""

from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import refused, without_id
from tests.cursors import carried
from tests.messages.conftest import ANSWER, WAITING, WORDS
from tests.sync.pushing import Sender


class TestReading:
    def test_is_newest_first_and_recorded_with_the_relation(
        self, says: Any, answers: Any, desk: Any, url: str, superuser: Any, citizen: Any
    ) -> None:
        answers(says("Første"))
        says("Anden")

        page = desk.get(url).json

        assert [one["text"] for one in page["items"]] == ["Anden", ANSWER, "Første"]
        assert [one["mine"] for one in page["items"]] == [False, True, False]
        assert "read_at" not in page["items"][0]
        trail = superuser.execute(
            "SELECT citizen_id, relation_id IS NOT NULL, purpose FROM audit_event"
            " WHERE event = 'messages.read'"
        )
        assert trail.fetchall() == [(citizen.id, True, "messages: 3")]

    def test_goes_page_by_page_without_a_gap(self, says: Any, desk: Any, url: str) -> None:
        for number in range(35):
            says(f"Besked {number}")

        first = desk.get(url).json
        second = desk.get(url, query_string={"cursor": first["next_cursor"]}).json

        texts = [one["text"] for one in (*first["items"], *second["items"])]
        assert texts == [f"Besked {number}" for number in reversed(range(35))]
        assert second["next_cursor"] is None
        assert refused(desk.get(url, query_string={"cursor": "x"}), "cursor")

    def test_tells_by_no_cursor_how_much_the_person_does_unseen(
        self, says: Any, sender: Sender, desk: Any, url: str
    ) -> None:
        for number in range(31):
            says(f"Besked {number}")
            sender.send(sender.change("checkin", "put", at="2026-11-23T08:00:00Z", mood=3, sharing="private"))

        page = desk.get(url).json

        told = carried(page["next_cursor"])
        assert told.pop("before") == page["items"][-1]["id"]
        assert told == {"of": url.split("/")[-2]}

    def test_is_for_who_stands_in_at_once_and_not_for_others_of_the_team(
        self,
        says: Any,
        desk: Any,
        url: str,
        citizen: Any,
        colleague: Any,
        give_case: Any,
        stands_in: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        says()
        give_case(citizen, colleague)
        theirs = sign_in_staff(colleague, new_client())
        unknown = f"/api/v1/staff/citizens/{new_id()}/messages"
        assert without_id(theirs.get(url)) == without_id(theirs.get(unknown))
        assert theirs.get(WAITING).json == {"items": []}

        stands_in()

        assert [one["text"] for one in theirs.get(url).json["items"]] == [WORDS]
        assert [one["alias"] for one in theirs.get(WAITING).json["items"]] == ["Solsort"]

    @pytest.mark.parametrize("way", ["get", "post", "answered", "withdrawal"])
    def test_of_a_stranger_is_answered_as_nobody(
        self, desk: Any, stranger: Any, count: Any, way: str
    ) -> None:
        message_id = str(new_id())

        def ask(citizen_id: object) -> Any:
            where = f"/api/v1/staff/citizens/{citizen_id}/messages"
            if way == "get":
                return desk.get(where)
            if way == "post":
                return desk.post(where, json={"id": message_id, "text": ANSWER, "seen": None})
            if way == "answered":
                return desk.post(f"{where}/answered", json={"seen": message_id})
            return desk.post(f"{where}/{message_id}/withdrawal")

        assert ask(stranger.id).status_code == 404
        assert without_id(ask(stranger.id)) == without_id(ask(new_id()))
        assert count("message") == count("message_other_answer") == 0


class TestAnswering:
    def test_reaches_the_phone_with_the_name_of_who_wrote(
        self, says: Any, answers: Any, sender: Sender
    ) -> None:
        written = answers(says())

        pulled = sender.pull("message")[written["id"]]
        assert (pulled["text"], pulled["by"], pulled["name"]) == (ANSWER, "staff", "Karen Kontakt")

    def test_is_one_message_when_it_comes_twice_and_refused_for_other_words(
        self, desk: Any, url: str, count: Any
    ) -> None:
        body = {"id": str(new_id()), "text": ANSWER, "seen": None}

        first, second = desk.post(url, json=body), desk.post(url, json=body)
        other = desk.post(url, json={**body, "text": "Noget andet"})

        assert first.json == second.json
        assert (other.status_code, other.json["code"]) == (409, "id-taken")
        assert count("message") == 1

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("text", ""),
            ("text", "  "),
            ("text", "x" * 2001),
            ("text", "a\u0000b"),
            ("text", 5),
            ("seen", "7"),
            ("seen", "01900000-0000-7000-8000-000000000001"),
            ("id", None),
            ("by", "citizen"),
        ],
    )
    def test_refuses_bad_input_by_name_and_writes_nothing(
        self, desk: Any, url: str, count: Any, field: str, value: object
    ) -> None:
        body = {"id": str(new_id()), "text": ANSWER, "seen": None, field: value}

        assert refused(desk.post(url, json=body), field)
        assert count("message") == 0

    def test_is_refused_to_one_who_stops_working_with_the_person_meanwhile(
        self, desk: Any, url: str, count: Any, case_ends_meanwhile: Any
    ) -> None:
        case_ends_meanwhile()

        answer = desk.post(url, json={"id": str(new_id()), "text": ANSWER, "seen": None})

        assert answer.status_code == 404
        assert count("message") == 0


class TestTakingBack:
    def test_leaves_a_line_without_words_on_both_sides(
        self, answers: Any, desk: Any, url: str, sender: Sender
    ) -> None:
        written = answers(None, "Til en helt anden")

        taken = desk.post(f"{url}/{written['id']}/withdrawal")

        assert (taken.status_code, taken.json["text"], taken.json["withdrawn"]) == (200, None, True)
        assert desk.get(url).json["items"] == [taken.json]
        pulled = sender.pull("message")[written["id"]]
        assert (pulled["text"], pulled["withdrawn"], pulled["erased"]) == (None, True, False)

    def test_is_for_who_wrote_it(
        self,
        answers: Any,
        url: str,
        says: Any,
        stands_in: Any,
        colleague: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        written, asked = answers(None), says()
        stands_in()
        theirs = sign_in_staff(colleague, new_client())

        assert theirs.post(f"{url}/{written['id']}/withdrawal").status_code == 403
        assert theirs.post(f"{url}/{asked}/withdrawal").status_code == 403

    def test_lets_the_person_wait_again(self, says: Any, answers: Any, desk: Any, url: str) -> None:
        written = answers(says())
        assert desk.get(WAITING).json["items"] == []

        desk.post(f"{url}/{written['id']}/withdrawal")

        assert len(desk.get(WAITING).json["items"]) == 1
