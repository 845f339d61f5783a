"""What the content consists of. Frozen: a running server never changes a text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from server.library.course_models import CourseContent
from server.library.desk_models import Desk, DeskEntry
from server.library.exercise_models import LibraryExercise
from server.library.guarantee_models import Guarantee
from server.library.questionnaire_models import Questionnaire

LANGUAGES = ("da", "en")
#: The reasons for a cancellation that the house can store; content gives each of them its words.
REASON_CODES = (
    "ill",
    "work",
    "transport",
    "no-wish",
    "other-help",
    "service-ill",
    "service-planning",
    "unknown",
)
#: The kinds of appointments for which a centre may set an hour limit of its own.
APPOINTMENT_KINDS = ("first-talk", "talk", "group", "doctor", "other")


class ReviewStatus(StrEnum):
    """How far a text has come."""

    DRAFT = "draft"  # nobody of the field has read it; shown with a mark
    REVIEWED = "reviewed"  # read and approved word by word
    WITHDRAWN = "withdrawn"  # not shown any more


class Area(StrEnum):
    """The field whose professional reviews the text."""

    CRISIS = "crisis"
    VIOLENCE = "violence"
    SUBSTANCES = "substances"
    EXERCISE = "exercise"
    LAW = "law"
    PRACTICAL = "practical"


class LineHours(StrEnum):
    """What we can say about when a help line answers."""

    ALWAYS = "always"  # day and night
    CHECK = "check"  # the hours change: the line's own page knows


class OpenKind(StrEnum):
    """What our sources say about when a service is open."""

    ALWAYS = "always"  # day and night
    WEEKLY = "weekly"  # the hours below
    UNKNOWN = "unknown"  # nothing; then nothing is worked out either


class DayState(StrEnum):
    """What holds on a day that is not an ordinary one."""

    AS_USUAL = "as-usual"  # the ordinary hours
    CLOSED = "closed"  # closed the whole day
    OPEN = "open"  # open at the hours given with it
    ASK = "ask"  # nobody has told us: call first


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the content, where, and what it is."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ContentError(Exception):
    """The content cannot be used; `faults` says why, each with file and line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True)
class Text:
    """Words in one language, with the state of their review."""

    file: str
    language: str
    status: ReviewStatus
    area: Area
    fields: Mapping[str, Any]
    body: str
    digest: str
    hidden: bool = False  # nothing of it but its heading is shown (`hiding.py`)

    @property
    def title(self) -> str:
        """The heading of the text."""
        return str(self.fields["title"])

    @property
    def is_draft(self) -> bool:
        """True until a professional has read exactly these words; what is hidden needs no mark."""
        return self.status is not ReviewStatus.REVIEWED and not self.hidden


Texts = Mapping[str, Text]  # one per language


def is_withdrawn(texts: Texts) -> bool:
    """Whether a thing has been taken out; check() sees to it that both languages agree."""
    return any(text.status is ReviewStatus.WITHDRAWN for text in texts.values())


@dataclass(frozen=True)
class HelpLine:
    """A number anybody may call, seen before any login."""

    id: str
    display: str
    tel: str
    hours: LineHours
    check_url: str | None
    source: str
    checked_on: date
    texts: Texts


@dataclass(frozen=True)
class OpenHours:
    """Opens and closes, on one weekday (1 is Monday)."""

    day: int
    opens: str
    closes: str


@dataclass(frozen=True)
class HolidayRule:
    """A day on which the ordinary hours of one service do not hold."""

    on: date
    state: DayState
    opens: str | None
    closes: str | None


@dataclass(frozen=True)
class Holiday:
    """A public holiday, or a day many places close although it is none."""

    on: date
    names: Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """Where a fact stands."""

    document: str
    section: str
    dated: str


@dataclass(frozen=True)
class Service:
    """Something a centre offers, to whom, and when."""

    id: str
    kind: OpenKind
    week: tuple[OpenHours, ...]
    on_holidays: DayState
    exceptions: tuple[HolidayRule, ...]
    source: Source
    checked_on: date
    texts: Texts


