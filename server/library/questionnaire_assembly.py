"""Turns the sheets of the questionnaires into content, and content into what the phone carries with it."""

import hashlib
from collections.abc import Mapping
from typing import Any

from server.library import prose
from server.library.models import LANGUAGES, Content, Text
from server.library.questionnaire_models import Band, Item, Questionnaire, Scoring
from server.library.sheets import Sheets


def build_questionnaires(sheets: Sheets) -> Mapping[str, Questionnaire]:
    """Every definition by its code, in the order in which they are shown."""
    built = [build(code, document.data) for code, document in sheets.questionnaires.items()]
    return {one.code: one for one in sorted(built, key=lambda one: one.order)}


def build(code: str, data: Mapping[str, Any]) -> Questionnaire:
    """One definition from a file without a fault."""
    lists = {entry["id"]: entry["values"] for entry in data["answers"]}
    return Questionnaire(
        code=code,
        version=data["version"],
        order=data["order"],
        kind=data["kind"],
        licence=data["licence"],
        origin=data["origin"],
        items=tuple(
            Item(item["id"], item["answers"], lists[item["answers"]], item.get("unless_zero"))
            for item in data["item"]
        ),
        scoring=Scoring(**data["scoring"]) if "scoring" in data else None,
        bands=tuple(Band(**band) for band in data["band"]),
        weeks=data.get("weeks", 0),
    )


def render_questionnaires(content: Content) -> dict[str, Any]:
    """questionnaires.json: definitions with their words in both languages; bands are for colleagues alone."""
    marks = {language: content.page[language].fields["labels"]["draft"] for language in LANGUAGES}
    return {
        "draft_mark": marks,
        "questionnaires": [
            {**_facts(one), "words": _in_each(content, one)} for one in content.questionnaires.values()
        ],
    }


def _address(code: str) -> str:
    """The last part of its address: in a browser's history it tells nobody what the questions are about."""
    return hashlib.sha256(f"questionnaire {code}".encode()).hexdigest()[:8]


def _facts(one: Questionnaire) -> dict[str, Any]:
    return {
        "code": one.code,
        "at": _address(one.code),
        "version": one.version,
        "kind": one.kind.value,
        "licence": one.licence,
        "origin": one.origin,
        "weeks": one.weeks,
        "items": [
            {
                "id": item.id,
                "answers": item.answers,
                "values": dict(item.values),
                "unless_zero": item.unless_zero,
            }
            for item in one.items
        ],
        "scoring": one.scoring
        and {
            "factor": one.scoring.factor,
            "from": one.scoring.lowest_score,
            "to": one.scoring.highest_score,
            "lowest": one.scoring.lowest.value,
        },
        "bands": [
            {"from": band.from_score, "to": band.to_score, "source": band.source} for band in one.bands
        ],
    }


def _in_each(content: Content, one: Questionnaire) -> dict[str, Any]:
    return {language: _words(content.questionnaire_texts[one.code][language]) for language in LANGUAGES}


def _words(text: Text) -> dict[str, Any]:
    said = {key: text.fields.get(key) for key in ("title", "lead", "before", "credit", "items", "answers")}
    return {**said, "text": prose.paragraphs(text.body), "draft": text.is_draft}
