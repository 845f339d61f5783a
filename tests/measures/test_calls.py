"""A yes to "Skal din kontaktperson ringe?": a task for the next working day, and the rules behind it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from server.core.access import Role
from server.core.ids import new_id
from tests.appointments.people import refused, seen
from tests.conftest import actor_of
from tests.crisis_plans.people import stand_in
from tests.measures.people import RULES, WHO, Answering

WISHES, TODAY = "/api/v1/staff/call-wishes", "/api/v1/staff/today"
TASKS = "SELECT kind, subject_id::text, due_on::text, owner_id, status FROM task ORDER BY created_at"


@pytest.fixture
def found(superuser: Any) -> Callable[[], list[Any]]:
    """The tasks as they stand in the database."""
    return lambda: list(superuser.execute(TASKS).fetchall())


def wishes(browser: Any) -> list[dict[str, Any]]:
    """Whom a colleague is to call."""
    answer = browser.get(WISHES)
    assert answer.status_code == 200
    return list(answer.json["items"])


def _call(desk: Any) -> None:
    """Somebody has called the one person who wished it."""
    (row,) = wishes(desk)
    outcome = {"outcome": "closed", "reason": "came-since"}
    path = f"/api/v1/staff/tasks/{row['id']}/outcome"
    assert desk.post(path, json=outcome, headers=seen(row["version"])).status_code == 200
    assert wishes(desk) == []


class TestWish:
    def test_is_a_task_of_the_contact_person_for_the_next_working_day(
        self, sender: Answering, found: Any, counsellor: Any
    ) -> None:
        result = sender.answer()

        assert sender.wish_call(result) == "applied"

        assert found() == [("call-wished", result, "2026-11-24", counsellor.id, "requested")]
        assert sender.pull("measure_result")[result]["call_wished"] is True

    def test_before_christmas_is_for_the_first_day_after_it(
        self, sender: Answering, found: Any, go_to: Any
    ) -> None:
        go_to(datetime(2026, 12, 23, 10, 0, tzinfo=UTC))

        sender.wish_call(sender.answer())

        assert [row[2] for row in found()] == ["2026-12-28"]

    def test_is_one_call_however_often_it_is_said(self, sender: Answering, found: Any) -> None:
        first, second = sender.answer(), sender.answer()

        for result in (first, first, second):
            assert sender.wish_call(result) == "applied"

        assert len(found()) == 1

    def test_stands_on_the_list_of_today_and_tells_nothing_of_the_answers(
        self, sender: Answering, desk: Any
    ) -> None:
        sender.wish_call(sender.answer())

        (row,) = wishes(desk)
        assert (row["answered"], row["mine"], row["due_on"]) == (None, True, "2026-11-24")
        (todo,) = [one for one in desk.get(TODAY).json["items"] if one["kind"] == "call-wished"]
        assert (todo["title"], todo["link"]) == (None, "/staff/missed")

    def test_tells_the_score_where_those_answers_are_shared(self, sender: Answering, desk: Any) -> None:
        result = sender.answer(sharing="shared")
        sender.wish_call(result)
        assert wishes(desk)[0]["answered"] == {"code": "who-5", "score": 20}

        sender.offer(result, given=False)

        assert wishes(desk)[0]["answered"] is None

    def test_is_the_stand_ins_too_from_the_minute_it_begins(
        self,
        sender: Answering,
        desk: Any,
        counsellor: Any,
        make_staff: Any,
        sign_in_staff: Any,
        new_client: Any,
        outsider: Any,
    ) -> None:
        sender.wish_call(sender.answer())
        colleague = make_staff()
        substitute = sign_in_staff(colleague, new_client())
        assert wishes(substitute) == []

        stand_in(counsellor, colleague, actor_of(make_staff(roles=(Role.MANAGER,))))

        (row,) = wishes(substitute)
        kinds = [one["kind"] for one in substitute.get(TODAY).json["items"]]
        assert row["citizen_id"] == wishes(desk)[0]["citizen_id"]
        assert kinds == ["call-wished"]
        assert wishes(outsider) == []

    def test_of_somebody_nobody_answers_for_is_the_managers_by_alias_and_time_alone(
        self, sender: Answering, manager: Any, superuser: Any
    ) -> None:
        sender.wish_call(sender.answer(sharing="shared"))
        assert wishes(manager) == []

        superuser.execute("UPDATE care_relation SET ends_at = starts_at")
        superuser.commit()

        (row,) = wishes(manager)
        assert (row["mine"], row["answered"], row["owner"], row["calls"]) == (False, None, None, [])

    def test_stands_even_if_the_answers_are_gone_or_never_came(self, sender: Answering, found: Any) -> None:
        result = sender.answer()
        sender.wish_call(result)

        sender.erase(result)

        assert [row[4] for row in found()] == ["requested"]

    def test_without_any_answers_is_a_task_all_the_same(self, sender: Answering, found: Any) -> None:
        result = str(new_id())

        assert sender.wish_call(result) == "applied"

        assert [(row[0], row[1]) for row in found()] == [("call-wished", result)]

    def test_needs_no_rule_that_is_still_on(self, sender: Answering, manager: Any, found: Any) -> None:
        manager.put(RULES, json={"code": "who-5", "at_most": 50})
        result = sender.answer()
        manager.put(RULES, json={"code": "who-5", "at_most": None})

        assert sender.wish_call(result) == "applied"
        assert len(found()) == 1

    def test_after_the_call_can_be_wished_again(self, sender: Answering, desk: Any) -> None:
        sender.wish_call(sender.answer())
        _call(desk)

        sender.wish_call(sender.answer())

        assert len(wishes(desk)) == 1

    def test_from_another_phone_after_the_call_is_a_call_more(
        self,
        sender: Answering,
        desk: Any,
        found: Any,
        citizen: Any,
        counsellor: Any,
        pair: Any,
        new_client: Any,
    ) -> None:
        other = Answering(pair(citizen, counsellor, new_client()))
        begun = sender.answer(items={"calm": 1}, complete=False)
        sender.answer(begun)
        sender.wish_call(begun)
        _call(desk)
        (kept,) = other.send(other.entry(begun, items={**WHO, "calm": 5}))
        wish = other.change("measure_call", "put", None, result_id=begun)

        assert (kept["result"], other.send(wish)[0]["result"]) == ("kept_both", "applied")

        assert len(wishes(desk)) == 1
        _call(desk)
        again = {**wish, "mutation_id": str(new_id()), "client_seq": wish["client_seq"] + 1}
        assert other.send(again)[0]["result"] == "applied"
        assert [row[4] for row in found()] == ["completed", "completed"]

    def test_look_is_on_the_trail(self, sender: Answering, desk: Any, superuser: Any) -> None:
        sender.wish_call(sender.answer())
        wishes(desk)

        rows = superuser.execute("SELECT purpose FROM audit_event WHERE event = 'call-wishes.listed'")
        assert rows.fetchall() == [("call wishes: 1",)]


class TestRules:
    def test_are_off_until_the_manager_turns_one_on(self, sender: Answering, manager: Any) -> None:
        assert sender.profile()["low_scores"] == {}
        (rule,) = manager.get(RULES).json["items"]
        assert (rule["code"], rule["at_most"], rule["history"]) == ("who-5", None, [])
        assert [(band["from"], band["to"]) for band in rule["bands"]] == [(0, 35), (36, 50), (51, 100)]

        manager.put(RULES, json={"code": "who-5", "at_most": 50})

        assert sender.profile()["low_scores"] == {"who-5": 50}

    def test_keep_their_history(self, manager: Any, sender: Answering, go_to: Any) -> None:
        for minute, at_most in enumerate((50, 50, 35, None)):
            go_to(datetime(2026, 11, 23, 10, minute, tzinfo=UTC))
            assert manager.put(RULES, json={"code": "who-5", "at_most": at_most}).status_code == 200

        (rule,) = manager.get(RULES).json["items"]
        assert [(one["at_most"], one["off_at"] is not None) for one in rule["history"]] == [
            (35, True),
            (50, True),
        ]
        assert sender.profile()["low_scores"] == {}

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"code": "audit-c", "at_most": 3}, "code"),
            ({"code": "days", "at_most": 3}, "code"),
            ({"code": "phq-9", "at_most": 3}, "code"),
            ({"code": "who-5", "at_most": 100}, "at_most"),
            ({"code": "who-5", "at_most": -1}, "at_most"),
            ({"code": "who-5", "at_most": "35"}, "at_most"),
            ({"code": "who-5"}, "at_most"),
        ],
    )
    def test_refuse_what_cannot_be_by_name(self, manager: Any, said: dict[str, Any], field: str) -> None:
        assert refused(manager.put(RULES, json=said), field)

    def test_are_the_managers_alone(self, desk: Any, outsider: Any) -> None:
        for browser in (desk, outsider):
            assert browser.get(RULES).status_code == 403
            assert browser.put(RULES, json={"code": "who-5", "at_most": 50}).status_code == 403

    def test_of_one_unit_are_not_those_of_another(
        self, manager: Any, make_unit: Any, make_staff: Any, make_citizen: Any, pair: Any, new_client: Any
    ) -> None:
        manager.put(RULES, json={"code": "who-5", "at_most": 50})
        elsewhere = make_staff(unit=make_unit("krisecenter", "Krisecentret"))
        other = Answering(pair(make_citizen(contact=elsewhere), elsewhere, new_client()))

        assert other.profile()["low_scores"] == {}

    def test_turned_are_on_the_trail(self, manager: Any, superuser: Any) -> None:
        manager.put(RULES, json={"code": "who-5", "at_most": 35})
        manager.put(RULES, json={"code": "who-5", "at_most": None})

        rows = superuser.execute(
            "SELECT event, purpose FROM audit_event WHERE event LIKE 'measure-rule%' ORDER BY position"
        )
        assert rows.fetchall() == [
            ("measure-rule.turned-on", "who-5: 35"),
            ("measure-rule.turned-off", "who-5: off"),
        ]
