"""A course in the demo: one run that is over, with what people thought of it, and one that goes on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from server.core import clock
from server.core.access import Actor, ActorKind, Role
from server.courses import service as courses
from server.courses.service import Opinion, Plan, Presence
from server.demo import console, people
from server.demo.people import DemoCitizen
from server.library.course_models import CourseContent

LEADER, COUNSELLOR = "line@example.dk", "sara@example.dk"
CODE = "learning"
AT, MINUTES = time(10, 0), 90
TUESDAY = 2
OVER_SINCE, GOES_ON_SINCE = timedelta(days=54), timedelta(days=20)
OVER, GOES_ON = "course-run/over", "course-run/goes-on"
IN_THE_FIRST, IN_THE_SECOND = slice(0, 6), slice(4, 9)
SEATS = 4  #: in the run that goes on: the last one waits
SAID_AFTER = timedelta(hours=2)
WORDS = (
    "Det var godt at høre de andre",
    None,
    "Jeg vidste ikke, at man kunne få hjælp til det",
    None,
    "Lidt lang tid at sidde stille",
    None,
)
KNOWLEDGE, USEFUL = (4, 4, 3, 4, 2, 3), (4, 3, 4, 4, 3, 3)


def seed(
    session: Session, actors: Mapping[str, Actor], content: Mapping[str, CourseContent], *, now: datetime
) -> None:
    """Let the women of one counsellor have been to one run and be in the next; twice is the same as once."""
    leader = actors[LEADER]
    women = [
        citizen
        for citizen in people.citizens()
        if citizen.counsellor.email == COUNSELLOR and citizen.number not in console.NEWCOMERS
    ]
    course = content[CODE]
    if courses.exists(session, run_id=people.demo_id(OVER)):
        return
    over = _run(session, course, leader, OVER, _first(now, OVER_SINCE), women[IN_THE_FIRST], seats=8)
    _attend(session, over, leader, women[IN_THE_FIRST], now)
    for number, citizen in enumerate(women[IN_THE_FIRST]):
        _say(session, over, citizen, number, now - timedelta(days=1))
    goes_on = _run(
        session, course, leader, GOES_ON, _first(now, GOES_ON_SINCE), women[IN_THE_SECOND], seats=SEATS
    )
    _attend(session, goes_on, leader, women[IN_THE_SECOND][:SEATS], now)


def _first(now: datetime, since: timedelta) -> date:
    """The first Tuesday from so many days ago on."""
    day = clock.to_wall(now - since).date()
    return day + timedelta(days=(TUESDAY - day.isoweekday()) % 7)


def _run(
    session: Session,
    course: CourseContent,
    leader: Actor,
    name: str,
    first_on: date,
    women: Sequence[DemoCitizen],
    *,
    seats: int,
) -> UUID:
    before = clock.from_wall(datetime.combine(first_on, AT)) - timedelta(days=4)
    run = courses.plan_run(
        session,
        course=course,
        settings=courses.get_decided(session, course=course, actor=leader),
        plan=Plan(
            first_on=first_on,
            weekdays=[TUESDAY],
            at=AT,
            minutes=MINUTES,
            count=course.sessions or 1,
            seats=seats,
            place="Det grønne rum",
        ),
        actor=leader,
        now=before,
        run_id=people.demo_id(name),
    )
    for number, citizen in enumerate(women):
        courses.enrol(
            session,
            run_id=run.id,
            citizen_id=citizen.id,
            place_id=people.demo_id(f"{name}/{citizen.number}"),
            actor=leader,
            now=before + timedelta(minutes=number),
        )
    return run.id


def _attend(
    session: Session, run_id: UUID, leader: Actor, women: Sequence[DemoCitizen], now: datetime
) -> None:
    """Write who came to each session that is over; everybody misses another one."""
    for number, (session_id, starts_at) in enumerate(courses.list_times(session, run_id=run_id)):
        if starts_at + SAID_AFTER > now:
            return
        courses.take_attendance(
            session,
            session_id=session_id,
            entries=[
                (citizen.id, Presence.EXCUSED if (position + number) % 6 == 5 else Presence.PRESENT)
                for position, citizen in enumerate(women)
            ],
            actor=leader,
            now=starts_at + SAID_AFTER,
        )


def _say(session: Session, run_id: UUID, citizen: DemoCitizen, number: int, at: datetime) -> None:
    own = Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=citizen.id)
    courses.say_opinion(
        session,
        citizen_id=citizen.id,
        feedback_id=people.demo_id(f"course-feedback/{citizen.number}"),
        said=Opinion(run_id, at, KNOWLEDGE[number], USEFUL[number], WORDS[number]),
        actor=own,
        now=at,
    )
