"""Runs the checks side by side, pytest last: `python .ci/check.py fast|all [pytest arguments]`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import setup as checkout

BIN = checkout.VENV / "bin"


def steps() -> list[tuple[str, list[str], Path]]:
    """The checks before pytest: name, command, folder."""
    python, root = str(BIN / "python"), checkout.ROOT
    return [
        ("ruff check", [python, "-m", "ruff", "check", "."], root),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "--quiet", "."], root),
        ("mypy", [python, "-m", "mypy", "server", "notifications"], root),
        ("import contracts", [str(BIN / "lint-imports")], root),
        ("content", [python, "-m", "flask", "check-content"], root),
        ("PWA types", ["npm", "run", "--silent", "check"], checkout.PWA),
        ("PWA tests", ["npm", "run", "--silent", "test"], checkout.PWA),
    ]


def pytest_command(which: str, more: list[str]) -> list[str]:
    """All tests side by side: of four workers two have browsers, as long as there are journeys."""
    command = [str(BIN / "python"), "-m", "pytest", *more]
    # Most tests wait for a database, a process or a page: more of them than cores.
    command += ["-n", "4", "--dist", "loadfile"]
    return [*command, "-m", "not browser"] if which == "fast" else command


def passes(name: str, command: list[str], folder: Path, environment: dict[str, str]) -> bool:
    """Run one check; its words are shown only if it fails."""
    began = time.monotonic()
    answer = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    good = answer.returncode == 0
    checkout.say(f"{'·' if good else '✗'} {name} ({time.monotonic() - began:.1f} s)")
    if not good:
        checkout.say(answer.stdout.rstrip())
    return good


def main(arguments: list[str]) -> int:
    """All checks, even after one has failed; pytest's closing line is the last one."""
    which, more = (arguments or ["all"])[0], arguments[1:]
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    planned = steps()
    with ThreadPoolExecutor(os.cpu_count()) as side_by_side:
        good = list(side_by_side.map(lambda step: passes(*step, environment), planned))
    failed = [step[0] for step, is_good in zip(planned, good, strict=True) if not is_good]
    if failed:
        checkout.say(f"✗ Failed so far: {', '.join(failed)}. See above; pytest follows.")
    command = pytest_command(which, more)
    code = subprocess.run(command, cwd=checkout.ROOT, env=environment, check=False).returncode
    return code or (1 if failed else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
