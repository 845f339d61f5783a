"""An answer is written by its schema, byte for byte as marshmallow would write it."""

from collections import namedtuple
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import marshmallow as ma
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import server.app  # noqa: F401 - every room and its schemas
from server.core.dumping import to_json
from server.core.fields import AwareDateTime, Boolean, Choice, Date, Integer, Schema, Text, Uuid, WallTime


class Colour(StrEnum):
    """Something to choose from."""

    RED = "red"
    BLUE = "blue"


class Inner(Schema):
    """Something within something."""

    id = Uuid(required=True)
    said = Text(allow_none=True)


class Outer(Schema):
    """A field of every kind."""

    id = Uuid()
    name = Text(data_key="called")
    renamed = Text(attribute="other")
    count = Integer()
    yes = Boolean()
    at = AwareDateTime()
    wall = WallTime()
    on = Date()
    colour = Choice(Colour)
    share = ma.fields.Float()
    loose = ma.fields.Dict(keys=Text(), values=Integer())
    plain = ma.fields.List(Text())
    ids = ma.fields.List(Uuid())
    one = ma.fields.Nested(Inner)
    many = ma.fields.Nested(Inner, many=True)
    listed = ma.fields.List(ma.fields.Nested(Inner(only=("id",))))
    defaulted = Text(dump_default="as always")
    secret = Text(load_only=True)


class AsTuple(NamedTuple):
    """The inner thing as rooms make it."""

    id: UUID
    said: str | None


class AsObject:
    """The inner thing as the database's objects are."""

    id = UUID(int=7)
    said = "ja"


OUTER = Outer()
ID = UUID(int=5)
FULL: dict[str, Any] = {
    "id": ID,
    "name": "Lærke",
    "other": "\u2028 ø 🙂",
    "count": 3,
    "yes": True,
    "at": datetime(2026, 11, 22, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=1))),
    "wall": datetime(2026, 11, 22, 12, 0),
    "on": date(2026, 11, 22),
    "colour": "blue",
    "share": 1,
    "loose": {"a": 1},
    "plain": ("a", "b"),
    "ids": [ID, ID],
    "one": AsTuple(ID, None),
    "many": [AsObject(), {"id": ID, "said": "nej", "more": "is not for anybody"}],
    "listed": [AsTuple(ID, "not chosen")],
    "secret": "never",
    "surplus": "never",
}


class Hooked(Schema):
    """One that turns its text round."""

    said = Text()

    @ma.post_dump
    def turn(self, data: dict[str, str], **_: Any) -> dict[str, str]:
        """Backwards."""
        return {"said": data["said"][::-1]}


def plainly(schema: Schema, thing: Any) -> bytes:
    """The bytes as marshmallow makes them by itself."""
    return orjson.dumps(schema.dump(thing))


def ours(schema: Schema, thing: Any) -> bytes:
    """The bytes that we send."""
    return to_json(schema.tree(thing))


@pytest.mark.parametrize(
    "thing",
    [
        FULL,
        {},
        dict.fromkeys(FULL),
        {
            **FULL,
            "colour": Colour.RED,
            "at": datetime(2026, 1, 1, tzinfo=UTC),
            "many": [],
            "defaulted": "own",
        },
        AsObject(),
    ],
)
def test_writes_the_same_bytes(thing: Any) -> None:
    assert ours(Outer(), thing) == plainly(Outer(), thing)


def test_writes_many_in_their_order() -> None:
    things = [AsTuple(UUID(int=number), str(number)) for number in range(3)]

    assert ours(Inner(many=True), things) == plainly(Inner(many=True), things)
    assert [one["said"] for one in orjson.loads(ours(Inner(many=True), things))] == ["0", "1", "2"]


def test_writes_things_of_other_kinds_by_the_same_schema() -> None:
    schema = Inner()
    things: list[Any] = [AsTuple(ID, "a"), AsTuple(ID, None), {"id": str(ID), "said": "b"}, {"id": None}, {}]

    for thing in [*things, AsObject(), *reversed(things)]:
        assert ours(schema, thing) == plainly(schema, thing)


def test_writes_a_moment_that_orjson_would_not_write_so() -> None:
    class Late(datetime):
        """A moment of a kind that orjson does not know."""

    for at in (Late(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 12, 30), datetime.max.replace(tzinfo=UTC)):
        assert ours(Outer(), {"at": at}) == plainly(Outer(), {"at": at})


class Ids(UUID):
    """An id of a kind that orjson does not know."""


def test_writes_an_id_of_another_kind() -> None:
    thing = {"id": Ids(int=5), "ids": [Ids(int=5), ID, None]}

    assert ours(Outer(), thing) == plainly(Outer(), thing)


