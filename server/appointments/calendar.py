"""Appointments as calendar files (RFC 5545): neutral, and the same bytes for the same appointments.

A calendar is read by whoever sees the phone's calendar and by the company that keeps it. So an entry of a
citizen has no name, kind or service, and a place only if the citizen ticked it; a place of the crisis
centre stands in no calendar at all. Times are UTC, which every calendar understands without a zone table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from server.appointments.models import Appointment, AppointmentStatus, Mode
from server.core import crypto

MEDIA_TYPE = "text/calendar"
CONTENT_TYPE = f"{MEDIA_TYPE}; charset=utf-8"
#: The name of every file; it tells nothing about anybody.
FILE_NAME = "aftale.ics"
#: Its address is a secret: what is typed as a place there never goes into a calendar.
WITHOUT_PLACE = frozenset({"krisecenter"})
MAKER = "-//Overblik//DA"
LOOK_AGAIN = timedelta(hours=2)

# Drafts: a professional has not reviewed these words yet. The citizen's title is the same on the phone
# (pwa/src/features/calendar/ics.ts); a contract test holds the two together.
TITLES = {"da": "Aftale", "en": "Appointment"}
NAMES = {"da": "Aftaler", "en": "Appointments"}


@dataclass(frozen=True)
class Entry:
    """One appointment as a calendar shows it."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    minutes: int
    title: str
    place: str | None
    is_cancelled: bool


def make_file(entries: Sequence[Entry], *, name: str | None = None) -> bytes:
    """The entries as one calendar file; `name` only for a calendar that is subscribed to."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name is not None:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical(sorted=False))


def _event(entry: Entry) -> Event:
    event = Event()
    values: dict[str, Any] = {
        "uid": entry.uid,
        "dtstamp": entry.changed_at.replace(microsecond=0),
        "dtstart": entry.starts_at,
        "dtend": entry.starts_at + timedelta(minutes=entry.minutes),
        "sequence": entry.sequence,
        "status": "CANCELLED" if entry.is_cancelled else "CONFIRMED",
        "summary": entry.title,
        "location": entry.place,
        "class": "PRIVATE",
    }
    for name, value in values.items():
        if value is not None:
            event.add(name, value)
    return event


def entry_for_citizen(
    appointment: Appointment, *, unit_slug: str, language: str, with_place: bool = False
) -> Entry:
    """An appointment as its citizen's calendar may show it: a title that could be anybody's."""
    return _entry(
        appointment,
        uid=str(appointment.id),
        title=TITLES.get(language, TITLES["da"]),
        place=_place(appointment, unit_slug) if with_place else None,
    )


def entry_for_staff(
    appointment: Appointment,
    *,
    unit_slug: str,
    kind: str,
    protected: bool,
    alias: str | None = None,
    with_place: bool = False,
) -> Entry:
    """An appointment as the counsellor's calendar may show it: never a name, an alias only if it is given.

    The place only if the centre allows it.

    The id is another one than in the citizen's calendar, so that a company that keeps both cannot tie
    the two people together. Without alias and place for somebody whose address is protected.
    """
    said = [kind, *([alias] if alias and not protected else [])]
    return _entry(
        appointment,
        uid=crypto.blind_index(str(appointment.id), context="calendar.staff").hex()[:32],
        title=f"{TITLES['da']}: {', '.join(said)}",
        place=_place(appointment, unit_slug) if with_place and not protected else None,
    )


def _place(appointment: Appointment, unit_slug: str) -> str | None:
    is_met = appointment.mode == Mode.IN_PERSON
    return appointment.place if is_met and unit_slug not in WITHOUT_PLACE else None


def _entry(appointment: Appointment, *, uid: str, title: str, place: str | None) -> Entry:
    return Entry(
        uid=uid,
        sequence=appointment.revision,
        changed_at=appointment.updated_at,
        starts_at=appointment.starts_at,
        minutes=appointment.duration_minutes,
        title=title,
        place=place,
        is_cancelled=appointment.status == AppointmentStatus.CANCELLED,
    )
