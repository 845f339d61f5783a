"""Fail points: named places at which a test can have the process killed, as a lost machine would.

They are off unless a folder is configured, which production refuses. A file with the point's name in that
folder arms it once; its text may name another signal than KILL, such as STOP.
"""

import os
import signal
from pathlib import Path

_folder: Path | None = None


def configure(folder: Path | None) -> None:
    """Look for armed points in this folder, or nowhere."""
    global _folder
    _folder = folder


def reach(name: str) -> None:
    """Get the signal here, at once and without a word, if a test has armed this point."""
    if _folder is None:
        return
    armed, taken = _folder / name, _folder / f"{name}.{os.getpid()}"
    try:
        armed.rename(taken)  # of several processes that come by, one takes it
    except FileNotFoundError:
        return
    named = taken.read_text().strip()
    taken.unlink()
    os.kill(os.getpid(), signal.Signals[f"SIG{named}"] if named else signal.SIGKILL)
