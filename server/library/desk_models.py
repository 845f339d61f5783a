"""What the crisis line's desk offers to tick, and how many places for the night it has.

The codes are what the house stores and counts by; content gives each of them its words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

#: Stands for itself in every list that has it: nobody asked, or nobody wrote it down.
NOT_REGISTERED = "not-registered"
CONTACT_REASONS = (
    "anxiety",
    "low-mood",
    "thoughts-of-suicide",
    "self-harm",
    "voices",
    "loneliness",
    "sleep",
    "conflict",
    "violence",
    "grief",
    "substances",
    "after-discharge",
    "practical",
    "talk",
    "other",
    NOT_REGISTERED,
)
GIVEN = (
    "talk",
    "presence",
    "advice",
    "plan-opened",
    "plan-written",
    "practical-help",
    "visit",
    "overnight",
    "went-along",
    "other",
)
CONTACT_OUTCOMES = (
    "calmer",
    "contact-agreed",
    "stays-overnight",
    "with-others",
    "handed-over",
    "emergency",
    "broken-off",
    "other",
    NOT_REGISTERED,
)
REFERRALS = (
    "none",
    "contact-person",
    "doctor",
    "doctor-on-call",
    "emergency-services",
    "regional-psychiatry",
    "neighbour-psychiatry",
    "substance-centre",
    "crisis-centre",
    "hostel",
    "job-centre",
    "youth-services",
    "family-services",
    "prison-service",
    "volunteers",
    "relatives",
    "other",
)
#: The lists by the name of their file below content/crisis_line/.
DESK_CODES: Mapping[str, tuple[str, ...]] = {
    "reasons": CONTACT_REASONS,
    "given": GIVEN,
    "outcomes": CONTACT_OUTCOMES,
    "referrals": REFERRALS,
}


@dataclass(frozen=True)
class DeskEntry:
    """One thing to tick, in the words of each language."""

    code: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Capacity:
    """How many people can stay overnight, from this evening on."""

    since: date
    places: int


@dataclass(frozen=True)
class Desk:
    """What the desk offers: the lists by name, each in its order, and the places for the night by date."""

    lists: Mapping[str, tuple[DeskEntry, ...]]
    capacities: tuple[Capacity, ...]  # oldest first

    def places_on(self, evening: date) -> int:
        """How many people can stay from this evening until the next morning; 0 before the first entry."""
        holding = [one.places for one in self.capacities if one.since <= evening]
        return holding[-1] if holding else 0
