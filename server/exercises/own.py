"""Exercises that colleagues write: a draft, read by a second profession, then in the unit's library.

Whoever changes a word makes it a draft again; earlier versions stay as they are, for those who got them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed
from server.core.ids import new_id
from server.exercises import blocks, visible
from server.exercises.giving import given_in, may_give, tell_holders, versions_of
from server.exercises.models import OwnExercise, OwnStatus, OwnVersion, Profession, Ref

MOST = 200
TRIES = 20


class OwnNotFound(NotFound):
    """There is no such exercise for this colleague."""


class OwnIdTaken(Conflict):
    """The id already stands for another exercise."""

    code, title = "id-taken", "This id was already used for something else."


class NotItsAuthor(Forbidden):
    """Only its author changes an exercise."""

    code, title = "not-own-words", "Only the author can do this."


class NotSecond(Conflict):
    """A second reader is another person, of another profession than the author."""

    code, title = "not-a-second-profession", "Somebody else, of another profession, has to read it."


class WrongStep(Conflict):
    """The exercise is not where this could be done."""

    code, title = "wrong-step", "This cannot be done as the exercise stands now."


class GivenMeanwhile(Conflict):
    """Others give it to somebody all the time; the same again goes through."""

    code, title = "given-meanwhile", "This is being given to people right now. Try again."


class OwnText(NamedTuple):
    """The words of an exercise, and what its author is by profession."""

    title: str
    lead: str
    body: str
    method: str
    profession: Profession


def list_own(session: Session, *, actor: Actor) -> list[dict[str, Any]]:
    """The actor's own exercises and those of the unit to be seen, the newest change first."""
    newest = visible.own_exercises(actor).order_by(OwnExercise.updated_at.desc(), OwnExercise.id)
    return show(session, session.scalars(newest.limit(MOST)).all(), actor=actor)


def create(
    session: Session, *, exercise_id: UUID | None, text: OwnText, actor: Actor, now: datetime
) -> OwnExercise:
    """Begin an exercise as a draft; the same id with the same words is the same exercise.

    :raises OwnIdTaken: if the id stands for something else
    :raises Invalid: if the text holds what a phone cannot show
    """
    _check(text)
    known = session.get(OwnExercise, exercise_id) if exercise_id else None
    if known is not None:
        if known.author_id != actor.staff_id or _text(session, known) != text:
            raise OwnIdTaken()
        return known
    own = OwnExercise(
        id=exercise_id or new_id(),
        unit_id=actor.unit_id,
        author_id=actor.staff_id,
        status=OwnStatus.DRAFT,
        version=1,
        created_at=now,
        updated_at=now,
    )
    session.add(own)
    session.flush()
    _add_version(session, own, text, actor, now)
    _record(session, "own-exercise.written", own, actor, now)
    return own


def rewrite(
    session: Session, *, exercise_id: UUID, version: int, text: OwnText, actor: Actor, now: datetime
) -> OwnExercise:
    """Write the next version: a draft again, also of one that was shared or withdrawn.

    :raises OwnNotFound: if the actor may not see it
    :raises NotItsAuthor: if somebody else wrote it
    :raises PreconditionFailed: if it was changed since `version`
    :raises Invalid: if the text holds what a phone cannot show
    """
    _check(text)
    own = _hold(session, exercise_id=exercise_id, version=version, actor=actor)
    _be_its_author(own, actor)
    own.version, own.status, own.remark = own.version + 1, OwnStatus.DRAFT, None
    _add_version(session, own, text, actor, now)
    return _step(session, "own-exercise.written", own, actor, now)


def submit(session: Session, *, exercise_id: UUID, version: int, actor: Actor, now: datetime) -> OwnExercise:
    """Ask for a second reader.

    :raises OwnNotFound: if the actor may not see it
    :raises NotItsAuthor: if somebody else wrote it
    :raises PreconditionFailed: if it was changed since `version`
    :raises WrongStep: if it is no draft
    """
    own = _hold(session, exercise_id=exercise_id, version=version, actor=actor)
    _be_its_author(own, actor)
    if own.status != OwnStatus.DRAFT:
        raise WrongStep()
    own.status, own.remark = OwnStatus.SUBMITTED, None
    return _step(session, "own-exercise.submitted", own, actor, now)


def review(
    session: Session,
    *,
    exercise_id: UUID,
    version: int,
    approved: bool,
    profession: Profession,
    remark: str | None,
    actor: Actor,
    now: datetime,
) -> OwnExercise:
    """Take the very version that was read into the unit's library, or send it back with a remark.

    The phones of those who have this version already learn that somebody has read it.

    :raises OwnNotFound: if the actor may not see it
    :raises PreconditionFailed: if it was changed since `version`
    :raises WrongStep: if it does not wait for a second reader
    :raises NotSecond: if the actor is the author, or of the author's profession
    :raises GivenMeanwhile: if it was given to somebody new too often while it was read
    """
    own = _hold_with_holders(session, exercise_id=exercise_id, version=version, actor=actor)
    if own.status != OwnStatus.SUBMITTED:
        raise WrongStep()
    read = versions_of(session, [_ref(own)])[own.id, own.version]
    if actor.staff_id in (own.author_id, read.written_by) or profession == read.author_profession:
        raise NotSecond()
    own.remark = remark
    if approved:
        own.status = OwnStatus.SHARED
        read.reviewed_by, read.reviewer_profession, read.reviewed_at = actor.staff_id, profession, now
        tell_holders(session, own_id=own.id, version=own.version, now=now)
    else:
        own.status = OwnStatus.DRAFT
    event = "own-exercise.approved" if approved else "own-exercise.sent-back"
    return _step(session, event, own, actor, now)


