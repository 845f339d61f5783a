"""The statement that puts an event at the end of its unit's chain, alone or beside what it tells of."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias, cast

import orjson
from sqlalchemy import (
    CTE,
    ColumnElement,
    LargeBinary,
    Select,
    Table,
    Text,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy import cast as sql_cast

from server.audit.models import AuditEvent, AuditHead
from server.core.fields import instant_text
from server.core.questions import Question

FIRST = b"\x00" * 32
#: What is hashed, in the order of the canonical form: JSON with sorted names.
HASHED = sorted(
    (
        "unit_id position at event outcome actor_kind actor_id role citizen_id"
        " subject_id relation_id purpose request_id"
    ).split()
)

Values: TypeAlias = dict[str, Any]  #: an event by the names of its columns, before it has its position

_EVENT, _HEAD = cast(Table, AuditEvent.__table__), cast(Table, AuditHead.__table__)


class Appending:
    """One event, written by one statement: the head of the chain is locked only from there to the commit.

    With `found` and `told` it is the statement that reads: it gives the rows of `found` and writes one event,
    whose columns in `told` (one row of it, or none and then no event) come from what was read. The rows are
    read before the head is locked.
    """

    def __init__(
        self,
        found: CTE | None = None,
        told: Select[Any] | None = None,
        *,
        order_by: Sequence[ColumnElement[Any]] = (),
    ) -> None:
        self._told = [] if told is None else list(told.selected_columns.keys())
        self._breaks = [name for name in HASHED if name == "position" or name in self._told]
        self._known = [name for name in HASHED if name not in self._breaks]
        self._pieces = [
            (f"trail_piece_{at}", names, *_edges(names, at, each))
            for at, (names, each) in enumerate(_between(self._breaks))
        ]
        step = self._step(None if told is None else told.cte("told"))
        read = select(step.c.position) if found is None else select(found).order_by(*order_by).add_cte(step)
        self.question = Question(read)

    def values(self, event: Values) -> Values:
        """What the statement is told of this event; what it reads itself is left out."""
        given = {f"trail_{name}": event[name] for name in self._known}
        for key, names, begins, ends in self._pieces:
            inner = orjson.dumps({name: _plain(event[name]) for name in names})[1:-1]
            given[key] = begins + inner + ends
        return given

    def _step(self, told: CTE | None) -> CTE:
        unit_id = bindparam("trail_unit_id", type_=_EVENT.c.unit_id.type)
        locked = select((_HEAD.c.position + 1).label("position"), _HEAD.c.hash)
        head = locked.where(_HEAD.c.unit_id == unit_id).with_for_update().cte("head")
        columns: dict[str, ColumnElement[Any]] = {
            name: bindparam(f"trail_{name}", type_=_EVENT.c[name].type) for name in HASHED
        }
        columns |= {"position": head.c.position, "previous_hash": head.c.hash}
        columns |= {name: told.c[name] for name in self._told if told is not None}
        columns["hash"] = self._hash(head, columns)
        source = head if told is None else told.outerjoin(head, true())  # no head: no key, and it fails
        written = insert(_EVENT).from_select(list(columns), select(*columns.values()).select_from(source))
        event = written.returning(_EVENT.c.unit_id, _EVENT.c.position, _EVENT.c.hash).cte("event")
        stepped = update(_HEAD).where(_HEAD.c.unit_id == unit_id, _HEAD.c.unit_id == event.c.unit_id)
        stepped = stepped.values(position=event.c.position, hash=event.c.hash)
        return stepped.returning(_HEAD.c.position).cte("step")

    def _hash(self, head: CTE, columns: Mapping[str, ColumnElement[Any]]) -> ColumnElement[bytes]:
        hashed: ColumnElement[bytes] = head.c.hash
        for at, name in enumerate(self._breaks):
            hashed = hashed.op("||")(_piece(at)).op("||")(_as_json(columns[name]))
        return func.sha256(hashed.op("||")(_piece(len(self._breaks))), type_=LargeBinary)


def _between(breaks: Sequence[str]) -> Iterator[tuple[list[str], str | None]]:
    """The canonical form, cut where the database puts in what it alone knows: names, and what comes then."""
    names: list[str] = []
    for name in HASHED:
        if name in breaks:
            yield names, name
            names = []
        else:
            names.append(name)
    yield names, None


def _edges(names: Sequence[str], at: int, then: str | None) -> tuple[bytes, bytes]:
    """What stands before and after the inside of a piece."""
    begins = b"{" if at == 0 else b"," if names else b""
    comma = b"," if at or names else b""
    return begins, b"}" if then is None else comma + b'"%b":' % then.encode()


def _piece(at: int) -> ColumnElement[bytes]:
    return bindparam(f"trail_piece_{at}", type_=LargeBinary)


def _as_json(column: ColumnElement[Any]) -> ColumnElement[bytes]:
    text = func.coalesce(sql_cast(func.to_json(column), Text), literal_column("'null'"))
    return func.convert_to(text, literal_column("'UTF8'"), type_=LargeBinary)


def _plain(value: Any) -> str | int | None:
    if value is None or type(value) is str:
        return value
    if isinstance(value, datetime):
        return instant_text(value)
    return value if isinstance(value, int) else str(value)


def hash_of(row: AuditEvent) -> bytes:
    """What the row's hash must be."""
    canonical = orjson.dumps({name: _plain(getattr(row, name)) for name in HASHED})
    return hashlib.sha256(row.previous_hash + canonical).digest()
