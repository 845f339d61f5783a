"""Prepares a checkout: virtual environment, packages, PWA, browsers; needs only Python and the network.

`python3 .ci/setup.py run|check|test|bench`; each step is stamped, so that a second run has nothing to do.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
PWA = ROOT / "pwa"
PEERS = ROOT / "tests" / "bench" / "peers"
OLDEST_PYTHON = (3, 11)
BROWSERS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "/Applications/Google Chrome.app"),
    "firefox-esr": ("firefox-esr", "firefox", "/Applications/Firefox.app"),
}
EXTRAS = {
    "run": ["run"],
    "check": ["run", "test"],
    "test": ["run", "test"],
    "bench": ["run", "test", "bench"],
}
NOT_SOURCES = {"node_modules", "dist", "generated", "__pycache__"}


class Refused(Exception):
    """A step that cannot be done; its text is one sentence that says what to do."""


def say(words: str) -> None:
    """One line about what happens now."""
    print(words, flush=True)


def find_python(
    candidates: tuple[str, ...] = ("python3.14", "python3.13", "python3.12", "python3.11"),
) -> str:
    """A Python that is new enough: this one, else one on PATH.

    :raises Refused: if there is none
    """
    if sys.version_info >= OLDEST_PYTHON:
        return sys.executable
    for name in candidates:
        path = shutil.which(name)
        if path:
            return path
    raise Refused(f"Python 3.11 or later is needed and this is {sys.version.split()[0]}: install python3.11.")


def digest(paths: list[Path], *more: str) -> str:
    """One hash over names and contents of files and folders, and whatever else matters."""
    found = hashlib.sha256()
    for text in more:
        found.update(text.encode() + b"\0")
    for path in sorted(file for start in paths for file in _files(start)):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _files(start: Path) -> list[Path]:
    if start.is_file():
        return [start]
    found = []
    for folder, folders, names in os.walk(start):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        found += [Path(folder) / name for name in names]
    return found


def is_done(step: str, state: str) -> bool:
    """Whether a step was already done for this very state of its inputs."""
    stamp = STAMPS / step
    return stamp.is_file() and stamp.read_text() == state


def mark_done(step: str, state: str) -> None:
    """Remember that a step was done."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / step).write_text(state)


