"""What no single file can show: doubled ids, missing languages, numbers that differ, words not allowed."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from server.library import (
    course_checks,
    desk_checks,
    exercise_checks,
    guarantee_checks,
    phase_checks,
    plain_words,
    prose,
    questionnaire_checks,
)
from server.library.models import LANGUAGES, REASON_CODES, Fault, ReviewStatus
from server.library.reading import Document
from server.library.sheets import (
    BREATHING,
    BREATHING_STEM,
    FORBIDDEN,
    HOLIDAYS,
    LINES,
    NUMBERS,
    PAGE_STEM,
    PLAN,
    REASONS,
    Sheets,
)

MAX_MESSAGE_TITLE = 40
MAX_MESSAGE_BODY = 90


def find_faults(sheets: Sheets) -> list[Fault]:
    """Every fault between files that are each in their shape."""
    faults = [fault for check in _CHECKS for fault in check(sheets)]
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.message))


def forbidden_words(text: str, words: tuple[str, ...]) -> list[str]:
    """The forbidden words a text holds, also inside longer words and in any case."""
    lowered = text.casefold()
    return [word for word in words if word.casefold() in lowered]


def _languages(sheets: Sheets) -> Iterator[Fault]:
    for stem, versions in sheets.texts.items():
        for language, document in versions.items():
            if language not in LANGUAGES:
                yield document.fault(f"unknown language: {language}")
        for language in LANGUAGES:
            if language not in versions:
                some = next(iter(versions.values()))
                yield some.fault(f"missing language: {stem}.{language}.md")


def _texts_and_facts(sheets: Sheets) -> Iterator[Fault]:
    for stem, facts in sheets.facts.items():
        if stem not in sheets.texts:
            yield facts.document.fault(f"text is missing: {stem}.{LANGUAGES[0]}.md", *facts.path)
    for stem, versions in sheets.texts.items():
        if stem not in sheets.facts and not stem.startswith("messages/"):
            for document in versions.values():
                yield document.fault("no facts belong to this text")


def _doubles(sheets: Sheets) -> Iterator[Fault]:
    lists = [(sheets[LINES], "line", "id"), (sheets[NUMBERS], "number", "id")]
    lists += [(sheets[BREATHING], "step", "id"), (sheets[HOLIDAYS], "holiday", "on")]
    lists += [(sheets[PLAN], "section", "id"), (sheets[REASONS], "reason", "code")]
    for document, table, key in lists:
        yield from _doubles_in([(document, table, key)])
    centres = sorted(sheets.centres.items())
    yield from _doubles_in([(document, "service", "id") for _, document in centres])
    if not centres:
        yield Fault("services", 1, "no centre")
    orders: dict[int, str] = {}
    for slug, document in centres:
        if orders.setdefault(document.data["order"], slug) != slug:
            yield document.fault(f"duplicate order: {document.data['order']}", "order")


def _doubles_in(lists: list[tuple[Document, str, str]]) -> Iterator[Fault]:
    seen: set[Any] = set()
    for document, table, key in lists:
        for at, entry in enumerate(document.data[table]):
            if entry[key] in seen:
                yield document.fault(f"duplicate {key}: {entry[key]}", table, at, key)
            seen.add(entry[key])


def _two_lists_of_numbers(sheets: Sheets) -> Iterator[Fault]:
    lines, numbers = sheets[LINES], sheets[NUMBERS]
    second = {entry["id"]: entry for entry in numbers.data["number"]}
    for at, line in enumerate(lines.data["line"]):
        if line["id"] not in second:
            yield lines.fault(f"not in numbers.toml: {line['id']}", "line", at, "id")
            continue
        for key in ("display", "tel"):
            if line[key] != second[line["id"]][key]:
                yield lines.fault(
                    f'{key} differs from numbers.toml: "{line[key]}" here, "{second[line["id"]][key]}" there',
                    *("line", at, key),
                )
        yield from _display_and_tel(lines, line, at)
    known = {line["id"] for line in lines.data["line"]}
    for at, entry in enumerate(numbers.data["number"]):
        if entry["id"] not in known:
            yield numbers.fault(f"not in crisis/lines.toml: {entry['id']}", "number", at, "id")


def _display_and_tel(lines: Document, line: Mapping[str, Any], at: int) -> Iterator[Fault]:
    if line["display"].replace(" ", "") != line["tel"].removeprefix("+45"):
        yield lines.fault("display and tel are two different numbers", "line", at, "display")


def _booking(sheets: Sheets) -> Iterator[Fault]:
    """Every centre says how late is late, when to remind, when to answer; every stored reason has words."""
    for name, rules in (
        ("appointments", sheets.appointment_rules),
        ("reminders", sheets.reminder_rules),
        ("messages", sheets.message_hours),
    ):
        for slug, document in sheets.centres.items():
            if slug not in rules:
                yield document.fault(f"file is missing: services/{slug}/{name}.toml")
        for slug, document in rules.items():
            if slug not in sheets.centres:
                yield document.fault(f"file is missing: services/{slug}/services.toml")
    known = {entry["code"] for entry in sheets[REASONS].data["reason"]}
    for code in REASON_CODES:
        if code not in known:
            yield sheets[REASONS].fault(f"reason is missing: {code}", "reason")


def _hours(sheets: Sheets) -> Iterator[Fault]:
    for document in sheets.centres.values():
        for at, service in enumerate(document.data["service"]):
            yield from _overlaps(document, service, at)
            days = [rule["on"] for rule in service.get("exception", [])]
            for number, day in enumerate(days):
                if day in days[:number]:
                    yield document.fault(f"duplicate on: {day}", "service", at, "exception", number, "on")


def _overlaps(document: Document, service: Mapping[str, Any], at: int) -> Iterator[Fault]:
    taken: dict[str, list[tuple[str, str]]] = {}
    for number, hours in enumerate(service.get("hours", [])):
        for day in hours["days"]:
            others = taken.get(day, [])
            if any(hours["opens"] < closes and opens < hours["closes"] for opens, closes in others):
                yield document.fault(
                    f"opening hours overlap on {day}", "service", at, "hours", number, "opens"
                )
            taken.setdefault(day, []).append((hours["opens"], hours["closes"]))


def _service_words(sheets: Sheets) -> Iterator[Fault]:
    """Words about being open stand where, and only where, hours are known."""
    for stem, facts in sheets.facts.items():
        if "open" not in facts.data:
            continue
        for document in sheets.texts.get(stem, {}).values():
            if (facts.data["open"] == "unknown") == ("open_now" in document.data):
                message = "open_now belongs to a service with known hours, and only there"
                yield document.fault(message, "open_now")


def _steps(sheets: Sheets) -> Iterator[Fault]:
    pace = sheets[BREATHING].data
    seconds = {step["id"]: step["seconds"] for step in pace["step"]}
    for document in sheets.texts.get(BREATHING_STEM, {}).values():
        sentences = document.data["steps"]
        for step in sorted(seconds.keys() ^ sentences.keys()):
            where = BREATHING if step in sentences else "this text"
            yield document.fault(f"step is missing in {where}: {step}", "steps", step)
        for step in sorted(seconds.keys() & sentences.keys()):
            if not _says(sentences[step], seconds[step]):
                yield document.fault(f"does not say its {seconds[step]} seconds", "steps", step)
        if not _says(document.data["rounds"], pace["rounds"]):
            yield document.fault(f"does not say its {pace['rounds']} rounds", "rounds")


def _says(sentence: str, number: int) -> bool:
    return re.search(rf"\b{number}\b", sentence) is not None


def _prose(sheets: Sheets) -> Iterator[Fault]:
    numbers = {entry["tel"] for entry in sheets[NUMBERS].data["number"]}
    anchors = set(_anchors(sheets))
    for stem, versions in sheets.texts.items():
        plain = not stem.startswith("crisis/")
        for document in versions.values():
            yield from prose.find_faults(document, plain=plain, anchors=anchors, numbers=numbers)
            if not document.body:
                yield Fault(document.file, document.body_line, "the text is empty")
            for path, words in document.sentences():
                if message := prose.number_fault(words, numbers):
                    yield document.fault(message, *path)


def _anchors(sheets: Sheets) -> Iterator[str]:
    """What the help page has a place for: what is withdrawn cannot be jumped to."""
    for stem in sheets.facts:
        folder, _, name = stem.partition("/")
        if folder in {"crisis", "exercises"} and not _is_withdrawn(sheets.texts.get(stem, {})):
            yield name
        elif name.endswith("/centre"):
            yield name.removesuffix("/centre")


def _is_withdrawn(versions: Mapping[str, Document]) -> bool:
    return any(document.data["review"]["status"] is ReviewStatus.WITHDRAWN for document in versions.values())


def _reviews(sheets: Sheets) -> Iterator[Fault]:
    for stem, versions in sheets.texts.items():
        withdrawn = _is_withdrawn(versions)
        for language, document in versions.items():
            review = document.data["review"]
            digest = sheets.digest(stem, language)
            if review["status"] is ReviewStatus.REVIEWED and review["text_hash"] != digest:
                message = f'changed since the review, so a draft again; text_hash of these words: "{digest}"'
                yield document.fault(message, "review", "text_hash")
            if withdrawn and review["status"] is not ReviewStatus.WITHDRAWN:
                yield document.fault("withdrawn in one language only", "review", "status")
            if withdrawn and not _may_be_withdrawn(stem):
                yield document.fault("cannot be withdrawn: the app needs it", "review", "status")


def _may_be_withdrawn(stem: str) -> bool:
    """Lines, services and exercises may go; all else is always there: other things refer to it."""
    return (
        stem != PAGE_STEM
        and not stem.endswith("/centre")
        and not stem.startswith(("messages/", "plan/", "goals/", "courses/"))
    )


def _messages(sheets: Sheets) -> Iterator[Fault]:
    words = sheets[FORBIDDEN].data
    forbidden = tuple(word for language in LANGUAGES for word in words[language])
    for stem, versions in sheets.texts.items():
        if stem.startswith("messages/"):
            for document in versions.values():
                yield from _message(document, forbidden)


def _message(document: Document, forbidden: tuple[str, ...]) -> Iterator[Fault]:
    for word in forbidden_words(document.data["title"], forbidden):
        yield document.fault(f"forbidden word in an outgoing text: {word}", "title")
    for number, line in enumerate(document.body.split("\n"), start=document.body_line):
        for word in forbidden_words(line, forbidden):
            yield Fault(document.file, number, f"forbidden word in an outgoing text: {word}")
    if len(document.data["title"]) > MAX_MESSAGE_TITLE:
        yield document.fault(f"longer than {MAX_MESSAGE_TITLE} characters", "title")
    if len(document.body) > MAX_MESSAGE_BODY or len(prose.paragraphs(document.body)) > 1:
        message = f"more than one paragraph of {MAX_MESSAGE_BODY} characters"
        yield Fault(document.file, document.body_line, message)


_CHECKS: tuple[Callable[[Sheets], Iterator[Fault]], ...] = (
    _languages,
    _texts_and_facts,
    _doubles,
    _two_lists_of_numbers,
    _booking,
    _hours,
    _service_words,
    _steps,
    _prose,
    _reviews,
    _messages,
    desk_checks.find_faults,
    guarantee_checks.find_faults,
    phase_checks.find_faults,
    course_checks.find_faults,
    questionnaire_checks.find_faults,
    exercise_checks.find_faults,
    plain_words.find_faults,
)
