"""The last half year at the demo's crisis line: contacts, follow-ups, a shift, a place for tonight."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock
from server.core.access import Actor
from server.crisis_line import follow_ups, nights, shifts
from server.crisis_line import service as crisis_line
from server.crisis_line.follow_ups import Changed, FollowUpResult
from server.crisis_line.service import Channel, Gender
from server.demo.people import demo_id
from server.library.desk_models import Capacity, Desk

DAYS_BACK = 200
FOLLOWED_UP = timedelta(days=14)
#: More people turn to the crisis line in the evening and at night.
HOURS = (0, 1, 2, 3, 8, 11, 15, 17, 19, 20, 20, 21, 21, 22, 22, 23, 23)
CHANNELS = (*(Channel.PHONE,) * 6, *(Channel.AT_THE_DOOR,) * 2, Channel.OUTREACH, Channel.NIGHT_VISIT)
GENDERS = (*(Gender.WOMAN,) * 4, *(Gender.MAN,) * 5, *(Gender.NOT_REGISTERED,) * 2, Gender.OTHER)
REASONS = (
    "anxiety",
    "anxiety",
    "loneliness",
    "loneliness",
    "sleep",
    "low-mood",
    "conflict",
    "practical",
    "talk",
)
OUTCOMES = ("calmer", "calmer", "contact-agreed", "with-others", "handed-over", "broken-off")
YES_EVERY = 9
CALL_BACK = {"may_ring": True, "phone": "00 00 03 01", "when": "efter 17", "code_word": "havregryn"}
NOTE = (
    "Stille nat. En plads er givet væk i aften. Husk at spørge om nattens ønsker fra klokken 20 (opdigtet)."
)
PLACES = Desk({}, (Capacity(date(2015, 6, 1), 2),))


def seed(session: Session, *, workers: list[Actor], now: datetime) -> None:
    """Write the days that have come since the last seeding; each day is always the same."""
    today = clock.to_wall(now).date()
    first = today - timedelta(days=DAYS_BACK)
    days = [first + timedelta(days=step) for step in range(DAYS_BACK)]
    new = [day for day in days if not crisis_line.exists(session, contact_id=demo_id(f"contact/{day}"))]
    for day in new:
        _seed_contact(session, day, workers[day.toordinal() % len(workers)], now)
    if not new:
        return
    _seed_shift(session, workers[-1], now)
    evening = nights.evening_of(now)
    nights.take_place(
        session,
        evening=evening,
        contact_id=None,
        place_id=demo_id(f"place/{evening}"),
        desk=PLACES,
        actor=workers[0],
        now=now,
    )


def _seed_contact(session: Session, day: date, worker: Actor, now: datetime) -> None:
    luck = Random(day.toordinal())  # noqa: S311 - made-up people, the same every time
    at = clock.from_wall(datetime.combine(day, time(luck.choice(HOURS), luck.randrange(60))))
    contact = crisis_line.open_contact(
        session,
        contact_id=demo_id(f"contact/{day}"),
        citizen_id=None,
        channel=luck.choice(CHANNELS),
        found_by=None,
        actor=worker,
        now=at,
    )
    wants_call = day.toordinal() % YES_EVERY == 0
    contact = crisis_line.change_contact(
        session,
        contact_id=contact.id,
        version=contact.version,
        fields=_said(luck, wants_call=wants_call),
        actor=worker,
        now=at,
    )
    until = min(now, at + timedelta(minutes=contact.duration_minutes or 0))
    crisis_line.close_contact(
        session, contact_id=contact.id, version=contact.version, actor=worker, now=until
    )
    if wants_call and at + FOLLOWED_UP + timedelta(days=1) < now:
        _follow_up(session, contact.id, luck, worker, at + FOLLOWED_UP)


def _said(luck: Random, *, wants_call: bool) -> Mapping[str, Any]:
    said: dict[str, Any] = {
        "reason": [luck.choice(REASONS)],
        "given": ["talk"],
        "outcome": luck.choice(OUTCOMES),
        "gender": luck.choice(GENDERS),
        "duration_minutes": luck.choice((10, 15, 20, 30, 45)),
    }
    if luck.random() < 0.4:
        before = luck.randint(1, 6)
        said |= {"safety_before": before, "safety_after": before + luck.randint(0, 3)}
    if wants_call:
        said |= {"wants_follow_up_14d": True, "callback": CALL_BACK}
    return said


def _follow_up(session: Session, contact_id: Any, luck: Random, worker: Actor, now: datetime) -> None:
    (due,) = [
        each["follow_up"]
        for each in follow_ups.list_open(session, actor=worker, now=now)
        if each["follow_up"].contact_id == contact_id
    ]
    is_reached = luck.random() < 0.7
    follow_ups.record_result(
        session,
        follow_up_id=due.id,
        version=due.version,
        result=FollowUpResult.DONE if is_reached else FollowUpResult.NOT_REACHED,
        changed=luck.choice(list(Changed)) if is_reached else Changed.NOT_ASKED,
        actor=worker,
        now=now,
    )


def _seed_shift(session: Session, worker: Actor, now: datetime) -> None:
    """One night behind, with a note for whoever comes next."""
    shifts.keep_current(session, fields={}, actor=worker, now=now - timedelta(hours=9))
    shifts.end_current(session, fields={"handover_note": NOTE}, actor=worker, now=now - timedelta(hours=1))
