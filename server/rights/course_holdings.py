"""What the house holds of a citizen's courses: places, who said that the citizen came, words and talks."""

from server.rights.holding import Erasure, Holding

_COURSE = ("course", "SELECT code FROM course_run WHERE course_run.id = run_id")

COURSES = (
    Holding(
        "course_feedback",
        Erasure.DELETE,
        "what the citizen thought of a course, in the citizen's own words",
        columns=("id", "run_id", "knowledge", "useful", "at", "received_at", "erased_at"),
        sealed=(("words_sealed", "course_feedback.words"),),
        order="received_at, id",
        also=(_COURSE,),
    ),
    Holding(
        "attendance",
        Erasure.DELETE,
        "to which sessions the citizen came",
        columns=("session_id", "status", "at"),
        order="at, session_id",
        also=(
            (
                "course",
                "SELECT code FROM course_run JOIN course_session ON course_session.run_id = course_run.id"
                " WHERE course_session.id = session_id",
            ),
            ("session_at", "SELECT starts_at FROM course_session WHERE course_session.id = session_id"),
            ("theme", "SELECT theme FROM course_session WHERE course_session.id = session_id"),
            ("theme_title", "SELECT theme_title FROM course_session WHERE course_session.id = session_id"),
        ),
    ),
    Holding(
        "course_relation",
        Erasure.DELETE,
        "who led a course in which the citizen had a place; the trail keeps the ids",
        columns=("starts_at", "ends_at"),
        order="starts_at, id",
    ),
    Holding(
        "enrollment",
        Erasure.DELETE,
        "the citizen's places in courses",
        columns=("id", "run_id", "goal_id", "numbers", "status", "asked_at", "left_at"),
        order="asked_at, id",
        also=(_COURSE,),
    ),
    Holding(
        "course_path",
        Erasure.DELETE,
        "talks that were agreed with the citizen",
        columns=("id", "code", "planned", "from_on", "evaluate_on", "status", "created_at"),
        order="created_at, id",
    ),
)
