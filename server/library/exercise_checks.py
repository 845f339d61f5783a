"""What no single file of an exercise shows: steps without words, words without a step, a missing warning."""

from collections.abc import Iterator, Mapping
from typing import Any

from server.library.exercise_models import INWARD, STOP, StepKind
from server.library.models import Fault
from server.library.reading import Document
from server.library.sheets import BREATHING_STEM, Sheets

ALL = "all"


def find_faults(sheets: Sheets) -> Iterator[Fault]:
    """Every such fault, with file and line."""
    for name, document in sheets.exercises.items():
        yield from _facts(document, set(sheets.centres))
        for language, text in sheets.texts.get(f"exercises/library/{name}", {}).items():
            yield from _words(document, text)
            yield from _stop(document.data["careful"], text, language)
    for language, text in sheets.texts.get(BREATHING_STEM, {}).items():
        yield from _stop(True, text, language)


def _facts(document: Document, centres: set[str]) -> Iterator[Fault]:
    data = document.data
    seen: set[str] = set()
    for at, step in enumerate(data["step"]):
        if step["id"] in seen:
            yield document.fault(f"duplicate id: {step['id']}", "step", at, "id")
        seen.add(step["id"])
    if unknown := set(data["centres"]) - centres - {ALL}:
        yield document.fault(f"no such centre: {', '.join(sorted(unknown))}", "centres")
    if ALL in data["centres"] and len(data["centres"]) > 1:
        yield document.fault('"all" stands alone', "centres")
    if _seconds(data) > 60 * data["minutes"]:
        yield document.fault(f"its steps run for {_seconds(data)} seconds", "minutes")
    breathes = any(step["kind"] is StepKind.BREATHE for step in data["step"])
    if (breathes or INWARD & set(data["methods"])) and not data["careful"]:
        yield document.fault("turns to the breath, the body or one's own mind: careful = true", "careful")


def _seconds(data: Mapping[str, Any]) -> int:
    """How long the steps run that run by themselves."""
    return sum(
        (step.get("seconds", 0) + step.get("seconds_out", 0)) * step.get("rounds", 1) for step in data["step"]
    )


def _words(document: Document, text: Document) -> Iterator[Fault]:
    kinds = {step["id"]: step["kind"] for step in document.data["step"]}
    for step in sorted(kinds.keys() ^ text.data["steps"].keys()):
        where = document.file if step in text.data["steps"] else "this text"
        yield text.fault(f"step is missing in {where}: {step}", "steps", step)
    for step in text.data.get("hints", {}):
        if kinds.get(step) is not StepKind.FIELD:
            yield text.fault(f"a hint belongs to a step where somebody writes: {step}", "hints", step)


def _stop(careful: bool, text: Document, language: str) -> Iterator[Fault]:
    """Who may feel worse is told how to stop, in the same words everywhere."""
    if text.data.get("stop") != (STOP.get(language) if careful else None):
        wanted = f'stop = "{STOP.get(language)}"' if careful else "no stop, as it is not careful"
        yield text.fault(f"must say: {wanted}", "stop")
