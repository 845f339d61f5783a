"""Which runs, places and people of courses are the start of a read.

A run belongs to a unit, and the unit's counsellors, course leaders and managers know of it. Of the people in
it, who leads it sees those whose relation to the leader runs, a counsellor the own people, and nobody else
anybody. A person sees the own places.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, any_, false, func, or_, select

from server.citizens import course_relations
from server.citizens import visible as citizens
from server.core.access import Actor, ActorKind, Role
from server.courses.models import (
    Attendance,
    CourseFeedback,
    CoursePath,
    CourseRun,
    CourseSession,
    CourseSetting,
    Enrollment,
    EnrollmentStatus,
    SessionStatus,
)

_ROLES = frozenset({Role.COUNSELLOR, Role.COURSE_LEADER, Role.MANAGER})


def runs(actor: Actor) -> Select[CourseRun]:
    """The runs that this staff member may know of: those of the own unit."""
    if actor.kind != ActorKind.STAFF or actor.roles.isdisjoint(_ROLES):
        return select(CourseRun).where(false())
    return select(CourseRun).where(CourseRun.unit_id == actor.unit_id)


def led_runs(actor: Actor) -> Select[CourseRun]:
    """The runs that this staff member leads."""
    if Role.COURSE_LEADER not in actor.roles:
        return select(CourseRun).where(false())
    return runs(actor).where(CourseRun.leader_id == actor.staff_id)


def runs_to_hand_over(actor: Actor) -> Select[CourseRun]:
    """The runs that this staff member may give to another leader: the own, and for a manager the unit's."""
    if Role.MANAGER in actor.roles:
        return runs(actor)
    return led_runs(actor)


def places(actor: Actor, now: datetime) -> Select[Enrollment]:
    """The places whose people this actor may know: in runs the actor leads, and of the own people; in runs of
    the own unit only.
    """
    led = course_relations.led_places(actor, now)
    own = Enrollment.citizen_id.in_(citizens.citizen_ids(actor, now))
    of_unit = runs(actor).with_only_columns(CourseRun.id)
    return select(Enrollment).where(or_(Enrollment.id.in_(led), own), Enrollment.run_id.in_(of_unit))


def own_people(actor: Actor, now: datetime) -> Select[UUID]:
    """The ids of those with a place anywhere whose record this actor may open."""
    return select(Enrollment.citizen_id).where(Enrollment.citizen_id.in_(citizens.citizen_ids(actor, now)))


def own_places(citizen_id: UUID) -> Select[Enrollment]:
    """Every place that one person has or has had; for the person's own phone."""
    return select(Enrollment).where(Enrollment.citizen_id == citizen_id)


def own_living_place(citizen_id: UUID, run_id: UUID) -> Select[Enrollment]:
    """One person's place in a run, or the wish for it."""
    return own_places(citizen_id).where(
        Enrollment.run_id == run_id, Enrollment.status != EnrollmentStatus.LEFT
    )


def own_part(citizen_id: UUID, run_id: UUID) -> Select[UUID]:
    """The sessions of a run that were held and at which one person had a place; waiting for one is none.

    Of whoever has left only those are known of which somebody wrote whether they came.
    """
    held = select(CourseSession.id).where(
        CourseSession.run_id == run_id, CourseSession.status == SessionStatus.HELD
    )
    place = own_places(citizen_id).where(
        Enrollment.run_id == run_id,
        Enrollment.status == EnrollmentStatus.ENROLLED,
        CourseSession.number == any_(Enrollment.numbers),
    )
    marked = select(Attendance.session_id).where(
        Attendance.citizen_id == citizen_id,
        Attendance.session_id == CourseSession.id,
        Attendance.by.is_not(None),
    )
    return held.where(or_(place.exists(), marked.exists()))


def sessions_of(run_ids: Collection[UUID]) -> Select[CourseSession]:
    """The sessions of runs that somebody may see, in their order."""
    found = select(CourseSession).where(CourseSession.run_id.in_(run_ids))
    return found.order_by(CourseSession.run_id, CourseSession.number)


def settings(actor: Actor) -> Select[CourseSetting]:
    """What the actor's unit has decided about its courses."""
    if actor.kind != ActorKind.STAFF:
        return select(CourseSetting).where(false())
    return select(CourseSetting).where(CourseSetting.unit_id == actor.unit_id)


def paths(actor: Actor, now: datetime) -> Select[CoursePath]:
    """The talks by kind of every person whose record the actor may open; of the own unit only."""
    found = select(CoursePath).where(CoursePath.citizen_id.in_(citizens.citizen_ids(actor, now)))
    return found if actor.kind == ActorKind.CITIZEN else found.where(CoursePath.unit_id == actor.unit_id)


def own_feedback(citizen_id: UUID) -> Select[CourseFeedback]:
    """What one person thought of runs, tombstones too; for the person's own phone."""
    return select(CourseFeedback).where(CourseFeedback.citizen_id == citizen_id)


def unfinished(run_ids: Collection[UUID], now: datetime) -> Select[UUID]:
    """Those of the runs that have a session to come or going on, be it cancelled: what one moment makes
    finished stays so.
    """
    ends_at = CourseSession.starts_at + func.make_interval(0, 0, 0, 0, 0, CourseSession.minutes)
    return select(CourseSession.run_id).where(CourseSession.run_id.in_(run_ids), ends_at > now).distinct()


def feedback_at(actor: Actor, code: str) -> Select[CourseFeedback]:
    """What people thought of a course at the actor's unit; for counting, never for showing with a name."""
    these = runs(actor).where(CourseRun.code == code).with_only_columns(CourseRun.id)
    return select(CourseFeedback).where(CourseFeedback.run_id.in_(these), CourseFeedback.erased_at.is_(None))
