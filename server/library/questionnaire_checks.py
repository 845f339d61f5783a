"""What one file of a questionnaire cannot show: items without answers, missing words, a wrong span."""

from collections.abc import Iterator, Mapping
from typing import Any

from server.library.models import LANGUAGES, Fault
from server.library.questionnaire_models import QuestionnaireKind
from server.library.reading import Document
from server.library.sheets import Sheets

FOLDER = "questionnaires/"


def find_faults(sheets: Sheets) -> Iterator[Fault]:
    """Every fault of every questionnaire."""
    orders: dict[int, str] = {}
    for code, document in sheets.questionnaires.items():
        yield from _definition(document)
        if orders.setdefault(document.data["order"], code) != code:
            yield document.fault(f"duplicate order: {document.data['order']}", "order")
        for language, text in sheets.texts.get(f"{FOLDER}{code}", {}).items():
            if language in LANGUAGES:
                yield from _words(document.data, text)


def _definition(document: Document) -> Iterator[Fault]:
    data = document.data
    if data["kind"] is QuestionnaireKind.WEEKS:
        return
    lists = {entry["id"]: entry["values"] for entry in data["answers"]}
    if len(lists) < len(data["answers"]):
        yield document.fault("duplicate id of a list of answers", "answers")
    seen: list[str] = []
    for at, item in enumerate(data["item"]):
        if item["id"] in seen:
            yield document.fault(f"duplicate id: {item['id']}", "item", at, "id")
        if item["answers"] not in lists:
            yield document.fault(f"no such answers: {item['answers']}", "item", at, "answers")
        if item.get("unless_zero", item["id"]) not in (*seen, item["id"]):
            yield document.fault("unless_zero must name an earlier item", "item", at, "unless_zero")
        seen.append(item["id"])
    for name in sorted(lists.keys() - {item["answers"] for item in data["item"]}):
        yield document.fault(f"no item takes these answers: {name}", "answers")
    yield from _span(document, lists)


def _span(document: Document, lists: Mapping[str, Mapping[str, int]]) -> Iterator[Fault]:
    """The lowest and the highest score are those that the answers can come to; bands lie within, in order."""
    data, scoring = document.data, document.data["scoring"]
    if any(item["answers"] not in lists for item in data["item"]):
        return
    asked = [lists[item["answers"]].values() for item in data["item"]]
    lowest = scoring["factor"] * sum(min(values) for values in asked)
    highest = scoring["factor"] * sum(max(values) for values in asked)
    if (scoring["lowest_score"], scoring["highest_score"]) != (lowest, highest):
        yield document.fault(f"the answers come to {lowest} to {highest}", "scoring")
    before = lowest - 1
    for at, band in enumerate(data["band"]):
        if not before < band["from_score"] <= band["to_score"] <= highest:
            yield document.fault("bands go upwards within the score", "band", at, "from")
        before = band["to_score"]


def _words(data: Mapping[str, Any], text: Document) -> Iterator[Fault]:
    items = {item["id"] for item in data["item"]}
    lists = {entry["id"]: set(entry["values"]) for entry in data["answers"]}
    yield from _same(text, items, set(text.data["items"]), "items")
    yield from _same(text, set(lists), set(text.data["answers"]), "answers")
    for name in sorted(lists.keys() & text.data["answers"].keys()):
        yield from _same(text, lists[name], set(text.data["answers"][name]), "answers", name)


def _same(text: Document, wanted: set[str], said: set[str], *path: str) -> Iterator[Fault]:
    for name in sorted(wanted - said):
        yield text.fault(f"words are missing for: {name}", *path)
    for name in sorted(said - wanted):
        yield text.fault(f"nothing has this id: {name}", *path, name)
