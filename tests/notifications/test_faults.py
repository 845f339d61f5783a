"""The table of faults, row by row, against a push service over TLS in both versions of HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from notifications.dispatcher.reactions import ROWS
from notifications.push import Transport
from notifications.push.transport import CONNECT_SECONDS, READ_SECONDS
from tests.notifications.authority import Authority
from tests.notifications.conftest import KEY, House
from tests.notifications.push_service import Phone, Script

MINUTE, HOUR = 60, 3600
LASTS = timedelta(hours=9)  # the afternoon and the evening: no night in between
USUAL, IMPATIENT = (CONNECT_SECONDS, READ_SECONDS), (0.5, 0.2)  # seconds to connect and to answer


def many_phones(house: House, count: int) -> list[Phone]:
    return [house.add_phone(uuid4()) for _ in range(count)]


def remind_phones(house: House, count: int) -> None:
    """So many people, each with a phone and a reminder."""
    for _ in range(count):
        person = uuid4()
        house.add_phone(person)
        house.remind(person, lasts=LASTS)


def others_are_refused(house: House) -> None:
    house.push_service.default = Script(400)
    remind_phones(house, 1)
    house.dispatcher().run_until_idle()


def others_have_ended(house: House) -> None:
    house.push_service.default = Script(410)
    remind_phones(house, 4)
    house.dispatcher().run_until_idle()


def forget_our_key(house: House) -> None:
    house.keys = {"another": KEY}


def nobody_else(house: House) -> None:
    """Nothing happened before."""


@dataclass(frozen=True)
class Case:
    """What the push service does, and what shall come of it."""

    row: str
    answers: tuple[Script, ...]
    state: str
    device: str = "active"
    waits: tuple[int, ...] = ()  #: seconds until the next try, after each answer
    alarm: bool = False
    before: Callable[[House], None] = nobody_else
    limits: tuple[float, float] = USUAL

    def __str__(self) -> str:
        return self.row


CASES = [
    *(Case("accepted", (Script(status),), "accepted") for status in (200, 201, 204)),
    Case("accepted-briefly", (Script(201, {"TTL": "1000"}),), "accepted", waits=(900,)),
    *(
        Case("redirect", (Script(status, {"Location": "/x"}),), "quarantined", "quarantined", alarm=True)
        for status in (301, 302, 307, 308)
    ),
    Case("refused", (Script(400),), "retry-wait", waits=(20 * MINUTE,), alarm=True),
    Case(
        "refused-for-good",
        (Script(400),) * 3,
        "quarantined",
        "quarantined",
        waits=(20 * MINUTE, 40 * MINUTE),
        alarm=True,
    ),
    Case("refused-by-many", (Script(400),), "retry-wait", alarm=True, before=others_are_refused),
    *(
        Case("token-refused", (Script(status),) * 2, "retry-wait", waits=(MINUTE,), alarm=True)
        for status in (401, 403)
    ),
    *(Case("gone", (Script(status),), "dead-device", "dead") for status in (404, 410)),
    *(
        Case("gone-by-many", (Script(status),), "retry-wait", alarm=True, before=others_have_ended)
        for status in (404, 410)
    ),
    *(
        Case("too-fast", (Script(status, {"Retry-After": "77"}),), "retry-wait", waits=(77,))
        for status in (406, 429)
    ),
    Case("too-fast", (Script(429),), "retry-wait", waits=(MINUTE,)),
    Case("too-large", (Script(413),), "retry-wait", waits=(1,), alarm=True),
    Case("too-large-for-good", (Script(413),) * 2, "expired", waits=(1,), alarm=True),
    Case("refused-otherwise", (Script(418),), "retry-wait", waits=(MINUTE,), alarm=True),
    *(Case("service-error", (Script(status),), "retry-wait", waits=(30,)) for status in (500, 502, 599)),
    Case("service-error", (Script(503, {"Retry-After": "120"}),), "retry-wait", waits=(120,)),
    Case("service-error", (Script(206),), "retry-wait", waits=(30,)),
    *(
        Case("no-answer", (answer,), "retry-wait", waits=(30,))
        for answer in (Script(cut=True), Script(reset=True))
    ),
    Case("no-answer", (Script(hang=9),), "retry-wait", waits=(30,), limits=IMPATIENT),
    Case("cannot-sign-or-encrypt", (), "retry-wait", waits=(MINUTE,), alarm=True, before=forget_our_key),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_row(
    secure_house: House, anna: UUID, authority: Authority, case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    house = secure_house
    connect, read = case.limits
    house.transport = Transport(ca_file=str(authority.ca_file), connect_seconds=connect, read_seconds=read)
    many_phones(house, 2)
    case.before(house)
    house.push_service.script.extend(case.answers)
    caplog.clear()
    phone = house.add_phone(anna)
    house.remind(anna, lasts=LASTS)
    mine = house.devices()[-1]

    waited = []
    for _ in range(max(len(case.waits) + (case.state not in ("retry-wait", "accepted")), 1)):
        house.dispatcher().run_until_idle()
        [delivery] = [one for one in house.deliveries() if one.device_id == mine.id]
        if delivery.next_attempt_at is not None:
            waited.append((delivery.next_attempt_at - house.now).total_seconds())
            house.now = delivery.next_attempt_at

    outcome = house.query(
        f"SELECT outcome FROM delivery_attempt WHERE delivery_id = '{delivery.id}' ORDER BY id DESC LIMIT 1"
    )
    assert outcome == case.row
    assert delivery.state == case.state
    assert [device.state for device in house.devices() if device.id == mine.id] == [case.device]
    assert tuple(waited[: len(case.waits)]) == case.waits
    alarms = [one for one in caplog.records if one.levelname == "ERROR" and case.row in one.message]
    assert bool(alarms) is case.alarm
    assert phone.endpoint not in caplog.text


def test_every_row_has_its_case() -> None:
    elsewhere = {"inner-address"}  # needs a name that lies: test_addresses.py

    assert {case.row for case in CASES} | elsewhere == set(ROWS)


def test_no_answer_but_an_ended_subscription_ends_a_phone() -> None:
    ending = {row.name for row in ROWS.values() if row.device is not None and row.device.value == "dead"}
    aside = {row.name for row in ROWS.values() if row.device is not None} - ending

    assert ending == {"gone"}
    assert aside == {"redirect", "refused-for-good", "inner-address"}
