"""What may happen to exercises: given and taken back, answered, offered and erased, written and reviewed."""

from server.exercises.answers import (
    ENTITY,
    NewAnswer,
    current_answers,
    erase,
    is_erased,
    offer,
    write,
)
from server.exercises.giving import KIND, NewAssignment, change, current_assignments, give
from server.exercises.models import Outcome, Profession
from server.exercises.occurrences import Repeat
from server.exercises.own import OwnText, create, list_own, review, rewrite, show, submit, withdraw
from server.exercises.reading import read_given, shared_with
from server.exercises.reading import show as show_given
from server.exercises.reminding import still_wanted

__all__ = [
    "ENTITY",
    "KIND",
    "NewAnswer",
    "NewAssignment",
    "Outcome",
    "OwnText",
    "Profession",
    "Repeat",
    "change",
    "create",
    "current_answers",
    "current_assignments",
    "erase",
    "give",
    "is_erased",
    "list_own",
    "offer",
    "read_given",
    "review",
    "rewrite",
    "shared_with",
    "show",
    "show_given",
    "still_wanted",
    "submit",
    "withdraw",
    "write",
]
