"""Whoever was taken in before there were fingerprints gets all of them, whatever is changed first."""

from collections.abc import Callable
from typing import Any

from server.citizens import changes, finding
from server.core import db
from tests.crisis_line.people import NUMBER


def test_a_new_alias_does_not_leave_the_number_without_one(
    make_citizen: Callable[..., Any], counsellor: Any, desk: Any, superuser: Any
) -> None:
    known = make_citizen(contact=counsellor, alias="Solsort", phone=NUMBER)
    superuser.execute("UPDATE citizen SET alias_index = NULL, phone_index = NULL")
    superuser.commit()

    answer = desk.patch(
        f"/api/v1/staff/citizens/{known.id}", json={"alias": "Musvit"}, headers={"If-Match": '"1"'}
    )

    assert answer.status_code == 200
    with db.transaction() as session:
        assert [one.alias for one in finding.by_phone(session, value=NUMBER)] == ["Musvit"]


def test_a_search_waits_for_nobody_who_is_being_changed(
    make_citizen: Callable[..., Any], counsellor: Any, superuser: Any
) -> None:
    busy = make_citizen(contact=counsellor, phone=NUMBER)
    superuser.execute("UPDATE citizen SET alias_index = NULL, phone_index = NULL")
    superuser.commit()

    with db.transaction() as change:
        changes.lock_sequences(change, citizen_ids=[busy.id])
        with db.transaction() as session:
            assert finding.by_phone(session, value=NUMBER) == []

    with db.transaction() as session:
        assert [one.id for one in finding.by_phone(session, value=NUMBER)] == [busy.id]
