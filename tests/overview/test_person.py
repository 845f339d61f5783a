"""One person's page: channels for those who work together, none for managers."""

from typing import Any

import pytest

from server.core.access import Role

PERSON = "/api/v1/staff/citizens/{}"


@pytest.fixture
def counsellor(make_staff: Any) -> Any:
    """The contact person."""
    return make_staff(name="Karen Kontakt")


@pytest.fixture
def citizen(make_citizen: Any, counsellor: Any) -> Any:
    """Somebody with a name, a CPR number and a phone number."""
    return make_citizen(
        contact=counsellor, alias="Solsort", name="Kim Hansen", cpr="251248-9996", phone="87654321"
    )


class TestReadPerson:
    def test_shows_the_contact_person_the_record(
        self, citizen: Any, counsellor: Any, sign_in_staff: Any
    ) -> None:
        answer = sign_in_staff(counsellor).get(PERSON.format(citizen.id))

        assert answer.status_code == 200
        shown = answer.json
        assert (shown["name"], shown["cpr"], shown["phone"]) == ("Kim Hansen", "251248-••••", "87654321")
        assert (shown["paired"], shown["reachable"]) == (False, False)
        assert shown["reminders"] == {
            "appointments": True,
            "week_before": True,
            "two_hours_before": False,
            "paused_until": None,
            "staff_paused_until": None,
            "staff_pause_reason": None,
        }
        assert [one["staff_name"] for one in shown["relations"]] == ["Karen Kontakt"]
        assert "9996" not in answer.get_data(as_text=True)

    def test_shows_a_manager_no_channels(self, citizen: Any, make_staff: Any, sign_in_staff: Any) -> None:
        answer = sign_in_staff(make_staff(roles=(Role.MANAGER,))).get(PERSON.format(citizen.id))

        shown = answer.json
        assert answer.status_code == 200
        assert shown["alias"] == "Solsort"
        assert [shown[field] for field in ("name", "cpr", "phone", "reminders")] == [None] * 4
        said = answer.get_data(as_text=True)
        for canary in ("Kim Hansen", "251248", "87654321"):
            assert canary not in said

    def test_shows_no_channels_to_a_manager_who_is_a_counsellor_for_others(
        self, citizen: Any, make_staff: Any, sign_in_staff: Any
    ) -> None:
        both = sign_in_staff(make_staff(roles=(Role.MANAGER, Role.COUNSELLOR)))

        shown = both.get(PERSON.format(citizen.id)).json

        assert [shown[field] for field in ("name", "cpr", "phone", "reminders")] == [None] * 4

    def test_never_says_when_the_phone_was_last_here(
        self, citizen: Any, counsellor: Any, sign_in_staff: Any, pair: Any, new_client: Any
    ) -> None:
        pair(citizen, counsellor, new_client())

        shown = sign_in_staff(counsellor).get(PERSON.format(citizen.id)).json

        assert shown["paired"] is True
        assert {key for key in shown if key.endswith("_at")} == {
            "first_contact_at",
            "deceased_at",
        }

    def test_is_on_the_trail_with_the_relation_that_allowed_it(
        self,
        citizen: Any,
        counsellor: Any,
        make_staff: Any,
        sign_in_staff: Any,
        new_client: Any,
        superuser: Any,
    ) -> None:
        manager = make_staff(roles=(Role.MANAGER,))
        for member in (counsellor, manager):
            sign_in_staff(member, new_client()).get(PERSON.format(citizen.id))

        trail = superuser.execute(
            "SELECT actor_id, citizen_id, purpose, relation_id IS NOT NULL FROM audit_event"
            " WHERE event = 'citizen.read' ORDER BY position"
        ).fetchall()
        assert trail == [
            (counsellor.id, citizen.id, "contact-person", True),
            (manager.id, citizen.id, "management", False),
        ]

    def test_shows_nothing_when_the_trail_cannot_be_written(
        self, citizen: Any, counsellor: Any, sign_in_staff: Any, superuser: Any
    ) -> None:
        desk = sign_in_staff(counsellor)
        superuser.execute("REVOKE INSERT ON audit_event FROM vedhaanden_app")
        superuser.commit()
        try:
            answer = desk.get(PERSON.format(citizen.id))
        finally:
            superuser.execute("GRANT INSERT ON audit_event TO vedhaanden_app")
            superuser.commit()

        assert answer.status_code >= 500
        assert "Solsort" not in answer.get_data(as_text=True)
