"""How PostgreSQL is asked about many rows: in conditions of one shape, or with one plain statement."""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, any_, literal, literal_column
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as UUID_
from sqlalchemy.orm import Session

ID = UUID_(as_uuid=True)


def among(column: Any, ids: Iterable[UUID]) -> ColumnElement[bool]:
    """Whether an id is one of these: one parameter, so that the statement is the same for any number."""
    found: ColumnElement[bool] = column == any_(literal(list(ids), ARRAY(ID)))
    return found


def stands_in(column: Any, states: Collection[StrEnum]) -> ColumnElement[bool]:
    """Whether a row is in one of these states: part of the statement and no parameter.

    A partial index serves a prepared statement only if its condition can be seen in there.
    """
    spelled: list[ColumnElement[str]] = [literal_column(f"'{state.value}'") for state in sorted(states)]
    found: ColumnElement[bool] = column == spelled[0] if len(spelled) == 1 else column.in_(spelled)
    return found


def run(session: Session, statement: str, **values: object) -> Sequence[Row[*tuple[Any, ...]]]:
    """Run a statement as it is spelled, in the session's transaction, and fetch its rows.

    For what is asked for every message: to put an expression together costs more than to answer it.
    """
    return session.connection().exec_driver_sql(statement, values).fetchall()


def spelled(ids: Iterable[UUID]) -> str:
    """Ids as one value, for `%(…)s::uuid[]`: written by us in a tenth of the time the driver needs."""
    return "{" + ",".join([one.hex for one in ids]) + "}"
