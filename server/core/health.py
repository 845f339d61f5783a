"""Signs of life: /healthz (this process answers) and /readyz (the house can do its work)."""

from collections.abc import Callable, Mapping

from flask import Flask, Response, jsonify

from server.core import logging
from server.core.access import Action, requires

Check = Callable[[], bool]
GROUND = "database"


def install(app: Flask, *, ground: Check, checks: Mapping[str, Check]) -> None:
    """Answer both routes; a check that raises counts as failed.

    `ground`: the database. Without it no other check is asked, each of which would wait for it anew.
    """

    @requires(Action.READ_PUBLIC)
    def alive() -> Response:
        return jsonify({"status": "ok"})

    @requires(Action.READ_PUBLIC)
    def ready() -> Response:
        found = {GROUND: _passes(GROUND, ground)}
        found |= {name: found[GROUND] and _passes(name, check) for name, check in checks.items()}
        answer = jsonify(
            {
                "status": "ready" if all(found.values()) else "not ready",
                "checks": {name: "ok" if passed else "failed" for name, passed in found.items()},
            }
        )
        if not all(found.values()):
            answer.status_code = 503
            answer.headers["Retry-After"] = "5"
        return answer

    app.add_url_rule("/healthz", endpoint="healthz", view_func=alive)
    app.add_url_rule("/readyz", endpoint="readyz", view_func=ready)


def _passes(name: str, check: Check) -> bool:
    try:
        return check()
    except Exception as err:
        logging.get("health").warning("check.failed", check=name, kind=type(err).__name__)
        return False
