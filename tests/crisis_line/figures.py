"""A made-up year at the crisis line, who reads its figures, and what they read."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from server.core import db
from server.core.access import Role
from server.core.ids import new_id
from server.crisis_line.models import Channel, Contact, Gender, SearchKind, Voicemail
from server.crisis_line.releases import Way
from server.library.desk_models import CONTACT_REASONS
from tests.crisis_line.people import DESK

STATISTICS = f"{DESK}/statistics"
SHEET = f"{DESK}/statistics.csv"
YEAR = {"from": "2025-10-01", "to": "2026-09-30"}
BEGINS, DAYS = datetime(2025, 10, 1, tzinfo=UTC), 364
WAYS = [str(way) for way in Way]


@pytest.fixture
def write(worker: Any, akuttilbud: Any) -> Callable[..., list[Contact]]:
    """Write contacts as they stand in the table."""

    def add(*given: dict[str, Any]) -> list[Contact]:
        with db.transaction() as session:
            rows = [_contact(worker, akuttilbud, **each) for each in given]
            session.add_all(rows)
        return rows

    return add


def _contact(worker: Any, unit: Any, *, opened_at: datetime, **said: Any) -> Contact:
    values: dict[str, Any] = {
        "channel": Channel.PHONE,
        "gender": Gender.NOT_REGISTERED,
        "reasons": ["sleep"],
        "given": [],
        "referrals": [],
        "may_ring": False,
        "ring_voicemail": Voicemail.NEVER,
        "closed_at": opened_at,
        "closed_by": worker.id,
        "citizen_id": None,
        "found_by": SearchKind.CODE if said.get("citizen_id") else None,
        **said,
    }
    return Contact(
        id=new_id(),
        unit_id=unit.id,
        opened_by=worker.id,
        opened_at=opened_at,
        received_at=opened_at,
        updated_at=opened_at,
        version=1,
        request_digest=b"",
        **values,
    )


def some_year(luck: Random, number: int, people: list[Any]) -> list[dict[str, Any]]:
    """A made-up year: all hours and values, a few people who are known, some forms not filled in."""
    year = []
    for _ in range(number):
        at = BEGINS + timedelta(days=luck.randrange(DAYS), minutes=luck.randrange(1, 22 * 60))
        is_open = luck.random() < 0.02
        year.append(
            {
                "opened_at": at,
                "channel": luck.choice([Channel.PHONE, Channel.PHONE, *Channel]),
                "gender": luck.choice(list(Gender)),
                "reasons": luck.sample(CONTACT_REASONS, luck.choice([0, 1, 1, 2])),
                "closed_at": None if is_open else at,
                **({"closed_by": None} if is_open else {}),
                "citizen_id": luck.choice(people).id if people and luck.random() < 0.2 else None,
            }
        )
    return year


@pytest.fixture
def analyst(make_staff: Callable[..., Any], akuttilbud: Any) -> Any:
    """Somebody who works with the unit's figures alone."""
    return make_staff(roles=(Role.ANALYST,), unit=akuttilbud)


@pytest.fixture
def analyst_desk(analyst: Any, sign_in_staff: Callable[..., Any], new_client: Callable[..., Any]) -> Any:
    """The analyst's browser."""
    return sign_in_staff(analyst, new_client())


def read(browser: Any, by: str = "channel", **span: str) -> dict[str, Any]:
    """The figures, of a whole year unless a span is given."""
    answer = browser.get(STATISTICS, query_string={**(span or YEAR), "by": by})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return dict(answer.json)


def rows_of(shown: dict[str, Any]) -> dict[str, int]:
    """The rows that are not zero."""
    return {"+".join(row["keys"]): row["count"] for row in shown["rows"] if row["count"]}
