"""What a citizen's phone pulls and pushes."""

from typing import Any

from flask import current_app

from server.appointments.schemas import AppointmentSchema
from server.checkins.schemas import PhoneCheckInSchema, PhoneDaySchema
from server.consents.schemas import SharedSchema
from server.core import clock, failpoints
from server.core.access import Action, current_actor, requires
from server.core.db import glance, snapshot, transaction
from server.core.http import ProblemSchema, at_most, blueprint
from server.courses.decided_schemas import CoursePathSchema
from server.courses.phone_schemas import PhoneFeedbackSchema, PhoneSessionSchema
from server.crisis_line.schemas import PhoneContactSchema
from server.crisis_plans.schemas import LineSchema, PlanSchema
from server.exercises.schemas import PhoneAnswerSchema, PhoneAssignmentSchema
from server.goals.care_schemas import CarePlanSchema
from server.goals.phone_schemas import PhoneEventSchema, PhoneGoalSchema, PhoneStepSchema
from server.measures.schemas import PhoneMeasurePlanSchema, PhoneMeasureResultSchema
from server.messages.schemas import PhoneMessageSchema
from server.sync import mutations, schemas, service
from server.sync.push import push as take_in
from server.sync.schemas import Entity, Op

sync = blueprint("sync", "citizen")

_DATA = {
    Entity.PROFILE: schemas.PhoneProfileSchema(),
    Entity.APPOINTMENT: AppointmentSchema(),
    Entity.GOAL: PhoneGoalSchema(),
    Entity.GOAL_STEP: PhoneStepSchema(),
    Entity.GOAL_EVENT: PhoneEventSchema(),
    Entity.PLAN: PlanSchema(),
    Entity.PLAN_LINE: LineSchema(),
    Entity.SHARING: SharedSchema(),
    Entity.REJECTED_EDIT: schemas.RejectedEditSchema(),
    Entity.CRISIS_CONTACT: PhoneContactSchema(),
    Entity.CARE_PLAN: CarePlanSchema(),
    Entity.MEASURE_PLAN: PhoneMeasurePlanSchema(),
    Entity.MEASURE_RESULT: PhoneMeasureResultSchema(),
    Entity.MESSAGE: PhoneMessageSchema(),
    Entity.CHECK_IN: PhoneCheckInSchema(),
    Entity.USED_DAY: PhoneDaySchema(),
    Entity.COURSE_SESSION: PhoneSessionSchema(),
    Entity.COURSE_PATH: CoursePathSchema(),
    Entity.COURSE_FEEDBACK: PhoneFeedbackSchema(),
    Entity.EXERCISE_ASSIGNMENT: PhoneAssignmentSchema(),
    Entity.EXERCISE_ANSWER: PhoneAnswerSchema(),
}


@sync.get("/sync/pull")
@requires(Action.READ_OWN_RECORD)
@sync.arguments(schemas.PullSchema, location="query")
@sync.response(200, schemas.PageSchema)
def pull(query: dict[str, str]) -> dict[str, Any]:
    """Everything that is new since the cursor; without one, everything."""
    actor, now, cursor, position = current_actor(), clock.now(), query.get("cursor"), None
    if cursor:
        with glance() as session:
            found = service.nothing_new(session, cursor=cursor, actor=actor, now=now)
        if isinstance(found, service.Page):
            return found._asdict()
        position = found
    with snapshot() as session:
        page = service.pull(
            session,
            cursor=cursor,
            actor=actor,
            now=now,
            centre_phones=current_app.config["CENTRE_PHONES"],
            position=position,
        )
    if service.lacks_code(page):
        with transaction() as session:
            page = service.with_code(session, page, actor=actor, now=now)
    return {**page._asdict(), "changes": [_written(change) for change in page.changes]}


@sync.post("/sync/push")
@requires(Action.CHANGE_OWN_PLAN)
@at_most(schemas.PUSH_BYTES)
@sync.arguments(schemas.PushSchema)
@sync.response(200, schemas.AnswersSchema)
@sync.alt_response(404, schema=ProblemSchema)
@sync.alt_response(409, schema=ProblemSchema)
@sync.alt_response(413, schema=ProblemSchema)
def push(body: dict[str, Any]) -> dict[str, Any]:
    """Take in what was written on the phone, each change by itself and each only once."""
    actor, answers = current_actor(), []
    holidays = {holiday.on for holiday in current_app.extensions["content"].holidays}
    for raw in body["mutations"]:
        mutation = mutations.read(raw)
        with transaction() as session:
            answer = take_in(
                session,
                client_id=body["client_id"],
                mutation=mutation,
                actor=actor,
                now=clock.now(),
                holidays=holidays,
            )
        failpoints.reach("push-committed")
        answers.append(answer)
    return {"results": answers, "last_seq": answers[-1].client_seq}


def _written(change: service.Pulled) -> dict[str, Any]:
    entity = Entity(change.entity)
    if change.data is None:
        return {"entity": entity, "id": change.id, "op": Op.FORGET, "data": None}
    return {"entity": entity, "id": change.id, "op": Op.PUT, "data": _DATA[entity].tree(change.data)}
