"""Answers: written, edited and erased by the person alone, and offered or kept back one by one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import rejected
from server.citizens import service as citizens
from server.citizens.own_hand import hold_own
from server.consents import offers
from server.consents.offers import Offer
from server.core.access import Actor
from server.core.errors import Conflict, Invalid, NotFound
from server.exercises import visible
from server.exercises.models import Answer, Assignment, Outcome, Ref

ENTITY = "exercise_answer"


class AnswerGone(NotFound):
    """There is no such answer of this person, or it was erased for good."""


class ExerciseNotGiven(NotFound):
    """The person was not given this exercise."""


class AlreadyAnswered(Conflict):
    """The id stands for an answer with other content; what was written is never rewritten."""

    code, title = "already-written", "An answer is not changed. Write a new one that replaces it."


class OtherExercise(Invalid):
    """The answer is about another exercise than what it belongs to."""

    def __init__(self, field: str) -> None:
        super().__init__(errors={field: ["Must be about the same exercise."]})


class NewAnswer(NamedTuple):
    """What came of an exercise on one Danish day; `how` from 0 (it made it worse) to 4 (it helped a lot).

    `written`: the person's words by the step that asked. `replaces`: the earlier answer of which this is an
    edit. `seen_no` is the step by which, as far as the phone knew, the choice was last taken back; 0: never.
    """

    ref: Mapping[str, str | UUID]
    assignment_id: UUID | None
    on: date
    at: datetime
    outcome: Outcome
    how: int | None
    written: Mapping[str, str]
    note: str | None
    replaces: UUID | None
    sharing: Offer
    seen_no: int

    @property
    def content(self) -> tuple[object, ...]:
        """What is never rewritten."""
        return (
            dict(self.ref),
            self.assignment_id,
            self.on,
            self.at,
            self.outcome,
            self.how,
            dict(self.written),
            self.note,
            self.replaces,
        )


def write(
    session: Session, *, citizen_id: UUID, answer_id: UUID, said: NewAnswer, actor: Actor, now: datetime
) -> None:
    """Keep an answer from the person's phone; the same one again does no harm.

    Whether it is offered is decided as things stand when it comes: without a yes, or after a no that the
    phone did not know of, it is private.

    :raises Forbidden: if it is not the person's own phone
    :raises AnswerGone: if it, or what it replaces, was erased for good
    :raises AlreadyAnswered: if the id stands for something else
    :raises ExerciseNotGiven: if it is about an exercise that the person was not given
    :raises OtherExercise: if it belongs to an exercise that it is not about
    """
    unit_id = hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    known = session.get(Answer, (citizen_id, answer_id), populate_existing=True)
    if known is not None:
        if known.erased:
            raise AnswerGone()
        if _content(known) != said.content:
            raise AlreadyAnswered()
        return
    ref = _ref(session, citizen_id=citizen_id, said=said)
    _check_replaced(session, citizen_id=citizen_id, said=said, ref=ref)
    sharing = offers.resolve(
        session,
        citizen_id=citizen_id,
        choice=visible.CHOICE,
        wished=said.sharing,
        seen_no=said.seen_no,
    )
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=answer_id, at=now)
    row = Answer(
        citizen_id=citizen_id,
        id=answer_id,
        seq=seq,
        assignment_id=said.assignment_id,
        **ref._asdict(),
        on=said.on,
        at=said.at,
        received_at=now,
        outcome=said.outcome,
        how=said.how,
        replaces=said.replaces,
    )
    row.written, row.note = dict(said.written), said.note
    row.set_offer(sharing, seq=seq, now=now)
    session.add(row)
    session.flush()
    _record(session, "exercise-answer.written", row, unit_id, actor, now)


def offer(session: Session, *, answer_id: UUID, given: bool, actor: Actor, now: datetime) -> None:
    """Let the contact person see one own answer, or no longer.

    :raises AnswerGone: if it is not the person's own, or was erased
    """
    citizen_id = actor.citizen_id
    if citizen_id is None:
        raise AnswerGone()
    unit_id = hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    row = session.get(Answer, (citizen_id, answer_id), populate_existing=True)
    if row is None or row.erased:
        raise AnswerGone()
    if not given and row.sharing == Offer.PRIVATE:
        return
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=answer_id, at=now)
    row.set_offer(Offer.SHARED if given else Offer.PRIVATE, seq=seq, now=now)
    session.flush()
    event = "exercise-answer.shared" if given else "exercise-answer.not-shared"
    _record(session, event, row, unit_id, actor, now)


def erase(session: Session, *, citizen_id: UUID, answer_id: UUID, actor: Actor, now: datetime) -> None:
    """Make an answer gone for good, words that were refused too; an empty tombstone beats whatever comes.

    An earlier answer that it was an edit of stays: its writer sees both, and deletes each by itself.

    :raises Forbidden: if it is not the person's own phone
    """
    unit_id = hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    rejected.blank(session, citizen_id=citizen_id, entity=ENTITY, entity_id=answer_id, now=now)
    row = session.get(Answer, (citizen_id, answer_id), populate_existing=True)
    if row is not None and row.erased:
        return
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=answer_id, at=now)
    if row is None:
        row = Answer(citizen_id=citizen_id, id=answer_id, seq=seq, received_at=now)
        session.add(row)
    row.assignment_id = row.library_id = row.own_id = row.own_version = row.replaces = None
    row.on = row.at = row.outcome = row.how = row.fields_sealed = row.note_sealed = None
    row.set_offer(Offer.PRIVATE, seq=seq, now=now)
    row.erased_at = now
    session.flush()
    _record(session, "exercise-answer.erased", row, unit_id, actor, now)


def is_erased(session: Session, *, citizen_id: UUID, answer_ids: Sequence[UUID]) -> bool:
    """Whether the person has erased one of these for good: then no word for it is kept anywhere."""
    rows = (session.get(Answer, (citizen_id, answer_id)) for answer_id in answer_ids)
    return any(row is not None and row.erased for row in rows)


def current_answers(session: Session, *, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Answer]:
    """Those of the ids that are the citizen's answers, tombstones too; for the citizen's own phone."""
    wanted = visible.own_answers(citizen_id).where(Answer.id.in_(ids))
    return {row.id: row for row in session.scalars(wanted)}


def _content(row: Answer) -> tuple[object, ...]:
    ref = {"library": row.library_id} if row.library_id else {"own": row.own_id}
    facts = (row.on, row.at, row.outcome, row.how, row.written, row.note, row.replaces)
    return (ref, row.assignment_id, *facts)


def _ref(session: Session, *, citizen_id: UUID, said: NewAnswer) -> Ref:
    """Which exercise the answer is about: one of a colleague's only if the person was given it."""
    library_id, own_id = said.ref.get("library"), said.ref.get("own")
    theirs = visible.own_assignments(citizen_id)
    if said.assignment_id is not None:
        given = session.scalars(theirs.where(Assignment.id == said.assignment_id)).one_or_none()
        if given is None:
            raise ExerciseNotGiven()
        if (given.library_id, given.own_id) != (library_id, own_id):
            raise OtherExercise("ref")
        return given.ref
    if own_id is None:
        return Ref(str(library_id), None)
    newest = theirs.where(Assignment.own_id == own_id).order_by(Assignment.given_at.desc(), Assignment.id)
    given = session.scalars(newest.limit(1)).one_or_none()
    if given is None:
        raise ExerciseNotGiven()
    return given.ref


def _check_replaced(session: Session, *, citizen_id: UUID, said: NewAnswer, ref: Ref) -> None:
    if said.replaces is None:
        return
    earlier = session.get(Answer, (citizen_id, said.replaces), populate_existing=True)
    if earlier is None or earlier.erased:
        raise AnswerGone()
    if (earlier.library_id, earlier.own_id) != (ref.library_id, ref.own_id):
        raise OtherExercise("replaces")


def _record(session: Session, event: str, row: Answer, unit_id: UUID, actor: Actor, now: datetime) -> None:
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=unit_id,
        citizen_id=row.citizen_id,
        subject_id=row.id,
    )
