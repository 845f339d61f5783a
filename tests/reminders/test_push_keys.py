"""Which push keys are still needed, as `flask push-keys` tells whoever runs the house."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from click.testing import Result

from notifications import subscriptions
from server.core import db
from tests.conftest import NOW
from tests.notifications.push_service import Phone

PRESENT, FORMER, OTHER = "aaaa1111", "bbbb2222", "cccc3333"


@pytest.fixture
def ask(app: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the command in a house with a present and a former key."""
    monkeypatch.setitem(app.config, "VAPID_KEY_ID", PRESENT)
    monkeypatch.setitem(app.config, "VAPID_KEY_IDS", (FORMER, PRESENT))
    return lambda: app.test_cli_runner().invoke(args=["push-keys"])


def bind(key_id: str, *, days_ago: int = 0) -> None:
    """A phone that was bound to a key."""
    phone = Phone(endpoint=f"https://fcm.googleapis.com/fcm/send/{uuid4().hex}")
    with db.transaction() as session:
        subscriptions.register(
            session,
            recipient_id=uuid4(),
            session_id=uuid4(),
            endpoint=phone.endpoint,
            p256dh=phone.p256dh,
            auth=phone.auth,
            vapid_key_id=key_id,
            origins=(),
            now=NOW - timedelta(days=days_ago),
        )


def line(answer: Result, key_id: str) -> str:
    [found] = [one for one in answer.output.splitlines() if one.startswith(key_id)]
    return " ".join(found.split())


def test_counts_the_phones_of_each_key_and_keeps_a_former_one_that_is_needed(ask: Any) -> None:
    for key_id, days_ago in ((PRESENT, 89), (PRESENT, 1), (FORMER, 400)):
        bind(key_id, days_ago=days_ago)

    answer = ask()

    assert answer.exit_code == 0
    assert line(answer, PRESENT) == f"{PRESENT} present 2 phones"
    assert line(answer, FORMER) == f"{FORMER} former 1 phone: needed, keep it"


def test_a_former_key_without_phones_is_retired(ask: Any) -> None:
    bind(PRESENT)

    assert "0 phones: retired, take it out" in line(ask(), FORMER)


def test_a_former_key_is_retired_ninety_days_after_the_first_phone_took_the_present_one(ask: Any) -> None:
    bind(FORMER, days_ago=400)
    bind(PRESENT, days_ago=90)

    assert "1 phone: retired after 90 days" in line(ask(), FORMER)


def test_nothing_is_retired_while_no_phone_has_the_present_key(ask: Any) -> None:
    bind(FORMER, days_ago=400)

    assert line(ask(), FORMER).endswith("1 phone: needed, keep it")


def test_phones_that_can_get_nothing_make_it_fail(ask: Any) -> None:
    bind(OTHER)

    answer = ask()

    assert answer.exit_code == 1
    assert line(answer, OTHER) == f"{OTHER} MISSING 1 phone"
    assert "get no reminders" in answer.output
