"""The list of today: what this colleague has to see to, the most urgent first, in one look.

It holds the people whom the actor answers for, stand-in work included from the minute it begins, and for a
manager those for whom nobody at work answers, by alias and time alone. The order stands in `urgency.py`. The
number of statements does not grow with the number of people.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.appointments import first_talk, missed, unreached
from server.appointments import service as appointments
from server.appointments.service import Appointment, AppointmentStatus
from server.audit import service as audit
from server.citizens import answering
from server.citizens import visible as citizens_visible
from server.core import clock
from server.core.access import Actor, Role
from server.crisis_line import follow_ups
from server.goals import care_plans
from server.goals import reading as goals
from server.messages import waiting
from server.overview import calling
from server.overview.urgency import GUARANTEE_FROM_DAY, RANK, TodayKind
from server.tasks import service as tasks
from server.tasks.service import Task, TaskKind, TaskStatus

A_DAY = timedelta(days=1)


class Todo(NamedTuple):
    """One thing to see to; `sort` puts it among its kind, `link` is the page of the console where it is done.

    `mine`: the reader may open the person's record. `title` and `wants_talk` are for those alone.
    """

    kind: TodayKind
    id: UUID
    citizen_id: UUID | None
    link: str
    sort: str
    alias: str | None = None
    mine: bool = False
    in_place_of: str | None = None
    since: datetime | None = None
    due_on: date | None = None
    starts_at: datetime | None = None
    day: int | None = None
    title: str | None = None
    wants_talk: bool | None = None


def read_today(session: Session, *, actor: Actor, now: datetime) -> list[Todo]:
    """Everything this actor has to see to today, the most urgent first; the look is recorded."""
    today = clock.to_wall(now).date()
    found = [
        *_promised_calls(session, actor, now),
        *_tasks(session, actor, now, today),
        *_messages(session, actor, now),
        *_first_talks(session, actor, now),
        *_appointments(session, actor, now, today),
        *_reviews(session, actor, now, today),
    ]
    named = _name(session, found, actor, now)
    audit.record(session, event="today.read", actor=actor, at=now, purpose=f"today: {len(named)}")
    return sorted(named, key=lambda one: (RANK[one.kind], one.sort, one.id))


def _promised_calls(session: Session, actor: Actor, now: datetime) -> Iterator[Todo]:
    """The crisis line's calls that are due: for whoever works there, and for nobody else."""
    if Role.CRISIS_LINE not in actor.roles:
        return
    for card in follow_ups.list_open(session, actor=actor, now=now):
        if card["is_due"]:
            due = card["follow_up"]
            yield Todo(
                TodayKind.CRISIS_FOLLOW_UP,
                due.id,
                citizen_id=None,
                link="/staff/desk/follow-ups",
                sort=due.due_on.isoformat(),
                alias=card["alias"],
                mine=card["mine"],
                due_on=due.due_on,
            )


def _tasks(session: Session, actor: Actor, now: datetime, today: date) -> Iterator[Todo]:
    """Calls that are due; after what became hard somebody may call before it is due."""
    absent = tasks.list_open(session, kind=TaskKind.MISSED_TALK, actor=actor, now=now)
    talks = missed.find_missed(session, appointment_ids=[one.subject_id for one in absent])
    for task in absent:
        if task.subject_id in talks and task.due_on <= today:
            since = talks[task.subject_id].starts_at
            yield _task(TodayKind.MISSED_TALK, task, "/staff/missed", since=since)
    hard = tasks.list_open(session, kind=TaskKind.CLOSER_CONTACT, actor=actor, now=now)
    about = goals.goals_of_events(session, event_ids=[one.subject_id for one in hard], actor=actor, now=now)
    for task in hard:
        if _is_put_off(task, today):
            continue
        goal = about.get(task.subject_id)
        yield _task(
            TodayKind.CLOSER_CONTACT,
            task,
            "/staff/missed",
            since=task.created_at,
            title=goal.title if goal else None,
            wants_talk=task.wants_talk if goal else None,
        )
    for task in tasks.list_open(session, kind=TaskKind.CALL_WISHED, actor=actor, now=now):
        if not _is_put_off(task, today):
            yield _task(TodayKind.CALL_WISHED, task, "/staff/missed", since=task.created_at)
    silent = tasks.list_open(session, kind=TaskKind.REMINDER_NOT_REACHED, actor=actor, now=now)
    ahead = unreached.find_unreached(session, now=now, appointment_ids=[one.subject_id for one in silent])
    for task in silent:
        if task.subject_id in ahead and task.due_on <= today:
            starts_at = ahead[task.subject_id].starts_at
            yield _task(TodayKind.REMINDER_NOT_REACHED, task, "/staff/missed", starts_at=starts_at)


