"""A unit's rules about low scores: off until its manager turns one on, and every rule there was is kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid
from server.core.ids import new_id
from server.library.questionnaire_models import Band
from server.measures import definitions, scoring, visible
from server.measures.models import MeasureRule


class TurnedMeanwhile(Conflict):
    """Two managers turned the same rule at the same moment."""

    code, title = "turned-meanwhile", "Somebody else has just changed this. Look at it again."


class Turned(NamedTuple):
    """One rule of the past or the present, and who turned it on and off."""

    at_most: int
    on_at: datetime
    on_by: str
    off_at: datetime | None
    off_by: str | None


class Rule(NamedTuple):
    """A questionnaire whose low end is the bad one, and the rule about it; `at_most` None: none is on."""

    code: str
    at_most: int | None
    lowest_score: int
    highest_score: int
    bands: Sequence[Band]
    history: Sequence[Turned]


def list_rules(session: Session, *, actor: Actor) -> list[Rule]:
    """Every questionnaire that can have a rule, with that of the manager's own unit, newest first."""
    return _listed(session, _unit_of(actor))


def set_rule(session: Session, *, code: str, at_most: int | None, actor: Actor, now: datetime) -> list[Rule]:
    """Turn a rule on for the manager's own unit, in place of the one before; None turns it off.

    :raises UnknownQuestionnaire: if the content has no such questionnaire
    :raises TurnedMeanwhile: if another manager did at the same moment
    :raises Invalid: if its low end is not the bad one, or the figure leaves nobody out
    """
    unit_id = _unit_of(actor)
    definition = definitions.get(code)
    if definition.scoring is None or not scoring.may_ask_for_call(definition):
        raise Invalid(errors={"code": ["A low score of this questionnaire is no bad sign."]})
    if (
        at_most is not None
        and not definition.scoring.lowest_score <= at_most < definition.scoring.highest_score
    ):
        raise Invalid(errors={"at_most": ["Must lie within the score, and below its highest."]})
    standing = session.scalars(visible.standing_rules(unit_id).where(MeasureRule.code == code)).one_or_none()
    if (standing.at_most if standing else None) == at_most or actor.staff_id is None:
        return _listed(session, unit_id)
    if standing is not None:
        standing.turned_off_by, standing.turned_off_at = actor.staff_id, now
        session.flush()
    if at_most is not None:
        rule = MeasureRule(id=new_id(), unit_id=unit_id, code=code, at_most=at_most)
        rule.turned_on_by, rule.turned_on_at = actor.staff_id, now
        _add(session, rule)
    event = "measure-rule.turned-off" if at_most is None else "measure-rule.turned-on"
    purpose = f"{code}: {'off' if at_most is None else at_most}"
    audit.record(session, event=event, actor=actor, at=now, unit_id=unit_id, purpose=purpose)
    return _listed(session, unit_id)


def low_scores(session: Session, *, unit_id: UUID) -> dict[str, int]:
    """The rules that are on in a unit, by questionnaire; for its people's own phones."""
    rows = session.scalars(visible.standing_rules(unit_id))
    return {row.code: row.at_most for row in rows if row.code in definitions.known()}


def _listed(session: Session, unit_id: UUID) -> list[Rule]:
    rows = session.scalars(
        visible.rules(unit_id).order_by(MeasureRule.turned_on_at.desc(), MeasureRule.id.desc())
    ).all()
    people = {one for row in rows for one in (row.turned_on_by, row.turned_off_by) if one}
    names = accounts.staff_names(session, staff_ids=people)
    found = []
    for code, definition in definitions.known().items():
        if definition.scoring is None or not scoring.may_ask_for_call(definition):
            continue
        own = [row for row in rows if row.code == code]
        history = [
            Turned(
                row.at_most,
                row.turned_on_at,
                names[row.turned_on_by],
                row.turned_off_at,
                names[row.turned_off_by] if row.turned_off_by else None,
            )
            for row in own
        ]
        on = next((row.at_most for row in own if row.turned_off_at is None), None)
        span = definition.scoring
        found.append(Rule(code, on, span.lowest_score, span.highest_score, definition.bands, history))
    return found


def _add(session: Session, rule: MeasureRule) -> None:
    try:
        with session.begin_nested():
            session.add(rule)
            session.flush()
    except IntegrityError:
        raise TurnedMeanwhile() from None


def _unit_of(actor: Actor) -> UUID:
    if actor.unit_id is None:
        raise Forbidden()
    return actor.unit_id
