"""The real web server for the model test, and a watcher that starts it anew after each SIGKILL.

`python -m tests.model.server PORT`: the watcher loads the house once and forks; the child serves. A killed
child is followed by another on the same socket within milliseconds, as a supervisor would do it.
"""

import contextlib
import os
import signal
import socket
import sys
from pathlib import Path

import waitress

from server.app import configure_house, create_app
from server.config import Config


def main(port: int) -> None:
    """Serve until told to stop."""
    config = Config.from_env()
    app = create_app(config, serve=False)
    with socket.create_server(("127.0.0.1", port), backlog=128) as listener:
        Path(os.environ["READY_FILE"]).write_text(str(port))
        signal.signal(signal.SIGTERM, _stop)
        while True:
            _children.append(os.fork())
            if _children[-1] == 0:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                configure_house(config)
                waitress.serve(app, sockets=[listener], threads=4, _quiet=True)
            os.waitpid(_children.pop(), 0)


_children: list[int] = []


def _stop(_signal: int, _frame: object) -> None:
    for child in _children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
