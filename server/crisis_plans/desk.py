"""The plan at a counsellor's desk: read and written only with the person's yes, and every look is kept.

Without the yes the answer is the same whether or not there is a plan.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import rejected
from server.citizens import service as citizens
from server.consents import oral
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid
from server.crisis_plans.authors import PURPOSE
from server.crisis_plans.editing import LINE, apply_put
from server.crisis_plans.models import LineField
from server.crisis_plans.opened import READ
from server.crisis_plans.outcomes import Outcome, Result

CHANGED = "plan-line.changed"
BY_SHARING, BY_ORAL_YES = "crisis-line", oral.PURPOSE
SHOWN_AS = {BY_SHARING: "akutkontakt", BY_ORAL_YES: "akutkontakt"}
SHOWN_LOOKS = 200


class PlanLook(NamedTuple):
    """That somebody of a unit has looked at the plan or written in it; never who."""

    at: datetime
    purpose: str | None
    unit_name: str
    oral_yes: bool


class Refused(NamedTuple):
    """Words that could not be saved; they wait for the colleague who wrote them."""

    id: UUID
    line_id: UUID
    content: str
    reason: str
    at: datetime


class MutationReused(Conflict):
    """The mutation id came before, with other words."""

    code, title = "mutation-reused", "This id was already used for other words."


def write_shared(
    session: Session,
    *,
    citizen_id: UUID,
    line_id: UUID,
    mutation_id: UUID,
    fields: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Write in a plan with its owner's yes, by the rules that hold for the owner's own phone.

    Without the yes nothing is written, and the words wait for the colleague who wrote them. In a line that
    its owner has deleted for good nothing is written either, and the words are not kept anywhere.

    :raises NotFound: if the actor does not work with the citizen
    :raises Invalid: if something cannot be used, by field
    :raises MutationReused: if the mutation id came before with other words
    """
    outcome = apply_put(
        session,
        citizen_id=citizen_id,
        line_id=line_id,
        mutation_id=mutation_id,
        fields=fields,
        device_at=None,
        actor=actor,
        now=now,
    )
    if outcome.result == Result.REJECTED_VALIDATION:
        raise Invalid(errors=outcome.errors)
    if outcome.result == Result.REJECTED_REUSE:
        raise MutationReused()
    if outcome.result == Result.REJECTED_PERMISSION:
        _keep_refused(session, citizen_id, line_id, fields, actor, now)
    return outcome


def list_refused(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> list[Refused]:
    """What the colleague wrote in this person's plan and could not save, oldest first.

    :raises NotFound: if the actor does not work with the citizen
    """
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    return [
        Refused(row.id, row.entity_id, row.content or "", row.reason, row.created_at)
        for row in rejected.list_own(session, citizen_id=citizen_id, actor=actor)
    ]


def dismiss_refused(session: Session, *, edit_id: UUID, actor: Actor, now: datetime) -> None:
    """Let own refused words go.

    :raises NotFound: if they are not the actor's own
    """
    rejected.dismiss(session, edit_id=edit_id, actor=actor, now=now)


def list_looks(session: Session, *, actor: Actor) -> list[PlanLook]:
    """When staff have seen the citizen's own plan, from which unit and for what, newest first.

    That the crisis line found the person by a yes said aloud stands there too.

    :raises Forbidden: if the actor is not a citizen
    """
    if actor.citizen_id is None:
        raise Forbidden()
    events = (READ, CHANGED, oral.HEARD)
    looks = audit.list_looks(session, citizen_id=actor.citizen_id, events=events, limit=SHOWN_LOOKS)
    units = {unit.id: unit.name for unit in accounts.list_units(session)}
    return [
        PlanLook(
            look.at,
            SHOWN_AS.get(look.purpose or "", look.purpose),
            units[look.unit_id],
            look.purpose == BY_ORAL_YES,
        )
        for look in looks
    ]


def _keep_refused(
    session: Session,
    citizen_id: UUID,
    line_id: UUID,
    fields: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    """A refused edit waits for its author, as far as it had words, and the refusal stands on the trail."""
    written = [fields[field]["value"] for field in LineField if field in fields]
    words = "\n".join(value for value in written if value)
    if words:
        rejected.keep(
            session,
            citizen_id=citizen_id,
            entity=LINE,
            entity_id=line_id,
            content=words,
            reason="not-shared",
            actor=actor,
            now=now,
        )
    audit.record(
        session,
        event=CHANGED,
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        subject_id=line_id,
        purpose=PURPOSE,
        outcome="not-shared",
    )
