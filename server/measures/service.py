"""What other rooms may ask of the questionnaires."""

from uuid import UUID

from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.measures import rules
from server.measures.calls import wish_call
from server.measures.models import Answers
from server.measures.plans import begin, change, current_plans, decline
from server.measures.reading import shared_scores
from server.measures.results import (
    ENTITY,
    NewResult,
    current_results,
    erase,
    is_erased,
    offer,
    write,
)
from server.measures.rules import set_rule

__all__ = [
    "ENTITY",
    "Answers",
    "NewResult",
    "begin",
    "change",
    "current_plans",
    "current_results",
    "decline",
    "erase",
    "is_erased",
    "low_scores",
    "offer",
    "set_rule",
    "shared_scores",
    "wish_call",
    "write",
]


def low_scores(session: Session, *, citizen_id: UUID) -> dict[str, int]:
    """The rules of a citizen's unit that are on, by questionnaire; for the citizen's own phone."""
    unit_id = citizens.unit_of(session, citizen_id=citizen_id)
    return {} if unit_id is None else rules.low_scores(session, unit_id=unit_id)
