"""Reading everything as it stood at one moment."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from server.core import db

KIND = text("SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')")


@pytest.mark.usefixtures("app")
class TestSnapshot:
    def test_sees_one_moment_and_writes_nothing(self) -> None:
        with db.snapshot() as session:
            assert tuple(session.execute(KIND).one()) == ("repeatable read", "on")
            with pytest.raises(InternalError):
                session.execute(text("DELETE FROM goal"))
            session.rollback()

    def test_leaves_the_connection_as_it_was_for_the_next(self) -> None:
        for _ in range(2):
            with db.snapshot() as session:
                process = session.scalar(text("SELECT pg_backend_pid()"))

        with db.transaction() as session:
            assert session.scalar(text("SELECT pg_backend_pid()")) == process
            assert tuple(session.execute(KIND).one()) == ("read committed", "off")
