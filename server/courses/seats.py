"""Who gets a seat: so many at each session, given in the order in which they were asked for. Pure."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Person = TypeVar("Person", bound=Hashable)


def taken(enrolled: Iterable[Iterable[int]]) -> Counter[int]:
    """How many seats are taken at each session, by its number."""
    return Counter(number for numbers in enrolled for number in set(numbers))


def has_room(numbers: Iterable[int], at: Mapping[int, int], seats: int) -> bool:
    """Whether there is a seat at every one of these sessions."""
    return all(at.get(number, 0) < seats for number in numbers)


def next_in_line(
    waiting: Sequence[tuple[Person, Iterable[int]]], at: Mapping[int, int], seats: int
) -> list[Person]:
    """Who of those who wait gets a place now, in order.

    Somebody gets a place at all the sessions they wish for, or at none. Nobody is overtaken: a seat that
    somebody earlier still waits for goes to nobody later.
    """
    at = Counter(at)
    awaited: set[int] = set()
    placed = []
    for person, wished in waiting:
        numbers = set(wished)
        if numbers and awaited.isdisjoint(numbers) and has_room(numbers, at, seats):
            at.update(numbers)
            placed.append(person)
        else:
            awaited |= numbers
    return placed
