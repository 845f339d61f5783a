"""What each centre has chosen about its reminders, told once at the start by whoever loads the content."""

from collections.abc import Mapping

from server.library.models import ReminderRules

_by_centre: Mapping[str, ReminderRules] = {}


def configure(by_centre: Mapping[str, ReminderRules]) -> None:
    """Keep the rules of every centre, by its slug."""
    global _by_centre
    _by_centre = by_centre


def rules_of(slug: str) -> ReminderRules:
    """The rules of a centre; the usual ones where it has none."""
    return _by_centre.get(slug, ReminderRules())
