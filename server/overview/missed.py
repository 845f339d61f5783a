"""Missed talks that somebody has to call about, and the one neutral message that may be sent."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import outbox, subscriptions
from notifications.outbox import Slot
from server.appointments import missed
from server.appointments import service as appointments
from server.appointments.missed import MissedTalk
from server.audit import service as audit
from server.citizens import answering, channels
from server.citizens import service as citizens
from server.citizens import visible as citizens_visible
from server.citizens.channels import ChannelKind
from server.core import clock
from server.core.access import Actor
from server.core.errors import Conflict
from server.overview import calling
from server.tasks import service as tasks
from server.tasks.service import Call, Task, TaskKind

MESSAGE_KIND = "missed-you"
MESSAGE_LIVES = timedelta(days=3)


class NotMissed(Conflict):
    """The talk does not count as missed any more, so nobody is written to about it."""

    code, title = "not-missed", "This talk no longer counts as missed."


def list_missed(
    session: Session, *, carried: Collection[ChannelKind], actor: Actor, now: datetime
) -> list[dict[str, Any]]:
    """Everybody this actor is to call about a missed talk, who has waited longest first; recorded.

    `carried`: the ways besides the app that are set up here.

    A manager also sees those for whom no contact person or stand-in is at work: alias and time alone.
    """
    found = tasks.list_open(session, kind=TaskKind.MISSED_TALK, actor=actor, now=now)
    rows = _show(session, found, carried=carried, actor=actor, now=now)
    audit.record(
        session, event="missed-talks.listed", actor=actor, at=now, purpose=f"missed talks: {len(rows)}"
    )
    return sorted(rows, key=lambda row: (row["talk"]["starts_at"], row["id"]))


def send_message(
    session: Session,
    *,
    task_id: UUID,
    version: int,
    carried: Collection[ChannelKind],
    actor: Actor,
    now: datetime,
) -> dict[str, Any]:
    """Write one neutral notice to the person, at a colleague's wish; it leads to the missed appointment.

    Where no phone can get it, it goes by text message or mail, in the words and hours that were agreed.

    The appointment counts as changed, so that the phone learns which notice leads to it.

    :raises TaskNotFound: if it is not the actor's to work on
    :raises NotMissed: if the talk does not count as missed any more
    :raises PreconditionFailed: if somebody changed the task since `version`
    :raises TaskClosed: if it is done
    :raises MessageSent: if the person was written to about it
    """
    citizen_id = tasks.get_task(session, task_id=task_id, actor=actor, now=now).citizen_id
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    task = tasks.get_task(session, task_id=task_id, actor=actor, now=now)
    talk = missed.find_missed(session, appointment_ids=[task.subject_id]).get(task.subject_id)
    if talk is None:
        raise NotMissed()
    outbox.enqueue(
        session,
        kind=MESSAGE_KIND,
        subject_id=talk.id,
        recipient_id=talk.citizen_id,
        slots=[Slot(key=MESSAGE_KIND, due_at=now, deadline_at=now + MESSAGE_LIVES)],
        dedupe_key=f"{MESSAGE_KIND}:{talk.id}",
        revision=talk.revision,
        now=now,
    )
    citizens.record_change(session, citizen_id=citizen_id, entity="appointment", entity_id=talk.id, at=now)
    task = tasks.note_message(session, task_id=task_id, version=version, actor=actor, now=now)
    return _show(session, [task], carried=carried, actor=actor, now=now)[0]


def may_still_send(session: Session, *, subject_id: UUID, revision: int) -> bool:
    """Whether the talk still counts as missed as it did, and nobody has spoken with the person since."""
    talk = missed.find_missed(session, appointment_ids=[subject_id]).get(subject_id)
    is_open = tasks.is_open(session, kind=TaskKind.MISSED_TALK, subject_id=subject_id)
    return talk is not None and talk.revision == revision and is_open


def _show(
    session: Session, found: Sequence[Task], *, carried: Collection[ChannelKind], actor: Actor, now: datetime
) -> list[dict[str, Any]]:
    """Tasks whose talk still counts as missed; notes of calls only for who may open the record."""
    people = {task.citizen_id for task in found}
    talks = missed.find_missed(session, appointment_ids=[task.subject_id for task in found])
    calls = tasks.list_calls(session, task_ids=[task.id for task in found])
    helpers = answering.list_helpers(session, citizen_ids=people, now=now)
    own = set(session.scalars(citizens_visible.citizen_ids(actor, now)))
    aliases = calling.living(session, people, actor=actor, now=now)
    names = calling.names(session, {talk.staff_id for talk in talks.values()}, calls, helpers)
    ahead = appointments.next_for(session, citizen_ids=list(people), now=now)
    reachable = subscriptions.reachable(session, list(people))
    ways = channels.ways_in_use(session, citizen_ids=people & own)
    today = clock.to_wall(now).date()
    return [
        {
            **_task(task, talks[task.subject_id], calls[task.id], today),
            "citizen_alias": aliases[task.citizen_id],
            "talk": _talk(talks[task.subject_id], names, is_own=task.citizen_id in own),
            "mine": task.citizen_id in own,
            "owner": calling.owner(task, helpers[task.citizen_id], names),
            "calls": [calling.call(one, names) for one in calls[task.id]] if task.citizen_id in own else [],
            "reachable": reachable.get(task.citizen_id, False),
            "other_way": next((way for way in ways.get(task.citizen_id, []) if way in carried), None),
            "next_appointment": ahead.get(task.citizen_id),
        }
        for task in found
        if task.subject_id in talks and task.citizen_id in aliases
    ]


def _task(task: Task, talk: MissedTalk, calls: Sequence[Call], today: date) -> dict[str, Any]:
    return {
        "id": task.id,
        "version": task.version,
        "citizen_id": task.citizen_id,
        "due_on": task.due_on,
        "waiting_days": max(0, (today - talk.starts_local.date()).days),
        "tries": len(calls),
        "last_outcome": calls[-1].outcome if calls else None,
        "messaged": task.messaged_at is not None,
    }


def _talk(talk: MissedTalk, names: dict[UUID, str], *, is_own: bool) -> dict[str, Any]:
    return {
        "id": talk.id,
        "starts_at": talk.starts_at,
        "kind": talk.kind if is_own else None,
        "excused": talk.excused,
        "asks_again": talk.asks_again,
        "late_no_at": talk.late_no_at if is_own else None,
        "wishes": talk.wishes if is_own else [],
        "wish_note": talk.wish_note if is_own else None,
        "staff_name": names.get(talk.staff_id, ""),
    }
