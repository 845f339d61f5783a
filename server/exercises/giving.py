"""Giving an exercise to a person: with a day or a rhythm, a goal and a line; changed and taken back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import select, text, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import service as citizens
from server.core import clock
from server.core.access import Actor
from server.core.errors import Conflict, Invalid, NotFound, PreconditionFailed
from server.core.ids import new_id
from server.exercises import blocks, visible
from server.exercises.models import (
    Assignment,
    AssignmentStatus,
    OwnExercise,
    OwnStatus,
    OwnVersion,
    Ref,
)
from server.exercises.occurrences import Repeat, Rhythm
from server.library.exercise_assembly import is_made_for
from server.reminders import daily
from server.reminders.slots import SlotKey

ENTITY, KIND = "exercise_assignment", "exercise"
#: The exercises that there are, each with the centres that it was made for.
Library: TypeAlias = Mapping[str, Collection[str]]
FARTHEST = timedelta(days=2 * 366)
GOAL_KEY = "fk_exercise_assignment_goal"


class AssignmentNotFound(NotFound):
    """There is no such given exercise for this actor."""


class GoalNotFound(NotFound):
    """This person has no such goal."""


class AssignmentIdTaken(Conflict):
    """The id already stands for another given exercise."""

    code, title = "id-taken", "This id was already used for something else."


class TakenBack(Conflict):
    """What was taken back is not changed any more."""

    code, title = "taken-back", "This exercise was taken back. Give it again instead."


class NewAssignment(NamedTuple):
    """An exercise for a person. `due_on`: by when; of a repeated one its first day, else that is today."""

    ref: Mapping[str, Any]
    goal_id: UUID | None
    due_on: date | None
    repeat: Repeat
    until_on: date | None
    line: str | None


def give(
    session: Session,
    *,
    citizen_id: UUID,
    assignment_id: UUID | None,
    new: NewAssignment,
    library: Library,
    actor: Actor,
    now: datetime,
) -> Assignment:
    """Give a person an exercise, and tell so if the person chose to be told.

    :raises NotFound: if the actor does not work with the citizen
    :raises GoalNotFound: if the goal is not the person's
    :raises AssignmentIdTaken: if the id stands for something else
    :raises Invalid: for an exercise that the actor may not give, or days that do not fit
    """
    unit_id, relation_id = _hold(session, citizen_id=citizen_id, actor=actor, now=now)
    known = session.get(Assignment, (citizen_id, assignment_id)) if assignment_id else None
    if known is not None:
        return _same(known, new, actor)
    ref = _ref_to_give(session, new.ref, library=library, unit_id=unit_id, actor=actor)
    today = clock.to_wall(now).date()
    _check_days(Rhythm(new.repeat, today, new.due_on, new.until_on), today)
    assert actor.staff_id is not None
    row = Assignment(
        citizen_id=citizen_id,
        id=assignment_id or new_id(),
        **ref._asdict(),
        goal_id=new.goal_id,
        given_on=today,
        due_on=new.due_on,
        repeat=new.repeat,
        until_on=new.until_on,
        given_by=actor.staff_id,
        given_at=now,
        status=AssignmentStatus.ACTIVE,
        version=1,
    )
    row.line = new.line
    session.add(row)
    _flush(session)
    _note(session, row, "exercise.given", unit_id, relation_id, actor, now)
    daily.tell_once_a_day(
        session,
        kind=KIND,
        slot=SlotKey.EXERCISE,
        subject_id=row.id,
        citizen_id=citizen_id,
        now=now,
        last_on=row.until_on,
    )
    return row


def change(
    session: Session,
    *,
    assignment_id: UUID,
    version: int,
    changed: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Assignment:
    """Change the days, the goal or the line of what was given, or take it back; answers stay.

    :raises AssignmentNotFound: if it is not of somebody the actor works with
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises TakenBack: if it was taken back
    :raises GoalNotFound: if the goal is not the person's
    :raises Invalid: for days that do not fit
    """
    row = _get(session, assignment_id=assignment_id, actor=actor, now=now)
    unit_id, relation_id = _hold(session, citizen_id=row.citizen_id, actor=actor, now=now)
    session.refresh(row)
    if row.version != version:
        raise PreconditionFailed()
    if row.status == AssignmentStatus.WITHDRAWN:
        raise TakenBack()
    if changed.get("status") == AssignmentStatus.WITHDRAWN:
        row.status, row.withdrawn_by, row.withdrawn_at = AssignmentStatus.WITHDRAWN, actor.staff_id, now
    for name, value in changed.items():
        if name != "status":
            setattr(row, name, value)
    if changed.keys() & {"due_on", "repeat", "until_on"}:
        _check_days(rhythm_of(row), row.given_on)
    row.version += 1
    _flush(session)
    event = "exercise.taken-back" if row.status == AssignmentStatus.WITHDRAWN else "exercise.changed"
    _note(session, row, event, unit_id, relation_id, actor, now)
    return row


def rhythm_of(row: Assignment) -> Rhythm:
    """When a given exercise comes up."""
    return Rhythm(row.repeat, row.given_on, row.due_on, row.until_on)


def current_assignments(
    session: Session, *, citizen_id: UUID, ids: Sequence[UUID]
) -> Mapping[UUID, dict[str, Any]]:
    """Those of the ids that were given to the citizen, with a colleague's own words as they were then; for
    the citizen's own phone.
    """
    rows = session.scalars(visible.own_assignments(citizen_id).where(Assignment.id.in_(ids))).all()
    versions = versions_of(session, [row.ref for row in rows])
    wrote = {row.given_by for row in rows} | {each.written_by for each in versions.values()}
    names = accounts.staff_names(session, staff_ids=wrote)
    return {
        row.id: {
            **{name: getattr(row, name) for name in _ON_PHONE},
            "ref": row.ref.wire,
            "own": _own_words(versions.get((row.own_id, row.own_version)), names),
            "by": names[row.given_by],
        }
        for row in rows
    }


_ON_PHONE = (
    "id",
    "goal_id",
    "given_on",
    "given_at",
    "due_on",
    "repeat",
    "until_on",
    "line",
    "status",
    "version",
)


def versions_of(session: Session, refs: Sequence[Ref]) -> dict[tuple[UUID | None, int | None], OwnVersion]:
    """The words of those that a colleague wrote, in the versions that are named."""
    keys = {(ref.own_id, ref.own_version) for ref in refs if ref.own_id is not None}
    if not keys:
        return {}
    named = tuple_(OwnVersion.exercise_id, OwnVersion.version).in_(keys)
    return {(row.exercise_id, row.version): row for row in session.scalars(select(OwnVersion).where(named))}


def given_in(session: Session, *, own_id: UUID, version: int) -> Sequence[Assignment]:
    """Every assignment of an own exercise in one version, whoever has it; for the house, for no view."""
    found = select(Assignment).where(Assignment.own_id == own_id, Assignment.own_version == version)
    return session.scalars(found.order_by(Assignment.citizen_id, Assignment.id)).all()


def tell_holders(session: Session, *, own_id: UUID, version: int, now: datetime) -> None:
    """Let the phones that have this version fetch it anew; lock their sequences before the exercise."""
    for row in given_in(session, own_id=own_id, version=version):
        citizens.record_change(session, citizen_id=row.citizen_id, entity=ENTITY, entity_id=row.id, at=now)


def _own_words(version: OwnVersion | None, names: Mapping[UUID, str]) -> dict[str, Any] | None:
    if version is None:
        return None
    return {
        "title": version.title,
        "lead": version.lead,
        "blocks": blocks.read(version.body).blocks,
        "by": names[version.written_by],
        "reviewed": version.reviewed_at is not None,
    }


def _ref_to_give(
    session: Session, ref: Mapping[str, Any], *, library: Library, unit_id: UUID, actor: Actor
) -> Ref:
    """What the actor may give: the library's for this centre, what the unit shares, and own ones at once."""
    if "library" in ref:
        if ref["library"] not in library:
            raise Invalid(errors={"ref": ["Must be an exercise of the library."]})
        slug = accounts.get_unit(session, unit_id=unit_id).slug
        if not is_made_for(library[ref["library"]], slug):
            raise Invalid(errors={"ref": ["Was made for the people of another centre."]})
        return Ref(ref["library"], None)
    wanted = visible.own_exercises(actor).where(OwnExercise.id == ref["own"])
    own = session.scalars(wanted.with_for_update(read=True)).one_or_none()
    if own is None or not may_give(own, actor):
        raise Invalid(errors={"ref": ["Must be an own exercise, or one that the unit shares."]})
    return Ref(None, own.id, own.version)


