"""Runs the benches that are named, or all: `python -m tests.bench [NAME…]`; each prints one JSON object."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
HELPERS = {
    "__init__",
    "__main__",
    "house",
    "peer_drf",
    "peer_fastapi",
    "push_peers",
    "report",
    "served",
    "sink",
}


def main(names: list[str]) -> int:
    """Every bench in a process of its own; the exit code says whether all kept their budgets."""
    known = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in HELPERS)
    if strange := sorted(set(names) - set(known)):
        print(f"There is no bench called {', '.join(strange)}. There is: {', '.join(known)}.")
        return 2
    runs = [
        subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False) for name in names or known
    ]
    return max(run.returncode for run in runs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
