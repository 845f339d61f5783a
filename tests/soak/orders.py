"""Many orders of events: `python -m tests.soak.orders [PARTS]`; only the written-down steps may be taken.

5 000 orders of what may happen to a reminder and 1 500 of what may happen to another way, in fifty parts,
each on an empty database. A failing order is printed in full, made as short as can be.
"""

import os
import subprocess
import sys
import time

PARTS = "50"
FILES = ("tests/notifications/test_state_machine.py", "tests/notifications/test_fallback_states.py")
HOW = ("-n", str(os.cpu_count() or 1), "--dist", "load", "-p", "no:cacheprovider")


def main(arguments: list[str]) -> int:
    """Run it; the exit code says whether every promise was kept."""
    [parts] = arguments or [PARTS]
    began = time.monotonic()
    print(f"Orders of events: {parts} parts of 100 and 30", flush=True)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-k", "order", *HOW, *FILES],
        env={**os.environ, "ORDERS_PARTS": parts},
        check=False,
    )
    verdict = "0 steps that are not written down" if run.returncode == 0 else "FAILED: see the order above"
    print(f"Orders of events: {verdict}, {time.monotonic() - began:.0f} s", flush=True)
    return run.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
