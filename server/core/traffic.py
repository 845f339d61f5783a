"""Requests as figures: how many, how they ended, how long they took. By pattern of a route, never by person.

A web server of several processes counts in files that they share, one for each process in a folder of the
server that started them all. Whichever process has the port answers for all of them; when it ends, the next
one takes the port within seconds, and what the ended one had counted stays counted.
"""

import hashlib
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server, values
from prometheus_client.multiprocess import MultiProcessCollector

from server.core import logging, processes

FOLDERS = "ved-haanden-web-"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
TRY_AGAIN_AFTER = 2.0  #: seconds until a process asks again for a port that another one has


class NotOurs(Exception):
    """Somebody else of this machine has made the folder of the figures; the text says what to do."""


def install(app: Flask, *, port: int) -> None:
    """Count the requests of this app, and answer /metrics on this port of 127.0.0.1 for all its siblings.

    :raises NotOurs: if the folder belongs to another user of this machine
    """
    folder = shared_folder()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # the library reads it whenever it opens a file
    values.ValueClass = values.MultiProcessValue()
    registry = CollectorRegistry()
    count = Counter(
        "ved_haanden_requests", "Requests answered.", ["route", "method", "status"], registry=registry
    )
    duration = Histogram(
        "ved_haanden_request_seconds",
        "From the first look at a request to its answer.",
        ["route", "method"],
        buckets=SECONDS,
        registry=registry,
    )

    @app.after_request
    def note(answer: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "(none)"
        method = request.method if request.method in METHODS else "(other)"
        count.labels(route, method, f"{answer.status_code // 100}xx").inc()
        duration.labels(route, method).observe(time.monotonic() - g.get("started", time.monotonic()))
        return answer

    threading.Thread(target=_answer_for_all, args=(folder, port), name="metrics", daemon=True).start()


def shared_folder() -> Path:
    """The folder of whoever started this process and its siblings; those of servers that ended are removed.

    :raises NotOurs: if it belongs to another user of this machine
    """
    _remove_left_behind()
    parent = os.getppid()
    folder = Path(tempfile.gettempdir()) / f"{FOLDERS}{parent}-{_mark(parent)}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if not _is_ours(folder):
        raise NotOurs(f"{folder} belongs to somebody else: remove it.")
    return folder


def _mark(pid: int) -> str:
    """Tells one start of a process from a later one with the same number."""
    return hashlib.sha256((processes.started_at(pid) or "").encode()).hexdigest()[:12]


def _is_ours(folder: Path) -> bool:
    found = folder.lstat()
    return found.st_uid == os.getuid() and not folder.is_symlink() and found.st_mode & 0o077 == 0


def _remove_left_behind() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*-*"):
        pid, _, mark = folder.name.removeprefix(FOLDERS).partition("-")
        if pid.isdigit() and _is_ours(folder) and mark != _mark(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _answer_for_all(folder: Path, port: int) -> None:
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder))
    while True:
        try:
            start_http_server(port, addr="127.0.0.1", registry=registry)
        except OSError:
            time.sleep(TRY_AGAIN_AFTER)
        else:
            logging.get("metrics").info("metrics.served", port=port)
            return