def test_keeps_to_the_fields_that_were_chosen_last() -> None:
    schema = Inner()
    schema.tree(AsObject())
    chosen = ma.fields.Nested(schema, only=("said",))

    class Around(Schema):
        """What chooses."""

        inner = chosen

    assert Around().tree({"inner": AsObject()}) == {"inner": {"said": "ja"}}
    assert Inner(exclude=("said",)).tree(AsObject()) == {"id": UUID(int=7)}


def test_leaves_a_schema_with_hooks_to_marshmallow() -> None:
    class Around(Schema):
        """What holds it."""

        inner = ma.fields.Nested(Hooked)

    assert Hooked().tree({"said": "abc"}) == {"said": "cba"}
    assert Around().tree({"inner": {"said": "abc"}}) == {"inner": {"said": "cba"}}


def test_refuses_what_is_not_in_a_closed_list() -> None:
    with pytest.raises(ValueError, match="green"):
        Outer().tree({"colour": "green"})


ZONES = [UTC, ZoneInfo("UTC"), ZoneInfo("Europe/Copenhagen"), timezone(timedelta(hours=-3, minutes=-30))]
SAYABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
MOMENTS = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=st.sampled_from(ZONES)) | (
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)).map(
        lambda at: at.replace(microsecond=0)
    )
)


def values(field: ma.fields.Field[Any]) -> st.SearchStrategy[Any]:
    """What a field may have to write, None included."""
    return st.none() | _values(field)


def _values(field: ma.fields.Field[Any]) -> st.SearchStrategy[Any]:
    if isinstance(field, ma.fields.Nested):
        inside = things(field.schema)
        return st.lists(inside, max_size=2) if field.schema.many or field.many else inside
    if isinstance(field, ma.fields.List):
        some = st.lists(values(field.inner), max_size=3)
        return some | some.map(tuple)
    if isinstance(field, ma.fields.Mapping):
        keys = SAYABLE if field.key_field is None else _values(field.key_field)
        inside = SAYABLE if field.value_field is None else values(field.value_field)
        return st.dictionaries(keys, inside, max_size=2)
    if isinstance(field, Choice):
        return st.sampled_from([*field.enum, *map(str, field.enum)])
    found = next((found for kind, found in BY_KIND.items() if isinstance(field, kind)), None)
    assert found is not None or type(field)._serialize is ma.fields.Field._serialize, type(field)
    return SAYABLE if found is None else found


BY_KIND: dict[type, st.SearchStrategy[Any]] = {
    Uuid: st.uuids() | st.uuids().map(str),
    AwareDateTime: MOMENTS,
    WallTime: st.datetimes(),
    Date: st.dates(),
    ma.fields.Integer: st.integers(-(2**53), 2**53) | st.booleans(),
    ma.fields.Boolean: st.booleans(),
    ma.fields.Float: st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**31), 2**31),
    ma.fields.String: SAYABLE,
    Text: SAYABLE,
}


def things(schema: ma.Schema) -> st.SearchStrategy[Any]:
    """Things that a schema may have to write, as a dict or as an object; some lack some of the fields."""
    named = {field.attribute or name: values(field) for name, field in schema.dump_fields.items()}
    always = {name: of for name, of in named.items() if hasattr(dict, name)}  # else a dict's own is found
    lacking = {name: of for name, of in named.items() if name not in always}
    whole = st.fixed_dictionaries(named).map(_folded)
    return (
        whole
        | st.fixed_dictionaries(always, optional=lacking).map(_folded)
        | whole.map(lambda found: SimpleNamespace(**found))
        | whole.map(lambda found: namedtuple("Row", found)(**found))
    )


def _folded(found: dict[str, Any]) -> dict[str, Any]:
    """What is read as `place.id` stands as the id of the place."""
    folded: dict[str, Any] = {}
    for name, value in found.items():
        outer, dot, inner = name.partition(".")
        if dot:
            setattr(folded.setdefault(outer, SimpleNamespace()), inner, value)
        else:
            folded[name] = value
    return folded


def _schemas(of: type[Schema]) -> list[type[Schema]]:
    return [found for one in of.__subclasses__() for found in (one, *_schemas(one))]


SCHEMAS = sorted(
    {one for one in _schemas(Schema) if one.__module__.startswith("server.")},
    key=lambda one: (one.__module__, one.__name__),
)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_writes_the_same_bytes_for_whatever_there_is(data: st.DataObject) -> None:
    thing = data.draw(things(OUTER))

    assert ours(OUTER, thing) == plainly(OUTER, thing)


@given(data=st.data(), kind=st.sampled_from(SCHEMAS))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_writes_the_same_bytes_in_every_room(data: st.DataObject, kind: type[Schema]) -> None:
    schema = kind()
    thing = data.draw(things(schema))

    assert ours(schema, thing) == plainly(schema, thing)
