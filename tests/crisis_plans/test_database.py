"""What the database itself refuses, whatever the code above it does."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from server.core.crypto import Unreadable
from server.core.ids import new_id
from server.crisis_plans.models import Section
from tests.conftest import citizen_actor
from tests.crisis_plans.people import Pen, ids

LINK = "INSERT INTO plan_link (citizen_id, sign_line_id, action_line_id) VALUES (%s, %s, %s)"


@pytest.fixture
def house(cluster: Any, database: str) -> "Iterator[psycopg.Connection[Any]]":
    """A connection with no more rights than the app has."""
    with cluster.connect("app", "vedhaanden") as connection:
        yield connection


class TestLinks:
    def test_to_another_persons_line_are_refused_at_the_commit(
        self, pen: Pen, stranger: Any, superuser: Any
    ) -> None:
        mine, theirs = new_id(), new_id()
        pen.put(mine, "Uro")
        Pen(stranger.id, citizen_actor(stranger)).put(theirs, "Løbe", section=Section.OWN_ACTIONS)

        for pair in ((mine, theirs), (theirs, mine)):
            with (
                pytest.raises(psycopg.errors.ForeignKeyViolation, match="fk_plan_link_"),
                superuser.transaction(),
            ):
                superuser.execute(LINK, [pen.citizen_id, *pair])

    def test_may_be_written_before_the_line_they_point_to(self, pen: Pen, superuser: Any) -> None:
        mine, later = new_id(), new_id()
        pen.put(mine, "Uro")

        with superuser.transaction():
            superuser.execute(LINK, [pen.citizen_id, mine, later])
            superuser.execute(
                "INSERT INTO plan_line SELECT citizen_id, %s, section, position, created_at,"
                " NULL, false, NULL FROM plan_line",
                [later],
            )

        assert pen.look(mine).links == [later]

    def test_to_the_line_itself_are_refused(self, pen: Pen, superuser: Any) -> None:
        mine = new_id()
        pen.put(mine, "Uro")

        with pytest.raises(psycopg.errors.CheckViolation, match="ck_plan_link_two_lines"):
            superuser.execute(LINK, [pen.citizen_id, mine, mine])


class TestVersions:
    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE plan_line_version SET parents = '{}'",
            "UPDATE plan_line_version SET value_sealed = 'x'",
            "UPDATE plan_line_version SET value_sealed = NULL, seq = 0",
            "DELETE FROM plan_line_version",
            "DELETE FROM plan_line",
        ],
    )
    def test_cannot_be_changed_or_taken_away(self, pen: Pen, house: Any, superuser: Any, change: str) -> None:
        line_id = new_id()
        pen.put(line_id, "Løbe")

        for connection in (house, superuser):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(change)

        assert pen.history(line_id) == ["Løbe"]

    def test_can_be_emptied(self, pen: Pen, house: Any) -> None:
        line_id = new_id()
        pen.put(line_id, "Løbe")

        house.execute("UPDATE plan_line_version SET value_sealed = NULL")
        house.commit()

        assert [one.value for one in pen.look(line_id).text] == [None]

    def test_go_with_the_erasure_of_their_citizen_and_of_nobody_else(
        self, pen: Pen, stranger: Any, house: Any
    ) -> None:
        other, theirs = Pen(stranger.id, citizen_actor(stranger)), new_id()
        pen.put(new_id(), "Løbe")
        other.put(theirs, "Deres")

        with house.transaction():
            house.execute("SELECT set_config('vedhaanden.erasing_citizen', %s, true)", [str(pen.citizen_id)])
            house.execute("DELETE FROM crisis_plan WHERE citizen_id = %s", [pen.citizen_id])
            with pytest.raises(psycopg.errors.InsufficientPrivilege), house.transaction():
                house.execute("DELETE FROM crisis_plan WHERE citizen_id = %s", [stranger.id])

        assert other.history(theirs) == ["Deres"]
        left = house.execute("SELECT count(*) FROM plan_line_version").fetchone()
        assert left == (1,)

    def test_of_another_persons_line_are_refused(self, pen: Pen, stranger: Any, superuser: Any) -> None:
        theirs = new_id()
        Pen(stranger.id, citizen_actor(stranger)).put(theirs, "Deres")
        pen.put(new_id(), "Løbe")

        with pytest.raises(psycopg.errors.ForeignKeyViolation, match="fk_plan_line_version_line"):
            superuser.execute(
                "INSERT INTO plan_line_version SELECT %s, gen_random_uuid(), line_id, field, value_sealed,"
                " parents, author_kind, author_staff_id, created_at, device_at, seq"
                " FROM plan_line_version WHERE line_id = %s",
                [pen.citizen_id, theirs],
            )


class TestLines:
    def test_stand_somewhere_until_they_are_erased(self, pen: Pen, superuser: Any) -> None:
        pen.put(new_id(), "Løbe")

        for change in ("section = NULL", "position = NULL", "erased_at = now()"):
            with pytest.raises(psycopg.errors.CheckViolation, match="ck_plan_line_empty_when_erased"):
                superuser.execute(f"UPDATE plan_line SET {change}")

    def test_words_cannot_be_moved_to_another_version(self, pen: Pen, superuser: Any) -> None:
        line_id = new_id()
        seen = ids(pen.put(line_id, "Løbe").line)
        pen.put(line_id, "Gå", over=seen)
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            "UPDATE plan_line_version SET value_sealed ="
            " (SELECT value_sealed FROM plan_line_version WHERE parents = '{}')"
        )

        with pytest.raises(Unreadable):
            pen.history(line_id)
