"""A person's own messages: taken in once, never lying unread, and gone for good when the person says so."""

from typing import Any

import pytest

from server.core.ids import new_id
from server.messages.own import MOST
from tests.messages.conftest import ANSWER, WORDS
from tests.sync.pushing import Sender


class TestWriting:
    def test_reaches_the_contact_person_and_the_persons_other_phones(
        self, says: Any, desk: Any, url: str, sender: Sender
    ) -> None:
        message_id = says()

        (shown,) = desk.get(url).json["items"]
        assert (shown["id"], shown["by"], shown["text"]) == (message_id, "citizen", WORDS)
        pulled = sender.pull("message")[message_id]
        assert (pulled["text"], pulled["by"], pulled["name"], pulled["erased"]) == (
            WORDS,
            "citizen",
            None,
            False,
        )

    def test_is_one_message_however_often_it_comes(self, sender: Sender, count: Any) -> None:
        said = sender.change("message", "put", text=WORDS)
        sender.send(said)
        sender.post(said)
        again = sender.send(sender.change("message", "put", said["entity_id"], text=WORDS))
        other = sender.send(sender.change("message", "put", said["entity_id"], text="Noget andet"))

        assert [one["result"] for one in (*again, *other)] == ["duplicate", "rejected_reuse"]
        assert count("message") == 1
        assert [one["content"] for one in sender.pull("rejected_edit").values()] == ["Noget andet"]

    @pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "a\u0000b", 5, None])
    def test_that_cannot_be_used_is_named_and_its_words_wait_for_their_author(
        self, sender: Sender, count: Any, text: object
    ) -> None:
        (answer,) = sender.send(sender.change("message", "put", text=text))

        assert (answer["result"], list(answer["problem"]["errors"])) == ("rejected_validation", ["text"])
        assert count("message") == 0
        if text == "x" * 2001:
            assert [one["content"] for one in sender.pull("rejected_edit").values()] == [text]

    def test_of_the_longest_length_is_taken(self, says: Any, desk: Any, url: str) -> None:
        says("æ" * 2000)

        assert desk.get(url).json["items"][0]["text"] == "æ" * 2000

    def test_is_sealed_in_the_database_and_stands_on_no_trail(self, says: Any, superuser: Any) -> None:
        says("Kanariefugl")

        for table in ("message", "audit_event", "citizen_change", "sync_result"):
            rows = superuser.execute(f"SELECT t::text FROM {table} t").fetchall()
            assert not any("Kanariefugl" in row[0] for row in rows)

    def test_when_nobody_works_with_the_person_any_more_comes_back_to_its_author(
        self, sender: Sender, superuser: Any, count: Any
    ) -> None:
        superuser.execute("UPDATE care_relation SET ends_at = starts_at")
        superuser.commit()

        (answer,) = sender.send(sender.change("message", "put", text=WORDS))

        assert (answer["result"], answer["problem"]["code"]) == ("rejected_validation", "nobody-reads")
        assert count("message") == 0
        assert [one["content"] for one in sender.pull("rejected_edit").values()] == [WORDS]

    def test_more_than_a_person_writes_comes_back_and_holds_nothing_else_up(self, sender: Sender) -> None:
        said = [sender.change("message", "put", text=f"Besked {number}") for number in range(MOST + 1)]
        goal = sender.change("goal", "put", title={"value": "Sove", "base_version": 0})

        results = [one["result"] for one in sender.send(*said, goal)]

        assert results == ["applied"] * MOST + ["rejected_validation", "applied"]
        assert [one["content"] for one in sender.pull("rejected_edit").values()] == [f"Besked {MOST}"]

    def test_shown_as_written_later_than_now_by_a_phones_wrong_clock_is_written_now(
        self, sender: Sender, desk: Any, url: str
    ) -> None:
        said = {**sender.change("message", "put", text=WORDS), "device_at": "2031-01-01T00:00:00Z"}
        sender.send(said)

        (shown,) = desk.get(url).json["items"]
        assert shown["at"] == shown["received_at"] == "2026-11-23T09:00:00Z"


class TestErasing:
    def test_takes_the_words_everywhere(
        self, says: Any, sender: Sender, desk: Any, url: str, superuser: Any
    ) -> None:
        message_id = says()

        (answer,) = sender.send(sender.change("message", "erase", message_id))

        assert answer["result"] == "applied"
        assert desk.get(url).json["items"] == []
        assert desk.get(url).json["waiting_since"] is None
        pulled = sender.pull("message")[message_id]
        assert (pulled["text"], pulled["erased"]) == (None, True)
        assert superuser.execute("SELECT text_sealed FROM message").fetchall() == [(None,)]

    def test_beats_a_message_that_comes_later(self, sender: Sender, desk: Any, url: str, count: Any) -> None:
        message_id = str(new_id())
        sender.send(sender.change("message", "erase", message_id))

        (late,) = sender.send(sender.change("message", "put", message_id, text=WORDS))

        assert (late["result"], late["data"]) == ("rejected_gone", None)
        assert desk.get(url).json["items"] == []
        assert count("rejected_edit") == 0

    def test_takes_words_that_came_back_with_it(self, sender: Sender, superuser: Any) -> None:
        said = sender.change("message", "put", text="x" * 2001)
        sender.send(said)

        sender.send(sender.change("message", "erase", said["entity_id"]))

        assert superuser.execute("SELECT count(content_sealed) FROM rejected_edit").fetchone() == (0,)

    def test_is_not_for_what_staff_wrote(self, answers: Any, sender: Sender, desk: Any, url: str) -> None:
        theirs = answers(None)

        (answer,) = sender.send(sender.change("message", "erase", theirs["id"]))

        assert answer["result"] == "rejected_permission"
        assert desk.get(url).json["items"][0]["text"] == ANSWER

    def test_under_the_id_of_another_persons_message_touches_nothing_of_theirs(
        self, says: Any, desk: Any, url: str, make_staff: Any, make_citizen: Any, new_client: Any, pair: Any
    ) -> None:
        message_id, helper = says(), make_staff()
        other = Sender(pair(make_citizen(contact=helper), helper, new_client()))

        (answer,) = other.send(other.change("message", "erase", message_id))

        assert answer["result"] == "applied"
        assert desk.get(url).json["items"][0]["text"] == WORDS


class TestTheDatabase:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE message SET text_sealed = 'x'",
            "UPDATE message SET staff_id = NULL, text_sealed = NULL, erased_at = now(), by = 'staff'",
            "DELETE FROM message",
        ],
    )
    def test_keeps_messages_as_they_were_written(self, says: Any, superuser: Any, statement: str) -> None:
        says()

        with pytest.raises(Exception, match="append-only"):
            superuser.execute(statement)
        superuser.rollback()
