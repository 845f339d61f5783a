"""What was agreed about being called is kept for the call, and not longer."""

from datetime import timedelta

from server.core import db
from server.crisis_line import service
from tests.conftest import NOW
from tests.crisis_line.people import Line
from tests.crisis_line.test_contacts import FULL, NO_CALL


def test_numbers_go_after_three_weeks_if_nobody_called(line: Line) -> None:
    contact = line.change(line.open(), **FULL).json
    with db.transaction() as session:
        assert service.erase_old_numbers(session, now=NOW + timedelta(days=20)) == 0
    with db.transaction() as session:
        assert service.erase_old_numbers(session, now=NOW + timedelta(days=21)) == 1

    read = line.read(contact).json
    assert read["callback"] == NO_CALL
    assert read["note"] == FULL["note"]


def test_a_code_word_goes_as_well_where_no_number_was_given(line: Line) -> None:
    contact = line.change(line.open(), callback={"may_ring": True, "code_word": "Havregryn"}).json

    with db.transaction() as session:
        assert service.erase_old_numbers(session, now=NOW + timedelta(days=21)) == 1

    assert line.read(contact).json["callback"] == NO_CALL
