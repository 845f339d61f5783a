"""Private calendar addresses: a citizen's or a counsellor's own appointments, for the calendar they use.

Whoever has the address can read the calendar, so it is a secret of 256 random bits, stored as a hash, shown
once. A citizen's ends with the phone that asked for it ("Mobilen er væk", "Glem denne telefon"), with care
and with erasure; a counsellor's ends with the employment. A new one ends the one before.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import DateTime, LargeBinary, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.accounts import service as accounts
from server.appointments import calendar, csv_words, service, visible
from server.appointments.models import Appointment, AppointmentStatus
from server.audit import service as audit
from server.citizens import deaths
from server.citizens import service as citizens
from server.citizens import visible as citizens_visible
from server.core import crypto
from server.core.access import Action, Actor, ActorKind, Role
from server.core.db import Base
from server.core.errors import Conflict, Forbidden
from server.core.ids import new_id
from server.library.models import AppointmentRules

BACK, AHEAD = timedelta(days=30), timedelta(days=731)
#: What a calendar shows; that somebody did not come is nobody's business there.
SHOWN = (
    AppointmentStatus.BOOKED,
    AppointmentStatus.ARRIVED,
    AppointmentStatus.FULFILLED,
    AppointmentStatus.NOSHOW,
    AppointmentStatus.CANCELLED,
)


class SharedDevice(Conflict):
    """Others use this device, so no secret address is handed out on it."""

    code, title = "shared-device", "Others use this device, so no address is made on it."


class CalendarFeed(Base):
    """The one address of one person: a citizen, with the phone that asked for it, or a staff member."""

    __tablename__ = "calendar_feed"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID | None]
    session_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class OpenFeed(NamedTuple):
    """An address that opens something, and whose eyes it looks through."""

    id: UUID
    reader: Actor


def address(public_url: str, token: str) -> str:
    """Where a calendar finds what the secret opens."""
    return f"{public_url}/api/v1/public/calendars/{token}.ics"


def open_feed(session: Session, *, actor: Actor, now: datetime) -> str:
    """Make an address for the actor's own appointments; an earlier one ends. Returns its secret, once.

    :raises SharedDevice: if a citizen asks on a device that others use
    :raises SessionEnded: if the phone was forgotten or reported lost in this moment
    """
    owner = _owner(actor)
    if actor.kind == ActorKind.CITIZEN:
        _require_own_phone(session, actor)
    token = crypto.token()
    values = {"id": new_id(), "token_hash": crypto.token_hash(token), "created_at": now}
    values |= {"session_id": actor.session_id if actor.kind == ActorKind.CITIZEN else None}
    made = insert(CalendarFeed).values(**owner, **values)
    session.execute(made.on_conflict_do_update(index_elements=list(owner), set_=values))
    _record(session, "calendar-feed.made", actor, now)
    return token


def end_feed(session: Session, *, actor: Actor, now: datetime) -> None:
    """End the actor's own address; without one nothing happens."""
    ((column, owner_id),) = _owner(actor).items()
    gone = delete(CalendarFeed).where(getattr(CalendarFeed, column) == owner_id).returning(CalendarFeed.id)
    if session.scalar(gone) is not None:
        _record(session, "calendar-feed.ended", actor, now)


def find_own(session: Session, *, actor: Actor, now: datetime) -> CalendarFeed | None:
    """The actor's own address as far as it still opens something; its secret is never read back."""
    ((column, owner_id),) = _owner(actor).items()
    feed = session.scalar(select(CalendarFeed).where(getattr(CalendarFeed, column) == owner_id))
    return feed if feed is not None and _reader(session, feed, now) is not None else None


def find_by_token(session: Session, *, token: str, now: datetime) -> OpenFeed | None:
    """The address that this secret belongs to. None alike for unknown, replaced and ended ones.

    One whose reason has gone (the phone is lost, care or employment over) is deleted when it is tried, so
    that it does not come back with a later beginning. After a death it opens nothing; the mark may be a
    mistake that is taken back, so the address itself stays.
    """
    hashed = crypto.token_hash(token)
    feed = session.scalar(select(CalendarFeed).where(CalendarFeed.token_hash == hashed))
    if feed is None:
        return None
    reader = _reader(session, feed, now)
    if reader is None:
        session.execute(delete(CalendarFeed).where(CalendarFeed.id == feed.id))
        return None
    if _has_died(session, reader, now):
        return None
    return OpenFeed(id=feed.id, reader=reader)


