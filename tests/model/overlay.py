"""What a phone shows: the server's records with its own unanswered changes applied on top."""

import copy
from typing import Any
from uuid import UUID, uuid5

Records = dict[str, dict[str, Any]]
Change = dict[str, Any]


def visible(records: Records, queue: list[Change]) -> dict[str, Any]:
    """Lines, goals, replies, settings and refused edits as a person sees them."""
    shown: dict[str, Any] = {
        "lines": {key: _line(data) for key, data in records.get("plan_line", {}).items()},
        "goals": {
            key: {"titles": list(data["titles"]), "status": data["status"], "version": data["version"]}
            for key, data in records.get("goal", {}).items()
        },
        "replies": {key: data["reply"] for key, data in records.get("appointment", {}).items()},
        "settings": _settings(records),
        "refused": {key: data["content"] for key, data in records.get("rejected_edit", {}).items()},
    }
    for change in queue:
        _APPLY[f"{change['entity']}/{change['op']}"](shown, change)
    for goal in shown["goals"].values():
        del goal["version"]
    return shown


def words(change: Change) -> list[str]:
    """The words a person wrote in one change."""
    fields = change["fields"]
    found = [fields[name]["value"] for name in ("text", "phone", "title") if name in fields]
    return [value for value in found if value is not None]


def _line(data: dict[str, Any]) -> dict[str, Any]:
    kept = {name: data[name] for name in ("section", "position", "deleted", "restored", "erased")}
    for field in ("text", "phone"):
        kept[field] = [{"version": head["version"], "value": head["value"]} for head in data[field]]
    return kept


def _settings(records: Records) -> dict[str, bool] | None:
    for profile in records.get("profile", {}).values():
        return {name: profile["reminders"][name] for name in ("appointments", "two_hours_before")}
    return None


def _put_line(shown: dict[str, Any], change: Change) -> None:
    fields = change["fields"]
    fresh = {"section": None, "position": None, "text": [], "phone": []}
    fresh |= {"deleted": False, "restored": False, "erased": False}
    line = shown["lines"].setdefault(change["entity_id"], copy.deepcopy(fresh))
    if line["erased"]:
        return
    line["deleted"] = False
    for name in ("section", "position"):
        line[name] = fields.get(name, line[name])
    for name in ("text", "phone"):
        if name in fields:
            version = str(uuid5(UUID(change["mutation_id"]), name))
            gone = {*fields[name]["parents"], version}
            others = [head for head in line[name] if head["version"] not in gone]
            line[name] = [*others, {"version": version, "value": fields[name]["value"]}]


def _delete_line(shown: dict[str, Any], change: Change) -> None:
    line = shown["lines"].get(change["entity_id"])
    if line and not line["erased"]:
        seen = set(change["fields"]["parents"])
        line["deleted"] = {head["version"] for field in ("text", "phone") for head in line[field]} <= seen


def _erase_line(shown: dict[str, Any], change: Change) -> None:
    line = shown["lines"].get(change["entity_id"])
    if line:
        line.update(
            section=None, position=None, text=[], phone=[], deleted=False, restored=False, erased=True
        )


def _put_goal(shown: dict[str, Any], change: Change) -> None:
    fields = change["fields"]
    goal = shown["goals"].setdefault(change["entity_id"], {"titles": [], "status": "active", "version": 0})
    if "title" in fields:
        title = fields["title"]
        unseen = goal["titles"] if title["base_version"] < goal["version"] else []
        goal["titles"] = [*(each for each in unseen if each != title["value"]), title["value"]]
    goal["status"] = fields.get("status", goal["status"])


def _reply(shown: dict[str, Any], change: Change) -> None:
    if change["entity_id"] in shown["replies"]:
        shown["replies"][change["entity_id"]] = change["fields"]["reply"]


def _put_settings(shown: dict[str, Any], change: Change) -> None:
    if shown["settings"] is not None:
        chosen = {name: value for name, value in change["fields"].items() if name != "seen"}
        shown["settings"] = {**shown["settings"], **chosen}


def _dismiss(shown: dict[str, Any], change: Change) -> None:
    shown["refused"].pop(change["entity_id"], None)


_APPLY = {
    "plan_line/put": _put_line,
    "plan_line/delete": _delete_line,
    "plan_line/erase": _erase_line,
    "goal/put": _put_goal,
    "appointment/reply": _reply,
    "reminder_settings/put": _put_settings,
    "rejected_edit/dismiss": _dismiss,
}
