"""What the house holds of a citizen's questionnaires: what was asked, and what was answered."""

from server.rights.holding import Erasure, Holding

MEASURES = (
    Holding(
        "measure_result",
        Erasure.DELETE,
        "answers in the citizen's own hand",
        columns=(
            "id",
            "plan_id",
            "window_key",
            "code",
            "complete",
            "score",
            "at",
            "received_at",
            "call_wished_at",
            "sharing",
            "shared_at",
            "erased_at",
        ),
        sealed=(("answers_sealed", "measure_result.answers"),),
        order="received_at, id",
    ),
    Holding(
        "measure_plan",
        Erasure.DELETE,
        "what the citizen was asked and when",
        columns=(
            "id",
            "code",
            "start_on",
            "end_on",
            "status",
            "withdrawn_by",
            "withdrawn_at",
            "skipped",
            "given_at",
        ),
        order="given_at, id",
    ),
)
