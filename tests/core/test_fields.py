"""Strict fields: what would quietly be accepted is refused by name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from server.core import fields


class Sample(fields.Schema):
    """One of each."""

    text = fields.Text(max_length=20_000)
    line = fields.Line(max_length=80)
    short = fields.Text(max_length=5)
    number = fields.Integer(minimum=1, maximum=10)
    flag = fields.Boolean()
    at = fields.AwareDateTime()
    on = fields.Date()
    id = fields.Uuid()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "a\x00b"),
        ("text", "x" * 20_001),
        ("text", ""),
        ("text", "   "),
        ("text", "\u200b\u2060"),
        ("text", "\u202e \n"),
        ("line", "Solsort\nog en til"),
        ("line", "Sol\rsort"),
        ("line", "Sol\tsort"),
        ("line", "Sol\u2028sort"),
        ("line", "Sol\u202etros"),
        ("line", "\u2066Solsort"),
        ("line", "Sol\x1b[31msort"),
        ("line", "a\x00b"),
        ("text", 5),
        ("text", None),
        ("text", ["a"]),
        ("text", "\ud800"),
        ("short", "abcdef"),
        ("number", "5"),
        ("number", 5.0),
        ("number", True),
        ("number", 0),
        ("number", 11),
        ("flag", "true"),
        ("flag", 1),
        ("at", "2027-03-01T10:00:00"),
        ("at", "2027-03-01"),
        ("at", "2026-02-30T10:00:00Z"),
        ("at", "0000-00-00T00:00:00Z"),
        ("at", "10000-01-01T00:00:00Z"),
        ("at", "2016-12-31T23:59:60Z"),
        ("at", 1_700_000_000),
        ("on", "2026-02-30"),
        ("on", "2027-3-1"),
        ("id", "not-an-id"),
        ("id", 7),
        ("surplus", "x"),
    ],
)
def test_refuses_by_name(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        Sample().load({field: value})

    assert list(refused.value.messages_dict) == [field]


@pytest.mark.parametrize(
    "value", ["2027-03-01T10:00:00+01:00", "2027-03-01T09:00:00Z", "2028-02-29T00:00:00+14:00"]
)
def test_takes_real_instants_and_writes_them_in_utc(value: str) -> None:
    instant = Sample().load({"at": value})["at"]

    assert Sample().dump({"at": instant})["at"].endswith("Z")
    assert Sample().load(Sample().dump({"at": instant}))["at"] == instant


def test_composes_decomposed_danish_letters() -> None:
    assert Sample().load({"text": "A\u030arhus"})["text"] == "Århus"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1))
def test_keeps_every_other_text_as_it_is_apart_from_composing(text: str) -> None:
    if all(unicodedata.category(letter)[0] in "ZC" for letter in text):
        return

    once = Sample().load({"text": text})["text"]

    assert Sample().load({"text": once})["text"] == once
