"""Answers: written, offered and erased by the person alone; what two phones wrote apart stands twice."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import rejected
from server.citizens import service as citizens
from server.citizens.own_hand import hold_own
from server.consents import offers
from server.consents.offers import Offer
from server.core.access import Actor
from server.core.errors import Invalid, NotFound
from server.measures import definitions, scoring, visible
from server.measures.models import Answers, MeasurePlan, MeasureResult

ENTITY = "measure_result"


class ResultGone(NotFound):
    """There are no such answers of this person, or they were erased for good."""


class NewResult(NamedTuple):
    """Answers as they come from the phone; until they are whole they can be sent again with more of them.

    `seen_no` is the step by which, as far as the phone knew, the choice was last taken back; 0 for never.
    """

    code: str
    definition_version: int
    plan_id: UUID | None
    window_key: str | None
    answers: Answers
    complete: bool
    at: datetime
    sharing: Offer
    seen_no: int
    goes_on_from: datetime | None = (
        None  #: the `at` of the begun ones that the phone had before it; None for none
    )


def write(
    session: Session, *, citizen_id: UUID, result_id: UUID, said: NewResult, actor: Actor, now: datetime
) -> bool:
    """Keep answers from the person's phone; the same again does no harm.

    Whole answers get their score, and are offered as things stand when they come. They are fixed; begun ones
    give way to what goes on from them, or says all that they say. Where two phones wrote apart, both stand:
    the later ones under an id of their own. Answers to what this house does not know (any more) are kept as
    they are, without a score. Returns whether both stand.

    :raises Forbidden: if it is not the person's own phone
    :raises ResultGone: if they were erased for good
    :raises Invalid: for answers that do not belong to the questionnaire
    """
    unit_id = hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    score = _judge(said)
    first_id = result_id
    result_id, row = _find_place(session, citizen_id, result_id, said, actor)
    is_second = result_id != first_id
    if row is not None and _is_said_in(row, said):
        return is_second
    plan = session.get(MeasurePlan, (citizen_id, said.plan_id)) if said.plan_id else None
    wished = said.sharing if said.complete else Offer.PRIVATE
    offer = offers.resolve(
        session, citizen_id=citizen_id, choice=visible.CHOICE, wished=wished, seen_no=said.seen_no
    )
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=result_id, at=now)
    if row is None:
        row = MeasureResult(citizen_id=citizen_id, id=result_id)
        session.add(row)
    row.plan_id, row.window_key = (plan.id, said.window_key) if plan is not None else (None, None)
    row.code, row.definition_version = said.code, said.definition_version
    row.answers, row.complete, row.score = said.answers, said.complete, score
    row.at, row.received_at = said.at, now
    row.set_offer(offer, seq=seq, now=now)
    session.flush()
    event = "measure-result.written" if said.complete else "measure-result.begun"
    _record(session, event, citizen_id, result_id, unit_id, actor, now)
    return is_second


def offer(session: Session, *, result_id: UUID, given: bool, actor: Actor, now: datetime) -> None:
    """Let the contact person see own answers, or no longer.

    :raises ResultGone: if they are not the person's own, not whole, or were erased
    """
    citizen_id = actor.citizen_id
    if citizen_id is None:
        raise ResultGone()
    unit_id = hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    row = session.get(MeasureResult, (citizen_id, result_id), populate_existing=True)
    if row is None or not row.complete:
        raise ResultGone()
    if not given and row.sharing == Offer.PRIVATE:
        return
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=result_id, at=now)
    row.set_offer(Offer.SHARED if given else Offer.PRIVATE, seq=seq, now=now)
    session.flush()
    event = "measure-result.shared" if given else "measure-result.not-shared"
    _record(session, event, citizen_id, result_id, unit_id, actor, now)


def erase(session: Session, *, citizen_id: UUID, result_id: UUID, actor: Actor, now: datetime) -> None:
    """Make answers gone for good, refused ones too; the empty tombstone beats whatever comes.

    A call that was asked for stays asked for.

    :raises Forbidden: if it is not the person's own phone
    """
    unit_id = hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    rejected.blank(session, citizen_id=citizen_id, entity=ENTITY, entity_id=result_id, now=now)
    row = session.get(MeasureResult, (citizen_id, result_id), populate_existing=True)
    if row is not None and row.erased:
        return
    citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=result_id, at=now)
    if row is None:
        row = MeasureResult(citizen_id=citizen_id, id=result_id, received_at=now)
        session.add(row)
    row.erase(at=now)
    session.flush()
    _record(session, "measure-result.erased", citizen_id, result_id, unit_id, actor, now)


def is_erased(session: Session, *, citizen_id: UUID, result_id: UUID) -> bool:
    """Whether the person has erased them for good: then no word of them is kept anywhere."""
    row = session.get(MeasureResult, (citizen_id, result_id))
    return row is not None and row.erased


def current_results(
    session: Session, *, citizen_id: UUID, ids: Sequence[UUID]
) -> Mapping[UUID, MeasureResult]:
    """Those of the ids that are the citizen's answers, tombstones too; for the citizen's own phone."""
    return {row.id: row for row in session.scalars(visible.own_results(citizen_id, ids))}


def _find(session: Session, citizen_id: UUID, result_id: UUID) -> MeasureResult | None:
    row = session.get(MeasureResult, (citizen_id, result_id), populate_existing=True)
    if row is not None and row.erased:
        raise ResultGone()
    return row


def _find_place(
    session: Session, citizen_id: UUID, result_id: UUID, said: NewResult, actor: Actor
) -> tuple[UUID, MeasureResult | None]:
    """Where these answers stand or may stand, and what is there: their own id, or else one beside it.

    What one phone goes on with beside keeps its place there; the last id is that of these very answers.
    """
    words = json.dumps([said.code, said.at.isoformat(), said.answers], sort_keys=True)
    for beside in (None, str(actor.session_id), words):
        place = result_id if beside is None else uuid5(result_id, beside)
        row = _find(session, citizen_id, place)
        if row is None or _is_said_in(row, said) or _gives_way(row, said):
            break
    return place, row


def _is_said_in(row: MeasureResult, said: NewResult) -> bool:
    """Whether what stands there is the same, or whole and says all that these begun ones say."""
    if not row.complete:
        return not said.complete and (row.code, row.at, row.answers) == (said.code, said.at, said.answers)
    if said.complete:
        return (row.code, row.at, row.answers) == (said.code, said.at, said.answers)
    return row.code == said.code and _holds(row.answers, said.answers)


def _gives_way(row: MeasureResult, said: NewResult) -> bool:
    """Whether what stands there was only begun, and nothing of it gets lost that the phone has not seen."""
    if row.complete or row.code != said.code:
        return False
    return row.at == said.goes_on_from or _holds(said.answers, row.answers)


def _holds(whole: Answers, part: Answers) -> bool:
    """Whether all that one says stands in the other."""
    weeks = {thing["what"]: thing["weeks"] for thing in whole.things}
    things = all(
        len(weeks.get(thing["what"], [])) == len(thing["weeks"])
        and all(day in (None, known) for day, known in zip(thing["weeks"], weeks[thing["what"]], strict=True))
        for thing in part.things
    )
    return things and whole.items.items() >= part.items.items()


def _judge(said: NewResult) -> int | None:
    """The score of whole answers.

    :raises Invalid: if they do not belong to the questionnaire, or are called whole and are not
    """
    definition = definitions.known().get(said.code)
    if definition is None or said.definition_version != definition.version:
        return None
    if not scoring.fits(definition, said.answers.items):
        raise Invalid(errors={"items": ["Must be answers of this questionnaire."]})
    if any(len(thing["weeks"]) != definition.weeks for thing in said.answers.things):
        raise Invalid(errors={"things": [f"Must have {definition.weeks} weeks each."]})
    if not said.complete:
        return None
    if not scoring.is_complete(definition, said.answers.items):
        raise Invalid(errors={"complete": ["Not every item is answered."]})
    return scoring.score(definition, said.answers.items)


def _record(
    session: Session,
    event: str,
    citizen_id: UUID,
    result_id: UUID,
    unit_id: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=unit_id,
        citizen_id=citizen_id,
        subject_id=result_id,
    )
