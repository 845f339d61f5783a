"""Writing the demo through the same services as everybody else; twice is the same as once."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

import pyotp
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.accounts import sign_in
from server.appointments import service as appointments
from server.appointments.service import AppointmentKind, Mode, SeriesPlan, SeriesRule
from server.audit import service as audit
from server.citizens import service as citizens
from server.citizens.service import Channel
from server.core import clock
from server.core.access import Actor, ActorKind, Role
from server.core.db import transaction
from server.core.errors import Problem
from server.demo import (
    check_ins,
    console,
    courses,
    desk,
    exercises,
    goals,
    measures,
    messages,
    outcomes,
    people,
    second_door,
)
from server.demo.people import DemoCitizen, DemoStaff
from server.library.course_models import CourseContent

DAYS_BOOKED_AHEAD = 14
DAYS_EITHER_SIDE = 45
EVERY_DAYS = 11
PLACES = ("Lokale 2", "Samtalerum 1", "Det grønne rum")
GROUP_AT = time(15, 30)
IN_GROUP = (0, 3, 6)  #: three citizens of one counsellor sit in one group
SPREAD = 6  #: so many citizens in a row are booked at the same hour of a day
WISHES = 7  #: this citizen would like other times
HOURS = (time(9, 0), time(10, 30), time(13, 0), time(14, 15))


class NotInProduction(RuntimeError):
    """Demo people do not belong where real people are."""


def seed(
    *,
    now: datetime,
    is_production: bool,
    offered: Mapping[str, CourseContent],
    say: Callable[[str], None],
) -> None:
    """Write centres, staff, citizens, goals, 90 days of appointments and two runs of a course around `now`.

    `offered`: the courses that the content describes, by code.

    :raises NotInProduction: in production
    """
    if is_production:
        raise NotInProduction("Demo data is refused in production.")
    with transaction() as session:
        actors = _seed_staff(session, now)
        exercises.seed_own(session, actors, now=now)
    found = people.citizens()
    for number, citizen in enumerate(found, start=1):
        with transaction() as session:
            _seed_citizen(session, citizen, actors[citizen.counsellor.email], now)
        if number % 10 == 0:
            say(f"{number} of {len(found)} citizens")
    with transaction() as session, audit.at_the_end(session):
        courses.seed(session, actors, offered, now=now)
    say("two runs of a course")
    workers = [actors[colleague.email] for colleague in people.STAFF if colleague.role is Role.CRISIS_LINE]
    with transaction() as session, audit.at_the_end(session):
        desk.seed(session, workers=workers, now=now)
    say("half a year at the crisis line")


def _seed_staff(session: Session, now: datetime) -> dict[str, Actor]:
    units = {unit.slug: unit for unit in accounts.list_units(session)}
    for slug, name in people.CENTRES.items():
        if slug not in units:
            units[slug] = accounts.create_unit(session, slug=slug, name=name, now=now)
            console.set_figure(session, units[slug], now=now)
    return {
        colleague.email: _staff_actor(session, colleague, units[colleague.centre], now)
        for colleague in people.STAFF
    }


def _staff_actor(session: Session, colleague: DemoStaff, unit: accounts.Unit, now: datetime) -> Actor:
    member = accounts.find_by_email(session, email=colleague.email)
    if member is None:
        member = sign_in.add_staff_member(
            session,
            unit_id=unit.id,
            name=colleague.name,
            email=colleague.email,
            roles=[colleague.role],
            password=people.PASSWORD,
            totp_secret=colleague.totp_secret,
            now=now,
        )
    return Actor(kind=ActorKind.STAFF, roles=frozenset({colleague.role}), staff_id=member.id, unit_id=unit.id)


def _seed_citizen(session: Session, citizen: DemoCitizen, actor: Actor, now: datetime) -> None:
    if citizens.exists(session, citizen_id=citizen.id):
        _seed_appointments(session, citizen, actor, now)
        return
    days_before = DAYS_EITHER_SIDE + DAYS_BOOKED_AHEAD + 1 + citizen.number % 20
    days_before = console.NEWCOMERS.get(citizen.number, days_before)
    came_at = _wall(now, days=-days_before, at=HOURS[citizen.number % len(HOURS)])
    citizens.take_in(
        session,
        citizen_id=citizen.id,
        alias=citizen.alias,
        first_contact_at=came_at,
        first_contact_channel=list(Channel)[citizen.number % len(Channel)],
        actor=actor,
        now=came_at,
        **citizen.known,
    )
    goals.seed(session, citizen, actor, came_at=came_at, now=now)
    second_door.seed(session, citizen, now=now)
    messages.seed(session, citizen, actor, now=now)
    check_ins.seed(session, citizen, now=now)
    exercises.seed(session, citizen, actor, now=now)
    measures.seed(session, citizen, actor, came_at=came_at, now=now)
    _seed_appointments(session, citizen, actor, now)
    if citizen.number in IN_GROUP:
        _seed_group(session, citizen, actor, now)


def _seed_group(session: Session, citizen: DemoCitizen, actor: Actor, now: datetime) -> None:
    """Four Wednesdays in one group, from the next one on."""
    today = clock.to_wall(now)
    first = today.date() + timedelta(days=(2 - today.weekday()) % 7 or 7)
    appointments.book_series(
        session,
        series_id=people.demo_id(f"series/{citizen.number}"),
        citizen_id=citizen.id,
        plan=SeriesPlan(clock.from_wall(datetime.combine(first, GROUP_AT)), SeriesRule.WEEKLY, count=4),
        duration_minutes=60,
        kind=AppointmentKind.GROUP,
        mode=Mode.IN_PERSON,
        place=PLACES[2],
        actor=actor,
        now=now,
    )


def _seed_appointments(session: Session, citizen: DemoCitizen, actor: Actor, now: datetime) -> None:
    """Every eleven days, on fixed calendar days, so that a later seeding adds the days that have come."""
    first = clock.to_wall(now).date() - timedelta(days=DAYS_EITHER_SIDE)
    for offset in range(2 * DAYS_EITHER_SIDE):
        day = first + timedelta(days=offset)
        if day.toordinal() % EVERY_DAYS == citizen.number % EVERY_DAYS and day.weekday() < 5:
            at = HOURS[(citizen.number // SPREAD + day.day) % len(HOURS)]
            starts_at = clock.from_wall(datetime.combine(day, at))
            _seed_appointment(session, citizen, actor, starts_at, now)


def _seed_appointment(
    session: Session, citizen: DemoCitizen, actor: Actor, starts_at: datetime, now: datetime
) -> None:
    appointment_id = people.demo_id(f"appointment/{citizen.number}/{starts_at:%Y-%m-%d}")
    if appointments.exists(session, appointment_id=appointment_id):
        return
    is_new = citizen.number in console.NEWCOMERS
    if is_new and starts_at < now:
        return
    number = citizen.number + starts_at.day
    booked_at = now if is_new else min(now, starts_at - timedelta(days=DAYS_BOOKED_AHEAD))
    mode = Mode.PHONE if number % 5 == 4 else Mode.IN_PERSON
    booked = appointments.book(
        session,
        appointment_id=appointment_id,
        citizen_id=citizen.id,
        starts_at=starts_at,
        duration_minutes=45,
        kind=AppointmentKind.TALK if number % 6 else AppointmentKind.GROUP,
        mode=mode,
        place=PLACES[number % len(PLACES)] if mode is Mode.IN_PERSON else None,
        actor=actor,
        now=booked_at,
    )
    if number % 9 == 7:
        outcomes.cancel(session, booked, number, actor, now=booked_at)
        return
    outcomes.answer(session, booked, number, has_wish=citizen.number == WISHES, now=booked_at)
    if starts_at < now - outcomes.MARKED_AFTER:
        outcomes.mark(session, booked, number, actor, now=now)


def _wall(now: datetime, *, days: int, at: time) -> datetime:
    day = clock.to_wall(now).date() + timedelta(days=days)
    return clock.from_wall(datetime.combine(day, at))


def logins(*, now: datetime) -> list[tuple[DemoStaff, str]]:
    """Each demo colleague with the one-time code of this moment (it changes every 30 seconds)."""
    return [(colleague, pyotp.TOTP(colleague.totp_secret).at(now)) for colleague in people.STAFF]


def new_pairing_code(*, now: datetime) -> tuple[str, str] | None:
    """A fresh code for the first demo citizen's phone, with the alias; None if the demo was never seeded."""
    citizen = people.citizens()[0]
    with transaction() as session:
        member = accounts.find_by_email(session, email=citizen.counsellor.email)
        if member is None or not citizens.exists(session, citizen_id=citizen.id):
            return None
        actor = Actor(kind=ActorKind.STAFF, roles=member.role_set, staff_id=member.id, unit_id=member.unit_id)
        try:
            made = citizens.make_pairing_code(session, citizen_id=citizen.id, actor=actor, now=now)
        except Problem:
            return None
    return citizen.alias, f"{made.code[:4]}-{made.code[4:]}"
