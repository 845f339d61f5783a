"""When a questionnaire is asked. Pure: no database, no clock. The phone works out the same.

At the start, every three months after it, at the end, and one and six months after the end (bek. 1477/2019
§ 4 asks for a talk then, in treatment for drug use). A window opens a week before its day, and is open until
the next one opens, at most three months after its day: late is allowed until then, and nothing waits for it.
Where two days are close, the later window waits for its own day rather than cut the earlier one short.
"""

from calendar import monthrange
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

START, END = "start", "end"
EVERY_MONTHS = 3
FOLLOW_UP_MONTHS = (1, 6)
A_DAY = timedelta(days=1)
OPENS_BEFORE = timedelta(days=7)
OVERDUE_AFTER = timedelta(days=14)
LONGEST_MONTHS = 3
#: A window of every three months that is this close to the end gives way to that of the end.
GIVES_WAY = timedelta(days=30)
MOST_QUARTERS = 80  # twenty years


class WindowState(StrEnum):
    """Where a window stands."""

    UPCOMING = "upcoming"  #: not open yet
    DUE = "due"  #: open, and nothing was answered
    OVERDUE = "overdue"  #: the same, two weeks after its day; answering is as welcome as before
    EXPIRED = "expired"  #: closed without an answer
    PARTIAL = "partial"  #: begun, not whole
    COMPLETED = "completed"  #: answered
    WITHDRAWN = "withdrawn"  #: not asked any more: the person or the centre has stopped, or "not now"


class Window(NamedTuple):
    """One time of asking. It is open from `opens_on` until before `expires_on`; its day is `due_on`."""

    key: str
    opens_on: date
    due_on: date
    overdue_on: date
    expires_on: date


class Answered(NamedTuple):
    """That something was answered in a window."""

    window_key: str
    complete: bool


def windows(*, start_on: date, end_on: date | None, until: date) -> list[Window]:
    """The windows of a plan in their order, the first that opens after `until` included."""
    days = _days(start_on, end_on, until)
    opens = [due if at == 0 else _opens(due, days[at - 1][1]) for at, (_, due) in enumerate(days)]
    found = [
        _window(key, due, opens[at], opens[at + 1] if at + 1 < len(days) else None)
        for at, (key, due) in enumerate(days)
    ]
    shown = next((at for at, window in enumerate(found) if window.opens_on > until), len(found))
    return found[: shown + 1]


def current(found: Sequence[Window], today: date) -> Window | None:
    """The window that is open on a day; there is at most one."""
    return next((one for one in found if one.opens_on <= today < one.expires_on), None)


def state(
    window: Window,
    *,
    today: date,
    answered: Collection[Answered],
    skipped: Collection[str] = (),
    withdrawn_on: date | None = None,
) -> WindowState:
    """Where a window stands on a day; a whole answer comes first, and "not now" before one that was begun.

    An answer counts for its own window alone.
    """
    own = [one for one in answered if one.window_key == window.key]
    if any(one.complete for one in own):
        return WindowState.COMPLETED
    if window.key in skipped:
        return WindowState.WITHDRAWN
    if own:
        return WindowState.PARTIAL
    if withdrawn_on is not None and window.expires_on > withdrawn_on:
        return WindowState.WITHDRAWN
    if today < window.opens_on:
        return WindowState.UPCOMING
    if today >= window.expires_on:
        return WindowState.EXPIRED
    return WindowState.OVERDUE if today >= window.overdue_on else WindowState.DUE


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days(start_on: date, end_on: date | None, until: date) -> list[tuple[str, date]]:
    """The key and the day of each window; one more than are asked for, so that the last can end."""
    days = [(START, start_on)]
    for quarter in range(1, MOST_QUARTERS + 1):
        day = months_after(start_on, EVERY_MONTHS * quarter)
        if end_on is not None and day > end_on - GIVES_WAY:
            break
        days.append((f"month-{EVERY_MONTHS * quarter}", day))
        if day - OPENS_BEFORE > months_after(until, EVERY_MONTHS + 1):
            break
    if end_on is not None:
        if end_on > start_on:
            days.append((END, end_on))
        days += [(f"follow-up-{months}", months_after(end_on, months)) for months in FOLLOW_UP_MONTHS]
    return days


def _opens(due_on: date, due_before: date) -> date:
    return max(due_on - OPENS_BEFORE, min(due_before + OVERDUE_AFTER, due_on))


def _window(key: str, due_on: date, opens_on: date, next_opens_on: date | None) -> Window:
    longest = months_after(due_on, LONGEST_MONTHS)
    expires_on = longest if next_opens_on is None else min(longest, next_opens_on)
    return Window(key, opens_on, due_on, min(due_on + OVERDUE_AFTER, expires_on), expires_on)
