"""Which centres promise a first talk within so many days; told once at the start."""

from collections.abc import Mapping

from server.library.guarantee_models import Guarantee

_by_centre: Mapping[str, Guarantee] = {}


def configure(by_centre: Mapping[str, Guarantee]) -> None:
    """Keep the guarantee of every centre that has one, by its slug."""
    global _by_centre
    _by_centre = by_centre


def find_guarantee(slug: str) -> Guarantee | None:
    """The guarantee of a centre; None where there is none."""
    return _by_centre.get(slug)
