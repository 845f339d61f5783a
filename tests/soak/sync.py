"""The long run of the sync model: 2 000 stories of 50 steps with each client; prints the figures.

`python -m tests.soak.sync [STORIES [STEPS [SEED]]]`. A failing story is printed with every step that led to
it, and with the seed that tells the same stories again.
"""

import os
import random
import subprocess
import sys
import threading
import time

STORIES, STEPS = "2000", "50"
EVERY = 60


def main(arguments: list[str]) -> int:
    """Run it; the exit code says whether every promise was kept."""
    chosen = [STORIES, STEPS, str(random.randrange(2**32))]
    stories, steps, seed = [*arguments, *chosen[len(arguments) :]][:3]
    told = f"{stories} stories of {steps} steps, seed {seed}"
    print(f"Sync model: {told}, with each of two clients", flush=True)
    done, began = threading.Event(), time.monotonic()
    ticker = threading.Thread(target=_tick, args=(done, began), daemon=True)
    ticker.start()
    command = [sys.executable, "-m", "pytest", "-q", "-s", "tests/model/test_model.py"]
    run = subprocess.run(
        [*command, "-p", "no:cacheprovider", "--tb=short"],
        env={**os.environ, "MODEL_STORIES": stories, "MODEL_STEPS": steps, "MODEL_SEED": seed},
        check=False,
    )
    done.set()
    again = f"python -m tests.soak.sync {stories} {steps} {seed}"
    verdict = "0 violations" if run.returncode == 0 else f"FAILED: see the story above; again with `{again}`"
    print(f"Sync model: {verdict} after {time.monotonic() - began:.0f} s", flush=True)
    return run.returncode


def _tick(done: threading.Event, began: float) -> None:
    while not done.wait(EVERY):
        print(f"  … {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
