"""Sharing: off until the person says yes, taken back as easily, and never anybody else's to decide."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from server.citizens import stand_ins
from server.consents import service
from server.core import db
from server.core.access import Role
from server.core.errors import Forbidden
from tests.appointments.people import refused
from tests.conftest import NOW, actor_of

SHARING = "/api/v1/citizen/sharing"
YES = {"purpose": "contact-person", "item_class": "crisis-plan", "given": True, "text_version": "2026-11"}
NO = {**YES, "given": False}


def answer_for(answer: Any, purpose: str = "contact-person") -> dict[str, Any]:
    """The choice for one purpose."""
    (found,) = [
        choice
        for choice in answer.json
        if (choice["purpose"], choice["item_class"]) == (purpose, "crisis-plan")
    ]
    return dict(found)


@pytest.fixture
def rows(superuser: Any) -> Any:
    """Every choice there ever was."""
    return lambda: superuser.execute(
        "SELECT purpose, text_version, given_at, withdrawn_at FROM sharing_choice ORDER BY given_at, id"
    ).fetchall()


class TestListChoices:
    def test_are_all_off_at_first(self, phone: Any, make_unit: Any, counsellor: Any) -> None:
        make_unit("akuttilbud", "Det sociale akuttilbud")

        answer = phone.get(SHARING)

        off = {"item_class": "crisis-plan", "given": False, "given_at": None, "text_version": None}
        assert answer.json == [
            {
                **off,
                "purpose": "contact-person",
                "readers": [{"name": counsellor.name, "unit_name": None}],
            },
            {
                **off,
                "purpose": "crisis-line",
                "readers": [{"name": None, "unit_name": "Det sociale akuttilbud"}],
            },
            *(
                {
                    **off,
                    "item_class": item_class,
                    "purpose": "contact-person",
                    "readers": [{"name": counsellor.name, "unit_name": None}],
                }
                for item_class in ("check-ins", "exercises", "questionnaires")
            ),
        ]

    def test_name_who_stands_in_and_not_the_team(self, phone: Any, counsellor: Any, make_staff: Any) -> None:
        substitute, manager = make_staff(name="Viola Vikar"), make_staff(roles=(Role.MANAGER,))
        with db.transaction() as session:
            stand_ins.name_stand_in(
                session,
                staff_id=counsellor.id,
                stand_in_id=substitute.id,
                starts_on=None,
                ends_on=NOW.date() + timedelta(days=7),
                reason="ferie",
                actor=actor_of(manager),
                now=NOW,
            )

        readers = answer_for(phone.get(SHARING))["readers"]

        assert [reader["name"] for reader in readers] == [counsellor.name, "Viola Vikar"]

    def test_say_nobody_when_there_is_no_crisis_line(self, phone: Any) -> None:
        assert answer_for(phone.get(SHARING), "crisis-line")["readers"] == []


class TestChoose:
    def test_gives_one_yes_and_leaves_the_other_off(self, phone: Any, citizen: Any) -> None:
        answer = phone.put(SHARING, json=YES)

        given = answer_for(answer)
        assert (given["given"], given["given_at"]) == (True, "2026-11-23T09:00:00Z")
        assert given["text_version"] == "2026-11"
        assert not answer_for(answer, "crisis-line")["given"]
        assert answer.json == phone.get(SHARING).json
        assert _allowed(citizen, "contact-person")
        assert not _allowed(citizen, "crisis-line")

    def test_takes_it_back_and_keeps_the_history(
        self, phone: Any, citizen: Any, rows: Any, traveller: Any
    ) -> None:
        phone.put(SHARING, json=YES)
        traveller.move_to(NOW + timedelta(hours=1))

        answer = phone.put(SHARING, json=NO)

        assert not answer_for(answer)["given"]
        assert not _allowed(citizen, "contact-person")
        hour = timedelta(hours=1)
        assert rows() == [("contact-person", "2026-11", NOW, NOW + hour)]
        phone.put(SHARING, json=YES)
        assert [row[3] for row in rows()] == [NOW + hour, None]

    def test_twice_is_once(self, phone: Any, rows: Any, count: Any) -> None:
        phone.put(SHARING, json=NO)
        phone.put(SHARING, json=YES)
        before = count("citizen_change"), count("audit_event")

        phone.put(SHARING, json=YES)

        assert len(rows()) == 1
        assert (count("citizen_change"), count("audit_event")) == before

    def test_to_other_words_is_a_new_yes(self, phone: Any, rows: Any, traveller: Any) -> None:
        phone.put(SHARING, json=YES)
        traveller.move_to(NOW + timedelta(hours=1))

        answer = phone.put(SHARING, json={**YES, "text_version": "2027-01"})

        assert answer_for(answer)["text_version"] == "2027-01"
        assert [(row[1], row[3] is None) for row in rows()] == [("2026-11", False), ("2027-01", True)]

    def test_is_in_the_trail_and_told_to_the_phones(self, phone: Any, citizen: Any, superuser: Any) -> None:
        phone.put(SHARING, json=YES)
        phone.put(SHARING, json=NO)

        trail = superuser.execute(
            "SELECT event, purpose, actor_kind, unit_id FROM audit_event WHERE event LIKE 'sharing.%'"
            " ORDER BY position"
        ).fetchall()
        assert trail == [
            ("sharing.given", "contact-person", "citizen", citizen.unit_id),
            ("sharing.withdrawn", "contact-person", "citizen", citizen.unit_id),
        ]
        known_as = service.choice_id(
            citizen.id, service.Purpose.CONTACT_PERSON, service.ItemClass.CRISIS_PLAN
        )
        steps = superuser.execute("SELECT entity_id FROM citizen_change WHERE entity = 'sharing'").fetchall()
        assert steps == [(known_as,), (known_as,)]

    def test_reaches_the_phone_as_it_stands_now(self, phone: Any, citizen: Any) -> None:
        known_as = service.choice_id(citizen.id, service.Purpose.CRISIS_LINE, service.ItemClass.CRISIS_PLAN)
        phone.put(SHARING, json={**YES, "purpose": "crisis-line"})

        with db.transaction() as session:
            found = service.current_choices(session, citizen_id=citizen.id, choice_ids=[known_as])

        (choice,) = found.values()
        assert choice[:4] == ("crisis-line", "crisis-plan", True, "2026-11")
        assert (choice.given_seq or 0) > 0
        assert choice.withdrawn_seq is None

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("purpose", "everybody"),
            ("item_class", "diary"),
            ("given", "true"),
            ("given", None),
            ("text_version", ""),
            ("text_version", "x" * 33),
            ("text_version", "a b"),
            ("text_version", "a\n"),
            ("text_version", 1),
            ("citizen_id", "01900000-0000-7000-8000-000000000001"),
        ],
    )
    def test_refuses_bad_input_by_name_and_writes_nothing(
        self, phone: Any, count: Any, field: str, value: object
    ) -> None:
        assert refused(phone.put(SHARING, json={**YES, field: value}), field)
        assert count("sharing_choice") == 0

    def test_offers_no_check_ins_to_the_crisis_line(self, phone: Any, count: Any) -> None:
        answer = phone.put(SHARING, json={**YES, "purpose": "crisis-line", "item_class": "check-ins"})

        assert (answer.status_code, answer.json["code"]) == (422, "not-offered")
        assert count("sharing_choice") == 0

    def test_about_check_ins_says_nothing_about_the_plan(self, phone: Any, citizen: Any) -> None:
        phone.put(SHARING, json={**YES, "item_class": "check-ins"})

        assert not _allowed(citizen, "contact-person")

    def test_is_not_for_staff(self, desk: Any, counsellor: Any, count: Any) -> None:
        assert desk.get(SHARING).status_code == 401
        assert desk.put(SHARING, json=YES).status_code == 401
        with pytest.raises(Forbidden), db.transaction() as session:
            service.list_choices(session, actor=actor_of(counsellor), now=NOW)
        assert count("sharing_choice") == 0

    def test_of_many_at_once_leaves_one_open(self, phone: Any, superuser: Any, database: str) -> None:
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda body: phone.put(SHARING, json=body), [YES, NO] * 6))

        assert {answer.status_code for answer in answers} == {200}
        still = "SELECT count(*) FROM sharing_choice WHERE withdrawn_at IS NULL"
        assert superuser.execute(still).fetchone()[0] <= 1


class TestDatabase:
    def test_refuses_a_second_open_yes(self, phone: Any, citizen: Any, superuser: Any) -> None:
        phone.put(SHARING, json=YES)

        with pytest.raises(psycopg.errors.UniqueViolation, match="uq_sharing_choice_one_open"):
            superuser.execute(
                "INSERT INTO sharing_choice SELECT gen_random_uuid(), citizen_id, purpose, item_class,"
                " '2', given_at, NULL FROM sharing_choice"
            )

    def test_refuses_a_yes_that_ended_before_it_began(self, phone: Any, superuser: Any) -> None:
        phone.put(SHARING, json=YES)

        with pytest.raises(psycopg.errors.CheckViolation, match="ck_sharing_choice_order"):
            superuser.execute("UPDATE sharing_choice SET withdrawn_at = given_at - interval '1 second'")


def _allowed(citizen: Any, purpose: str) -> bool:
    with db.transaction() as session:
        return service.allows(
            session,
            citizen_id=citizen.id,
            purpose=service.Purpose(purpose),
            item_class=service.ItemClass.CRISIS_PLAN,
        )
