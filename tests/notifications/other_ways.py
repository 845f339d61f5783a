"""A house with other ways than push: a real gateway, a mail box, and what can happen meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications import outbox
from notifications.dispatcher import Dispatcher, OtherWays, SafeChannel
from notifications.models.fallbacks import ChannelKind, Fallback, Told, Words
from notifications.sms import SmsGateway
from server.core import db
from tests.notifications.gateway import Gateway

if TYPE_CHECKING:
    from tests.notifications.conftest import House

SMS, EMAIL = ChannelKind.SMS, ChannelKind.EMAIL
NUMBER, ADDRESS = "+4512345678", "fugl@example.dk"


@dataclass
class MailBox:
    """A carrier that says what it is told to, and remembers."""

    sent: list[UUID] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    def send(self, *, message_id: UUID, address: str, words: Words) -> Told:
        assert (address, words.subject) == (ADDRESS, "Du har en påmindelse")
        self.sent.append(message_id)
        return self.told.pop(0) if self.told else Told.TAKEN


@dataclass(repr=False)
class Ways:
    """A house with other ways: a real gateway, a mail box, and what a person has agreed to."""

    house: "House"
    gateway: Gateway
    mail: MailBox = field(default_factory=MailBox)
    safe: list[SafeChannel] = field(default_factory=lambda: [SafeChannel(SMS, NUMBER)])

    def dispatcher(self, **other: Any) -> Dispatcher:
        sms = SmsGateway(url=self.gateway.url, token="x", sender="Overblik")
        ways = OtherWays(channels=self.channels, write=self.write, carriers={SMS: sms, EMAIL: self.mail})
        return self.house.dispatcher(**({"ways": ways} | other))

    def channels(self, session: Session, *, recipient_id: UUID, now: datetime) -> list[SafeChannel]:
        return list(self.safe)

    def write(self, session: Session, *, kind: str, recipient_id: UUID, occurrence_id: UUID) -> Words:
        return Words("Du har en påmindelse", f"Åbn den: https://x.dk/r/{occurrence_id}", "da")

    def unanswered(self, person: UUID, **about: Any) -> UUID:
        """A reminder that a push service took, and no phone acknowledged for two hours."""
        self.house.add_phone(person)
        subject = self.house.remind(person, **about)
        self.dispatcher().run_until_idle()
        self.house.later(hours=2)
        return subject

    def fallbacks(self) -> list[Fallback]:
        with db.transaction() as session:
            return list(session.scalars(select(Fallback).order_by(Fallback.id)))

    def state(self) -> tuple[str, str | None]:
        """State and reason of the only fallback."""
        [only] = self.fallbacks()
        return only.state, only.reason


def acknowledge(ways: Ways, _subject: UUID) -> None:
    assert ways.house.acknowledge()


def cancel(ways: Ways, subject: UUID) -> None:
    with db.transaction() as session:
        outbox.cancel(session, subject_id=subject, reason="gone", now=ways.house.now)


def move(ways: Ways, subject: UUID) -> None:
    now, key = ways.house.now, f"appointment:{subject}"
    slots = [outbox.Slot("day-before", now + timedelta(hours=1), now + timedelta(hours=5))]
    with db.transaction() as session:
        outbox.reschedule(
            session, dedupe_key=key, new_key=key, subject_id=subject, slots=slots, revision=9, now=now
        )


HAPPENINGS: dict[str, Callable[[Ways, UUID], None]] = {
    "channel-revoked": lambda ways, _: ways.safe.clear(),
    "not-wanted": lambda ways, _: setattr(ways.house, "wanted", False),
    "cancelled": cancel,
    "acknowledged": acknowledge,
    "moved": move,
}
