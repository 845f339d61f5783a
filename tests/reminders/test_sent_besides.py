"""From the booking to the text message, by the house's own rules: channels and deaths in real rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from server.accounts import service as accounts
from server.app import make_dispatcher
from server.citizens import channels
from server.core import clock, db
from server.core.access import Role
from tests.appointments.people import seen
from tests.conftest import actor_of
from tests.notifications.gateway import Gateway, gateway_running

DAY_BEFORE = datetime.fromisoformat("2026-11-29T16:00:00+01:00")


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with gateway_running() as running:
        yield running


@pytest.fixture
def send(settings: Any, gateway: Gateway, app: Any) -> Any:
    """Let the house send what is due now; says how many messages left."""
    config = replace(settings, sms_gateway_url=gateway.url, sms_gateway_token="x", sms_sender="Overblik")
    return lambda: make_dispatcher(config).run_until_idle()


@pytest.fixture
def agree(desk: Any, citizen: Any) -> Any:
    """Agree that a number is safe."""

    def put(**other: Any) -> None:
        body = {"address": "20123456", "safe": "always", "agreed_together": True, **other}
        url = f"/api/v1/staff/citizens/{citizen.id}/contact-channels/sms"
        assert desk.put(url, json=body).status_code == 200

    return put


def test_a_person_without_a_phone_gets_a_neutral_text_message_the_day_before(
    agree: Any, book: Any, send: Any, gateway: Gateway, traveller: Any
) -> None:
    agree()
    book()
    traveller.move_to(DAY_BEFORE)

    assert send() == 1

    [message] = gateway.received
    assert message["to"] == "+4520123456"
    assert message["text"] == "Du har en påmindelse. Åbn den, når det passer dig."


def test_a_channel_that_is_removed_after_the_claim_gets_nothing(
    agree: Any, book: Any, citizen: Any, counsellor: Any, settings: Any, gateway: Gateway, traveller: Any
) -> None:
    agree()
    book()
    traveller.move_to(DAY_BEFORE)
    dispatcher = make_dispatcher(
        replace(settings, sms_gateway_url=gateway.url, sms_gateway_token="x", sms_sender="Overblik")
    )
    dispatcher.advance()
    lease = dispatcher.claim(10)

    with db.transaction() as session:
        channels.remove_channel(
            session,
            citizen_id=citizen.id,
            kind=channels.ChannelKind.SMS,
            actor=actor_of(counsellor),
            now=DAY_BEFORE,
        )
    dispatcher.deliver(lease.delivery_ids[0], lease.token)

    assert gateway.received == []


def test_the_agreed_hours_are_kept_on_danish_clocks(
    agree: Any, book: Any, send: Any, gateway: Gateway, traveller: Any
) -> None:
    agree(safe="hours", hours_from=18, hours_until=20)
    book()
    traveller.move_to(DAY_BEFORE)
    assert send() == 0

    traveller.move_to(DAY_BEFORE + timedelta(hours=2))

    assert send() == 1


@pytest.mark.parametrize("asked", [True, False])
def test_never_means_never(
    agree: Any, book: Any, send: Any, gateway: Gateway, traveller: Any, asked: bool
) -> None:
    agree(safe="never", agreed_together=asked)
    book()
    traveller.move_to(DAY_BEFORE)

    assert send() == 0
    assert gateway.received == []


class TestAMissedTalk:
    LIST = "/api/v1/staff/missed-talks"

    @pytest.fixture
    def by_sms(self, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """Text messages are set up here."""
        monkeypatch.setitem(app.config["OTHER_SENDERS"], channels.ChannelKind.SMS, "Overblik")

    @pytest.fixture
    def row(self, desk: Any, book: Any, go_to: Any) -> Any:
        """The row of somebody who did not come, as the counsellor sees it."""

        def found() -> Any:
            talk = book()
            go_to(datetime.fromisoformat("2026-11-30T11:00:00+01:00"))
            url = f"/api/v1/staff/appointments/{talk['id']}/no-show"
            assert desk.post(url, json={"excused": False}, headers=seen(talk["revision"])).status_code == 200
            [one] = desk.get(self.LIST).json["items"]
            return one

        return found

    @pytest.mark.usefixtures("by_sms")
    def test_the_one_message_goes_by_text_message_where_there_is_no_phone(
        self, agree: Any, row: Any, desk: Any, send: Any, gateway: Gateway
    ) -> None:
        agree()
        one = row()
        assert (one["reachable"], one["other_way"]) == (False, "sms")

        sent = desk.post(f"{self.LIST}/{one['id']}/message", headers=seen(one["version"]))
        send()

        assert sent.json["messaged"] is True
        assert [message["text"] for message in gateway.received] == [
            "Du har en påmindelse. Åbn den, når det passer dig."
        ]

    @pytest.mark.usefixtures("by_sms")
    def test_no_way_is_offered_that_was_not_agreed(self, agree: Any, row: Any) -> None:
        agree(safe="never", agreed_together=False)

        assert row()["other_way"] is None

    def test_no_way_is_offered_that_is_not_set_up(self, agree: Any, row: Any) -> None:
        agree()

        assert row()["other_way"] is None

    @pytest.mark.usefixtures("by_sms")
    def test_which_way_somebody_may_be_written_to_is_not_told_to_a_manager(
        self, agree: Any, row: Any, counsellor: Any, make_staff: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        agree()
        row()
        manager = make_staff(roles=(Role.MANAGER,))
        with db.transaction() as session:
            accounts.deactivate_staff(
                session, staff_id=counsellor.id, actor=actor_of(manager), now=clock.now()
            )

        [one] = sign_in_staff(manager, new_client()).get(self.LIST).json["items"]

        assert (one["mine"], one["other_way"]) == (False, None)


class TestDeath:
    URL = "/api/v1/staff/citizens/{}/death"

    def test_stops_everything_at_once_and_costs_nothing_when_it_was_a_mistake(
        self, agree: Any, book: Any, send: Any, citizen: Any, counsellor: Any, traveller: Any,
        sign_in_staff: Any, new_client: Any,
    ) -> None:  # fmt: skip
        agree()
        book()
        traveller.move_to(DAY_BEFORE - timedelta(minutes=1))
        desk = sign_in_staff(counsellor, new_client())
        assert desk.put(self.URL.format(citizen.id)).json["deceased_at"] is not None
        traveller.move_to(DAY_BEFORE)
        assert send() == 0

        assert desk.delete(self.URL.format(citizen.id)).json == {"deceased_at": None}
        traveller.move_to(DAY_BEFORE + timedelta(hours=17, minutes=20))

        assert send() == 1

    def test_ends_phones_and_withdraws_reminders_when_a_day_has_passed(
        self, app: Any, book: Any, desk: Any, citizen: Any, superuser: Any, sign_in_staff: Any,
        counsellor: Any, new_client: Any, now: Any, traveller: Any,
    ) -> None:  # fmt: skip
        book()
        desk.put(self.URL.format(citizen.id))
        CliRunner().invoke(app.cli.commands["erase-due"])
        states = "SELECT DISTINCT state FROM occurrence"
        assert superuser.execute(states).fetchall() == [("planned",)]

        traveller.move_to(now + timedelta(hours=24))
        CliRunner().invoke(app.cli.commands["erase-due"])

        assert superuser.execute(states).fetchall() == [("cancelled",)]
        late = sign_in_staff(counsellor, new_client()).delete(self.URL.format(citizen.id))
        assert (late.status_code, late.json["code"]) == (409, "undo-too-late")
