"""Whether people may be told now, asked in the very transaction that sends: one, or many at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.citizens import course_relations, deaths, relations
from server.citizens import service as citizens
from server.reminders.choices import choices_of
from server.reminders.slots import SlotKey

OF_COURSES = frozenset({SlotKey.SESSION.value, SlotKey.SESSION_CHANGED.value})
ASK_AGAIN = timedelta(minutes=10)


class Asked(NamedTuple):
    """Somebody who is to be told, by which slot, and on which device; None: by another way."""

    citizen_id: UUID
    slot: str
    device_session_id: UUID | None


def may_notify(
    session: Session, *, citizen_id: UUID, slot: str, device_session_id: UUID | None, now: datetime
) -> bool | datetime:
    """Whether this citizen may and wants to be told on this device, asked in the sending transaction.

    While nobody works with the person nothing is sent; the question comes again a little later, since
    the next colleague may be named after the last one was taken off. Who leads a course works with its
    people for what is told of sessions, and for nothing else. After a death nothing is sent either; as long
    as the mark may be taken back, the question comes again too.
    """
    [answer] = may_notify_all(session, asked=[Asked(citizen_id, slot, device_session_id)], now=now)
    return answer


def may_notify_all(session: Session, *, asked: Sequence[Asked], now: datetime) -> list[bool | datetime]:
    """The same for many, in their order, with as many statements as for one."""
    people = {one.citizen_id for one in asked}
    theirs = _theirs(session, asked, now)
    deceased = deaths.standings(session, citizen_ids=people, now=now)
    chosen = choices_of(session, citizen_ids=list(people))
    in_care = relations.looked_after(session, citizen_ids=people, now=now)
    in_courses = {one.citizen_id for one in asked if one.slot in OF_COURSES}
    led = course_relations.led_now(session, citizen_ids=in_courses, now=now) if in_courses else set()

    def is_looked_after(one: Asked) -> bool:
        return one.citizen_id in in_care or (one.slot in OF_COURSES and one.citizen_id in led)

    def answer(one: Asked) -> bool | datetime:
        died = deceased[one.citizen_id]
        if one not in theirs:
            return False
        if died.is_marked:
            return now + ASK_AGAIN if died.undo_until is not None else False
        wish = chosen[one.citizen_id].allow(one.slot, now)
        return now + ASK_AGAIN if wish is True and not is_looked_after(one) else wish

    return [answer(one) for one in asked]


def may_reach(session: Session, *, citizen_id: UUID, device_session_id: UUID | None, now: datetime) -> bool:
    """Whether somebody here still works with the person, and the phone is still theirs."""
    is_theirs = _theirs(session, [Asked(citizen_id, "", device_session_id)], now)
    died = deaths.standing(session, citizen_id=citizen_id, now=now)
    in_care = relations.looked_after(session, citizen_ids=[citizen_id], now=now)
    return bool(is_theirs) and not died.is_marked and citizen_id in in_care


def _theirs(session: Session, asked: Iterable[Asked], now: datetime) -> set[Asked]:
    """Those of whom the unit keeps an open record, and whose device may still be told."""
    asked = set(asked)
    active = citizens.active_among(session, citizen_ids={one.citizen_id for one in asked})
    devices = {one.device_session_id for one in asked if one.device_session_id is not None}
    told = accounts.sessions_that_may_be_told(session, session_ids=devices, now=now)
    return {
        one
        for one in asked
        if one.citizen_id in active and (one.device_session_id is None or one.device_session_id in told)
    }
