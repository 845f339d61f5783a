"""A small house for the tests: two children under a real supervisor, run as a program of its own."""

import os
import sys
from pathlib import Path

import click

from server.core.runfolder import AlreadyRunning, RunFolder
from server.core.supervisor import StartFailed, Supervisor

SLEEPS = "import time\nprint('awake', flush=True)\ntime.sleep(120)"
FALLS = "print('cannot go on')\nraise SystemExit(3)"


def run(folder: Path, second_child: str) -> None:
    """Start the children and stay, as `make run` does."""
    run_folder = RunFolder(folder)
    supervisor = Supervisor(run_folder, folder=folder)
    supervisor.listen_for_signals()
    run_folder.take()
    for name in run_folder.end_leftovers():
        click.echo(f"ended {name}")
    try:
        with supervisor.ending():
            supervisor.add("web", [sys.executable, "-c", SLEEPS], dict(os.environ))
            supervisor.add("worker", [sys.executable, "-c", second_child], dict(os.environ))
            if second_child == SLEEPS:
                supervisor.wait_until(lambda: True)
            click.echo("ready")  # whole, whatever the children say at this moment
            supervisor.watch()
    finally:
        run_folder.release()
    click.echo("nothing left")


if __name__ == "__main__":
    try:
        run(Path(sys.argv[1]), FALLS if "falls" in sys.argv else SLEEPS)
    except (AlreadyRunning, StartFailed) as refused:
        sys.exit(str(refused))
