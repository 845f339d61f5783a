"""An answer held against the schema that its route declares."""

from typing import Any

from server.core.fields import Schema


def as_declared(schema: Schema, body: Any) -> Any:
    """What the schema makes of an answer, read and written again: the same, if the answer is by the schema.

    :raises marshmallow.ValidationError: if a field is missing, unknown or of another kind
    """
    return schema.dump(schema.load(body))
