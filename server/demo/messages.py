"""A few lines between demo citizens and their contact persons: some answered, some that wait."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from server.core.access import Actor, ActorKind, Role
from server.demo import people
from server.demo.people import DemoCitizen
from server.messages import service as messages

EVERY, THAT_WAITS = 4, 8  #: every fourth citizen writes; every other of them waits for an answer
ASKED = (
    "Må jeg komme en halv time senere på torsdag?",
    "Det gik bedre i weekenden. Jeg ville bare sige det.",
    "Kan vi tage den næste på telefonen?",
    "Hvad tid var det, vi sagde?",
)
ANSWERS = (
    "Ja, det er helt fint.",
    "Tak, fordi du skriver. Det er godt at høre.",
    "Det kan vi godt. Jeg ringer til dig.",
    "Klokken ti. Vi ses.",
)


def seed(session: Session, citizen: DemoCitizen, actor: Actor, *, now: datetime) -> None:
    """Let a citizen who writes have asked yesterday or the day before, and most have their answer."""
    if citizen.number % EVERY != 0:
        return
    which = citizen.number // EVERY % len(ASKED)
    asked, asked_at = people.demo_id(f"message/{citizen.number}"), now - timedelta(hours=20 + citizen.number)
    messages.put_own(
        session,
        citizen_id=citizen.id,
        message_id=asked,
        text=ASKED[which],
        written_at=asked_at,
        actor=Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=citizen.id),
        now=asked_at,
    )
    if citizen.number % THAT_WAITS == 0:
        messages.write(
            session,
            citizen_id=citizen.id,
            message_id=people.demo_id(f"answer/{citizen.number}"),
            text=ANSWERS[which],
            seen=asked,
            actor=actor,
            now=asked_at + timedelta(hours=3),
        )