def _is_put_off(task: Task, today: date) -> bool:
    """Whether somebody has called, and agreed on another day."""
    return task.status == TaskStatus.IN_PROGRESS and task.due_on > today


def _task(kind: TodayKind, task: Task, link: str, **more: Any) -> Todo:
    first = more.get("starts_at") or more.get("since") or task.created_at
    return Todo(kind, task.id, task.citizen_id, link, first.isoformat(), due_on=task.due_on, **more)


def _messages(session: Session, actor: Actor, now: datetime) -> Iterator[Todo]:
    for one in waiting.find_waiting(session, actor=actor, now=now):
        yield Todo(
            TodayKind.WAITING_MESSAGE,
            one.citizen_id,
            one.citizen_id,
            link=f"{_person(one.citizen_id)}/messages",
            sort=one.waiting_since.isoformat(),
            since=one.waiting_since,
        )


def _first_talks(session: Session, actor: Actor, now: datetime) -> Iterator[Todo]:
    """Whose days until the first talk run out: from the tenth day on, whoever has waited longest first."""
    people = set(session.scalars(answering.answered_ids(actor, now)))
    people |= set(session.scalars(answering.unanswered_ids(actor, now)))
    clocks = first_talk.read_clocks(session, citizen_ids=people, now=now)
    for citizen_id, found in clocks.items():
        if found.runs and found.day >= GUARANTEE_FROM_DAY:
            yield Todo(
                TodayKind.GUARANTEE_SOON,
                citizen_id,
                citizen_id,
                link=_person(citizen_id),
                sort=found.on.isoformat(),
                due_on=found.on + timedelta(days=found.days_limit),
                day=found.day,
            )


def _appointments(session: Session, actor: Actor, now: datetime, today: date) -> Iterator[Todo]:
    begins = clock.from_wall(datetime.combine(today, time.min))
    ends = clock.from_wall(datetime.combine(today + A_DAY, time.min))
    for one in appointments.list_to_see_to(session, since=begins, until=ends, actor=actor, now=now):
        if one.status in (AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED):
            yield _appointment(TodayKind.TALK_TODAY, one, f"/staff/day/{today.isoformat()}")
    for one in appointments.list_wished(session, actor=actor, now=now):
        yield _appointment(TodayKind.OTHER_TIME_WISHED, one, _person(one.citizen_id))


def _appointment(kind: TodayKind, one: Appointment, link: str) -> Todo:
    starts_at = one.starts_at
    return Todo(kind, one.id, one.citizen_id, link, starts_at.isoformat(), starts_at=starts_at)


def _reviews(session: Session, actor: Actor, now: datetime, today: date) -> Iterator[Todo]:
    for one in goals.reviews_due(session, until=today, actor=actor, now=now):
        yield Todo(
            TodayKind.REVIEW_DUE,
            one.goal_id,
            one.citizen_id,
            link=f"{_person(one.citizen_id)}/goals/{one.goal_id}",
            sort=one.review_on.isoformat(),
            due_on=one.review_on,
            title=one.title,
        )
    for citizen_id, review_on in care_plans.reviews_due(session, until=today, actor=actor, now=now).items():
        yield Todo(
            TodayKind.REVIEW_DUE,
            citizen_id,
            citizen_id,
            link=f"{_person(citizen_id)}/care-plan",
            sort=review_on.isoformat(),
            due_on=review_on,
        )


def _name(session: Session, found: Sequence[Todo], actor: Actor, now: datetime) -> list[Todo]:
    """Say whom each is about, and in whose place it is done; nothing of who has died or is out of sight."""
    people = {one.citizen_id for one in found if one.citizen_id}
    aliases = calling.living(session, people, actor=actor, now=now)
    own = set(session.scalars(citizens_visible.citizen_ids(actor, now)))
    absent = {row[0]: row[1] for row in session.execute(answering.stood_in(actor, now))}
    names = accounts.staff_names(session, staff_ids={one for one in absent.values() if one})
    return [
        _named(one, aliases, own, absent, names)
        for one in found
        if one.citizen_id is None or one.citizen_id in aliases
    ]


def _named(
    one: Todo,
    aliases: dict[UUID, str],
    own: set[UUID],
    absent: dict[UUID, UUID | None],
    names: dict[UUID, str],
) -> Todo:
    if one.citizen_id is None:
        return one
    in_place_of = names.get(absent.get(one.citizen_id) or one.citizen_id)
    mine = one.citizen_id in own
    link = one.link if mine else _person(one.citizen_id)
    return one._replace(alias=aliases[one.citizen_id], mine=mine, in_place_of=in_place_of, link=link)


def _person(citizen_id: UUID) -> str:
    return f"/staff/people/{citizen_id}"
