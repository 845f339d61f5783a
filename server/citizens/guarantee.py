"""The clock of the first contact: on which day of the guarantee somebody is, and why the days may not count.

The days run from the first contact, on Danish calendar days, and stop at the first talk that was held. There
is no clock for who came for anonymous advice, where the centre has no guarantee, or where the centre does not
work with the person any more. What the person came for may be unknown: then the days run, to be on the safe
side. A reason against them is written by who works with the person, is told to the person by the own phone,
and can be taken back.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from server.accounts import service as accounts_service
from server.accounts import visible as accounts
from server.audit import service as audit
from server.citizens import changes, guarantee_rules, records, visible
from server.citizens.models import Citizen, CitizenStatus, GuaranteeWaiver, WaiverReason
from server.core import clock
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, NotFound
from server.core.ids import new_id
from server.library.guarantee_models import Guarantee

_ACTIVE = CitizenStatus.ACTIVE
People: TypeAlias = Select[*tuple[Any, ...]]


class NoClock(Conflict):
    """There are no days to be waived: the centre has no guarantee, or the person did not come for it."""

    code, title = "no-clock", "No days are counted for this person."


class FirstContactClock(NamedTuple):
    """Where somebody stands with the days; `day` is how many have gone by, 0 on the day of the contact.

    `stopped_on` is the day of the first talk held, `waived` the words of the reason by language.
    """

    on: date
    day: int
    days_limit: int
    has_clock: bool
    stopped_on: date | None
    waived: dict[str, str] | None
    seeks: str | None
    law: str | None

    @property
    def runs(self) -> bool:
        """Whether the days count, and nobody has had a first talk."""
        return self.has_clock and self.stopped_on is None and self.waived is None


class Sought(NamedTuple):
    """Something that people come for, and the law that promises it in time, if one does."""

    id: str
    law: str | None


def add_clock(citizens: People) -> People:
    """The same citizens with what `clock_of` needs to know of each of them."""
    centre = accounts.slugs().subquery("centre")
    standing = and_(GuaranteeWaiver.citizen_id == Citizen.id, GuaranteeWaiver.withdrawn_at.is_(None))
    return (
        citizens.add_columns(
            Citizen.unit_id,
            Citizen.first_contact_wall,
            Citizen.seeks,
            Citizen.status,
            Citizen.deceased_at,
            GuaranteeWaiver.reason.label("waived"),
            centre.c.slug.label("centre"),
        )
        .join(centre, centre.c.id == Citizen.unit_id)
        .outerjoin(GuaranteeWaiver, standing)
    )


def people() -> People:
    """Everybody with what `clock_of` needs, whoever asks; they must be in sight."""
    return add_clock(select(Citizen.id))


def clock_of(person: Any, *, held_on: date | None, today: date) -> FirstContactClock:
    """Where somebody of `add_clock` stands with the days.

    `held_on` is the day of the first talk held at the own centre since the contact, which stops the clock.
    """
    return _clock(
        guarantee_rules.find_guarantee(person.centre),
        on=person.first_contact_wall.date(),
        seeks=person.seeks,
        in_care=person.status == _ACTIVE and person.deceased_at is None,
        held_on=held_on,
        waived=person.waived,
        today=today,
    )


def _clock(
    rules: Guarantee | None,
    *,
    on: date,
    seeks: str | None,
    in_care: bool,
    held_on: date | None,
    waived: WaiverReason | None,
    today: date,
) -> FirstContactClock:
    has_clock = rules is not None and in_care and seeks not in rules.without
    return FirstContactClock(
        on,
        max(0, (today - on).days),
        rules.days if rules else 0,
        has_clock,
        max(on, held_on) if held_on is not None else None,
        _words(rules, waived) if rules and has_clock and waived else None,
        seeks,
        rules.laws.get(seeks) if rules and seeks else None,
    )


def _words(rules: Guarantee, reason: WaiverReason) -> dict[str, str] | None:
    return next((dict(one.names) for one in rules.waivers if one.code == reason), None)


def list_sought(session: Session, *, actor: Actor) -> tuple[list[Sought], Guarantee | None]:
    """What people come for at the actor's centre, as far as a guarantee hangs on it, and that guarantee."""
    if actor.unit_id is None:
        raise Forbidden()
    rules = guarantee_rules.find_guarantee(accounts_service.get_unit(session, unit_id=actor.unit_id).slug)
    if rules is None:
        return [], None
    return [Sought(one, rules.laws.get(one)) for one in rules.services], rules


