"""Writing an answer by its schema, with the way through the schema found once and not for every field again.

What comes out is for orjson, which itself writes an id, a day and a moment in UTC: those stay as they are.
The bytes are those of marshmallow's own dump, which asks each field of each row how it is to be read.
"""

from collections.abc import Callable
from operator import attrgetter, itemgetter
from types import NoneType
from typing import Any, NamedTuple

import orjson
from marshmallow import Schema, fields, missing

Row = dict[str, Any]
#: A value as it goes over the wire: from the value, the name of its field, and the thing that it belongs to.
Write = Callable[[Any, str, Any], Any]


class Written(dict[str, Any]):
    """An answer made as its schema would write it, for pages that are opened all day long.

    Nobody goes through it again, so a test has to hold it against the schema.
    """


_LISTS = frozenset({list, tuple})


class Way(NamedTuple):
    """How a field writes its values: those of the `plain` types stay, `write` does the others."""

    plain: frozenset[type]
    write: Write


def to_json(tree: Any) -> bytes:
    """The bytes of what a writer made."""
    return orjson.dumps(tree, option=orjson.OPT_UTC_Z)


def row_writer(schema: Schema, nested: Callable[[Schema], Callable[[Any], Row]]) -> Callable[[Any], Row]:
    """Writes one thing by a schema without hooks; `nested` finds the writer of a schema inside.

    A thing that has every field is read at once, one that lacks some is asked for each. What is to be done
    with the values is found once for things whose values are of the same types.
    """
    write_slowly = _slow_writer(schema, nested)
    if len(schema.dump_fields) < 2:
        return write_slowly
    fields_ = list(schema.dump_fields.items())
    keys = [_key_of(name, field) for name, field in fields_]
    attributes = [field.attribute or name for name, field in fields_]
    ways = [(name, _way_of(field, nested)) for name, field in fields_]
    by_item, by_attribute = itemgetter(*attributes), attrgetter(*attributes)
    steps_for: dict[tuple[type, ...], list[tuple[str, str, Write]]] = {}

    def find_steps(types: tuple[type, ...]) -> list[tuple[str, str, Write]]:
        found = steps_for[types] = [
            (key, name, way.write)
            for key, (name, way), type_ in zip(keys, ways, types, strict=True)
            if way is not None and type_ not in way.plain
        ]
        return found

    def write_row(thing: Any) -> Row:
        try:
            if type(thing) is dict:
                values = by_item(thing)
            elif isinstance(thing, tuple) or not hasattr(thing, "__getitem__"):
                values = by_attribute(thing)
            else:
                return write_slowly(thing)
        except (KeyError, AttributeError):
            return write_slowly(thing)
        types = tuple(map(type, values))
        written = dict(zip(keys, values, strict=False))  # as many as were asked for
        steps = steps_for.get(types)
        for key, name, write in find_steps(types) if steps is None else steps:
            written[key] = write(written[key], name, thing)
        return written

    return write_row


def _slow_writer(schema: Schema, nested: Callable[[Schema], Callable[[Any], Row]]) -> Callable[[Any], Row]:
    """The same for a thing that may lack some of the fields."""
    steps = [(name, field, _way_of(field, nested)) for name, field in schema.dump_fields.items()]

    def write_row(thing: Any) -> Row:
        written: Row = {}
        for name, field, way in steps:
            value = field.get_value(thing, name, accessor=schema.get_attribute)
            if value is missing:
                value = field.serialize(name, thing, accessor=schema.get_attribute)
                if value is missing:
                    continue
            elif way is not None and type(value) not in way.plain:
                value = way.write(value, name, thing)
            written[_key_of(name, field)] = value
        return written

    return write_row


def _key_of(name: str, field: fields.Field[Any]) -> str:
    return name if field.data_key is None else field.data_key


def _way_of(field: fields.Field[Any], nested: Callable[[Schema], Callable[[Any], Row]]) -> Way | None:
    """How a field writes its values; None: all as they are.

    A field of ours says itself what orjson writes as it would (`plain`), and may have a way of its own for
    orjson (`for_json`).
    """
    if type(field) is fields.Nested:
        return _nested(field, nested)
    if type(field) is fields.List:
        return _list(field, nested)
    if type(field)._serialize is fields.Field._serialize:
        return None
    return Way(getattr(field, "plain", frozenset()), getattr(field, "for_json", field._serialize))


def _nested(field: fields.Nested, nested: Callable[[Schema], Callable[[Any], Row]]) -> Way:
    write_row = nested(field.schema)
    if field.schema.many or field.many:
        return Way(frozenset({NoneType}), lambda value, _name, _thing: [write_row(one) for one in value])
    return Way(frozenset({NoneType}), lambda value, _name, _thing: write_row(value))


def _list(field: fields.List[Any], nested: Callable[[Schema], Callable[[Any], Row]]) -> Way:
    way = _way_of(field.inner, nested)
    if way is None:
        return Way(_LISTS | {NoneType}, lambda value, _name, _thing: list(value))
    plain, write = way

    def write_list(value: Any, name: str, thing: Any) -> list[Any]:
        return [one if type(one) in plain else write(one, name, thing) for one in value]

    return Way(frozenset({NoneType}), write_list)
