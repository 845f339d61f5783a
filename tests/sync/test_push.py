"""Pushing: each change once, in one transaction, whatever is lost, repeated or refused on the way."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import refused, seen, without_id
from tests.sync.pushing import PUSH, Sender, changed, everything, texts, version_of


@pytest.fixture
def sender(phone: Any) -> Sender:
    """The citizen's phone as it sends."""
    return Sender(phone)


@pytest.fixture
def second(citizen: Any, counsellor: Any, pair: Any, new_client: Callable[..., Any]) -> Sender:
    """Another phone of the same person."""
    return Sender(pair(citizen, counsellor, new_client()))


class TestAChange:
    def test_is_written_with_everything_that_follows_from_it(
        self, sender: Sender, citizen: Any, superuser: Any
    ) -> None:
        mutation = sender.line("Ringe til min søster")

        answer = sender.post(mutation)

        assert answer.json == {
            "results": [
                {
                    "mutation_id": mutation["mutation_id"],
                    "client_seq": 1,
                    "result": "applied",
                    "data": None,
                    "problem": None,
                }
            ],
            "last_seq": 1,
        }
        assert texts(sender.pull("plan_line")[mutation["entity_id"]]) == ["Ringe til min søster"]
        tables = "sync_client", "sync_result", "plan_line", "plan_line_version", "crisis_plan"
        for table in tables:
            rows = superuser.execute(f"SELECT citizen_id FROM {table}").fetchall()
            assert rows == [(citizen.id,)], table
        trail = superuser.execute(
            "SELECT subject_id::text FROM audit_event WHERE event = 'plan-line.changed'"
        )
        assert trail.fetchall() == [(mutation["entity_id"],)]

    def test_is_answered_byte_for_byte_alike_when_it_comes_again(
        self, sender: Sender, superuser: Any
    ) -> None:
        good, bad = sender.line("Gå en tur"), sender.line("x" * 2001)
        first = sender.post(good, bad)
        before = everything(superuser)

        again = [sender.post(good, bad) for _ in range(3)]

        assert [answer.get_data() for answer in again] == [first.get_data()] * 3
        assert changed(before, everything(superuser)) == set()

    def test_under_the_same_id_with_other_words_is_refused_and_writes_nothing(
        self, sender: Sender, superuser: Any
    ) -> None:
        mutation = sender.line("Gå en tur")
        sender.send(mutation)
        before = everything(superuser)

        mutation["fields"]["text"]["value"] = "Blive hjemme"
        result = sender.send(mutation)[0]

        assert (result["result"], result["problem"]) == ("rejected_reuse", {"code": "id-taken"})
        assert changed(before, everything(superuser)) == set()

    def test_under_a_used_id_as_the_next_one_keeps_its_words_and_lets_the_queue_go_on(
        self, sender: Sender
    ) -> None:
        first = sender.line("Gå en tur")
        sender.send(first)
        other = {**sender.line("Blive hjemme"), "mutation_id": first["mutation_id"]}

        results = sender.send(other, sender.line("Sove"))

        assert [result["result"] for result in results] == ["rejected_reuse", "applied"]
        assert [edit["content"] for edit in sender.pull("rejected_edit").values()] == ["Blive hjemme"]

    def test_that_skips_a_number_is_told_the_next_one(self, sender: Sender, superuser: Any) -> None:
        sender.send(sender.line("Gå en tur"))
        sender.seq += 3
        before = everything(superuser)

        answer = sender.post(sender.line("Sove"))

        assert (answer.status_code, answer.json["code"]) == (409, "sequence-gap")
        assert answer.json["errors"] == {"client_seq": ["2"]}
        assert changed(before, everything(superuser)) == set()

    def test_that_is_new_under_a_used_number_is_told_the_next_one(self, sender: Sender) -> None:
        sender.send(sender.line("Gå en tur"))

        answer = sender.post({**sender.line("Sove"), "client_seq": 1})

        assert (answer.status_code, answer.json["errors"]) == (409, {"client_seq": ["2"]})

    def test_that_came_through_an_earlier_pairing_is_not_done_again(
        self, sender: Sender, second: Sender, superuser: Any
    ) -> None:
        mutation, refused_one = sender.line("Gå en tur"), sender.line("")
        sender.send(mutation, refused_one)
        before = everything(superuser)

        results = second.send(mutation, refused_one)

        assert [result["result"] for result in results] == ["duplicate", "duplicate"]
        assert results[1]["problem"]["code"] == "invalid"
        assert changed(before, everything(superuser)) <= {"sync_client", "sync_result"}
        assert second.post(mutation, refused_one).json["results"] == results

    def test_of_another_phones_client_number_is_answered_like_none(
        self,
        sender: Sender,
        second: Sender,
        stranger: Any,
        make_staff: Any,
        give_case: Any,
        pair: Any,
        new_client: Any,
    ) -> None:
        sender.send(sender.line("Gå en tur"))
        worker = make_staff()
        give_case(stranger, worker)
        theirs = Sender(pair(stranger, worker, new_client()))

        for other in (second, theirs):
            foreign = other.post(other.line("Sove"), client_id=sender.client_id)
            nowhere = other.browser.get(f"/api/v1/citizen/reminders/{new_id()}")
            assert foreign.status_code == 404
            assert without_id(foreign) == without_id(nowhere)
        assert sender.post(sender.line("Sove")).status_code == 200

    def test_on_somebody_elses_things_is_like_one_on_nothing(
        self,
        sender: Sender,
        book: Any,
        stranger: Any,
        make_staff: Any,
        give_case: Any,
        pair: Any,
        new_client: Any,
    ) -> None:
        worker = make_staff()
        give_case(stranger, worker)
        theirs = Sender(pair(stranger, worker, new_client()))
        line, goal = (
            sender.line("Gå en tur"),
            sender.change("goal", "put", title={"value": "Ro", "base_version": 0}),
        )
        sender.send(line, goal)
        ids = {
            "plan_line/delete": line["entity_id"],
            "appointment/reply": book()["id"],
            "goal/put": goal["entity_id"],
        }
        fields = {
            "plan_line/delete": {"parents": []},
            "appointment/reply": {"revision": 1, "reply": "accepted"},
            "goal/put": {"status": "completed"},
        }

        for kind, entity_id in ids.items():
            entity, op = kind.split("/")
            foreign, unknown = (
                theirs.send(theirs.change(entity, op, about, **fields[kind]))[0]
                for about in (entity_id, None)
            )
            assert (foreign["result"], foreign["problem"]) == (unknown["result"], unknown["problem"])
            assert foreign["result"] == "rejected_gone"
        assert next(iter(sender.pull("goal").values()))["status"] == "active"

    def test_counts_in_the_order_of_arrival_whatever_the_phones_clock_says(
        self, sender: Sender, second: Sender, now: datetime
    ) -> None:
        goal = sender.change("goal", "put", title={"value": "Ro", "base_version": 0})
        sender.send(goal)
        late = (now + timedelta(days=3)).isoformat()
        early = (now - timedelta(days=3)).isoformat()

        sender.send({**sender.change("goal", "put", goal["entity_id"], status="on-hold"), "device_at": late})
        second.send(
            {**second.change("goal", "put", goal["entity_id"], status="completed"), "device_at": early}
        )

        assert sender.pull("goal")[goal["entity_id"]]["status"] == "completed"


