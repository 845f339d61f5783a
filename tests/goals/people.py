"""A person with a phone and a counsellor at a desk, on the way to one goal."""

from typing import Any

from server.core.ids import new_id
from tests.sync.pushing import Sender

HAPPENED_AT = "2026-11-22T20:15:00+01:00"


class Way:
    """What both sides do about one goal, and what each of them sees of it."""

    def __init__(self, sender: Sender, desk: Any, goal: str) -> None:
        self.sender, self.desk, self.goal = sender, desk, goal
        self.here = f"/api/v1/staff/goals/{goal}"

    def told(self, kind: str, *, shared: bool = True, **more: Any) -> dict[str, Any]:
        """An entry of the person's, not yet sent."""
        fields = {"goal_id": self.goal, "kind": kind, "happened_at": HAPPENED_AT, "shared": shared, **more}
        return self.sender.change("goal_event", "put", **fields)

    def tells(self, kind: str, *, shared: bool = True, **more: Any) -> str:
        """Let the person tell something; its id."""
        entry = self.told(kind, shared=shared, **more)
        self.sends(entry)
        return str(entry["entity_id"])

    def step(self, text: str, *, step_id: object = None, position: int = 0, **more: Any) -> dict[str, Any]:
        """A step of the person's, not yet sent."""
        fields = {"goal_id": self.goal, "text": text, "position": position, **more}
        return self.sender.change("goal_step", "put", step_id, **fields)

    def sends(self, *changes: dict[str, Any]) -> None:
        """Send changes that are taken in."""
        assert [answer["result"] for answer in self.sender.send(*changes)] == ["applied"] * len(changes)

    def refused(self, change: dict[str, Any]) -> tuple[str, str]:
        """Send a change that is not taken in; how, and why."""
        answer = self.sender.send(change)[0]
        return answer["result"], answer["problem"]["code"]

    def staff_tell(self, kind: str, **more: Any) -> Any:
        """Let the counsellor write an entry; the answer."""
        return self.desk.post(f"{self.here}/events", json={"id": str(new_id()), "kind": kind, **more})

    def at_desk(self) -> dict[str, Any]:
        """What the counsellor sees."""
        answer = self.desk.get(self.here)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return dict(answer.json)

    def kinds_at_desk(self) -> list[str]:
        """The kinds of what the counsellor sees in the history, newest first."""
        return [event["kind"] for event in self.at_desk()["events"]]

    def on_phone(self) -> dict[str, Any]:
        """The goal as a new phone would get it."""
        return self.sender.pull("goal")[self.goal]

    def history(self) -> dict[str, dict[str, Any]]:
        """The history as a new phone would get it, by id."""
        return self.sender.pull("goal_event")
