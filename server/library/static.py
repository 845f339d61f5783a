"""The files the phone carries with it, as bytes by name."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from server.library import prose
from server.library.course_assembly import render_courses
from server.library.exercise_assembly import render_exercises
from server.library.help_page import render_help
from server.library.models import (
    LANGUAGES,
    Centre,
    Content,
    Exercise,
    OpenHours,
    OpenKind,
    Service,
    Text,
    Texts,
)
from server.library.phones import Phone, read_centre_phones
from server.library.questionnaire_assembly import render_questionnaires

HASH_FILE = "content-hash.txt"


def static_files(content: Content, centre_numbers: Mapping[str, str]) -> dict[str, bytes]:
    """Everything rendered, without the hash.

    :raises ContentError: if a centre's number is missing or no number
    """
    phones = read_centre_phones(content, centre_numbers)
    files = {f"help.{language}.html": render_help(content, phones, language) for language in LANGUAGES}
    files["services.json"] = _json(_services(content, phones))
    files["breathing.json"] = _json(_breathing(content.breathing))
    files["plan.json"] = _json(_plan(content))
    files["phases.json"] = _json(
        {phase.code: phase.names for phases in content.phases.values() for phase in phases}
    )
    files["goals.json"] = _json(_goals(content))
    files["messages.json"] = _json(_message_hours(content))
    files["exercises.json"] = _json(render_exercises(content))
    files["courses.json"] = _json(render_courses(content))
    files["questionnaires.json"] = _json(render_questionnaires(content))
    files["desk.json"] = _json(_desk(content, phones))
    files["breathing.css"] = _breathing_css(content.breathing)
    return {name: text.encode() for name, text in files.items()}


def hash_of(files: Mapping[str, bytes]) -> str:
    """One SHA-256 over all files, their names and lengths included."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name} {len(files[name])}\n".encode())
        digest.update(files[name])
    return digest.hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _each(texts: Texts, key: str) -> dict[str, Any] | None:
    """One field of a text in each language; None if it has none."""
    found = {language: texts[language].fields.get(key) for language in LANGUAGES}
    return found if all(found.values()) else None


def _words(texts: Texts) -> dict[str, Any]:
    """What every text has: name, paragraphs, and whether it is a draft."""

    def in_each(of: Any) -> dict[str, Any]:
        return {language: of(texts[language]) for language in LANGUAGES}

    return {
        "name": _each(texts, "title"),
        "text": in_each(lambda text: prose.paragraphs(text.body)),
        "draft": in_each(lambda text: text.is_draft),
    }


def _plan(content: Content) -> dict[str, Any]:
    """The sections of the crisis plan in their order; the mark stands beside whatever is a draft."""
    marks = {language: content.page[language].fields["labels"]["draft"] for language in LANGUAGES}
    return {
        "draft_mark": marks,
        "sections": [
            {
                "id": section.id,
                **_words(section.texts),
                "suggestions": {
                    language: section.texts[language].fields["suggestions"] for language in LANGUAGES
                },
            }
            for section in content.plan
        ],
    }


def _goals(content: Content) -> dict[str, Any]:
    """What a goal says of itself, by id; the mark stands beside whatever is a draft."""
    marks = {language: content.page[language].fields["labels"]["draft"] for language in LANGUAGES}
    return {"draft_mark": marks, "warnings": {name: _words(texts) for name, texts in content.goals.items()}}


def _message_hours(content: Content) -> dict[str, Any]:
    """When each centre answers messages, by its slug; null where no document says."""
    return {slug: None if week is None else _listed(week) for slug, week in content.message_hours.items()}


def _listed(week: Sequence[OpenHours]) -> list[dict[str, Any]]:
    return [{"day": hours.day, "opens": hours.opens, "closes": hours.closes} for hours in week]


