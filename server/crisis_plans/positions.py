"""Where a line stands in its section: texts that sort, so that a line can be put between any two."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.crisis_plans.models import PlanLine, Section

LONGEST = 128
PATTERN = rf"^[0-9A-Za-z]{{1,{LONGEST}}}\Z"
_FIRST, _LAST_LETTER, _MIDDLE = "a0", "z", "V"


def after_last(session: Session, *, citizen_id: UUID, section: Section) -> str:
    """A position behind every line of the section."""
    last = session.scalar(
        select(func.max(PlanLine.position)).where(
            PlanLine.citizen_id == citizen_id, PlanLine.section == section
        )
    )
    return _FIRST if last is None else _after(last)


def _after(position: str) -> str:
    """A position just behind: the last letter counted up, or one letter more."""
    last = position[-1]
    if last == _LAST_LETTER:
        return (position + _MIDDLE)[:LONGEST]
    return position[:-1] + {"9": "A", "Z": "a"}.get(last, chr(ord(last) + 1))