def make_calendar(
    session: Session, *, reader: Actor, now: datetime, rules: Mapping[str, AppointmentRules]
) -> bytes:
    """What an address answers: its owner's appointments of the last 30 days and all ahead.

    A look through a counsellor's eyes is recorded, like every other; aliases and places only if the centre's
    `rules` allow them.
    """
    wanted = visible.appointments(reader, now).where(
        Appointment.starts_at >= now - BACK,
        Appointment.starts_at <= now + AHEAD,
        Appointment.status.in_(SHOWN),
    )
    if reader.kind == ActorKind.STAFF:
        wanted = wanted.where(Appointment.staff_id == reader.staff_id)
    found = session.scalars(wanted.order_by(Appointment.starts_at, Appointment.id)).all()
    if reader.citizen_id is not None:
        language = citizens.language_of(session, citizen_id=reader.citizen_id)
        return calendar.make_file(
            _for_citizen(session, found, language), name=calendar.NAMES.get(language, calendar.NAMES["da"])
        )
    shown = service.rules_of(session, actor=reader, known=rules)
    entries = _for_staff(session, found, reader, now, shown)
    audit.record(session, event="appointments.listed", actor=reader, at=now, purpose="calendar-feed")
    return calendar.make_file(entries, name=calendar.NAMES["da"])


def make_single(session: Session, *, appointment: Appointment, with_place: bool) -> bytes:
    """One appointment as a file for its citizen."""
    language = citizens.language_of(session, citizen_id=appointment.citizen_id)
    slugs = _slugs(session, [appointment])
    entry = calendar.entry_for_citizen(
        appointment, unit_slug=slugs[appointment.unit_id], language=language, with_place=with_place
    )
    return calendar.make_file([entry])


def _for_citizen(session: Session, found: Sequence[Appointment], language: str) -> list[calendar.Entry]:
    slugs = _slugs(session, found)
    return [calendar.entry_for_citizen(one, unit_slug=slugs[one.unit_id], language=language) for one in found]


def _for_staff(
    session: Session, found: Sequence[Appointment], reader: Actor, now: datetime, rules: AppointmentRules
) -> list[calendar.Entry]:
    slugs = _slugs(session, found)
    cases = citizens_visible.cases(reader, now).subquery()
    rows = session.execute(select(cases.c.id, cases.c.alias, cases.c.address_protected)).all()
    protected = {row.id for row in rows if row.address_protected}
    aliases = {row.id: row.alias for row in rows} if rules.alias_in_calendar else {}
    return [
        calendar.entry_for_staff(
            one,
            unit_slug=slugs[one.unit_id],
            kind=csv_words.KINDS[one.kind],
            protected=one.citizen_id in protected,
            alias=aliases.get(one.citizen_id),
            with_place=rules.place_in_calendar,
        )
        for one in found
    ]


def _slugs(session: Session, found: Sequence[Appointment]) -> dict[UUID, str]:
    return {
        unit_id: accounts.get_unit(session, unit_id=unit_id).slug
        for unit_id in {one.unit_id for one in found}
    }


def _reader(session: Session, feed: CalendarFeed, now: datetime) -> Actor | None:
    """The owner as the visible query sees them, or None when the reason for the address has gone."""
    if feed.staff_id is not None:
        actor = accounts.find_working_actor(session, staff_id=feed.staff_id)
        return actor if actor is not None and actor.may(Action.KEEP_OWN_CALENDAR) else None
    if feed.citizen_id is None or feed.session_id is None:
        return None
    if not accounts.session_is_open(session, session_id=feed.session_id):
        return None
    if not citizens.is_in_care(session, citizen_id=feed.citizen_id, now=now):
        return None
    return Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=feed.citizen_id)


def _has_died(session: Session, reader: Actor, now: datetime) -> bool:
    if reader.citizen_id is None:
        return False
    return deaths.standing(session, citizen_id=reader.citizen_id, now=now).is_marked


def _owner(actor: Actor) -> dict[str, UUID]:
    if actor.kind == ActorKind.CITIZEN and actor.citizen_id is not None:
        return {"citizen_id": actor.citizen_id}
    if actor.kind == ActorKind.STAFF and actor.staff_id is not None:
        return {"staff_id": actor.staff_id}
    raise Forbidden()


def _require_own_phone(session: Session, actor: Actor) -> None:
    if actor.session_id is None:
        raise Forbidden()
    accounts.hold_session(session, session_id=actor.session_id)
    if accounts.session_is_shared(session, session_id=actor.session_id):
        raise SharedDevice()


def _record(session: Session, event: str, actor: Actor, now: datetime) -> None:
    unit_id = actor.unit_id
    if actor.citizen_id is not None:
        unit_id = citizens.unit_of(session, citizen_id=actor.citizen_id)
    audit.record(session, event=event, actor=actor, at=now, unit_id=unit_id, citizen_id=actor.citizen_id)
