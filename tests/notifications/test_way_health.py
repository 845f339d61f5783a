"""Text messages and mails that do not go out are noticed, counted by channel, and never by person."""

from datetime import timedelta
from uuid import uuid4

import pytest

from notifications import alarms, health, way_health
from notifications.dispatcher import SafeChannel
from server.core import db
from tests.notifications.gateway import Says
from tests.notifications.other_ways import ADDRESS, EMAIL, NUMBER, SMS, Ways

REFUSED = Says(body='{"id": "<id>", "status": "rejected"}')
UNKNOWN = Says(status=500)


def findings(ways: Ways) -> list[health.Finding]:
    with db.transaction() as session:
        return way_health.look(session, now=ways.house.now)


def figures(ways: Ways) -> dict[tuple[str, str], int]:
    with db.transaction() as session:
        found = way_health.way_figures(session, now=ways.house.now)
    return {(one.channel, one.state): one.count for one in found}


@pytest.mark.parametrize("says", [REFUSED, UNKNOWN])
def test_three_in_a_row_that_nobody_took_are_an_alarm_until_one_is_taken(ways: Ways, says: Says) -> None:
    ways.gateway.default = says
    for count in (1, 2, 3):
        assert findings(ways) == []
        ways.house.remind(uuid4())
        ways.dispatcher().run_until_idle()
        assert len(ways.gateway.received) == count

    failing = findings(ways)
    ways.gateway.default = Says()
    ways.house.later(seconds=1)
    ways.house.remind(uuid4())
    ways.dispatcher().run_until_idle()

    assert failing == [health.Finding(health.Code.OTHER_WAY_FAILING, 3, "sms")]
    assert findings(ways) == []


def test_a_mail_that_is_taken_after_the_gateway_refused_does_not_hide_the_gateway(ways: Ways) -> None:
    ways.safe = [SafeChannel(SMS, NUMBER), SafeChannel(EMAIL, ADDRESS)]
    ways.gateway.default = REFUSED
    for _ in range(3):
        ways.house.remind(uuid4())
    ways.dispatcher().run_until_idle()

    assert findings(ways) == [health.Finding(health.Code.OTHER_WAY_FAILING, 3, "sms")]
    assert figures(ways) == {("email", "sent"): 3}


def test_what_lies_there_for_five_minutes_is_late_and_clears_when_it_goes(ways: Ways) -> None:
    ways.house.remind(uuid4())
    ways.dispatcher().advance()
    ways.dispatcher().advance()
    ways.house.later(minutes=4)
    soon = findings(ways)
    ways.house.later(minutes=2)

    late = findings(ways)
    with db.transaction() as session:
        alarms.watch(session, now=ways.house.now)
        raised = alarms.watch(session, now=ways.house.now)
    ways.dispatcher().run_until_idle()

    assert soon == []
    assert late == [health.Finding(health.Code.OTHER_WAY_LATE, 1)]
    assert alarms.Change("other-way-late", "", 1, is_raised=True) in raised
    assert findings(ways) == []


def test_what_waits_for_the_agreed_hours_is_not_late(ways: Ways) -> None:
    ways.safe = [SafeChannel(SMS, NUMBER, ways.house.now + timedelta(hours=3))]
    ways.house.remind(uuid4())
    ways.dispatcher().run_until_idle()

    ways.house.later(hours=2)

    assert findings(ways) == []
    assert figures(ways) == {("", "ready"): 1}
