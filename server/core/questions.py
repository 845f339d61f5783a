"""What nearly every request asks: compiled once, and put straight to the driver.

For a statement by primary key or the like, SQLAlchemy's own way through its layers takes several times longer
than the answer. Listeners that count statements hear of these as well, and failures come as its own errors.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any, TypeAlias

import psycopg
from psycopg.rows import RowMaker, namedtuple_row
from sqlalchemy import Connection, Select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

from server.core.db import Asked, Line, line_of

#: Values by their number: the driver would read a long text again at every execution to find their names.
_DIALECT = PGDialect_psycopg(paramstyle="numeric_dollar")

#: A question and its values.
Asking: TypeAlias = tuple["Question", Mapping[str, Any]]


class Question:
    """A statement whose values need no translation for the driver; a closed list comes back as its codes."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._compiled: tuple[str, Sequence[str], Mapping[str, Any]] | None = None
        self._make_row: RowMaker[Any] | None = None

    def first(self, asked: Asked, values: Mapping[str, Any]) -> Any:
        """The first row by the names of its columns, or None.

        :raises KeyError: if a value is missing
        :raises sqlalchemy.exc.DBAPIError: if the database refuses or is gone
        """
        if not isinstance(asked, Connection):
            return asked.execute(self._statement, values).first()
        return next(iter(self._ask(asked, [(self, values)])), None)

    def all(self, asked: Asked, values: Mapping[str, Any], *, after: Asking | None = None) -> Sequence[Any]:
        """Every row by the names of its columns.

        `after` is asked just before, with its values, in the same transaction, also on a connection that
        commits each statement by itself: what it locks is held, and this one sees what the wait has changed.
        There both go out together if the database ends what stands still in between; any failure but a broken
        constraint then closes the line.

        :raises KeyError: if a value is missing
        :raises sqlalchemy.exc.DBAPIError: if the database refuses or is gone
        """
        asking = [(self, values)] if after is None else [after, (self, values)]
        if isinstance(asked, Connection):
            return self._ask(asked, asking)
        return [asked.execute(one._statement, given).all() for one, given in asking][-1]

    def _ask(self, asked: Connection, asking: Sequence[Asking]) -> Sequence[Any]:
        """The rows of the last of them."""
        line = line_of(asked)
        in_one = line.autocommit and len(asking) > 1
        at_once = in_one and line.is_bounded
        try:
            with _together(line, len(asking)) if at_once else line.transaction() if in_one else nullcontext():
                put = [(question, question._put(asked, line, values)) for question, values in asking]
            return [question._take(line, cursor) for question, cursor in put][-1]
        except psycopg.Error as failed:
            if at_once and not isinstance(failed, psycopg.IntegrityError):
                line.close()  # the driver may take for prepared what stood behind the one that failed
            if line.closed:
                asked.invalidate(failed)
            raise _as_ours(failed, (self._compiled or self._compile())[0], asked) from failed

    def _put(self, asked: Connection, line: Line, values: Mapping[str, Any]) -> psycopg.RawCursor[Any]:
        text, names, own = self._compiled = self._compiled or self._compile()
        given = {**own, **values}
        # By a cursor of its own the driver still knows how to put these values and to read these columns.
        cursor = line.cursors.pop(self, None) or psycopg.RawCursor(line, row_factory=self._row_maker)
        for heard in asked.dispatch.before_cursor_execute:
            heard(asked, cursor, text, given, None, False)
        cursor.execute(text, [given[name] for name in names])
        for heard in asked.dispatch.after_cursor_execute:
            heard(asked, cursor, text, given, None, False)
        return cursor

    def _take(self, line: Line, cursor: psycopg.RawCursor[Any]) -> Sequence[Any]:
        rows = cursor.fetchall()
        if cursor.pgresult:
            cursor.pgresult.clear()  # nobody's words stay in a cursor that waits for its next question
        line.cursors[self] = cursor
        return rows

    def _row_maker(self, cursor: psycopg.Cursor[Any] | psycopg.AsyncCursor[Any]) -> RowMaker[Any]:
        """Rows by the names of their columns, which are the same each time."""
        if self._make_row is not None:
            return self._make_row
        maker = namedtuple_row(cursor)
        row = getattr(maker, "__self__", None)  # the class; without columns there is none
        if row is not None:
            self._make_row = partial(tuple.__new__, row)
        return maker

    def _compile(self) -> tuple[str, Sequence[str], Mapping[str, Any]]:
        """The text, the names of its values in their order, and those that stand in the statement itself."""
        compiled = self._statement.compile(dialect=_DIALECT)
        assert isinstance(compiled, SQLCompiler)
        own = {name: bind.value for bind, name in compiled.bind_names.items() if not bind.required}
        return str(compiled), compiled.positiontup or (), own


@contextmanager
def _together(line: Line, count: int) -> Iterator[None]:
    """What is asked within goes out together, and nothing comes back before the last is answered."""
    usual, line.patience = line.patience, line.patience * count
    try:
        with line.pipeline():
            yield
    finally:
        line.patience = usual


def _as_ours(failed: psycopg.Error, text: str, asked: Connection) -> BaseException:
    """The error that SQLAlchemy makes of it, without the values."""
    return DBAPIError.instance(
        text,
        None,
        failed,
        psycopg.Error,
        hide_parameters=True,
        connection_invalidated=asked.invalidated,
        dialect=asked.dialect,
    )
