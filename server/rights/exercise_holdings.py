"""What the house holds of a citizen's exercises: what was given, and what came of it."""

from server.rights.holding import Erasure, Holding

_VERSION = "FROM own_exercise_version own WHERE own.exercise_id = own_id AND own.version = own_version"
#: What a colleague wrote, in the version that the citizen got.
_OWN_WORDS = (
    ("own_title", f"SELECT own.title {_VERSION}"),
    ("own_lead", f"SELECT own.lead {_VERSION}"),
    ("own_body", f"SELECT own.body {_VERSION}"),
)

EXERCISES = (
    Holding(
        "exercise_answer",
        Erasure.DELETE,
        "what came of exercises, in the citizen's own hand",
        columns=(
            "id",
            "assignment_id",
            "library_id",
            "own_id",
            "done_on",
            "at",
            "received_at",
            "outcome",
            "how",
            "sharing",
            "shared_at",
            "erased_at",
        ),
        sealed=(
            ("fields_sealed", "exercise_answer.fields"),
            ("note_sealed", "exercise_answer.note"),
        ),
        order="seq",
        also=_OWN_WORDS,
    ),
    Holding(
        "exercise_assignment",
        Erasure.DELETE,
        "exercises that the citizen was given",
        columns=(
            "id",
            "library_id",
            "own_id",
            "goal_id",
            "given_on",
            "due_on",
            "repeat",
            "until_on",
            "given_at",
            "status",
            "withdrawn_at",
        ),
        sealed=(("words_sealed", "exercise_assignment.words"),),
        order="given_at, id",
        also=_OWN_WORDS,
    ),
)
