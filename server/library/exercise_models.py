"""What an exercise of the library consists of. Frozen, as all content."""

from dataclasses import dataclass
from enum import StrEnum

#: Said in every exercise that may make things worse, word for word, and in sight on each of its steps.
STOP = {
    "da": "Bliver det værre, så stop. Åbn øjnene, mærk fødderne.",
    "en": "If it gets worse, stop. Open your eyes, feel your feet.",
}
#: The exercise of the help page stands in the list as one of them, under this id.
BREATHING_ID = "breathing"


class Method(StrEnum):
    """The school an exercise comes from: for colleagues to find it, never shown as a label on a person."""

    COGNITIVE = "cognitive"
    MINDFULNESS = "mindfulness"
    URGE_SURFING = "urge-surfing"
    RELAPSE_PREVENTION = "relapse-prevention"
    GROUNDING = "grounding"
    SLEEP = "sleep"
    COMMUNICATION = "communication"
    BREATHING = "breathing"
    BODY = "body"
    NETWORK = "network"
    MOTIVATION = "motivation"
    ACTIVITY = "activity"
    SAFETY = "safety"


#: Turning to breath, body or one's own mind may bring back what somebody has lived through.
INWARD = frozenset({Method.MINDFULNESS, Method.BREATHING, Method.BODY, Method.URGE_SURFING})


class Need(StrEnum):
    """What somebody is looking for help with; the phone's list is ordered by it."""

    UNREST = "unrest"  # fear, panic, a body that is on guard
    URGE = "urge"
    NIGHT = "night"
    THOUGHTS = "thoughts"
    PEOPLE = "people"
    WAY = "way"  # where I want to go, and what is in it for me


class Aim(StrEnum):
    """The five aims of the structured course (service standard of the drug centre, section 4)."""

    CHANGE = "change"  # what the drug decides in my life is to be another
    INSIGHT = "insight"  # seeing one's own pattern
    CONSEQUENCES = "consequences"  # knowing what it has brought
    ROLE = "role-of-the-drug"  # what the drug has done for me, and does
    OTHER_WAYS = "other-ways"  # other ways to live one's life


class Moment(StrEnum):
    """When an exercise is done."""

    ACUTE = "acute"  # now, while it is hard; reads in a glance
    DAILY = "daily"
    HOMEWORK = "homework"  # between two talks, under one of the aims


class StepKind(StrEnum):
    """What the phone does at a step."""

    TEXT = "text"
    TIMER = "timer"  # counts the seconds down; may be left at any time
    BREATHE = "breathe"  # a circle in the pace of the breath
    FIELD = "field"  # the person writes, if the person likes


@dataclass(frozen=True)
class Step:
    """One step. `seconds` is the timer's length, or one breath in; `seconds_out` one breath out."""

    id: str
    kind: StepKind
    seconds: int | None = None
    seconds_out: int | None = None
    rounds: int | None = None
    lines: int | None = None


@dataclass(frozen=True)
class LibraryExercise:
    """An exercise with an end. `careful`: it may make things worse, and says so."""

    id: str
    methods: tuple[Method, ...]
    needs: tuple[Need, ...]
    moment: Moment
    aim: Aim | None
    minutes: int
    centres: tuple[str, ...]
    careful: bool
    steps: tuple[Step, ...]
