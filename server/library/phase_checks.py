"""A phase belongs to a centre that is there, and its code names one thing in the whole house."""

from collections.abc import Iterator

from server.library.models import Fault
from server.library.sheets import Sheets


def find_faults(sheets: Sheets) -> Iterator[Fault]:
    """Phases of a centre that is not there, and codes that stand twice, at one centre or at two."""
    seen: set[str] = set()
    for slug, document in sheets.phases.items():
        if slug not in sheets.centres:
            yield document.fault(f"file is missing: services/{slug}/services.toml")
        for at, entry in enumerate(document.data["phase"]):
            if entry["code"] in seen:
                yield document.fault(f"duplicate code: {entry['code']}", "phase", at, "code")
            seen.add(entry["code"])