def withdraw(
    session: Session, *, exercise_id: UUID, version: int, actor: Actor, now: datetime
) -> OwnExercise:
    """Give it to nobody new. What is shared any colleague of the unit may withdraw: its author may be away.

    :raises OwnNotFound: if the actor may not see it
    :raises NotItsAuthor: if it is not shared and somebody else wrote it
    :raises PreconditionFailed: if it was changed since `version`
    :raises WrongStep: if it was withdrawn before
    """
    own = _hold(session, exercise_id=exercise_id, version=version, actor=actor)
    if own.status != OwnStatus.SHARED:
        _be_its_author(own, actor)
    if own.status == OwnStatus.WITHDRAWN:
        raise WrongStep()
    own.status = OwnStatus.WITHDRAWN
    return _step(session, "own-exercise.withdrawn", own, actor, now)


def show(session: Session, found: Sequence[OwnExercise], *, actor: Actor) -> list[dict[str, Any]]:
    """Own exercises as this colleague sees them."""
    versions = versions_of(session, [_ref(own) for own in found])
    people = {own.author_id for own in found} | {
        version.reviewed_by for version in versions.values() if version.reviewed_by is not None
    }
    names = accounts.staff_names(session, staff_ids=people)
    return [_shown(own, versions[own.id, own.version], names, actor) for own in found]


def _shown(own: OwnExercise, said: OwnVersion, names: dict[UUID, str], actor: Actor) -> dict[str, Any]:
    reviewed = None
    if said.reviewed_by is not None:
        by_name = names[said.reviewed_by]
        reviewed = {"by_name": by_name, "profession": said.reviewer_profession, "at": said.reviewed_at}
    return {
        "id": own.id,
        "status": own.status,
        "version": own.version,
        "title": said.title,
        "lead": said.lead,
        "body": said.body,
        "blocks": blocks.read(said.body).blocks,
        "method": said.method,
        "author_name": names[own.author_id],
        "author_profession": said.author_profession,
        "reviewed": reviewed,
        "remark": own.remark,
        "is_own": own.author_id == actor.staff_id,
        "may_give": may_give(own, actor),
        "updated_at": own.updated_at,
    }


def _ref(own: OwnExercise) -> Ref:
    return Ref(None, own.id, own.version)


def _text(session: Session, own: OwnExercise) -> OwnText:
    said = versions_of(session, [_ref(own)])[own.id, own.version]
    return OwnText(said.title, said.lead, said.body, said.method, said.author_profession)


def _check(text: OwnText) -> None:
    """What a phone cannot show is named by its line, so that its author finds it."""
    faults = blocks.read(text.body).faults
    if faults:
        raise Invalid(errors={"body": [f"Line {fault.line}: {fault.what}." for fault in faults]})
    if not blocks.read(text.body).blocks:
        raise Invalid(errors={"body": ["Must hold at least one paragraph."]})


def _add_version(session: Session, own: OwnExercise, text: OwnText, actor: Actor, now: datetime) -> None:
    session.add(
        OwnVersion(
            exercise_id=own.id,
            version=own.version,
            title=text.title,
            lead=text.lead,
            body=text.body,
            method=text.method,
            written_by=actor.staff_id,
            author_profession=text.profession,
            written_at=now,
        )
    )


def _hold(session: Session, *, exercise_id: UUID, version: int, actor: Actor) -> OwnExercise:
    """The very version that the actor saw, changed by nobody else until the commit."""
    wanted = visible.own_exercises(actor).where(OwnExercise.id == exercise_id)
    held = wanted.with_for_update().execution_options(populate_existing=True)
    own = session.scalars(held).one_or_none()
    if own is None:
        raise OwnNotFound()
    if own.version != version:
        raise PreconditionFailed()
    return own


def _hold_with_holders(session: Session, *, exercise_id: UUID, version: int, actor: Actor) -> OwnExercise:
    """The same with everybody who has this version.

    Who was given it in between is not waited for while the exercise is held: all is let go and taken again.
    """
    for _ in range(TRIES):
        holders = _holders(session, exercise_id, version)
        turn = session.begin_nested()
        citizens.lock_sequences(session, citizen_ids=sorted(holders))
        own = _hold(session, exercise_id=exercise_id, version=version, actor=actor)
        if _holders(session, exercise_id, version) <= holders:
            turn.commit()
            return own
        turn.rollback()
    raise GivenMeanwhile()


def _holders(session: Session, exercise_id: UUID, version: int) -> set[UUID]:
    return {row.citizen_id for row in given_in(session, own_id=exercise_id, version=version)}


def _be_its_author(own: OwnExercise, actor: Actor) -> None:
    if own.author_id != actor.staff_id:
        raise NotItsAuthor()


def _step(session: Session, event: str, own: OwnExercise, actor: Actor, now: datetime) -> OwnExercise:
    own.updated_at = now
    session.flush()
    _record(session, event, own, actor, now)
    return own


def _record(session: Session, event: str, own: OwnExercise, actor: Actor, now: datetime) -> None:
    session.flush()
    audit.record(session, event=event, actor=actor, at=now, unit_id=own.unit_id, subject_id=own.id)
