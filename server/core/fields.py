"""Strict fields: what marshmallow would quietly accept ("5" for 5, NUL, naive times) is refused by name."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from types import NoneType
from typing import Any
from uuid import UUID

import marshmallow as ma
from marshmallow import ValidationError, validate

from server.core.dumping import row_writer

MAX_TEXT = 20_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})  # spaces, controls, and marks of no width

_BREAKING = frozenset({"Cc", "Zl", "Zp"})  # controls, line breaks among them, and Unicode's own separators
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Schema(ma.Schema):
    """The common ancestor of every schema: unknown fields are an error."""

    class Meta:
        unknown = ma.RAISE
        ordered = True

    _write: tuple[object, Callable[[Any], dict[str, Any]]] | None = None

    def tree(self, obj: Any) -> Any:
        """As `dump`, for `dumping.to_json`: the bytes are the same, what orjson can write stays as it is."""
        if self._has_hooks():
            return self.dump(obj)
        write = _writer_of(self)
        if self.many and obj is not None:
            return [write(one) for one in obj]
        return write(obj)

    def _has_hooks(self) -> bool:
        return bool(self._hooks["pre_dump"] or self._hooks["post_dump"])


def _writer_of(schema: ma.Schema) -> Callable[[Any], dict[str, Any]]:
    """How one thing is written by a schema: found at the first one, and when its fields are chosen anew."""
    if not isinstance(schema, Schema) or schema._has_hooks():
        return schema.dump
    if schema._write is None or schema._write[0] is not schema.dump_fields:
        schema._write = schema.dump_fields, row_writer(schema, _writer_of)
    return schema._write[1]


class Text(ma.fields.Field[str]):
    """Unicode text in NFC, without NUL, at most `max_length` characters; never another type."""

    default_error_messages = {
        "type": "Must be text.",
        "nul": "Must not hold the character NUL.",
        "short": "Must have at least {min_length} character(s).",
        "long": "Must have at most {max_length} characters.",
        "blank": "Must not be only spaces.",
        "surrogate": "Holds a broken character.",
    }

    def __init__(self, *, max_length: int = MAX_TEXT, min_length: int = 1, **kwargs: Any) -> None:
        self.max_length, self.min_length = max_length, min_length
        metadata = {"type": "string", "minLength": min_length, "maxLength": max_length}
        super().__init__(metadata={**metadata, **kwargs.pop("metadata", {})}, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        if not isinstance(value, str):
            raise self.make_error("type")
        if len(value) > self.max_length:
            raise self.make_error("long", max_length=self.max_length)
        if "\x00" in value:
            raise self.make_error("nul")
        if _SURROGATE.search(value):
            raise self.make_error("surrogate")
        text = unicodedata.normalize("NFC", value)
        if len(text) < self.min_length:
            raise self.make_error("short", min_length=self.min_length)
        if len(text) > self.max_length:
            raise self.make_error("long", max_length=self.max_length)
        if self.min_length and all(unicodedata.category(letter) in _UNSEEN for letter in text):
            raise self.make_error("blank")
        return text


class Line(Text):
    """Text of one line, for what stands beside other words: a name, a place, a reason.

    A line break, a control character or one that turns the reading direction could make the words around
    it say something else, in a list, on a card or in a log.
    """

    default_error_messages = {"line": "Must be one line, without control characters."}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if any(letter in _TURNING or unicodedata.category(letter) in _BREAKING for letter in text):
            raise self.make_error("line")
        return text


class Integer(ma.fields.Integer):
    """A JSON integer within `minimum` … `maximum`; "5", 5.0 and true are refused."""

    plain = frozenset({int, NoneType})

    def __init__(self, *, minimum: int = -(2**31), maximum: int = 2**31 - 1, **kwargs: Any) -> None:
        limits = validate.Range(min=minimum, max=maximum)
        super().__init__(strict=True, validate=limits, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid")
        return value


class Boolean(ma.fields.Boolean):
    """JSON true or false; "true", 1 and "yes" are refused."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class AwareDateTime(ma.fields.Field[datetime]):
    """An ISO 8601 instant with its zone; read as given, written in UTC with Z."""

    plain = frozenset({NoneType})

    default_error_messages = {
        "invalid": "Must be a date and time such as 2027-03-01T10:00:00+01:00.",
        "naive": "Must say its time zone, such as +01:00 or Z.",
        "range": "Must lie between the years 1900 and 2200.",
    }

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"type": "string", "format": "date-time"}
        super().__init__(metadata={**metadata, **kwargs.pop("metadata", {})}, **kwargs)

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else instant_text(value)

    def for_json(self, value: datetime, _attr: str, _obj: Any) -> datetime | str:
        """What orjson writes as `instant_text` would: a moment in UTC is left to it."""
        return value if type(value) is datetime and value.tzinfo is UTC else instant_text(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> datetime:
        if not isinstance(value, str) or len(value) > 40 or "T" not in value.upper():
            raise self.make_error("invalid")
        try:
            instant = datetime.fromisoformat(value)
        except ValueError as err:
            raise self.make_error("invalid") from err
        if instant.utcoffset() is None:
            raise self.make_error("naive")
        if not 1900 <= instant.year <= 2200:
            raise self.make_error("range")
        return instant


def instant_text(value: datetime) -> str:
    """An instant as it goes over the wire: UTC, whole seconds unless it has more, `Z`."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class WallTime(ma.fields.Field[datetime]):
    """A Danish clock time, written `YYYY-MM-DDTHH:MM`; only ever sent out."""

    plain = frozenset({NoneType})

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"}
        super().__init__(dump_only=True, metadata=metadata, **kwargs)

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.strftime("%Y-%m-%dT%H:%M")


class Date(ma.fields.Field[date]):
    """An ISO calendar date, `YYYY-MM-DD`."""

    plain = frozenset({date, NoneType})

    default_error_messages = {"invalid": "Must be a date such as 2027-03-01."}

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"type": "string", "format": "date"}
        super().__init__(metadata={**metadata, **kwargs.pop("metadata", {})}, **kwargs)

    def _serialize(self, value: date | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.isoformat()

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> date:
        if not isinstance(value, str) or len(value) != 10:
            raise self.make_error("invalid")
        try:
            found = date.fromisoformat(value)
        except ValueError as err:
            raise self.make_error("invalid") from err
        if not 1900 <= found.year <= 2200:
            raise self.make_error("invalid")
        return found


class Uuid(ma.fields.UUID):
    """A UUID in its usual text form."""

    plain = frozenset({UUID, str, NoneType})

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> UUID:
        if not isinstance(value, str) or len(value) != 36:
            raise self.make_error("invalid_uuid")
        return super()._deserialize(value, attr, data, **kwargs)


class Choice(ma.fields.Enum):
    """One value of a closed list."""

    plain = frozenset({NoneType})

    def __init__(self, enum: type[StrEnum], **kwargs: Any) -> None:
        metadata = {"type": "string", "enum": [str(member) for member in enum]}
        super().__init__(enum, by_value=Text(max_length=64), metadata=metadata, **kwargs)
        self._texts = {member: str(member) for member in enum}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str):
            raise ValidationError("Must be text.")
        return super()._deserialize(value, attr, data, **kwargs)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else self.for_json(value, attr, obj)

    def for_json(self, value: Any, _attr: str | None, _obj: Any) -> str:
        """The text of a member, or of what comes out of the database as plain text."""
        return self._texts.get(value) or str(self.enum(value))
