"""When to remind of something that starts at a given time. Pure: no database, no clock.

The day before at 16.00; booked later than that: at once. Seven days before at 16.00 as well, when it was
booked more than 14 days ahead. Two hours before, for those who want it. A centre may choose other times of
the day, and five or six days (`content/services/*/reminders.toml`).

Between 21.00 and 08.00 nobody is woken: such a reminder waits for 08.00 if half an hour then remains,
else it comes at 20.30 the evening before; if that has passed as well, it is left out, with a reason.

The reminder of the week before has lost its use when that of the day before is due: nobody gets two at once.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from notifications.outbox import Slot
from server.core.clock import from_wall, to_wall
from server.library.models import ReminderRules

QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(8, 0)
EVENING_BEFORE_AT = time(20, 30)
LEAST_NOTICE = timedelta(minutes=30)
TWO_HOURS = timedelta(hours=2)
FAR_AHEAD = timedelta(days=14)
USUAL = ReminderRules()


class SlotKey(StrEnum):
    """Which of the reminders of one thing this is."""

    WEEK_BEFORE = "week-before"
    DAY_BEFORE = "day-before"
    TWO_HOURS = "two-hours"
    NOW = "now"  #: a test, at the person's own wish
    MESSAGE = "message"  #: somebody has answered a message; at most one a day
    SESSION = "session"  #: the day before a session of a course
    SESSION_CHANGED = "session-changed"  #: a session was moved or cancelled, or a seat became free
    QUESTIONNAIRE = "questionnaire"  #: a questionnaire can be answered; at most one a day
    EXERCISE = "exercise"  #: an exercise was given, or it is its day; at most one a day


class LeftOut(StrEnum):
    """Why a reminder is not planned."""

    PAST = "past"  #: its moment has gone by
    QUIET_HOURS = "quiet-hours"  #: only a time in the night was left


@dataclass(frozen=True)
class Plan:
    """The reminders to come, and those that cannot be, with the reason."""

    slots: tuple[Slot, ...]
    left_out: dict[SlotKey, LeftOut] = field(default_factory=dict)

    def rows(self, starts_at: datetime, now: datetime) -> list[Slot]:
        """Every slot as it is kept: also one that is left out, with its reason."""
        due = min(now, starts_at)
        return [*self.slots] + [
            Slot(key=key.value, due_at=due, deadline_at=starts_at, left_out=reason.value)
            for key, reason in self.left_out.items()
        ]


def slots_before(starts_at: datetime, now: datetime, rules: ReminderRules = USUAL) -> Plan:
    """The reminders of something that starts at `starts_at`, seen from `now`."""
    starts_at = starts_at.astimezone(UTC)
    found: dict[SlotKey, datetime | LeftOut] = {}
    if rules.week_before and starts_at - now > FAR_AHEAD:
        found[SlotKey.WEEK_BEFORE] = _days_before(starts_at, rules.week_before_days, rules.week_before_at)
    found[SlotKey.DAY_BEFORE] = _day_before(starts_at, now, rules)
    if rules.two_hours_before:
        found[SlotKey.TWO_HOURS] = _two_hours_before(starts_at, now)
    slots = [
        Slot(key=key.value, due_at=due, deadline_at=_deadline(key, starts_at, rules))
        for key, due in found.items()
        if isinstance(due, datetime)
    ]
    left_out = {key: reason for key, reason in found.items() if isinstance(reason, LeftOut)}
    return Plan(slots=tuple(slots), left_out=left_out)


def slots_before_session(starts_at: datetime, now: datetime, rules: ReminderRules = USUAL) -> Plan:
    """The one reminder of a session that starts at `starts_at`: the day before, as of an appointment."""
    starts_at = starts_at.astimezone(UTC)
    due = _day_before(starts_at, now, rules)
    if isinstance(due, LeftOut):
        return Plan(slots=(), left_out={SlotKey.SESSION: due})
    return Plan(slots=(Slot(key=SlotKey.SESSION.value, due_at=due, deadline_at=starts_at),))


def slot_of_change(starts_at: datetime, now: datetime) -> Slot:
    """When to tell that a session which was to start at `starts_at` is changed: at once, by day.

    At night it waits for the morning, even if that leaves little time: it is the last moment there is.
    """
    due = now
    if is_quiet(now):
        wall = to_wall(now)
        day = wall.date() + timedelta(days=1) if wall.time() >= QUIET_FROM else wall.date()
        due = from_wall(datetime.combine(day, QUIET_UNTIL))
    return Slot(
        key=SlotKey.SESSION_CHANGED.value,
        due_at=due,
        deadline_at=max(starts_at.astimezone(UTC), due + timedelta(days=1)),
    )


def is_quiet(instant: datetime) -> bool:
    """Whether people sleep at this instant: from 21.00 up to, not including, 08.00 in Denmark."""
    at = to_wall(instant).time()
    return at >= QUIET_FROM or at < QUIET_UNTIL


def _deadline(key: SlotKey, starts_at: datetime, rules: ReminderRules) -> datetime:
    """When it has lost its use: at the start; the week before when the day before takes its place."""
    if key is SlotKey.WEEK_BEFORE:
        return _days_before(starts_at, 1, rules.day_before_at)
    return starts_at


def _days_before(starts_at: datetime, days: int, at: str) -> datetime:
    the_day = to_wall(starts_at).date() - timedelta(days=days)
    return from_wall(datetime.combine(the_day, time.fromisoformat(at)))


def _day_before(starts_at: datetime, now: datetime, rules: ReminderRules) -> datetime | LeftOut:
    if starts_at <= now:
        return LeftOut.PAST
    due = _days_before(starts_at, 1, rules.day_before_at)
    return _in_waking_hours(max(due, now), starts_at, now)


def _two_hours_before(starts_at: datetime, now: datetime) -> datetime | LeftOut:
    due = starts_at - TWO_HOURS
    if due < now:
        return LeftOut.PAST
    return _in_waking_hours(due, starts_at, now)


def _in_waking_hours(due: datetime, starts_at: datetime, now: datetime) -> datetime | LeftOut:
    if not is_quiet(due):
        return due
    wall = to_wall(due)
    evening = wall.date() if wall.time() >= QUIET_FROM else wall.date() - timedelta(days=1)
    morning_at = from_wall(datetime.combine(evening + timedelta(days=1), QUIET_UNTIL))
    if starts_at - morning_at >= LEAST_NOTICE:
        return morning_at
    evening_at = from_wall(datetime.combine(evening, EVENING_BEFORE_AT))
    return evening_at if evening_at >= now else LeftOut.QUIET_HOURS
