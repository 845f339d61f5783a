"""What is refused is kept for its author, what is erased is nowhere, what fails here advances nothing."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from server.accounts import service as accounts
from server.core import clock, crypto, db
from server.goals import service as goals
from tests.sync.pushing import Sender, changed, everything, texts, version_of


@pytest.fixture
def sender(phone: Any) -> Sender:
    """The citizen's phone as it sends."""
    return Sender(phone)


@pytest.fixture
def second(citizen: Any, counsellor: Any, pair: Any, new_client: Any) -> Sender:
    """Another phone of the same person."""
    return Sender(pair(citizen, counsellor, new_client()))


def sealed_words(superuser: Any) -> list[str]:
    """Every sealed text about plans and refused edits, opened."""
    found = []
    for table, column in (("plan_line_version", "value"), ("rejected_edit", "content")):
        rows = superuser.execute(f"SELECT id, {column}_sealed FROM {table}").fetchall()
        found += [crypto.unseal(value, context=f"{table}.{column}", row_id=row_id) for row_id, value in rows]
    return [words for words in found if words is not None]


class TestRefusedWords:
    def test_wait_sealed_for_their_author_on_every_phone(
        self, sender: Sender, second: Sender, superuser: Any
    ) -> None:
        long = "Jeg skriver " + "og skriver " * 300

        result = sender.send(sender.line(long))[0]

        assert (result["result"], result["problem"]["code"]) == ("rejected_validation", "invalid")
        assert list(result["problem"]["errors"]) == ["text.value"]
        for phone in (sender, second):
            kept = phone.pull("rejected_edit")[result["data"]["rejected_edit"]]
            assert (kept["entity"], kept["content"], kept["reason"]) == ("plan_line", long, "invalid")
        assert "og skriver" not in everything(superuser)["rejected_edit"]
        assert "og skriver" not in everything(superuser)["sync_result"]
        trail = superuser.execute("SELECT outcome FROM audit_event WHERE event = 'sync.refused'")
        assert trail.fetchall() == [("invalid",)]

    def test_do_not_stop_what_comes_after_them(self, sender: Sender) -> None:
        results = sender.send(
            sender.line(""),
            sender.change("diary", "put", text="Kære dagbog"),
            sender.change("plan_line", "burn", text="Kære plan"),
            sender.line("Nul\x00 tegn"),
            sender.line("Gå en tur"),
        )

        assert [result["result"] for result in results] == ["rejected_validation"] * 4 + ["applied"]
        contents = {edit["content"] for edit in sender.pull("rejected_edit").values()}
        assert contents == {"", "Kære dagbog", "Kære plan", "Nul tegn"}

    def test_are_gone_from_all_phones_and_the_database_once_dismissed(
        self, sender: Sender, second: Sender, superuser: Any
    ) -> None:
        edit_id = sender.send(sender.line("a" * 2001))[0]["data"]["rejected_edit"]
        cursor = second.browser.get("/api/v1/citizen/sync/pull").json["cursor"]

        result = sender.send(sender.change("rejected_edit", "dismiss", edit_id))[0]

        assert result["result"] == "applied"
        page = second.browser.get("/api/v1/citizen/sync/pull", query_string={"cursor": cursor}).json
        assert [(one["id"], one["op"]) for one in page["changes"]] == [(edit_id, "forget")]
        assert sealed_words(superuser) == []

    def test_of_somebody_else_cannot_be_dismissed(self, sender: Sender) -> None:
        result = sender.send(sender.change("rejected_edit", "dismiss"))[0]

        assert (result["result"], result["data"]) == ("rejected_gone", None)


class TestSletHelt:
    def test_takes_the_words_out_of_versions_refused_edits_and_answers(
        self, sender: Sender, second: Sender, superuser: Any
    ) -> None:
        line = sender.line("Kanariefugl et")
        sender.send(line)
        line_id, base = line["entity_id"], (version_of(line),)
        sender.send(
            sender.line("Kanariefugl to", line_id, base), sender.line("Kanariefugl tre" * 200, line_id)
        )
        second.send(second.line("Kanariefugl fire", line_id, base))
        assert len(sealed_words(superuser)) == 4

        result = second.send(second.change("plan_line", "erase", line_id))[0]

        assert result["result"] == "applied"
        assert sealed_words(superuser) == []
        assert [name for name, rows in everything(superuser).items() if "Kanariefugl" in rows] == []
        assert sender.pull("rejected_edit") == {}
        assert sender.pull("plan_line")[line_id]["erased"] is True

    def test_beats_an_edit_that_comes_later_and_keeps_its_words_nowhere(
        self, sender: Sender, second: Sender, superuser: Any
    ) -> None:
        line = sender.line("Ringe til Mette")
        sender.send(line, sender.change("plan_line", "erase", line["entity_id"]))

        result = second.send(second.line("Ringe til Ole", line["entity_id"], (version_of(line),)))[0]

        assert (result["result"], result["problem"]["code"]) == ("rejected_gone", "not-found")
        assert second.pull("plan_line")[line["entity_id"]]["text"] == []
        assert second.pull("rejected_edit") == {}
        assert sealed_words(superuser) == []

    def test_is_not_undone_by_the_same_edit_coming_again(self, sender: Sender, second: Sender) -> None:
        line = sender.line("Ringe til Mette")
        sender.send(line)
        second.send(second.change("plan_line", "erase", line["entity_id"]))

        again, elsewhere = sender.send(line)[0], second.send({**line, "client_seq": 2})[0]

        assert (again["result"], elsewhere["result"]) == ("applied", "duplicate")
        assert sender.pull("plan_line")[line["entity_id"]]["text"] == []


