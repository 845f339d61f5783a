"""Which push keys are still needed, as `flask push-keys` tells whoever runs the house."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import Result

from notifications import subscriptions
from server.core import db
from server.reminders import commands
from tests.conftest import NOW
from tests.notifications.push_service import Phone

PRESENT, FORMER, OTHER = "aaaa1111", "bbbb2222", "cccc3333"


@pytest.fixture
def ask(app: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the command in a house with a present and a former key."""
    monkeypatch.setitem(app.config, "VAPID_KEY_ID", PRESENT)
    monkeypatch.setitem(app.config, "VAPID_KEY_IDS", (FORMER, PRESENT))
    return lambda *more: app.test_cli_runner().invoke(args=["push-keys", *more])


def bind(key_id: str, *, days_ago: int = 0) -> UUID:
    """A phone that was bound to a key; whose it is."""
    person = uuid4()
    phone = Phone(endpoint=f"https://fcm.googleapis.com/fcm/send/{uuid4().hex}")
    with db.transaction() as session:
        subscriptions.register(
            session,
            recipient_id=person,
            session_id=uuid4(),
            endpoint=phone.endpoint,
            p256dh=phone.p256dh,
            auth=phone.auth,
            vapid_key_id=key_id,
            origins=(),
            now=NOW - timedelta(days=days_ago),
        )
    return person


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


class TestLettingAKeyGo:
    def test_nobody_counts_any_more_on_the_phones_that_it_served(
        self, ask: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(commands, "AT_ONCE", 2)
        theirs, ours = [bind(OTHER) for _ in range(5)], bind(PRESENT)

        answer = ask("--let-go", OTHER)

        assert answer.exit_code == 0
        assert line(answer, OTHER) == f"{OTHER} let go 5 phones"
        with db.transaction() as session:
            assert subscriptions.reachable(session, [*theirs, ours]) == {
                **dict.fromkeys(theirs, False),
                ours: True,
            }

    @pytest.mark.parametrize("key_id", [PRESENT, FORMER])
    def test_is_refused_for_one_that_this_server_still_signs_with(self, ask: Any, key_id: str) -> None:
        person = bind(key_id)

        answer = ask("--let-go", key_id)

        assert answer.exit_code == 1
        assert "take it out of VAPID_OLD_PRIVATE_KEYS first" in answer.output
        with db.transaction() as session:
            assert subscriptions.reachable(session, [person]) == {person: True}

    def test_is_no_harm_for_one_that_serves_nobody(self, ask: Any) -> None:
        answer = ask("--let-go", OTHER)

        assert (answer.exit_code, line(answer, OTHER)) == (0, f"{OTHER} let go 0 phones")
