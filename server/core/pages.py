"""The built PWA as the server hands it out: two entries, hashed assets, nothing else."""

import os
from pathlib import Path

from flask import Flask, Response, abort, send_from_directory
from werkzeug.security import safe_join

from server.core.access import Action, requires

FOR_EVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"
HASH_MARK = '<meta name="content-hash" content="{}"'


class BuildMismatch(RuntimeError):
    """The build is missing, or shows other help texts or numbers than the content does."""


def check_build(folder: Path, *, content_hash: str) -> None:
    """Refuse to hand out a build whose help numbers are not today's.

    :raises BuildMismatch: saying what to do
    """
    entry = folder / "index.html"
    if not entry.is_file():
        raise BuildMismatch(f"There is no PWA build in {folder}. Build it with: make run")
    if HASH_MARK.format(content_hash) not in entry.read_text(encoding="utf-8"):
        raise BuildMismatch(
            f"The build in {folder} shows other help texts or numbers than the content."
            " Build it again: flask render-content, then npm run build in pwa/."
        )


def install(app: Flask, *, folder: Path) -> None:
    """Hand out the build: files as they are, any other address as the entry it belongs to."""

    @requires(Action.READ_PUBLIC)
    def page(path: str = "") -> Response:
        if path == "api" or path.startswith("api/"):
            abort(404)
        return _file(folder, path) or _entry(folder, path)

    app.add_url_rule("/", endpoint="home", view_func=page)
    app.add_url_rule("/<path:path>", endpoint="page", view_func=page)


def _file(folder: Path, path: str) -> Response | None:
    found = safe_join(str(folder), path) if path else None
    if found is None or not os.path.isfile(found):  # Path.is_file raises for a name too long
        return None
    answer = send_from_directory(folder, path)
    answer.headers["Cache-Control"] = FOR_EVER if path.startswith("assets/") else ALWAYS_ASK
    return answer


def _entry(folder: Path, path: str) -> Response:
    if "." in path.rsplit("/", 1)[-1]:
        abort(404)
    is_staff = path == "staff" or path.startswith("staff/")
    answer = send_from_directory(folder / "staff" if is_staff else folder, "index.html")
    answer.headers["Cache-Control"] = ALWAYS_ASK
    return answer
