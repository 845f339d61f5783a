"""Sheets of appointments as they go over the wire."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from server.appointments.csv_in import Outcome
from server.appointments.csv_text import LONGEST_FILE, MOST_ROWS
from server.appointments.csv_words import Column
from server.core.fields import Boolean, Choice, Integer, Schema, Text

#: Room for the longest file in base64, and for the words around it.
LONGEST_BODY = LONGEST_FILE * 4 // 3 + 64 * 1024


class File(ma.fields.Field[bytes]):
    """The bytes of a file, in base64: writes are JSON, so that no other site's page can make them."""

    default_error_messages = {"invalid": "Must be a file in base64."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"type": "string", "format": "byte"}, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bytes:
        try:
            return base64.b64decode(value, validate=True) if isinstance(value, str) else self._refuse()
        except (binascii.Error, ValueError) as err:
            raise self.make_error("invalid") from err

    def _refuse(self) -> bytes:
        raise self.make_error("invalid")


class SheetSchema(Schema):
    """A sheet to be looked through."""

    file = File(required=True)


class ImportSchema(SheetSchema):
    """A sheet to be booked, the digest of the preview that was seen, and which rows to book again."""

    digest = Text(required=True, min_length=64, max_length=64)
    again = ma.fields.List(Integer(minimum=1), load_default=list, validate=ma.validate.Length(max=MOST_ROWS))


class RowSchema(Schema):
    """One row as it stood in the file, and what becomes of it."""

    line = Integer(required=True)
    outcome = Choice(Outcome, required=True)
    column = Choice(Column, required=True, allow_none=True)
    date = Text(required=True, min_length=0)
    time = Text(required=True, min_length=0)
    minutes = Text(required=True, min_length=0)
    alias = Text(required=True, min_length=0)
    kind = Text(required=True, min_length=0)
    mode = Text(required=True, min_length=0)
    place = Text(required=True, min_length=0)


class PreviewSchema(Schema):
    """What a sheet would do, row by row."""

    digest = Text(required=True)
    new = Integer(required=True)
    rows = ma.fields.List(ma.fields.Nested(RowSchema), required=True)


class ImportedSchema(Schema):
    """How many appointments were booked; `already` if an earlier try of the same has done it."""

    booked = Integer(required=True)
    already = Boolean(required=True)
