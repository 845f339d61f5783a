"""A phone in as few lines as the protocol allows: the client that the real one is measured against."""

import copy
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from server.core.ids import new_id
from tests.model import overlay
from tests.model.wire import Answer, Lost, Request, Wire

JSON_HEADERS = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
BATCH = 100
PLAN = {"plan_line", "plan"}
OWN = {"answered", "tried"}  #: what only the phone needs to know of a change


class Died(Exception):
    """The app was killed before it could write something down."""


class ReferencePhone:
    """One phone. `store` is what lies on its disk; `memory` is what a killed app loses."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.writes_left: int | None = None
        self.offset = timedelta()
        self.memory: dict[str, Any] = {}
        self._do_reset({})

    def do(self, command: dict[str, Any]) -> dict[str, Any]:
        """Carry out a command."""
        self.writes_left = command.get("dies_after")
        try:
            answer = getattr(self, "_do_" + command["cmd"])(command) or {}
        except Died:
            self._do_kill({})
            answer = {"outcome": "later", "died": True}
        self.writes_left = None
        return {"ok": "error" not in answer, **answer, "state": self.state()}

    def close(self) -> None:
        """Nothing to end: it lives in this process."""

    def state(self) -> dict[str, Any]:
        """What a person can see on this phone now."""
        if self.memory["locked"] is not None:
            return ReferencePhone(self.wire).state()
        waiting = [one for one in self.memory["queue"] if not one["answered"]]
        return {
            "paired": self.memory["cookie"] is not None,
            **overlay.visible(self.memory["records"], self.memory["queue"]),
            "queue": [words for one in waiting for words in overlay.words(one)],
            "waiting": len(waiting),
            "whole": self.memory["whole"],
        }

    # What a person does -------------------------------------------------------------------------

    def _do_reset(self, _command: dict[str, Any]) -> None:
        self.memory = {
            "records": {},
            "cursor": None,
            "queue": [],
            "cookie": None,
            "client_id": None,
            "next": 1,
            "whole": False,
            "locked": None,
            "unproved": False,
        }
        self.offset = timedelta()
        self._save()

    _do_evict = _do_reset

    def _do_upgrade(self, _command: dict[str, Any]) -> None:
        """As after a new version of the app: answers that nobody has seen yet lay in a place of their own."""
        queue = self.memory["queue"]
        first = min((one["client_seq"] for one in queue if not one["answered"]), default=self.memory["next"])
        old = [one for one in queue if one["op"] == "reply" and not (one["answered"] or one["tried"])]
        kept = {**self.memory, "queue": [one for one in queue if one not in old]}
        self.store = copy.deepcopy({**kept, "replies": [(one["entity_id"], one["fields"]) for one in old]})
        self._do_kill({})
        for appointment, fields in self.memory.pop("replies"):
            self._write("appointment", "reply", appointment, fields)
        self._number_from(first)
        self._save()

    def _do_state(self, _command: dict[str, Any]) -> None:
        """Nothing but the answer."""

    def _do_kill(self, _command: dict[str, Any]) -> None:
        self.memory = copy.deepcopy(self.store)

    def _do_lock(self, command: dict[str, Any]) -> None:
        self.memory["locked"] = {"plan_open": command["plan_open"]}
        self._save()

    def _do_unlock(self, _command: dict[str, Any]) -> None:
        self.memory["locked"] = None
        self._save()

    def _do_give_up(self, _command: dict[str, Any]) -> None:
        plan = PLAN if self.memory["locked"]["plan_open"] else set()
        records = {entity: rows for entity, rows in self.memory["records"].items() if entity in plan}
        queue = [one for one in self.memory["queue"] if one["entity"] in plan]
        self._do_reset({})
        self.memory |= {"records": records, "queue": queue, "unproved": bool(records or queue)}
        self._save()

    def _do_clock(self, command: dict[str, Any]) -> None:
        self.offset += timedelta(seconds=command["seconds"])

    def _do_edit(self, command: dict[str, Any]) -> dict[str, Any] | None:
        line = self.state()["lines"].get(command["id"])
        if line is None and "section" not in command:
            return {"error": "There is no such line."}
        if line is not None and line["erased"]:
            return {"error": "The line is gone."}
        heads = line[command["field"]] if line else []
        written = {"value": command["value"], "parents": [head["version"] for head in heads]}
        fields: dict[str, Any] = {command["field"]: written}
        if line is None:
            fields |= {"section": command["section"], "position": command.get("position", "n")}
        return self._write("plan_line", "put", command["id"], fields)

    _do_choose = _do_edit

    def _do_move(self, command: dict[str, Any]) -> dict[str, Any] | None:
        return self._on_line(command, "put", {"position": command["position"]})

    def _do_delete(self, command: dict[str, Any]) -> dict[str, Any] | None:
        line = self.state()["lines"].get(command["id"])
        seen = [head["version"] for field in ("text", "phone") for head in line[field]] if line else []
        return self._on_line(command, "delete", {"parents": seen})

    def _do_erase(self, command: dict[str, Any]) -> dict[str, Any] | None:
        return self._on_line(command, "erase", {})

    def _on_line(self, command: dict[str, Any], op: str, fields: dict[str, Any]) -> dict[str, Any] | None:
        line = self.state()["lines"].get(command["id"])
        if line is None or line["erased"]:
            return {"error": "There is no such line."}
        return self._write("plan_line", op, command["id"], fields)

    def _do_goal(self, command: dict[str, Any]) -> dict[str, Any] | None:
        known = self.memory["records"].get("goal", {}).get(command["id"])
        fields: dict[str, Any] = {}
        if "title" in command:
            own = [one for one in self.memory["queue"] if one["entity_id"] == command["id"]]
            after = [one["mutation_id"] for one in own if "title" in one["fields"]]
            base = known["version"] if known else 0
            fields["title"] = {"value": command["title"], "base_version": base, "after": after}
        elif command["id"] not in self.state()["goals"]:
            return {"error": "There is no such goal."}
        if "status" in command:
            fields["status"] = command["status"]
        return self._write("goal", "put", command["id"], fields)

    def _do_reply(self, command: dict[str, Any]) -> dict[str, Any] | None:
        known = self.memory["records"].get("appointment", {}).get(command["id"])
        if known is None:
            return {"error": "There is no such appointment."}
        fields = {"revision": known["revision"], "reply": command["reply"]}
        return self._write("appointment", "reply", command["id"], fields)

    def _do_setting(self, command: dict[str, Any]) -> dict[str, Any] | None:
        known = next(iter(self.memory["records"].get("profile", {}).values()), None)
        own = [one["mutation_id"] for one in self.memory["queue"] if one["entity"] == "reminder_settings"]
        seen = {"version": known["reminders"]["version"] if known else 0, "after": own}
        fields = {**command["fields"], "seen": seen}
        return self._write("reminder_settings", "put", str(UUID(int=0)), fields)

    def _do_dismiss(self, command: dict[str, Any]) -> dict[str, Any] | None:
        if command["id"] not in self.state()["refused"]:
            return {"error": "There is no such refused edit."}
        return self._write("rejected_edit", "dismiss", command["id"], {})

    def _write(self, entity: str, op: str, entity_id: str, fields: dict[str, Any]) -> dict[str, Any] | None:
        if self.memory["unproved"]:
            return {"error": "Nobody has shown whose plan this is."}
        mutation = {
            "mutation_id": str(new_id()),
            "client_seq": self.memory["next"],
            "entity": entity,
            "entity_id": entity_id,
            "op": op,
            "fields": fields,
            "schema_version": 1,
            "device_at": (datetime.now(UTC) + self.offset).isoformat(),
        }
        self.memory["next"] += 1
        self.memory["queue"].append({**mutation, "answered": False, "tried": False})
        self._save()
        return None

    def _save(self) -> None:
        if self.writes_left is not None:
            if self.writes_left == 0:
                raise Died
            self.writes_left -= 1
        self.store = copy.deepcopy(self.memory)

    # What the phone does by itself --------------------------------------------------------------

    def _do_pair(self, command: dict[str, Any]) -> dict[str, Any] | None:
        try:
            answer = self._call("POST", "/api/v1/public/pairings", {"code": command["code"]})
        except Lost:
            return {"error": "No answer."}
        if answer.status != 201:
            return {"error": f"Answer {answer.status}."}
        self.memory["cookie"] = answer.headers["Set-Cookie"].split(";")[0]
        self.memory["unproved"] = False
        self._take_new_number()
        self._save()
        return None

    def _do_unpair(self, _command: dict[str, Any]) -> None:
        self.memory["cookie"] = None
        self._save()

    def _do_sync(self, _command: dict[str, Any]) -> dict[str, Any]:
        if self.memory["locked"] is not None:
            return {"outcome": "later"}
        if self.memory["cookie"] is None:
            return {"outcome": "expired"}
        try:
            outcome = self._push() or self._pull()
        except Lost:
            outcome = "later"
        if outcome == "ended":
            self._do_reset({})
        self._save()
        return {"outcome": outcome}

    def _push(self) -> str | None:
        while waiting := [one for one in self.memory["queue"] if not one["answered"]]:
            for one in waiting[:BATCH]:
                one["tried"] = True
            self._save()
            sent = [{k: v for k, v in one.items() if k not in OWN} for one in waiting[:BATCH]]
            body = {"client_id": self.memory["client_id"], "mutations": sent}
            answer = self._call("POST", "/api/v1/citizen/sync/push", body)
            said = _json(answer)
            if answer.status == 401:
                return "ended" if said.get("code") == "session-ended" else "expired"
            if answer.status == 404 and said.get("code") == "not-found":
                self._take_new_number()
            elif answer.status == 409 and said.get("code") == "sequence-gap":
                self._number_from(int(said["errors"]["client_seq"][0]))
            elif answer.status == 200 and "results" in said:
                self._take_in_results(said["results"])
            else:
                return "later"
            self._save()
        return None

    def _take_in_results(self, results: list[dict[str, Any]]) -> None:
        told = {result["mutation_id"]: result["result"] for result in results}
        for one in self.memory["queue"]:
            one["answered"] = one["answered"] or one["mutation_id"] in told
        self.memory["queue"] = [
            one for one in self.memory["queue"] if not told.get(one["mutation_id"], "").startswith("rejected")
        ]

    def _pull(self) -> str:
        answered = {one["mutation_id"] for one in self.memory["queue"] if one["answered"]}
        more = True
        while more:
            cursor = self.memory["cursor"]
            query = f"?cursor={cursor}" if cursor else ""
            answer = self._call("GET", f"/api/v1/citizen/sync/pull{query}", None)
            said = _json(answer)
            if answer.status == 401:
                return "ended" if said.get("code") == "session-ended" else "expired"
            if answer.status != 200 or "changes" not in said:
                return "later"
            records = {} if said["reset"] or cursor is None else self.memory["records"]
            for change in said["changes"]:
                if change["op"] == "forget":
                    records.setdefault(change["entity"], {}).pop(change["id"], None)
                else:
                    records.setdefault(change["entity"], {})[change["id"]] = change["data"]
            self.memory["records"], self.memory["cursor"] = records, said["cursor"]
            more = said["more"]
            self.memory["whole"] = not more
            self._save()
        queue = self.memory["queue"]
        self.memory["queue"] = [one for one in queue if one["mutation_id"] not in answered]
        return "done"

    def _take_new_number(self) -> None:
        self.memory["client_id"] = str(new_id())
        self._number_from(1)

    def _number_from(self, first: int) -> None:
        waiting = [one for one in self.memory["queue"] if not one["answered"]]
        for number, one in enumerate(waiting, start=first):
            one["client_seq"] = number
        self.memory["next"] = first + len(waiting)

    def _call(self, method: str, path: str, body: dict[str, Any] | None) -> Answer:
        headers = dict(JSON_HEADERS)
        if self.memory["cookie"]:
            headers["Cookie"] = self.memory["cookie"]
        sent = None if body is None else json.dumps(body).encode()
        return self.wire.exchange(Request(method, path, headers, sent))


def version_id(mutation_id: str, field: str) -> str:
    """The id of the version that a change makes."""
    return str(uuid5(UUID(mutation_id), field))


def _json(answer: Answer) -> dict[str, Any]:
    if "json" not in answer.headers.get("Content-Type", ""):
        return {}
    said = json.loads(answer.body)
    return said if isinstance(said, dict) else {}