def run_step(words: str, command: list[str], failed: str, folder: Path = ROOT) -> None:
    """Run a command, show that it moves, and show its last words if it fails.

    :raises Refused: with `failed`, the sentence that says what to do
    """
    say(f"· {words}")
    began = shown = time.monotonic()
    last: list[str] = []
    environment = {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            last = [*last[-14:], line.rstrip()]
            if time.monotonic() - shown > 5:
                shown = time.monotonic()
                say(f"    {shown - began:3.0f} s  {line.strip()[:90]}")
    if process.returncode != 0:
        say("\n".join(last))
        raise Refused(failed)


def as_root_with_apt() -> bool:
    """Whether we may install Debian packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> None:
    """Install Debian packages.

    :raises Refused: if apt-get fails
    """
    names = " ".join(packages)
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    failed = f"apt-get could not install {names}: install it by hand and try again."
    run_step("Reading Debian's package lists", ["apt-get", "update"], failed)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    run_step(f"Installing {names} with apt-get", command, failed)


def ensure_venv(python: str) -> None:
    """Make .venv unless it is ours and works; a moved checkout gets a new one.

    :raises Refused: if Python's venv module is incomplete
    """
    state = f"{ROOT} {python}"
    if is_done("venv", state) and (VENV / "bin" / "python").exists():
        return
    if not STAMPS.exists() and _made_by_hand():
        mark_done("venv", state)
        return
    if python == sys.executable and importlib.util.find_spec("ensurepip") is None:
        if not as_root_with_apt():
            raise Refused("Python's venv module is missing: run `sudo apt-get install python3-venv` first.")
        apt_install("python3-venv")
    command = [python, "-m", "venv", "--clear", str(VENV)]
    run_step("Making the virtual environment .venv", command, "Making .venv failed; the lines above say why.")
    mark_done("venv", state)


def _made_by_hand() -> bool:
    """Whether .venv is somebody's own that works: then it is used as it is."""
    program = f"import pip, sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    python = VENV / "bin" / "python"
    return python.exists() and subprocess.run([str(python), "-c", program], check=False).returncode == 0


def ensure_packages(extras: list[str], words: str = "Python packages") -> None:
    """Install the project with its extras into .venv.

    :raises Refused: if pip fails
    """
    name = ",".join(extras)
    state = digest([ROOT / "setup.cfg", ROOT / "pyproject.toml"])
    if is_done(f"packages-{name}", state):
        return
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    command = [*pip, "install", "--no-input", "--editable", f".[{name}]"]
    run_step(f"Installing {words}", command, "pip failed; check the network and the lines above.")
    mark_done(f"packages-{name}", state)


def node_is_new_enough(version: str) -> bool:
    """Whether Vite builds with this Node: 20.19 and later, or 22.12 and later, not 21."""
    found = re.match(r"v(\d+)\.(\d+)", version)
    if not found:
        return False
    number = (int(found[1]), int(found[2]))
    return (20, 19) <= number < (21, 0) or number >= (22, 12)


def ensure_node() -> None:
    """Node from PATH if it is new enough, else from a Python package in .venv."""
    for npm in (shutil.which("npm"), VENV / "bin" / "npm"):
        if npm and Path(npm).exists() and node_is_new_enough(_version_of(Path(npm).with_name("node"))):
            return
    ensure_packages(["node"], "Node.js (about 60 MB)")


def _version_of(node: Path) -> str:
    try:
        return subprocess.run([str(node), "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""


def ensure_pwa() -> None:
    """Install what the PWA is built with, write its content, build it.

    :raises Refused: if one of the three fails
    """
    lock = digest([PWA / "package.json", PWA / "package-lock.json"], str(ROOT))
    phones = [
        f"{key}={value}" for key, value in sorted(os.environ.items()) if key.startswith("CENTRE_PHONE_")
    ]
    inputs = digest([PWA, ROOT / "content", ROOT / "server" / "library"], lock, *phones)
    has_modules = is_done("npm", lock) and (PWA / "node_modules").is_dir()
    if has_modules and is_done("pwa", inputs) and (PWA / "dist" / "index.html").is_file():
        return
    ensure_node()
    if not has_modules:
        command = ["npm", "ci", "--no-audit", "--no-fund"]
        run_step("Installing the PWA's packages", command, "npm ci failed; check the network.", PWA)
        mark_done("npm", lock)
    render = [str(VENV / "bin" / "python"), "-m", "server.cli", "render-content"]
    run_step("Writing content for the PWA", render, "The content could not be written; see the lines above.")
    run_step(
        "Building the PWA", ["npm", "run", "build"], "The PWA could not be built; see the lines above.", PWA
    )
    mark_done("pwa", inputs)


def ensure_peers() -> None:
    """Install what the sending is measured against; it stays beside the bench, away from the PWA.

    :raises Refused: if npm fails
    """
    lock = digest([PEERS / "package.json", PEERS / "package-lock.json"], str(ROOT))
    if is_done("peers", lock) and (PEERS / "node_modules").is_dir():
        return
    command = ["npm", "ci", "--no-audit", "--no-fund"]
    run_step("Installing the bench's peers", command, "npm ci failed; check the network.", PEERS)
    mark_done("peers", lock)


def ensure_browsers() -> None:
    """Find the browsers for the tests, as root install them; without them CI fails and others are told.

    :raises Refused: if one is missing and CI=true
    """
    missing = [name for name, places in BROWSERS.items() if not any(map(_is_there, places))]
    if missing and as_root_with_apt():
        apt_install(*missing)
        missing = []
    if not missing:
        return
    command = f"sudo apt-get install --no-install-recommends {' '.join(missing)}"
    told = f"The browser tests need {' and '.join(missing)}: run `{command}`."
    if os.environ.get("CI") == "true":
        raise Refused(told)
    say(f"! {told}")


def _is_there(place: str) -> bool:
    return Path(place).exists() if place.startswith("/") else shutil.which(place) is not None


def prepare(goal: str) -> None:
    """Everything that `make <goal>` needs.

    :raises Refused: at the first step that cannot be done
    """
    if not os.access(ROOT, os.W_OK):
        raise Refused(f"{ROOT} is not yours to write to: run this as its owner, or clone it into your home.")
    ensure_venv(find_python())
    ensure_packages(EXTRAS[goal])
    ensure_pwa()
    if goal in ("test", "bench"):
        ensure_browsers()
    if goal == "bench":
        ensure_peers()


def main(arguments: list[str]) -> int:
    """Prepare, or say in one sentence why not."""
    goal = arguments[0] if arguments else "run"
    try:
        prepare(goal)
    except Refused as refused:
        say(f"✗ {refused}")
        return 1
    except KeyboardInterrupt:
        say("✗ Interrupted; the next run goes on from here.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