def is_sought_here(session: Session, *, seeks: str, unit_id: UUID) -> bool:
    """Whether people can come to a centre for this."""
    rules = guarantee_rules.find_guarantee(accounts_service.get_unit(session, unit_id=unit_id).slug)
    return rules is not None and seeks in rules.services


def waive(
    session: Session, *, citizen_id: UUID, reason: WaiverReason, actor: Actor, now: datetime
) -> GuaranteeWaiver:
    """Write down that the days do not count, and why; another reason takes the place of the one before.

    The same reason again changes nothing. The person reads it on the own phone.

    :raises NotFound: if the actor does not work with the citizen
    :raises NoClock: if no days are counted for the citizen
    """
    citizen = _hold(session, citizen_id, actor, now)
    person = session.execute(people().where(Citizen.id == citizen_id)).one()
    days = clock_of(person, held_on=None, today=clock.to_wall(now).date())
    if not days.has_clock or actor.staff_id is None:
        raise NoClock()
    standing = session.scalars(_standing([citizen_id])).one_or_none()
    if standing is not None and standing.reason == reason:
        return standing
    if standing is not None:
        standing.withdrawn_at, standing.withdrawn_by = now, actor.staff_id
        session.flush()
    waiver = GuaranteeWaiver(
        id=new_id(),
        citizen_id=citizen_id,
        unit_id=citizen.unit_id,
        reason=reason,
        given_by=actor.staff_id,
        given_at=now,
    )
    session.add(waiver)
    session.flush()
    _tell(session, citizen, "guarantee.waived", actor, now, purpose=reason)
    return waiver


def withdraw_waiver(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> None:
    """Let the days count again, as from the first contact; without a reason against them nothing happens.

    :raises NotFound: if the actor does not work with the citizen
    """
    citizen = _hold(session, citizen_id, actor, now)
    standing = session.scalars(_standing([citizen_id])).one_or_none()
    if standing is None:
        return
    standing.withdrawn_at, standing.withdrawn_by = now, actor.staff_id
    session.flush()
    _tell(session, citizen, "guarantee.counts-again", actor, now)


def _standing(citizen_ids: Collection[UUID]) -> Select[GuaranteeWaiver]:
    return select(GuaranteeWaiver).where(
        GuaranteeWaiver.citizen_id.in_(citizen_ids), GuaranteeWaiver.withdrawn_at.is_(None)
    )


def _hold(session: Session, citizen_id: UUID, actor: Actor, now: datetime) -> Citizen:
    """The citizen, held until the commit; who does not work with the person any more finds nobody."""
    own = visible.cases(actor, now).where(Citizen.id == citizen_id)
    if session.scalars(own).one_or_none() is None:
        raise NotFound()
    changes.lock_sequences(session, citizen_ids=[citizen_id])
    citizen = session.scalars(own).one_or_none()
    if citizen is None:
        raise NotFound()
    return citizen


def _tell(
    session: Session, citizen: Citizen, event: str, actor: Actor, now: datetime, *, purpose: str | None = None
) -> None:
    changes.record_profile_change(session, citizen_id=citizen.id, at=now)
    relation = records.find_own_relation(session, citizen_id=citizen.id, actor=actor, now=now)
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen.id,
        relation_id=relation.id if relation else None,
        purpose=purpose,
    )
