"""Nothing that is held of a citizen may be forgotten by the export or by erasure."""

from typing import Any

import psycopg
import pytest

from server.rights import words
from server.rights.holding import Erasure
from server.rights.holdings import HOLDINGS
from server.rights.left_out import LEFT_OUT

Superuser = psycopg.Connection[Any]
KEYS = ("citizen_id", "recipient_id")


def _tables_of_citizens(superuser: Superuser) -> set[str]:
    """Every table with a citizen's key, and every table whose rows belong to such a row."""
    found = {"citizen"}
    columns = "SELECT DISTINCT table_name FROM information_schema.columns WHERE column_name = ANY(%s)"
    found |= {row[0] for row in superuser.execute(columns, [list(KEYS)])}
    owned = superuser.execute(
        "SELECT DISTINCT conrelid::regclass::text, confrelid::regclass::text"
        " FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
    ).fetchall()
    while True:
        more = {child for child, parent in owned if parent in found} - found
        if not more:
            return found
        found |= more


def test_every_table_with_a_citizens_key_is_handled(superuser: Superuser) -> None:
    assert _tables_of_citizens(superuser) == {holding.table for holding in HOLDINGS}


def test_a_forgotten_table_would_be_found(superuser: Superuser) -> None:
    superuser.execute("CREATE TABLE diary (id uuid PRIMARY KEY, citizen_id uuid)")
    superuser.execute("CREATE TABLE diary_page (id uuid, diary_id uuid REFERENCES diary (id))")
    try:
        found = _tables_of_citizens(superuser)
    finally:
        superuser.execute("DROP TABLE diary_page, diary")

    assert {"diary", "diary_page"} <= found


def _unspoken(superuser: Superuser) -> dict[str, set[str]]:
    """Columns of citizens' tables of which nothing is said, and columns that are spoken of and not there."""
    found = {}
    for holding in HOLDINGS:
        columns = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        real = {row[0] for row in superuser.execute(columns, [holding.table])}
        said = {*holding.columns, *(column for column, _ in holding.sealed)}
        said |= {column for left_out in LEFT_OUT.get(holding.table, ()) for column in left_out.columns}
        if real != said:
            found[holding.table] = real ^ said
    return found


def test_every_column_is_exported_or_left_out_for_a_reason(superuser: Superuser) -> None:
    assert _unspoken(superuser) == {}
    assert LEFT_OUT.keys() <= {holding.table for holding in HOLDINGS}


def test_a_forgotten_column_would_be_found(superuser: Superuser) -> None:
    superuser.execute("ALTER TABLE goal ADD COLUMN remark integer")
    try:
        assert _unspoken(superuser) == {"goal": {"remark"}}
    finally:
        superuser.execute("ALTER TABLE goal DROP COLUMN remark")


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: holding.table)
def test_no_column_is_both_exported_and_left_out_and_each_reason_is_a_sentence(holding: Any) -> None:
    exported = [*holding.columns, *(column for column, _ in holding.sealed)]
    left_out = [column for each in LEFT_OUT.get(holding.table, ()) for column in each.columns]

    assert len([*exported, *left_out]) == len({*exported, *left_out})
    assert all(len(each.reason) > 20 for each in LEFT_OUT.get(holding.table, ()))


@pytest.mark.parametrize("language", ["da", "en"])
def test_whatever_stands_on_paper_has_a_name_there(language: str) -> None:
    for holding in HOLDINGS:
        exported = [*holding.columns, *(column.removesuffix("_sealed") for column, _ in holding.sealed)]
        exported += [name for name, _ in holding.also]
        on_paper = [column for column in exported if column not in words.LEFT_OUT_ON_PAPER]
        assert not on_paper or words.has_table_name(holding.table), holding.table
        assert [column for column in on_paper if not words.has_column_name(column)] == [], holding.table


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: holding.table)
def test_each_says_why(holding: Any) -> None:
    assert holding.reason
    assert bool(holding.blank) == (holding.erasure is Erasure.BLANK)
