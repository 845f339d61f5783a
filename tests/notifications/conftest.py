"""A house with phones, a push service, and a clock that the test turns."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from notifications import outbox, subscriptions
from notifications.dispatcher import Dispatcher
from notifications.models import Delivery, Occurrence, PushDevice
from notifications.outbox import Slot
from notifications.push import Message, PushSender, Transport, Vapid
from server.core import db
from tests.notifications.authority import Authority
from tests.notifications.gateway import gateway_running
from tests.notifications.other_ways import Ways
from tests.notifications.push_service import Desk, Phone, push_service_running
from tests.notifications.scripted import HTTP_1, HTTP_2, scripted_service_running

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # a Monday, 12.00 in Denmark
KEY = base64.urlsafe_b64encode(bytes(range(1, 33))).rstrip(b"=").decode()
OTHER_KEY = base64.urlsafe_b64encode(bytes(range(101, 133))).rstrip(b"=").decode()
TOPIC_KEY = b"topic key for tests"
PUBLIC_URL = "https://overblik.example.dk"


@dataclass(repr=False)
class House:
    """Everything around one dispatcher."""

    push_service: Desk
    transport: Transport | None = None
    keys: dict[str, str] = field(default_factory=lambda: {"first": KEY})
    now: datetime = NOON
    wanted: bool = True
    asked: list[dict[str, Any]] = field(default_factory=list)
    other_origins: list[str] = field(default_factory=list)
    said: Message = field(default_factory=lambda: Message("Overblik", "Du har en påmindelse", "da"))

    def dispatcher(self, **changes: Any) -> Dispatcher:
        sender = PushSender(
            vapid=Vapid(subject="mailto:drift@example.dk", keys=self.keys),
            topic_key=TOPIC_KEY,
            origins=[self.push_service.origin, *self.other_origins],
            clock=lambda: self.now,
            transport=self.transport,
        )
        parts: dict[str, Any] = {
            "session_factory": db.transaction,
            "render": self._render,
            "may_send": self._may_send,
            "public_url": PUBLIC_URL,
            "push": sender,
            "clock": lambda: self.now,
            "jitter": lambda: 1.0,
        }
        return Dispatcher(**(parts | changes))

    def _render(self, session: Session, **about: Any) -> Message | None:
        return self.said

    def _may_send(self, session: Session, **about: Any) -> bool:
        self.asked.append(about)
        return self.wanted

    def add_phone(self, recipient_id: UUID, name: str | None = None, session_id: UUID | None = None) -> Phone:
        phone = self.push_service.phone(name or uuid4().hex)
        self.register(recipient_id, phone, session_id)
        return phone

    def register(
        self, recipient_id: UUID, phone: Phone, session_id: UUID | None = None, key_id: str = "first"
    ) -> UUID:
        with db.transaction() as session:
            return subscriptions.register(
                session,
                recipient_id=recipient_id,
                session_id=session_id or uuid4(),
                endpoint=phone.endpoint,
                p256dh=phone.p256dh,
                auth=phone.auth,
                vapid_key_id=key_id,
                origins=[self.push_service.origin, *self.other_origins],
                now=self.now,
            )

    def remind(
        self,
        recipient_id: UUID,
        *,
        after: timedelta = timedelta(0),
        lasts: timedelta = timedelta(hours=24),
        key: str | None = None,
        subject_id: UUID | None = None,
    ) -> UUID:
        subject = subject_id or uuid4()
        slot = Slot("day-before", self.now + after, self.now + after + lasts)
        with db.transaction() as session:
            outbox.enqueue(
                session,
                kind="appointment",
                subject_id=subject,
                recipient_id=recipient_id,
                slots=[slot],
                dedupe_key=key or f"appointment:{subject}",
                revision=1,
                now=self.now,
            )
        return subject

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def acknowledge(self, index: int = -1, secret: str | None = None) -> bool:
        content = self.push_service.received[index].content
        with db.transaction() as session:
            return outbox.acknowledge(
                session, delivery_id=UUID(content["id"]), secret=secret or content["ack"], now=self.now
            )

    def occurrences(self) -> list[Occurrence]:
        with db.transaction() as session:
            return list(session.scalars(select(Occurrence).order_by(Occurrence.id)))

    def deliveries(self) -> list[Delivery]:
        with db.transaction() as session:
            return list(session.scalars(select(Delivery).order_by(Delivery.id)))

    def devices(self) -> list[PushDevice]:
        with db.transaction() as session:
            return list(session.scalars(select(PushDevice).order_by(PushDevice.id)))

    def state(self) -> tuple[str, str | None]:
        """State and reason of the only occurrence."""
        [only] = self.occurrences()
        return only.state, only.reason

    def is_silent(self, recipient_id: UUID) -> bool:
        """Whether the person's only phone has left three messages in a row unanswered."""
        with db.transaction() as session:
            [only] = subscriptions.devices(session, recipient_id)
            return subscriptions.is_silent(only)

    def standing(self, subject_id: UUID) -> str:
        with db.transaction() as session:
            return outbox.standing(session, [subject_id])[subject_id].value

    def query(self, statement: str) -> Any:
        with db.transaction() as session:
            return session.execute(text(statement)).scalar()


@pytest.fixture
def house(database: str) -> Iterator[House]:
    with push_service_running(lambda: made.now) as push_service:
        made = House(push_service)
        yield made


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who signs the certificates of the push services over TLS."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(params=[HTTP_1, HTTP_2])
def secure_house(database: str, authority: Authority, request: pytest.FixtureRequest) -> Iterator[House]:
    """The same with a push service over TLS, once in each version of HTTP."""
    with scripted_service_running(
        lambda: made.now, certificate=authority.certificate(), protocol=request.param
    ) as push_service:
        made = House(push_service, transport=Transport(ca_file=str(authority.ca_file)))
        yield made
        assert set(push_service.protocols) <= {request.param}


@pytest.fixture
def ways(house: House) -> Iterator[Ways]:
    """The house with a gateway for text messages and a mail box besides the push service."""
    with gateway_running() as gateway:
        yield Ways(house, gateway)


@pytest.fixture
def anna() -> UUID:
    return uuid4()