def _desk(content: Content, phones: Mapping[str, Phone]) -> dict[str, Any]:
    """What the crisis line's desk holds without a server: the numbers that people are told."""
    lines = [
        {"id": line.id, "name": _each(line.texts, "title"), "display": line.display, "tel": line.tel}
        for line in content.lines
    ]
    centres = [
        {
            "id": centre.slug,
            "name": _each(centre.texts, "title"),
            "display": phones[centre.slug].display,
            "tel": phones[centre.slug].tel,
        }
        for centre in content.centres
    ]
    return {"numbers": [*lines, *centres], "lists": _desk_lists(content)}


def _desk_lists(content: Content) -> dict[str, Any]:
    """What the desk's form offers to tick; `reasons`, `given`, `outcomes`, `referrals`, each in its order."""
    return {
        name: [{"code": entry.code, "name": dict(entry.names)} for entry in entries]
        for name, entries in content.desk.lists.items()
    }


def _services(content: Content, phones: Mapping[str, Phone]) -> dict[str, Any]:
    """Centres and services; hours so that a phone can work out "open now" without a network."""
    return {
        "zone": "Europe/Copenhagen",
        "labels": _each(content.page, "labels"),
        "holidays": [
            {"on": holiday.on.isoformat(), "name": dict(holiday.names)} for holiday in content.holidays
        ],
        "holidays_known_until": f"{max(holiday.on for holiday in content.holidays).year}-12-31",
        "centres": [_centre(centre, phones[centre.slug]) for centre in content.centres],
    }


def _centre(centre: Centre, phone: Phone) -> dict[str, Any]:
    return {
        "slug": centre.slug,
        **_words(centre.texts),
        "phone": {"display": phone.display, "tel": phone.tel},
        "services": [_service(service) for service in centre.services],
    }


def _service(service: Service) -> dict[str, Any]:
    return {
        "id": service.id,
        **_words(service.texts),
        "audience": _each(service.texts, "audience"),
        "hours": _hours(service),
        "open_now": _each(service.texts, "open_now"),
        "when_open": _each(service.texts, "when_open"),
        "source": {
            "document": service.source.document,
            "section": service.source.section,
            "dated": service.source.dated,
        },
        "checked_on": service.checked_on.isoformat(),
    }


def _hours(service: Service) -> dict[str, Any]:
    if service.kind is OpenKind.UNKNOWN:
        return {"kind": "unknown"}
    return {
        "kind": service.kind.value,
        "week": _listed(service.week),
        "on_holidays": service.on_holidays.value,
        "exceptions": [
            {"on": rule.on.isoformat(), "state": rule.state.value, "opens": rule.opens, "closes": rule.closes}
            for rule in service.exceptions
        ],
    }


def _breathing(exercise: Exercise | None) -> dict[str, Any] | None:
    """The exercise for the player in the app; null once it is withdrawn."""
    if exercise is None:
        return None

    def step_words(text: Text) -> dict[str, Any]:
        return {
            "steps": [text.fields["steps"][step.id] for step in exercise.steps],
            "rounds": text.fields["rounds"],
        }

    return {
        "id": exercise.id,
        "rounds": exercise.rounds,
        "steps": [{"id": step.id, "seconds": step.seconds} for step in exercise.steps],
        **_words(exercise.texts),
        "words": {language: step_words(exercise.texts[language]) for language in LANGUAGES},
    }


def _breathing_css(exercise: Exercise | None) -> str:
    """The circle's pace, from the same seconds as the words; it stands still if motion is unwanted."""
    if exercise is None:
        return "/* no breathing exercise */\n"
    whole = sum(step.seconds for step in exercise.steps)
    frames, passed = ["  0% { transform: scale(0.55); }"], 0
    for step in exercise.steps:
        passed += step.seconds
        size = {"in": "1", "out": "0.55"}[step.id]
        frames.append(f"  {100 * passed / whole:g}% {{ transform: scale({size}); }}")
    return "\n".join(
        [
            "@keyframes breathing {",
            *frames,
            "}",
            "@media (prefers-reduced-motion: no-preference) {",
            f"  .breathing-circle {{ animation: breathing {whole}s ease-in-out {exercise.rounds}; }}",
            "}",
            "",
        ]
    )
