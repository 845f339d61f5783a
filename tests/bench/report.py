"""What every bench says: one JSON object on a line, with what was measured where."""

from __future__ import annotations

import json
import math
import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that this share of all does not exceed (nearest rank); None without values."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)] if ranked else None


def commit() -> str:
    """The commit that was measured, marked if the files differ from it."""
    named = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return named.stdout.strip() or "unknown"


MEASURED = commit()  # as it was when the measuring began


def say(bench: str, **figures: Any) -> None:
    """Print one line."""
    where = {"commit": MEASURED, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    load = round(os.getloadavg()[0], 2)
    print(json.dumps({"bench": bench, **figures, **where, "cores": os.cpu_count(), "load": load}), flush=True)
