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

    def test_leaves_its_connections_as_they_were_for_the_next(self) -> None:
        with db.snapshot() as session:
            process = session.scalar(text("SELECT pg_backend_pid()"))

        seen = set()
        for _ in range(60):  # as many as the pool may hold, and some
            with db.transaction() as session:
                seen.add(session.scalar(text("SELECT pg_backend_pid()")))
                assert tuple(session.execute(KIND).one()) == ("read committed", "off")
        assert process in seen
