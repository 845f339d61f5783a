"""How it goes for some of the demo's citizens: four months and more, shared by every other of them."""

from datetime import datetime, timedelta
from math import sin

from sqlalchemy.orm import Session

from server.checkins import service as checkins
from server.checkins.service import NewCheckIn, Offer, SaidDay
from server.consents import service as consents
from server.core import clock
from server.core.access import Actor, ActorKind, Role
from server.demo import people
from server.demo.people import DemoCitizen

EVERY, THAT_SHARES = 3, 6  #: every third citizen checks in; every other of them shares it
DAYS_BACK, DAYS_BETWEEN = 126, 9
DAYS_SAID = 10
LINES = (
    "Sov godt i nat",
    None,
    "Svær dag, men jeg ringede til min søster",
    None,
    "Gik en tur i regnen",
    "Træt",
    None,
)


def seed(session: Session, citizen: DemoCitizen, *, now: datetime) -> None:
    """Let a citizen have checked in every nine days, and said yes or no to the last days."""
    if citizen.number % EVERY != 0:
        return
    own = Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=citizen.id)
    shares = citizen.number % THAT_SHARES == 0
    if shares:
        _say_yes(session, own, now - timedelta(days=DAYS_BACK + 1))
    for step in range(DAYS_BACK // DAYS_BETWEEN + 1):
        _check_in(session, citizen, own, step, shares=shares, now=now)
    for back in range(1, DAYS_SAID + 1):
        _say_day(session, citizen, own, back, now)


def _say_yes(session: Session, own: Actor, now: datetime) -> None:
    consents.choose(
        session,
        purpose=consents.Purpose.CONTACT_PERSON,
        item_class=consents.ItemClass.CHECK_INS,
        given=True,
        text_version="check-ins-1",
        actor=own,
        now=now,
    )


def _check_in(
    session: Session, citizen: DemoCitizen, own: Actor, step: int, *, shares: bool, now: datetime
) -> None:
    at = now - timedelta(days=DAYS_BACK - step * DAYS_BETWEEN, hours=2)
    swing = sin((step + citizen.number) / 2)
    said = NewCheckIn(
        at=at,
        mood=round(5 + 2 * swing + step / 10),
        urge=round(6 - 2 * swing - step / 10),
        line=LINES[(step + citizen.number) % len(LINES)],
        goal_id=None,
        sharing=Offer.AS_CHOSEN if shares and step % 5 else Offer.PRIVATE,
        seen_no=0,
    )
    checkins.write(
        session,
        citizen_id=citizen.id,
        check_in_id=people.demo_id(f"check-in/{citizen.number}/{step}"),
        said=said,
        actor=own,
        now=at,
    )


def _say_day(session: Session, citizen: DemoCitizen, own: Actor, back: int, now: datetime) -> None:
    """Every third day is left open."""
    if (back + citizen.number) % 3 == 0:
        return
    checkins.say_day(
        session,
        citizen_id=citizen.id,
        day_id=people.demo_id(f"day/{citizen.number}/{back}"),
        said=SaidDay(
            on=clock.to_wall(now).date() - timedelta(days=back),
            used=(back + citizen.number) % 4 == 0,
            what=None,
            sharing=Offer.PRIVATE,
        ),
        actor=own,
        now=now,
    )
