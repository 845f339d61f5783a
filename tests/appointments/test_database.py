"""What the database itself refuses, whatever the code above it does."""

from typing import Any

import psycopg
import pytest

from server.appointments.models import TAKES_TIME, Appointment, AppointmentStatus
from server.core import db

TO_GOAL = "UPDATE appointment SET goal_id = %s WHERE id = %s"
TO_SUCCESSOR = (
    "UPDATE appointment SET status = 'cancelled', cancellation = 'moved', moved_to_id = %s WHERE id = %s"
)


@pytest.fixture
def two(desk: Any, book: Any, make_citizen: Any, counsellor: Any) -> dict[str, str]:
    """One citizen's appointment, and another citizen's appointment and goal."""
    other = make_citizen(contact=counsellor)
    base = f"/api/v1/staff/citizens/{other.id}"
    goal = desk.post(f"{base}/goals", json={"title": "Ro", "origin": "citizen"}).json
    mine = book()
    body = {key: mine[key] for key in ("starts_at", "duration_minutes", "kind", "mode")}
    body["starts_at"] = "2026-11-30T13:00:00+01:00"
    theirs = desk.post(f"{base}/appointments", json=body).json
    return {"mine": mine["id"], "their_goal": goal["id"], "theirs": theirs["id"]}


class TestCrossLinks:
    def test_to_another_citizens_goal_are_refused_at_the_commit(
        self, superuser: Any, two: dict[str, str]
    ) -> None:
        with (
            pytest.raises(psycopg.errors.ForeignKeyViolation, match="fk_appointment_goal"),
            superuser.transaction(),
        ):
            superuser.execute(TO_GOAL, [two["their_goal"], two["mine"]])

    def test_to_another_citizens_appointment_are_refused_at_the_commit(
        self, superuser: Any, two: dict[str, str]
    ) -> None:
        with (
            pytest.raises(psycopg.errors.ForeignKeyViolation, match="fk_appointment_moved_to"),
            superuser.transaction(),
        ):
            superuser.execute(TO_SUCCESSOR, [two["theirs"], two["mine"]])

    def test_to_another_units_staff_are_refused(
        self, superuser: Any, two: dict[str, str], make_staff: Any, make_unit: Any
    ) -> None:
        elsewhere = make_staff(unit=make_unit("krisecenter", "Krisecenter"))

        with pytest.raises(psycopg.errors.ForeignKeyViolation, match="fk_appointment_staff_id"):
            superuser.execute(
                "UPDATE appointment SET staff_id = %s WHERE id = %s", [elsewhere.id, two["mine"]]
            )


class TestErasure:
    def test_of_a_goal_leaves_the_appointment_without_one(self, superuser: Any, two: dict[str, str]) -> None:
        superuser.execute(TO_GOAL, [two["their_goal"], two["theirs"]])

        superuser.execute("DELETE FROM goal WHERE id = %s", [two["their_goal"]])

        left = "SELECT goal_id, citizen_id IS NOT NULL FROM appointment WHERE id = %s"
        assert superuser.execute(left, [two["theirs"]]).fetchone() == (None, True)

    def test_of_a_successor_leaves_the_reason(self, desk: Any, book: Any, superuser: Any) -> None:
        old = book()
        new = desk.post(
            f"/api/v1/staff/appointments/{old['id']}/move",
            json={"starts_at": "2026-12-01T13:00:00+01:00"},
            headers={"If-Match": '"1"'},
        ).json

        superuser.execute("DELETE FROM appointment WHERE id = %s", [new["id"]])

        left = "SELECT cancellation, moved_to_id FROM appointment WHERE id = %s"
        assert superuser.execute(left, [old["id"]]).fetchone() == ("moved", None)


class TestRules:
    @pytest.mark.parametrize(
        "change",
        [
            "status = 'cancelled'",
            "cancellation = 'late'",
            "status = 'unheard-of'",
            "duration_minutes = 0",
            "moved_to_id = id, status = 'cancelled', cancellation = 'moved'",
            "reply = 'accepted'",
            "reply = 'accepted', reply_at = now(), replied_revision = 2",
            "noshow_excused = true",
            "revision = 0",
            "reason_code = 'ill'",
            "status = 'cancelled', cancellation = 'late', reason_code = 'lazy'",
            "arrived_at = now()",
            "closed_at = now()",
            "override_sealed = 'x'",
            "wishes = '[]', reply = 'tentative', reply_at = now(), replied_revision = 1",
            "wishes = '{}', reply = 'tentative', reply_at = now(), replied_revision = 1",
            "wishes = '[{}, {}, {}]', reply = 'tentative', reply_at = now(), replied_revision = 1",
            "wishes = '[{}]'",
            "wish_note_sealed = 'x'",
        ],
    )
    def test_refuse_a_row_that_makes_no_sense(self, superuser: Any, book: Any, change: str) -> None:
        book()

        with pytest.raises(psycopg.errors.CheckViolation):
            superuser.execute(f"UPDATE appointment SET {change}")

    def test_know_every_code_of_the_model(self, superuser: Any) -> None:
        rules = {
            row[0]: row[1]
            for row in superuser.execute(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE conrelid = 'appointment'::regclass AND contype = 'c'"
            ).fetchall()
        }
        for name in ("kind", "mode", "status", "reply", "cancellation", "reason_code"):
            codes = Appointment.__table__.c[name].type.enums  # type: ignore[attr-defined]
            assert all(f"'{code}'" in rules[f"ck_appointment_{name.removesuffix('_code')}"] for code in codes)

    def test_keep_the_time_that_the_model_says_is_taken(self, superuser: Any) -> None:
        (rule,) = superuser.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ex_appointment_staff_time'"
        ).fetchone()

        named = {status for status in AppointmentStatus if f"'{status}'" in rule}
        assert named == set(TAKES_TIME)

    def test_work_out_the_end_across_a_change_of_the_clocks(self, superuser: Any, book: Any) -> None:
        booked = book(starts_at="2027-10-31T00:30:00Z", duration_minutes=120)

        assert booked["ends_at"] == "2027-10-31T02:30:00Z"
        superuser.execute("SET timezone = 'Europe/Copenhagen'")
        superuser.execute("UPDATE appointment SET duration_minutes = 60")
        stored = "SELECT extract(epoch FROM ends_at - starts_at)::int FROM appointment"
        assert superuser.execute(stored).fetchone() == (3600,)


def test_the_app_role_may_write_these_tables(database: str) -> None:
    with db.engine().connect() as connection:
        for table in ("goal", "appointment", "reminder_settings"):
            allowed = connection.exec_driver_sql(
                "SELECT bool_and(has_table_privilege(current_user, %s, right_name))"
                " FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS right_name",
                (table,),
            ).scalar_one()
            assert allowed is True
