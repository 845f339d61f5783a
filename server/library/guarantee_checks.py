"""What a centre's guarantee speaks of has to be there: its centre, its services, every reason once."""

from collections.abc import Iterator

from server.library.guarantee_models import WAIVER_CODES
from server.library.models import Fault
from server.library.sheets import Sheets


def find_faults(sheets: Sheets) -> Iterator[Fault]:
    """Services that the centre has not or that stand twice, and reasons without words."""
    for slug, document in sheets.guarantees.items():
        if slug not in sheets.centres:
            yield document.fault(f"file is missing: services/{slug}/services.toml")
            continue
        known = {service["id"] for service in sheets.centres[slug].data["service"]}
        seen: set[str] = set()
        for table in ("service", "without"):
            for at, entry in enumerate(document.data[table]):
                if entry["id"] not in known:
                    yield document.fault(f"no such service here: {entry['id']}", table, at, "id")
                if entry["id"] in seen:
                    yield document.fault(f"duplicate id: {entry['id']}", table, at, "id")
                seen.add(entry["id"])
        codes = [entry["code"] for entry in document.data["waiver"]]
        if sorted(codes) != sorted(WAIVER_CODES):
            yield document.fault(f"must name each reason once: {', '.join(WAIVER_CODES)}", "waiver")
