"""A course as the content describes it: for whom, how often, by which themes, from which document."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class CourseKind(StrEnum):
    """How a course is held."""

    ROLLING = "rolling"  # a group that begins again when it is through: one may join at any session
    GROUP = "group"  # a group with a first and a last session
    TALKS = "talks"  # talks for one person, counted from the appointments


@dataclass(frozen=True)
class CourseTheme:
    """One theme in both languages: what to read before and after, and what to bring.

    `drafts`: where nobody of the profession has read the words yet.
    """

    id: str
    titles: Mapping[str, str]
    before: Mapping[str, tuple[str, ...]]
    after: Mapping[str, tuple[str, ...]]
    bring: Mapping[str, str | None]
    drafts: Mapping[str, bool]

    @property
    def words(self) -> dict[str, Any]:
        """Its words by language, as the phone carries them; `bring` is null where nothing is needed."""
        return {
            "title": dict(self.titles),
            "before": {language: list(said) for language, said in self.before.items()},
            "after": {language: list(said) for language, said in self.after.items()},
            "bring": dict(self.bring) if all(self.bring.values()) else None,
        }


@dataclass(frozen=True)
class Background:
    """A figure from another time and place, only ever shown apart from our own."""

    percent: int
    year: int
    source: Mapping[str, str]


@dataclass(frozen=True)
class CourseContent:
    """One course that a centre has; a unit may choose other counts and other names for its themes.

    `sessions`: how many a run has as a rule (None for talks). `talks`: how many talks as a rule, from and to.
    `months`: after how many months it is looked back on. `knowledge`: whether the question about knowledge
    is asked. `version`: a fingerprint over the words of both languages and the facts.
    """

    code: str
    centre: str
    order: int
    kind: CourseKind
    per_week: int | None
    sessions: int | None
    talks: tuple[int, int] | None
    months: int | None
    homework: bool
    knowledge: bool
    background: Background | None
    source: Mapping[str, str]
    themes: tuple[CourseTheme, ...]
    version: str

    @property
    def is_group(self) -> bool:
        """Whether people meet in sessions with seats, and not in talks of their own."""
        return self.kind is not CourseKind.TALKS