class TestTheForm:
    def test_takes_at_most_a_hundred_changes_and_half_a_megabyte(self, sender: Sender, count: Any) -> None:
        many = [sender.line("Gå en tur") for _ in range(101)]
        assert refused(sender.post(*many), "mutations")
        assert refused(sender.post(), "mutations")

        long = [sender.line("æ" * 6000) for _ in range(60)]
        answer = sender.post(*long)

        assert (answer.status_code, answer.json["code"]) == (413, "too-large")
        assert count("sync_client") == 0

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("client_seq", 0),
            ("client_seq", 2**63),
            ("client_seq", "1"),
            ("mutation_id", "7"),
            ("mutation_id", "4f8b0f9e-3c57-4b1e-9d6d-2f3a9b1c7e55"),
            ("entity_id", None),
            ("fields", []),
            ("schema_version", 2),
            ("device_at", "2026-11-23T10:00:00"),
            ("citizen_id", "x"),
        ],
    )
    def test_is_refused_by_name(self, sender: Sender, count: Any, field: str, value: object) -> None:
        answer = sender.post({**sender.line("Gå en tur"), field: value})

        assert refused(answer, f"mutations.0.{field}")
        assert count("sync_client") == 0

    def test_is_for_citizens_alone(self, sender: Sender, desk: Any, new_client: Any) -> None:
        body = {"client_id": sender.client_id, "mutations": [sender.line("Gå en tur")]}

        assert new_client().post(PUSH, json=body).status_code == 401
        assert desk.post(PUSH, json=body).status_code == 401