def may_give(own: OwnExercise, actor: Actor) -> bool:
    """Whether somebody may give it: its author unless it was withdrawn, others only if it is shared."""
    if own.author_id == actor.staff_id:
        return own.status != OwnStatus.WITHDRAWN
    return own.status == OwnStatus.SHARED


def _check_days(rhythm: Rhythm, earliest: date) -> None:
    errors = {}
    if rhythm.due_on is not None and not earliest <= rhythm.due_on <= earliest + FARTHEST:
        errors["due_on"] = ["Must lie between today and two years ahead."]
    if rhythm.until_on is not None:
        if rhythm.repeat == Repeat.NONE:
            errors["until_on"] = ["Only one that repeats has a last day."]
        elif not rhythm.first_on <= rhythm.until_on <= earliest + FARTHEST:
            errors["until_on"] = ["Must not lie before the first day, nor more than two years ahead."]
    if errors:
        raise Invalid(errors=errors)


def _same(known: Assignment, new: NewAssignment, actor: Actor) -> Assignment:
    """The one that is there already, for a request that came twice."""
    said = (new.ref.get("library"), new.ref.get("own"), new.goal_id, new.due_on, new.repeat, new.until_on)
    has = (known.library_id, known.own_id, known.goal_id, known.due_on, known.repeat, known.until_on)
    if (*has, known.line, known.given_by) != (*said, new.line, actor.staff_id):
        raise AssignmentIdTaken()
    return known


def _get(session: Session, *, assignment_id: UUID, actor: Actor, now: datetime) -> Assignment:
    found = visible.assignments(actor, now).where(Assignment.id == assignment_id)
    row = session.scalars(found).one_or_none()
    if row is None:
        raise AssignmentNotFound()
    return row


def _hold(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> tuple[UUID, UUID]:
    """The unit and the relation that allows it, asked again once nobody else can end it."""
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    own = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    if own is None:
        raise NotFound()
    return citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now).unit_id, own.id


def _flush(session: Session) -> None:
    """Write, and let the database judge now whose goal it is."""
    try:
        with session.begin_nested():
            session.flush()
            session.execute(text(f"SET CONSTRAINTS {GOAL_KEY} IMMEDIATE"))
            session.execute(text(f"SET CONSTRAINTS {GOAL_KEY} DEFERRED"))
    except IntegrityError as err:
        if GOAL_KEY not in str(err.orig):
            raise
        raise GoalNotFound() from None


def _note(
    session: Session,
    row: Assignment,
    event: str,
    unit_id: UUID,
    relation_id: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    session.flush()
    citizens.record_change(session, citizen_id=row.citizen_id, entity=ENTITY, entity_id=row.id, at=now)
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=unit_id,
        citizen_id=row.citizen_id,
        subject_id=row.id,
        relation_id=relation_id,
    )
