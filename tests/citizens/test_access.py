"""Who may open which citizen: every kind of relation, every role, two units."""

from datetime import timedelta
from typing import Any

import pytest

from server.citizens import visible
from server.core import db
from server.core.access import SYSTEM, Actor, ActorKind, Role
from server.core.ids import new_id
from tests.conftest import actor_of, citizen_actor

PERSON = "/api/v1/staff/citizens/{}"


@pytest.fixture
def counsellor(make_staff: Any) -> Any:
    """The contact person."""
    return make_staff()


@pytest.fixture
def citizen(make_citizen: Any, counsellor: Any) -> Any:
    """Somebody with a name, a CPR number and a phone number."""
    return make_citizen(contact=counsellor, name="Kim Hansen", cpr="251248-9996", phone="87654321")


def opens(actor: Actor, now: Any) -> set[Any]:
    """Whose record the actor may open."""
    with db.transaction() as session:
        return set(session.scalars(visible.citizen_ids(actor, now)))


def knows(actor: Actor, now: Any) -> set[Any]:
    """Whom the actor may know of."""
    with db.transaction() as session:
        return {citizen.id for citizen in session.scalars(visible.citizens(actor, now))}


def set_span(superuser: Any, starts_at: Any, ends_at: Any) -> None:
    """Move the only relation in time."""
    superuser.execute("UPDATE care_relation SET starts_at = %s, ends_at = %s", (starts_at, ends_at))
    superuser.commit()


class TestRelation:
    @pytest.mark.parametrize(
        ("starts", "ends", "holds"),
        [
            (-60, None, True),
            (0, None, True),
            (-60, 1, True),
            (-60, 0, False),
            (-60, -1, False),
            (1, None, False),
            (1, 60, False),
        ],
    )
    def test_holds_from_its_start_up_to_its_end(
        self, citizen: Any, counsellor: Any, superuser: Any, now: Any, starts: int, ends: Any, holds: bool
    ) -> None:
        until = None if ends is None else now + timedelta(minutes=ends)
        set_span(superuser, now + timedelta(minutes=starts), until)

        assert opens(actor_of(counsellor), now) == ({citizen.id} if holds else set())

    def test_is_worth_nothing_without_the_role(self, citizen: Any, counsellor: Any, now: Any) -> None:
        for role in set(Role) - {Role.COUNSELLOR, Role.MANAGER}:
            actor = Actor(
                kind=ActorKind.STAFF,
                roles=frozenset({role}),
                staff_id=counsellor.id,
                unit_id=counsellor.unit_id,
            )
            assert opens(actor, now) == knows(actor, now) == set(), role

    def test_is_worth_nothing_after_a_move_to_another_unit(
        self, citizen: Any, counsellor: Any, now: Any
    ) -> None:
        moved = Actor(
            kind=ActorKind.STAFF,
            roles=frozenset({Role.COUNSELLOR}),
            staff_id=counsellor.id,
            unit_id=new_id(),
        )

        assert opens(moved, now) == set()

    def test_is_worth_nothing_after_deactivation(
        self, citizen: Any, counsellor: Any, sign_in_staff: Any, superuser: Any
    ) -> None:
        desk = sign_in_staff(counsellor)
        superuser.execute("UPDATE staff_member SET deactivated_at = now() WHERE id = %s", (counsellor.id,))
        superuser.commit()

        assert desk.get(PERSON.format(citizen.id)).status_code == 401


class TestManager:
    def test_knows_of_the_whole_unit_and_opens_no_record(
        self, citizen: Any, make_citizen: Any, make_staff: Any, make_unit: Any, now: Any
    ) -> None:
        make_citizen(contact=make_staff(unit=make_unit("krisecenter", "Krisecenter")))
        manager = actor_of(make_staff(roles=(Role.MANAGER,)))

        assert knows(manager, now) == {citizen.id}
        assert opens(manager, now) == set()

    def test_who_is_a_counsellor_too_opens_own_cases_alone(
        self, citizen: Any, make_citizen: Any, make_staff: Any, now: Any
    ) -> None:
        both = make_staff(roles=(Role.MANAGER, Role.COUNSELLOR))
        own = make_citizen(contact=both)

        assert knows(actor_of(both), now) == {citizen.id, own.id}
        assert opens(actor_of(both), now) == {own.id}

    def test_may_not_change_a_case_that_is_not_own(
        self, citizen: Any, make_staff: Any, sign_in_staff: Any
    ) -> None:
        desk = sign_in_staff(make_staff(roles=(Role.MANAGER, Role.COUNSELLOR)))

        answer = desk.patch(PERSON.format(citizen.id), json={"alias": "Stær"}, headers={"If-Match": '"1"'})

        assert answer.status_code == 404


class TestCitizen:
    def test_opens_the_own_record_alone(self, citizen: Any, make_citizen: Any, now: Any) -> None:
        make_citizen()

        assert opens(citizen_actor(citizen), now) == knows(citizen_actor(citizen), now) == {citizen.id}

    def test_is_gone_for_everybody_when_entered_in_error(
        self, citizen: Any, counsellor: Any, make_staff: Any, superuser: Any, now: Any
    ) -> None:
        superuser.execute("UPDATE citizen SET status = 'entered-in-error'")
        superuser.commit()
        manager = make_staff(roles=(Role.MANAGER,))

        for actor in (citizen_actor(citizen), actor_of(counsellor), actor_of(manager)):
            assert opens(actor, now) == knows(actor, now) == set()


class TestTheHouseItself:
    def test_opens_nothing_by_way_of_the_visible_query(self, citizen: Any, now: Any) -> None:
        assert opens(SYSTEM, now) == knows(SYSTEM, now) == set()


class TestAnothersRecord:
    def test_is_the_same_answer_as_none_on_every_route(
        self, citizen: Any, make_citizen: Any, make_staff: Any, make_unit: Any, sign_in_staff: Any
    ) -> None:
        elsewhere = make_citizen(contact=make_staff(unit=make_unit("krisecenter", "Krisecenter")))
        colleague = sign_in_staff(make_staff())
        asks = [
            lambda one: colleague.get(PERSON.format(one)),
            lambda one: colleague.patch(
                PERSON.format(one), json={"alias": "Stær"}, headers={"If-Match": '"1"'}
            ),
            lambda one: colleague.post(PERSON.format(one) + "/pairing-codes"),
        ]

        for ask in asks:
            answers = [ask(one) for one in (citizen.id, elsewhere.id, new_id())]

            assert {answer.status_code for answer in answers} == {404}
            assert len({str({**answer.json, "request_id": ""}) for answer in answers}) == 1

    def test_is_refused_without_a_trace_of_its_content(
        self, citizen: Any, make_staff: Any, sign_in_staff: Any
    ) -> None:
        answer = sign_in_staff(make_staff()).get(PERSON.format(citizen.id))

        said = answer.get_data(as_text=True) + str(answer.headers)
        for canary in (citizen.alias, "Kim Hansen", "251248", "87654321"):
            assert canary not in said

    def test_needs_a_session(self, citizen: Any, new_client: Any) -> None:
        assert new_client().get(PERSON.format(citizen.id)).status_code == 401
