"""How long `make run` takes once everything is installed: the first time, and the next times.

The first time makes a database and its demo people; two minutes at most. After that `/readyz` answers within
five seconds (DESIGN.md 2), as the middle one of `ROUNDS` starts.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench import report
from tests.ops.running import Run, free_port

MOST_FIRST_S = 120.0
MOST_AGAIN_S = 5.0
ROUNDS = int(os.environ.get("ROUNDS", "5"))


def _seconds(var_dir: Path) -> float:
    """From the command to the first good `/readyz`, as the run says it itself; then it is stopped."""
    run = Run(var_dir, free_port())
    try:
        run.hear("Ready after")
        said = re.search(r"Ready after ([\d.]+) s", run.said[-1])
        assert said is not None
        return float(said[1])
    finally:
        run.stop()


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="vh-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as somebody else when root starts it
        first = _seconds(Path(folder))
        again = [_seconds(Path(folder)) for _ in range(ROUNDS)]
    report.say(
        "start",
        first_s=first,
        again_s=median(again),
        again_all_s=again,
        budgets={"first_s": MOST_FIRST_S, "again_s": MOST_AGAIN_S},
    )
    return 0 if first <= MOST_FIRST_S and median(again) <= MOST_AGAIN_S else 1


if __name__ == "__main__":
    sys.exit(main())
