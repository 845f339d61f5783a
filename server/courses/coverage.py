"""Which themes somebody has been to, over all runs of the same course. Pure.

The phone works out the same (pwa/src/features/courses/coverage.ts): tests/contract/course_coverage.json holds
both to the same examples.
"""

from collections.abc import Iterable, Sequence

from server.courses.models import Presence


def covered(themes: Sequence[str], been: Iterable[tuple[str | None, Presence]]) -> dict[str, bool]:
    """For each theme, in order, whether the person was present when it was the theme; once is enough.

    A theme that the course has no more is left out; being absent or excused takes nothing away.
    """
    there = {theme for theme, presence in been if presence is Presence.PRESENT}
    return {theme: theme in there for theme in themes}