@dataclass(frozen=True)
class Centre:
    """One of the municipality's centres. Its number is a setting, its address is not ours to print."""

    slug: str
    order: int
    texts: Texts
    services: tuple[Service, ...]

    @property
    def always_open(self) -> bool:
        """Whether somebody answers day and night."""
        return any(service.kind is OpenKind.ALWAYS for service in self.services)


@dataclass(frozen=True)
class AppointmentRules:
    """What one centre has decided about appointments: how late is late, what a calendar elsewhere may show.

    A person is in time up to so many hours before the start. Without `alias_in_calendar` a counsellor's
    own calendar address never says with whom, without `place_in_calendar` never where.
    """

    late_hours: int
    late_hours_by_kind: Mapping[str, int]
    alias_in_calendar: bool = False
    place_in_calendar: bool = False

    def hours_for(self, kind: str) -> int:
        """The limit for one kind of appointment, in hours."""
        return self.late_hours_by_kind.get(kind, self.late_hours)


@dataclass(frozen=True)
class ReminderRules:
    """Which reminders a centre sends of what it books, and at what time of the day (HH:MM, Danish clocks)."""

    week_before: bool = True
    week_before_days: int = 7
    week_before_at: str = "16:00"
    day_before_at: str = "16:00"
    two_hours_before: bool = True


@dataclass(frozen=True)
class Reason:
    """Why an appointment was cancelled, in the words of each language."""

    code: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class BreathStep:
    """In or out, for so many seconds."""

    id: str
    seconds: int


@dataclass(frozen=True)
class Exercise:
    """A short exercise with an end."""

    id: str
    rounds: int
    steps: tuple[BreathStep, ...]
    texts: Texts


@dataclass(frozen=True)
class PlanSection:
    """A section of the crisis plan: its heading, what it is for, suggestions for who is stuck."""

    id: str
    texts: Texts


@dataclass(frozen=True)
class Content:
    """Everything people read that is not typed by somebody."""

    page: Texts
    lines: tuple[HelpLine, ...]
    centres: tuple[Centre, ...]
    holidays: tuple[Holiday, ...]
    breathing: Exercise | None  # None once withdrawn
    exercises: tuple[LibraryExercise, ...]  # without those that were withdrawn
    exercise_texts: Mapping[str, Texts]  # the words of each, by its id
    plan: tuple[PlanSection, ...]
    goals: Mapping[str, Texts]  # what a goal says of itself, by id
    messages: Mapping[str, Texts]
    forbidden: tuple[str, ...]
    reasons: tuple[Reason, ...]
    appointment_rules: Mapping[str, AppointmentRules]  # by the centre's slug
    reminder_rules: Mapping[str, ReminderRules]  # by the centre's slug
    phases: Mapping[str, tuple[DeskEntry, ...]]  # by the slug of each centre that names any
    guarantees: Mapping[str, Guarantee]  # by the slug of each centre that has one
    message_hours: Mapping[str, tuple[OpenHours, ...] | None]  # by the centre's slug; None: no document says
    courses: Mapping[str, CourseContent]  # by code, centre by centre
    course_texts: Mapping[str, Texts]  # the words of each course, by code
    agreements: Texts  # what a group agrees on
    questionnaires: Mapping[str, Questionnaire]  # by code, in the order in which they are shown
    questionnaire_texts: Mapping[str, Texts]  # the words of each, by code
    desk: Desk

    def texts(self) -> Iterator[Text]:
        """Every text in every language."""
        for texts in self._all_texts():
            yield from texts.values()

    def _all_texts(self) -> Iterator[Texts]:
        yield from (self.page, self.agreements)
        if self.breathing is not None:
            yield self.breathing.texts
        for centre in self.centres:
            yield centre.texts
            yield from (service.texts for service in centre.services)
        for listed in (self.lines, self.plan):
            yield from (each.texts for each in listed)
        for by_code in (
            self.goals,
            self.exercise_texts,
            self.course_texts,
            self.questionnaire_texts,
            self.messages,
        ):
            yield from by_code.values()
