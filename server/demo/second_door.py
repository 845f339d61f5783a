"""The few in the demo who let the crisis line read their plan, and the plan that one of them has."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from server.consents import service as consents
from server.core.access import Actor, ActorKind, Role
from server.crisis_line import service as crisis_line
from server.crisis_plans import service as crisis_plans
from server.demo.people import DemoCitizen, demo_id

SAID_YES = frozenset({5, 10, 12, 17})  #: by their number; they have a telephone number, too
HAS_PLAN = 5
TEXT_VERSION = "plan-2"


class _Written(NamedTuple):
    """One line of the plan."""

    section: str
    text: str
    phone: str | None = None


PLAN = (
    _Written("warning-signs", "Jeg sover ikke to nætter i træk."),
    _Written("warning-signs", "Jeg tager ikke telefonen."),
    _Written("own-actions", "Jeg går en tur om søen."),
    _Written("own-actions", "Jeg trækker vejret langsomt, ti gange."),
    _Written("distraction", "Radioen i køkkenet."),
    _Written("people-to-ask", "Min søster (opdigtet)", "00 00 02 01"),
    _Written("helps-from-others", "Sid stille sammen med mig. Spørg ikke så meget."),
    _Written("does-not-help", "At nogen siger, det nok går."),
    _Written("practical", "Nogen skal tage katten."),
)


def seed(session: Session, citizen: DemoCitizen, *, now: datetime) -> None:
    """Let a citizen of the few say yes and write; everybody else has done nothing yet."""
    if citizen.number not in SAID_YES:
        return
    owner = Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=citizen.id)
    consents.choose(
        session,
        purpose=consents.Purpose.CRISIS_LINE,
        item_class=consents.ItemClass.CRISIS_PLAN,
        given=True,
        text_version=TEXT_VERSION,
        actor=owner,
        now=now,
    )
    crisis_line.own_code(session, actor=owner, now=now)
    if citizen.number == HAS_PLAN:
        for number, written in enumerate(PLAN):
            _write(session, citizen, owner, number, written, now)


def _write(
    session: Session, citizen: DemoCitizen, owner: Actor, number: int, written: _Written, now: datetime
) -> None:
    fields = {
        "section": written.section,
        "position": f"a{number}",
        "text": {"value": written.text, "parents": []},
    }
    if written.phone:
        fields["phone"] = {"value": written.phone, "parents": []}
    crisis_plans.apply_put(
        session,
        citizen_id=citizen.id,
        line_id=demo_id(f"line/{citizen.number}/{number}"),
        mutation_id=demo_id(f"line-written/{citizen.number}/{number}"),
        fields=fields,
        device_at=None,
        actor=owner,
        now=now,
    )
