"""Fail points: named places at which a test can have the process killed, as a lost machine would.

They are off unless a folder is configured, which production refuses. A file with the point's name in that
folder arms it once.
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
    """Die here, at once and without a word, if a test has armed this point."""
    if _folder is None:
        return
    try:
        (_folder / name).unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
