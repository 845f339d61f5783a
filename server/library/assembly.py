"""Turns checked sheets into the frozen content that a running server holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from server.library.course_assembly import build_courses
from server.library.desk_models import DESK_CODES, Capacity, Desk, DeskEntry
from server.library.exercise_assembly import build_exercises
from server.library.guarantee_shape import as_guarantee
from server.library.models import (
    LANGUAGES,
    AppointmentRules,
    BreathStep,
    Centre,
    Content,
    DayState,
    Exercise,
    HelpLine,
    Holiday,
    HolidayRule,
    OpenHours,
    PlanSection,
    Reason,
    ReminderRules,
    Service,
    Source,
    Text,
    Texts,
    is_withdrawn,
)
from server.library.questionnaire_assembly import build_questionnaires
from server.library.reading import Document
from server.library.shapes import WEEKDAYS
from server.library.sheets import (
    AGREEMENTS_STEM,
    BREATHING,
    BREATHING_STEM,
    FORBIDDEN,
    GOALS,
    HOLIDAYS,
    LINES,
    PAGE_STEM,
    PLACES,
    PLAN,
    REASONS,
    Sheets,
    desk_file,
)


def assemble(sheets: Sheets) -> Content:
    """Build the content from sheets without a fault."""
    lines = [_line(sheets, entry) for entry in sheets[LINES].data["line"]]
    centres = [_centre(sheets, slug, document) for slug, document in sheets.centres.items()]
    words = sheets[FORBIDDEN].data
    return Content(
        page=_texts(sheets, PAGE_STEM),
        lines=tuple(line for line in lines if not is_withdrawn(line.texts)),
        centres=tuple(sorted(centres, key=lambda centre: centre.order)),
        holidays=tuple(
            Holiday(entry["on"], {language: entry[language] for language in LANGUAGES})
            for entry in sorted(sheets[HOLIDAYS].data["holiday"], key=lambda entry: entry["on"])
        ),
        breathing=_breathing(sheets),
        exercises=build_exercises(sheets),
        exercise_texts={name: _texts(sheets, f"exercises/library/{name}") for name in sheets.exercises},
        plan=tuple(
            PlanSection(section["id"], _texts(sheets, f"plan/{section['id']}"))
            for section in sheets[PLAN].data["section"]
        ),
        goals={
            warning["id"]: _texts(sheets, f"goals/{warning['id']}")
            for warning in sheets[GOALS].data["warning"]
        },
        messages={
            stem.removeprefix("messages/"): _texts(sheets, stem)
            for stem in sheets.texts
            if stem.startswith("messages/")
        },
        forbidden=tuple(word for language in LANGUAGES for word in words[language]),
        reasons=tuple(
            Reason(entry["code"], {language: entry[language] for language in LANGUAGES})
            for entry in sheets[REASONS].data["reason"]
        ),
        appointment_rules={
            slug: AppointmentRules(**document.data) for slug, document in sheets.appointment_rules.items()
        },
        reminder_rules={
            slug: ReminderRules(**document.data) for slug, document in sheets.reminder_rules.items()
        },
        phases={slug: _entries(document.data["phase"]) for slug, document in sheets.phases.items()},
        guarantees={slug: as_guarantee(document.data) for slug, document in sheets.guarantees.items()},
        message_hours={
            slug: _week(document.data["hours"]) if "hours" in document.data else None
            for slug, document in sheets.message_hours.items()
        },
        courses=build_courses(sheets, _texts),
        course_texts={code: _texts(sheets, f"courses/{code}") for code in sheets.courses},
        agreements=_texts(sheets, AGREEMENTS_STEM),
        questionnaires=build_questionnaires(sheets),
        questionnaire_texts={
            code: _texts(sheets, f"questionnaires/{code}") for code in sheets.questionnaires
        },
        desk=_desk(sheets),
    )


def _desk(sheets: Sheets) -> Desk:
    lists = {name: _entries(sheets[desk_file(name)].data["entry"]) for name in DESK_CODES}
    capacities = [Capacity(**entry) for entry in sheets[PLACES].data["capacity"]]
    return Desk(lists, tuple(sorted(capacities, key=lambda one: one.since)))


def _entries(listed: Sequence[Mapping[str, Any]]) -> tuple[DeskEntry, ...]:
    return tuple(
        DeskEntry(entry["code"], {language: entry[language] for language in LANGUAGES}) for entry in listed
    )


def _texts(sheets: Sheets, stem: str) -> Texts:
    return {language: _text(sheets, stem, language) for language in LANGUAGES}


def _text(sheets: Sheets, stem: str, language: str) -> Text:
    document = sheets.texts[stem][language]
    review = document.data["review"]
    return Text(
        file=document.file,
        language=language,
        status=review["status"],
        area=review["area"],
        fields={key: value for key, value in document.data.items() if key != "review"},
        body=document.body,
        digest=sheets.digest(stem, language),
    )


def _line(sheets: Sheets, entry: Mapping[str, Any]) -> HelpLine:
    return HelpLine(
        id=entry["id"],
        display=entry["display"],
        tel=entry["tel"],
        hours=entry["hours"],
        check_url=entry.get("check_url"),
        source=entry["source"],
        checked_on=entry["checked_on"],
        texts=_texts(sheets, f"crisis/{entry['id']}"),
    )


def _centre(sheets: Sheets, slug: str, document: Document) -> Centre:
    services = [_service(sheets, slug, entry) for entry in document.data["service"]]
    return Centre(
        slug=slug,
        order=document.data["order"],
        texts=_texts(sheets, f"services/{slug}/centre"),
        services=tuple(service for service in services if not is_withdrawn(service.texts)),
    )


def _service(sheets: Sheets, slug: str, entry: Mapping[str, Any]) -> Service:
    exceptions = [
        HolidayRule(rule["on"], rule["state"], rule.get("opens"), rule.get("closes"))
        for rule in entry.get("exception", [])
    ]
    return Service(
        id=entry["id"],
        kind=entry["open"],
        week=_week(entry.get("hours", [])),
        on_holidays=entry.get("on_holidays", DayState.ASK),
        exceptions=tuple(sorted(exceptions, key=lambda rule: rule.on)),
        source=Source(**entry["source"]),
        checked_on=entry["checked_on"],
        texts=_texts(sheets, f"services/{slug}/{entry['id']}"),
    )


def _week(listed: Sequence[Mapping[str, Any]]) -> tuple[OpenHours, ...]:
    week = [
        OpenHours(WEEKDAYS.index(day) + 1, hours["opens"], hours["closes"])
        for hours in listed
        for day in hours["days"]
    ]
    return tuple(sorted(week, key=lambda hours: (hours.day, hours.opens)))


def _breathing(sheets: Sheets) -> Exercise | None:
    data, texts = sheets[BREATHING].data, _texts(sheets, BREATHING_STEM)
    if is_withdrawn(texts):
        return None
    steps = tuple(BreathStep(step["id"], step["seconds"]) for step in data["step"])
    return Exercise("breathing", data["rounds"], steps, texts)
