"""Turns checked sheets into the exercises of the library, and these into what the phone carries with it."""

import hashlib
from collections.abc import Callable, Collection
from typing import Any

from server.library import prose
from server.library.exercise_models import (
    BREATHING_ID,
    LibraryExercise,
    Method,
    Moment,
    Need,
    Step,
    StepKind,
)
from server.library.models import LANGUAGES, Content, Exercise, ReviewStatus, Texts
from server.library.reading import Document
from server.library.sheets import Sheets

ALL_CENTRES = "all"
_EVERYWHERE: Collection[str] = (ALL_CENTRES,)
_ORDER = {moment: place for place, moment in enumerate(Moment)}


def build_exercises(sheets: Sheets) -> tuple[LibraryExercise, ...]:
    """The exercises that are not withdrawn: first those for the hard moment, the short before the long."""
    shown = [
        _exercise(name, document) for name, document in sheets.exercises.items() if _is_shown(sheets, name)
    ]
    return tuple(sorted(shown, key=lambda each: (_ORDER[each.moment], each.minutes, each.id)))


def _is_shown(sheets: Sheets, name: str) -> bool:
    words = sheets.texts[f"exercises/library/{name}"].values()
    return all(text.data["review"]["status"] is not ReviewStatus.WITHDRAWN for text in words)


def _exercise(name: str, document: Document) -> LibraryExercise:
    data = document.data
    return LibraryExercise(
        id=name,
        methods=tuple(data["methods"]),
        needs=tuple(data["needs"]),
        moment=data["moment"],
        aim=data.get("aim"),
        minutes=data["minutes"],
        centres=tuple(data["centres"]),
        careful=data["careful"],
        steps=tuple(Step(**step) for step in data["step"]),
    )


def render_exercises(content: Content) -> dict[str, Any]:
    """The library for the phone and the console, the exercise of the help page first."""
    marks = {language: content.page[language].fields["labels"]["draft"] for language in LANGUAGES}
    own = [_breathing(content.breathing)] if content.breathing else []
    return {
        "draft_mark": marks,
        "exercises": [
            *own,
            *(_rendered(each, content.exercise_texts[each.id]) for each in content.exercises),
        ],
    }


def centres_by_id(content: Content) -> dict[str, Collection[str]]:
    """Every exercise that can be given to somebody, and the centres that it was made for."""
    own = {BREATHING_ID: _EVERYWHERE} if content.breathing else {}
    return own | {each.id: each.centres for each in content.exercises}


def is_made_for(centres: Collection[str], slug: str) -> bool:
    """Whether an exercise with these centres is for the people of the one with this slug."""
    return slug in centres or ALL_CENTRES in centres


def _address(name: str) -> str:
    """By which the phone opens it: a browser's history then tells nobody what an exercise is about."""
    return hashlib.sha256(f"exercise {name}".encode()).hexdigest()[:8]


def _in_each(texts: Texts, of: Callable[[str], Any]) -> dict[str, Any] | None:
    found = {language: of(language) for language in LANGUAGES}
    return found if all(found.values()) else None


def _words(texts: Texts, key: str) -> dict[str, Any] | None:
    return _in_each(texts, lambda language: texts[language].fields.get(key))


def _texts(texts: Texts) -> dict[str, Any]:
    return {
        "name": _words(texts, "title"),
        "lead": _words(texts, "lead"),
        "after": _words(texts, "after"),
        "stop": _words(texts, "stop"),
        "text": {language: prose.paragraphs(texts[language].body) for language in LANGUAGES},
        "draft": {language: texts[language].is_draft for language in LANGUAGES},
    }


def _rendered(exercise: LibraryExercise, texts: Texts) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "at": _address(exercise.id),
        "methods": list(exercise.methods),
        "needs": list(exercise.needs),
        "moment": exercise.moment,
        "aim": exercise.aim,
        "minutes": exercise.minutes,
        "centres": list(exercise.centres),
        **_texts(texts),
        "steps": [_step(step, texts) for step in exercise.steps],
    }


def _step(step: Step, texts: Texts) -> dict[str, Any]:
    def said(key: str) -> dict[str, Any] | None:
        return _in_each(texts, lambda language: texts[language].fields.get(key, {}).get(step.id))

    numbers = {
        "seconds": step.seconds,
        "seconds_out": step.seconds_out,
        "rounds": step.rounds,
        "lines": step.lines,
    }
    return {
        "id": step.id,
        "kind": step.kind,
        **{name: number for name, number in numbers.items() if number is not None},
        "words": said("steps"),
        "hint": said("hints"),
    }


def _breathing(exercise: Exercise) -> dict[str, Any]:
    """The exercise of the help page as one of the list: one step, in the pace that stands there."""
    seconds = {step.id: step.seconds for step in exercise.steps}
    texts = exercise.texts
    step = {
        "id": BREATHING_ID,
        "kind": StepKind.BREATHE,
        "seconds": seconds["in"],
        "seconds_out": seconds["out"],
        "rounds": exercise.rounds,
        "words": _in_each(texts, lambda language: " ".join(texts[language].fields["steps"].values())),
        "hint": None,
    }
    return {
        "id": BREATHING_ID,
        "at": _address(BREATHING_ID),
        "methods": [Method.BREATHING],
        "needs": [Need.UNREST, Need.NIGHT],
        "moment": Moment.ACUTE,
        "aim": None,
        "minutes": 2,
        "centres": list(_EVERYWHERE),
        **_texts(texts),
        "steps": [step],
    }
