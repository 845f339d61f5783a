"""What each kind of change does: one call into the room that owns the thing, and no rules of its own."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy.orm import Session

from server.appointments import service as appointments
from server.checkins import service as checkins
from server.citizens import rejected
from server.core.access import Actor
from server.crisis_plans import service as crisis_plans
from server.exercises import service as exercises
from server.goals import service as goals
from server.measures import service as measures
from server.messages import service as messages
from server.reminders import service as reminders
from server.sync import course_effects
from server.sync.models import PushResult
from server.sync.mutations import Kind, Mutation


class Done(NamedTuple):
    """What a change came to."""

    result: PushResult
    errors: Mapping[str, list[str]] | None = None
    problem: Mapping[str, str] | None = None


Effect: TypeAlias = Callable[[Session, Mutation, UUID, Actor, datetime], Done]


def carry_out(
    session: Session,
    mutation: Mutation,
    *,
    citizen_id: UUID,
    holidays: Collection[date],
    actor: Actor,
    now: datetime,
) -> Done:
    """Do what a change says, in the caller's transaction; on `holidays` nobody is given anything to do.

    :raises server.core.errors.Problem: as the room that owns the thing refuses it
    """
    if mutation.kind is None or mutation.errors is not None:
        return Done(PushResult.REJECTED_VALIDATION, mutation.errors)
    if mutation.kind is Kind.PUT_EVENT:
        return _put_event(session, mutation, holidays, actor, now)
    if mutation.kind is Kind.WISH_CALL:
        return _wish_call(session, mutation, citizen_id, holidays, actor, now)
    return _EFFECTS[mutation.kind](session, mutation, citizen_id, actor, now)


def _put_line(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    outcome = crisis_plans.apply_put(
        session,
        citizen_id=citizen_id,
        line_id=said.entity_id,
        mutation_id=said.mutation_id,
        fields=said.fields,
        device_at=said.device_at,
        actor=actor,
        now=now,
    )
    return Done(PushResult(outcome.result), outcome.errors)


def _delete_line(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    outcome = crisis_plans.apply_delete(
        session,
        citizen_id=citizen_id,
        line_id=said.entity_id,
        parents=said.fields["parents"],
        actor=actor,
        now=now,
    )
    return Done(PushResult(outcome.result), outcome.errors)


def _erase_line(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    line_id = said.entity_id
    rejected.blank(session, citizen_id=citizen_id, entity=said.entity, entity_id=line_id, now=now)
    outcome = crisis_plans.apply_erase(session, citizen_id=citizen_id, line_id=line_id, actor=actor, now=now)
    return Done(PushResult(outcome.result), outcome.errors)


def _review_plan(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    review_on = said.fields["review_on"]
    crisis_plans.set_review(session, citizen_id=citizen_id, review_on=review_on, actor=actor, now=now)
    return Done(PushResult.APPLIED)


def _reply(session: Session, said: Mutation, _citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    appointments.reply(
        session,
        appointment_id=said.entity_id,
        revision=said.fields["revision"],
        answer=appointments.Reply(said.fields["reply"]),
        wished=said.fields["wishes"],
        note=said.fields.get("note"),
        actor=actor,
        now=now,
    )
    return Done(PushResult.APPLIED)


def _put_goal(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    more = dict(said.fields)
    title, status = more.pop("title", None), more.pop("status", None)
    outcome = goals.put_own_goal(
        session,
        goal_id=said.entity_id,
        citizen_id=citizen_id,
        title=title and goals.NewTitle(**title, mutation_id=said.mutation_id),
        status=status and goals.GoalStatus(status),
        said=more,
        actor=actor,
        now=now,
    )
    return Done(PushResult(outcome))


def _put_step(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    whole = {name: value for name, value in said.fields.items() if name != "done"}
    goals.put_own_step(
        session,
        citizen_id=citizen_id,
        step_id=said.entity_id,
        new=goals.NewStep(**whole) if whole else None,
        done=said.fields.get("done"),
        actor=actor,
        now=now,
    )
    return Done(PushResult.APPLIED)


def _erase_step(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    goals.erase_own_step(session, citizen_id=citizen_id, step_id=said.entity_id, actor=actor, now=now)
    return Done(PushResult.APPLIED)


def _put_event(
    session: Session, said: Mutation, holidays: Collection[date], actor: Actor, now: datetime
) -> Done:
    days = said.fields.get("closer_days") or goals.CLOSER_DAYS
    goals.tell(
        session,
        goal_id=said.fields["goal_id"],
        event_id=said.entity_id,
        entry=goals.entry_of(said.fields),
        closer=goals.Closer(days, said.fields.get("wants_talk") or False),
        holidays=holidays,
        actor=actor,
        now=now,
    )
    return Done(PushResult.APPLIED)


def _erase_event(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    goals.erase_own(session, citizen_id=citizen_id, event_id=said.entity_id, actor=actor, now=now)
    return Done(PushResult.APPLIED)


def _put_message(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    outcome = messages.put_own(
        session,
        citizen_id=citizen_id,
        message_id=said.entity_id,
        text=said.fields["text"],
        written_at=said.device_at,
        actor=actor,
        now=now,
    )
    return Done(PushResult(outcome))


def _erase_message(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    outcome = messages.erase_own(
        session, citizen_id=citizen_id, message_id=said.entity_id, actor=actor, now=now
    )
    return Done(PushResult(outcome))


def _put_check_in(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    new = checkins.NewCheckIn(**said.fields)
    checkins.write(session, citizen_id=citizen_id, check_in_id=said.entity_id, said=new, actor=actor, now=now)
    return Done(PushResult.APPLIED)


def _erase_check_in(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    checkins.erase(session, citizen_id=citizen_id, check_in_id=said.entity_id, actor=actor, now=now)
    return Done(PushResult.APPLIED)


def _put_day(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    day = checkins.SaidDay(**said.fields)
    checkins.say_day(session, citizen_id=citizen_id, day_id=said.entity_id, said=day, actor=actor, now=now)
    return Done(PushResult.APPLIED)


def _put_answer(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    new = exercises.NewAnswer(**said.fields)
    exercises.write(session, citizen_id=citizen_id, answer_id=said.entity_id, said=new, actor=actor, now=now)
    return Done(PushResult.APPLIED)


def _erase_answer(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    exercises.erase(session, citizen_id=citizen_id, answer_id=said.entity_id, actor=actor, now=now)
    return Done(PushResult.APPLIED)


def _put_result(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    whole = dict(said.fields)
    answers = measures.Answers(whole.pop("items"), whole.pop("things"))
    both_stand = measures.write(
        session,
        citizen_id=citizen_id,
        result_id=said.entity_id,
        said=measures.NewResult(**whole, answers=answers),
        actor=actor,
        now=now,
    )
    return Done(PushResult.KEPT_BOTH if both_stand else PushResult.APPLIED)


def _erase_result(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    measures.erase(session, citizen_id=citizen_id, result_id=said.entity_id, actor=actor, now=now)
    return Done(PushResult.APPLIED)


def _decline_plan(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    measures.decline(
        session, citizen_id=citizen_id, plan_id=said.entity_id, **said.fields, actor=actor, now=now
    )
    return Done(PushResult.APPLIED)


def _wish_call(
    session: Session,
    said: Mutation,
    citizen_id: UUID,
    holidays: Collection[date],
    actor: Actor,
    now: datetime,
) -> Done:
    measures.wish_call(
        session,
        citizen_id=citizen_id,
        call_id=said.entity_id,
        **said.fields,
        holidays=holidays,
        actor=actor,
        now=now,
    )
    return Done(PushResult.APPLIED)


def _put_settings(session: Session, said: Mutation, _citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    changed = {name: value for name, value in said.fields.items() if name != "seen"}
    are_kept = reminders.change_choices(
        session,
        changed=changed,
        seen=reminders.Seen(**said.fields.get("seen", {"version": 0})),
        mutation_id=said.mutation_id,
        actor=actor,
        now=now,
    )
    return Done(PushResult.APPLIED if are_kept else PushResult.MERGED)


def _dismiss(session: Session, said: Mutation, _citizen_id: UUID, actor: Actor, now: datetime) -> Done:
    rejected.dismiss(session, edit_id=said.entity_id, actor=actor, now=now)
    return Done(PushResult.APPLIED)


def _applied(effect: Callable[[Session, Mutation, UUID, Actor, datetime], None]) -> Effect:
    """An effect that is refused by an error or else was applied."""

    def carry(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> Done:
        effect(session, said, citizen_id, actor, now)
        return Done(PushResult.APPLIED)

    return carry


_EFFECTS: dict[Kind, Effect] = {
    Kind.PUT_LINE: _put_line,
    Kind.DELETE_LINE: _delete_line,
    Kind.ERASE_LINE: _erase_line,
    Kind.REVIEW_PLAN: _review_plan,
    Kind.REPLY: _reply,
    Kind.PUT_GOAL: _put_goal,
    Kind.PUT_STEP: _put_step,
    Kind.ERASE_STEP: _erase_step,
    Kind.ERASE_EVENT: _erase_event,
    Kind.PUT_MESSAGE: _put_message,
    Kind.ERASE_MESSAGE: _erase_message,
    Kind.PUT_CHECK_IN: _put_check_in,
    Kind.ERASE_CHECK_IN: _erase_check_in,
    Kind.PUT_DAY: _put_day,
    Kind.PUT_ANSWER: _put_answer,
    Kind.ERASE_ANSWER: _erase_answer,
    Kind.PUT_RESULT: _put_result,
    Kind.ERASE_RESULT: _erase_result,
    Kind.DECLINE_PLAN: _decline_plan,
    Kind.LEAVE_COURSE: _applied(course_effects.leave),
    Kind.PUT_OPINION: _applied(course_effects.put_opinion),
    Kind.ERASE_OPINION: _applied(course_effects.erase_opinion),
    Kind.PUT_SETTINGS: _put_settings,
    Kind.DISMISS: _dismiss,
}
