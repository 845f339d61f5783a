"""Runs the soaks that are named, or all: `python -m tests.soak [NAME…]`; each prints its figures."""

from __future__ import annotations

import subprocess
import sys

KNOWN = ("push", "parted", "disk", "orders", "sync")


def main(names: list[str]) -> int:
    """Every soak in a process of its own; the exit code says whether all promises were kept."""
    if strange := sorted(set(names) - set(KNOWN)):
        print(f"There is no soak called {', '.join(strange)}. There is: {', '.join(KNOWN)}.")
        return 2
    runs = [
        subprocess.run([sys.executable, "-m", f"tests.soak.{name}"], check=False) for name in names or KNOWN
    ]
    return max(run.returncode for run in runs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