class TestReplies:
    def test_are_kept_for_the_revision_that_was_seen(self, sender: Sender, book: Any, desk: Any) -> None:
        booked = book()

        result = sender.send(
            sender.change("appointment", "reply", booked["id"], revision=1, reply="accepted")
        )[0]

        assert result["result"] == "applied"
        assert desk.get(f"/api/v1/staff/appointments/{booked['id']}").json["reply"] == "accepted"

    def test_to_a_cancelled_appointment_are_refused_with_the_reason_and_shown(
        self, sender: Sender, book: Any, desk: Any
    ) -> None:
        booked = book()
        cancel = f"/api/v1/staff/appointments/{booked['id']}/cancellation"
        desk.post(cancel, json={"cancellation": "by-service"}, headers=seen(1))

        result = sender.send(
            sender.change("appointment", "reply", booked["id"], revision=1, reply="accepted")
        )[0]

        assert (result["result"], result["problem"]["code"]) == (
            "rejected_validation",
            "appointment-cancelled",
        )
        kept = sender.pull("rejected_edit")[result["data"]["rejected_edit"]]
        assert (kept["entity"], kept["entity_id"], kept["content"]) == (
            "appointment",
            booked["id"],
            "accepted",
        )


class TestSettings:
    def test_are_kept_field_by_field_from_two_phones(
        self, sender: Sender, second: Sender, citizen: Any
    ) -> None:
        sender.send(sender.change("reminder_settings", "put", two_hours_before=True))
        second.send(second.change("reminder_settings", "put", appointments=False))

        chosen = sender.pull("profile")[str(citizen.id)]["reminders"]

        assert (chosen["appointments"], chosen["two_hours_before"], chosen["version"]) == (False, True, 2)

    def test_that_pause_into_the_past_are_refused_by_name(self, sender: Sender, now: datetime) -> None:
        pause = (now - timedelta(hours=1)).isoformat()

        result = sender.send(sender.change("reminder_settings", "put", paused_until=pause))[0]

        assert result["result"] == "rejected_validation"
        assert list(result["problem"]["errors"]) == ["paused_until"]


class TestGoals:
    def test_worded_on_two_phones_at_once_keep_both_titles_until_somebody_chooses(
        self, sender: Sender, second: Sender
    ) -> None:
        goal = sender.change("goal", "put", title={"value": "Ro", "base_version": 0})
        sender.send(goal)

        def word(phone: Sender, title: str, base: int) -> str:
            written = {"value": title, "base_version": base}
            return str(phone.send(phone.change("goal", "put", goal["entity_id"], title=written))[0]["result"])

        results = [word(sender, "Hvile", 1), word(second, "Søvn", 1)]
        both = sender.pull("goal")[goal["entity_id"]]
        chosen = word(second, "Hvile og søvn", both["version"])

        assert results == ["applied", "kept_both"]
        assert (both["title"], both["titles"]) == ("Hvile", ["Hvile", "Søvn"])
        assert chosen == "applied"
        assert sender.pull("goal")[goal["entity_id"]]["titles"] == ["Hvile og søvn"]

    def test_worded_twice_before_the_phone_heard_back_keep_the_last(self, sender: Sender) -> None:
        first = sender.change("goal", "put", title={"value": "Ro", "base_version": 0})
        again = {"value": "Mere ro", "base_version": 0, "after": [first["mutation_id"]]}

        results = sender.send(first, sender.change("goal", "put", first["entity_id"], title=again))

        assert [result["result"] for result in results] == ["applied", "applied"]
        assert sender.pull("goal")[first["entity_id"]]["titles"] == ["Mere ro"]

    def test_worded_by_staff_take_a_status_and_no_other_words(
        self, sender: Sender, desk: Any, citizen: Any
    ) -> None:
        url = f"/api/v1/staff/citizens/{citizen.id}/goals"
        goal = desk.post(url, json={"title": "Gå en tur hver dag", "origin": "staff"}).json

        status = sender.send(sender.change("goal", "put", goal["id"], status="accepted"))[0]
        words = sender.send(
            sender.change("goal", "put", goal["id"], title={"value": "Blive hjemme", "base_version": 2})
        )[0]

        assert (status["result"], words["result"]) == ("applied", "rejected_permission")
        assert words["problem"]["code"] == "not-own-words"
        now_ = sender.pull("goal")[goal["id"]]
        assert (now_["title"], now_["status"]) == ("Gå en tur hver dag", "accepted")


class TestPlanLines:
    def test_written_on_two_phones_at_once_show_both_texts(self, sender: Sender, second: Sender) -> None:
        line = sender.line("Ringe til Mette")
        sender.send(line)
        base = (version_of(line),)

        one = sender.send(sender.line("Ringe til Mette om morgenen", line["entity_id"], base))[0]
        two = second.send(second.line("Ringe til Mette eller Ole", line["entity_id"], base))[0]

        assert (one["result"], two["result"]) == ("applied", "kept_both")
        assert sorted(texts(sender.pull("plan_line")[line["entity_id"]])) == [
            "Ringe til Mette eller Ole",
            "Ringe til Mette om morgenen",
        ]
