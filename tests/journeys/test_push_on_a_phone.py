"""What a phone shows of the messages it gets, and what it does when it may not show any."""

import json
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import phones, steps
from tests.journeys.autopush import PushService
from tests.journeys.chromium_push import ServiceWorkerInbox, bind
from tests.journeys.desk import Desk
from tests.journeys.house import House

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
NEUTRAL = "Du har en påmindelse"
SAYS_NO = """
  const answer = () => window.asked ? 'denied' : 'default';
  Object.defineProperty(Notification, 'permission', { get: answer });
  Notification.requestPermission = async () => { window.asked = true; return 'denied' };
"""


@pytest.fixture
def inbox(house: House, open_browser: OpenBrowser) -> ServiceWorkerInbox:
    page = open_browser()
    page.goto("/")
    return ServiceWorkerInbox(page, house.url)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "null",
        "[]",
        '"text"',
        "{}",
        '{"notification": {"title": ""}}',
        '{"notification": "x", "id": 5, "occurrence": {}, "ack": []}',
        json.dumps({"notification": {"navigate": "https://example.org/"}, "occurrence": str(uuid.uuid4())}),
        json.dumps({"notification": {"title": "x" * 5000}}),
    ],
)
def test_a_message_that_cannot_be_read_shows_one_neutral_notification(
    inbox: ServiceWorkerInbox, data: str
) -> None:
    inbox.deliver(data)

    [notification] = inbox.wait_until_shown(1)
    assert (notification["title"], notification["body"]) == (NEUTRAL, "")


def message(*, tag: str, title: str = NEUTRAL, revision: int = 1) -> str:
    """A message as the worker would send it; nobody waits for its acknowledgement."""
    occurrence = str(uuid.uuid4())
    notification = {"title": title, "body": "Åbn appen.", "navigate": f"/r/{occurrence}", "lang": "da"}
    return json.dumps(
        {
            "web_push": 8030,
            "notification": {**notification, "tag": tag},
            "id": str(uuid.uuid4()),
            "occurrence": occurrence,
            "revision": revision,
            "ack": "no-such-secret",
        }
    )


def test_the_same_message_five_times_shows_one_notification(inbox: ServiceWorkerInbox) -> None:
    again = message(tag=str(uuid.uuid4()))

    for _ in range(5):
        inbox.deliver(again)
    inbox.deliver(message(tag=str(uuid.uuid4())))

    assert len(inbox.wait_until_shown(2)) == 2


def test_a_late_older_revision_does_not_replace_a_newer_one(inbox: ServiceWorkerInbox) -> None:
    tag = str(uuid.uuid4())

    inbox.deliver(message(tag=tag, title="Den nye", revision=2))
    inbox.wait_until_shown(1)
    inbox.deliver(message(tag=tag, title="Den gamle", revision=1))
    inbox.deliver(message(tag=str(uuid.uuid4())))

    titles = {each["title"] for each in inbox.wait_until_shown(2)}
    assert titles == {"Den nye", NEUTRAL}


def test_a_real_message_is_shown_and_acknowledged_also_when_the_phone_was_offline(
    house: House, desk: Callable[..., Desk], open_browser: OpenBrowser, push_service: PushService
) -> None:
    counsellor, page = desk(), open_browser()
    citizen_id = counsellor.take_in("Stær")
    appointment = counsellor.book(citizen_id)
    phone = phones.subscribe(push_service, house.config.vapid_public_key)
    bind(page, phone, house.config.vapid_public_key)
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    steps.turn_reminders_on(page)
    inbox = ServiceWorkerInbox(page, house.url)
    house.the_hour_of_the_reminder_comes(appointment["id"])
    counsellor.wait_for_reminder(appointment["id"], "sent")
    message = phones.wait_for_message(push_service, phone)

    page.context.set_offline(True)
    inbox.deliver(json.dumps(message))
    inbox.wait_until_shown(1)
    assert counsellor.get(f"/appointments/{appointment['id']}")["reminder"] == "sent"
    page.context.set_offline(False)

    counsellor.wait_for_reminder(appointment["id"], "reached")


def test_a_phone_that_was_told_no_says_where_to_change_it_and_shows_the_appointments_all_the_same(
    desk: Callable[..., Desk], open_browser: OpenBrowser
) -> None:
    counsellor, page = desk(), open_browser(notifications=False)
    citizen_id = counsellor.take_in("Ugle")
    counsellor.book(citizen_id)
    page.add_init_script(SAYS_NO)
    steps.pair(page, counsellor.pairing(citizen_id)["code"])

    page.get_by_role("button", name="Slå påmindelser til").click()

    expect(page.get_by_text("har fået besked på ikke at vise påmindelser")).to_be_visible()
    expect(page.get_by_role("link", name="kl. 10.00")).to_be_visible()
    assert counsellor.get(f"/citizens/{citizen_id}")["reachable"] is False
