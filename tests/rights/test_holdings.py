"""Nothing that is held of a citizen may be forgotten by the export or by erasure."""

from typing import Any

import psycopg
import pytest

from server.rights.holdings import HOLDINGS, Erasure

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


def test_every_column_is_exported_or_holds_no_word_of_anybody(superuser: Superuser) -> None:
    """Text columns that the export leaves out are codes, keys or hashes, named here one by one."""
    technical = {
        ("citizen", "alias"),
        ("citizen_change", "entity"),
        ("citizen_change", "op"),
        ("delivery", "ack_secret"),
        ("delivery", "reason"),
        ("delivery", "state"),
        ("delivery_attempt", "origin"),
        ("delivery_attempt", "outcome"),
        ("delivery_attempt", "status_class"),
        ("device_session", "kind"),
        ("contact_channel", "masked"),
        ("fallback", "reason"),
        ("occurrence", "reason"),
        ("occurrence", "slot_key"),
        ("push_device", "auth"),
        ("push_device", "endpoint"),
        ("push_device", "p256dh"),
        ("push_device", "reason"),
        ("push_device", "vapid_key_id"),
        ("push_device", "origin"),
        ("reminder", "dedupe_key"),
        ("sync_result", "result"),
        ("audit_event", "request_id"),
    }
    left_out = {
        (holding.table, row[0])
        for holding in HOLDINGS
        for row in superuser.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND udt_name IN ('text', 'varchar')",
            [holding.table],
        )
        if row[0] not in holding.columns
    }

    assert left_out <= technical


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: holding.table)
def test_each_says_why(holding: Any) -> None:
    assert holding.reason
    assert bool(holding.blank) == (holding.erasure is Erasure.BLANK)