class TestPermission:
    def test_is_that_of_the_moment_in_which_a_change_arrives(
        self, sender: Sender, citizen: Any, superuser: Any
    ) -> None:
        sender.send(sender.line("Gå en tur"))
        with db.transaction() as session:
            accounts.revoke_sessions(session, citizen_id=citizen.id, now=clock.now())
        before = everything(superuser)

        answer = sender.post(sender.line("Sove"))

        assert (answer.status_code, answer.json["code"]) == (401, "session-ended")
        assert changed(before, everything(superuser)) == set()

    def test_is_asked_again_inside_the_transaction(
        self, sender: Sender, citizen: Any, superuser: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The phone is ended after its request was let in and before its change is written."""
        from server.sync import citizen_views

        taken_in = citizen_views.take_in

        def end_first(session: Any, **asked: Any) -> Any:
            with db.transaction() as other:
                accounts.revoke_sessions(other, citizen_id=citizen.id, now=clock.now())
            return taken_in(session, **asked)

        monkeypatch.setattr(citizen_views, "take_in", end_first)

        answer = sender.post(sender.line("Sove"))

        assert (answer.status_code, answer.json["code"]) == (401, "session-ended")
        assert superuser.execute("SELECT count(*) FROM plan_line").fetchone() == (0,)
        assert superuser.execute("SELECT count(*) FROM sync_result").fetchone() == (0,)


class TestOneTransaction:
    @pytest.mark.parametrize(
        "table", ["plan_line_version", "citizen_change", "audit_event", "sync_result", "rejected_edit"]
    )
    def test_writes_all_of_a_change_or_nothing(self, sender: Sender, superuser: Any, table: str) -> None:
        """A table that takes no row stands for a crash at that very point."""
        sender.send(sender.line("Gå en tur"))
        superuser.commit()
        superuser.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$"
        )
        superuser.execute(f"CREATE TRIGGER refuse BEFORE INSERT ON {table} EXECUTE FUNCTION refuse()")
        superuser.commit()
        before = everything(superuser)
        mutation = sender.line("x" * 2001 if table == "rejected_edit" else "Sove")
        try:
            failed = sender.post(mutation)
            after = everything(superuser)
        finally:
            superuser.execute("DROP FUNCTION refuse CASCADE")
            superuser.commit()

        assert failed.status_code in (500, 503)
        assert changed(before, after) == set()
        assert sender.post(mutation).status_code == 200

    def test_lets_the_queue_wait_when_the_house_is_in_trouble(
        self, sender: Sender, superuser: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def in_trouble(*_: Any, **__: Any) -> Any:
            raise OperationalError("SELECT 1", {}, Exception("gone"))

        line, goal = sender.line("Gå en tur"), sender.change("goal", "put", status="active")
        with monkeypatch.context() as patched:
            patched.setattr(goals, "put_own_goal", in_trouble)
            failed = sender.post(line, goal, sender.line("Sove"))

        assert failed.status_code == 503
        assert superuser.execute("SELECT last_seq FROM sync_client").fetchone() == (1,)
        results = sender.send(sender.change("plan", "review", review_on=None) | {"client_seq": 2})
        assert [result["result"] for result in results] == ["applied"]

    def test_happens_once_however_many_copies_arrive_at_the_same_moment(
        self, sender: Sender, superuser: Any
    ) -> None:
        goal = sender.change("goal", "put", title={"value": "Ro", "base_version": 0})
        status = sender.change("goal", "put", goal["entity_id"], status="on-hold")

        with ThreadPoolExecutor(6) as pool:
            copies = [pool.submit(sender.post, goal, status) for _ in range(6)]
            answers = [copy.result() for copy in copies]

        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.get_data() for answer in answers}) == 1
        assert superuser.execute("SELECT version FROM goal").fetchone() == (2,)

    def test_takes_changes_of_two_phones_at_once_one_after_the_other(
        self, sender: Sender, second: Sender
    ) -> None:
        line = sender.line("Ringe til Mette")
        sender.send(line)
        edits = [
            (
                phone,
                [
                    phone.line(f"{name} {number}", line["entity_id"], (version_of(line),))
                    for number in range(5)
                ],
            )
            for name, phone in (("En", sender), ("To", second))
        ]

        with ThreadPoolExecutor(2) as pool:
            results = [pool.submit(phone.send, *mine) for phone, mine in edits]
            assert all(len(one.result()) == 5 for one in results)

        assert len(texts(sender.pull("plan_line")[line["entity_id"]])) == 10


def test_the_database_refuses_one_persons_answer_under_another_persons_number(
    sender: Sender, stranger: Any, superuser: Any
) -> None:
    sender.send(sender.line("Gå en tur"))

    with pytest.raises(Exception, match="fk_sync_result_client_id"), db.transaction() as session:
        session.execute(text("UPDATE sync_result SET citizen_id = :other"), {"other": stranger.id})
