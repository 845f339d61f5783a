"""The real web server for the model test, and a watcher that starts it anew after each SIGKILL.

`python -m tests.model.server PORT`: the watcher loads the house once and forks; the child serves. A killed
child is followed by another on the same socket within milliseconds, as a supervisor would do it. Whoever
starts it holds the other end of its standard input: when that closes, however the run ended, both end.
"""

import contextlib
import os
import select
import signal
import socket
import sys
import threading
from pathlib import Path

import waitress

from server.app import configure_house, create_app
from server.config import Config
from server.sync import service as sync

PAGE = 5  #: so few changes come at once that a pull of one story is cut between its pages
RUN = 0  #: standard input; nobody writes to it


def main(port: int) -> None:
    """Serve until told to stop, or until the run is gone."""
    config = Config.from_env()
    sync.PAGE = PAGE
    app = create_app(config, serve=False)
    with socket.create_server(("127.0.0.1", port), backlog=128) as listener:
        Path(os.environ["READY_FILE"]).write_text(str(port))
        signal.signal(signal.SIGTERM, _stop)
        while not _run_is_gone():
            _children.append(os.fork())
            if _children[-1] == 0:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                threading.Thread(target=_end_with_the_run, daemon=True).start()
                configure_house(config)
                waitress.serve(app, sockets=[listener], threads=4, _quiet=True)
            os.waitpid(_children[-1], 0)
            _children.pop()


_children: list[int] = []


def _run_is_gone() -> bool:
    return bool(select.select([RUN], [], [], 0)[0])


def _end_with_the_run() -> None:
    os.read(RUN, 1)
    os._exit(0)


def _stop(_signal: int, _frame: object) -> None:
    for child in _children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
