"""What the push tests send: a phone that numbers its changes, and how to look at what was stored."""

from typing import Any
from uuid import UUID, uuid5

from server.core.ids import new_id

PUSH, PULL = "/api/v1/citizen/sync/push", "/api/v1/citizen/sync/pull"


class Sender:
    """A phone that sends its changes one by one, or as a batch, under its own client number."""

    def __init__(self, browser: Any) -> None:
        self.browser, self.client_id, self.seq = browser, str(new_id()), 0

    def change(self, entity: str, op: str, entity_id: object = None, **fields: Any) -> dict[str, Any]:
        """The next change, not yet sent."""
        self.seq += 1
        return {
            "mutation_id": str(new_id()),
            "client_seq": self.seq,
            "entity": entity,
            "entity_id": str(entity_id or new_id()),
            "op": op,
            "fields": fields,
            "schema_version": 1,
        }

    def line(
        self, text: str, line_id: object = None, parents: tuple[str, ...] = (), **more: Any
    ) -> dict[str, Any]:
        """A line with these words, not yet sent."""
        written = {"value": text, "parents": list(parents)}
        return self.change("plan_line", "put", line_id, section="own-actions", text=written, **more)

    def post(self, *mutations: dict[str, Any], client_id: str | None = None) -> Any:
        """Send; the whole answer."""
        body = {"client_id": client_id or self.client_id, "mutations": list(mutations)}
        return self.browser.post(PUSH, json=body)

    def send(self, *mutations: dict[str, Any]) -> list[dict[str, Any]]:
        """Send; what became of each."""
        answer = self.post(*mutations)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return list(answer.json["results"])

    def pull(self, entity: str) -> dict[str, dict[str, Any]]:
        """Everything of one kind that a new phone would get, by id."""
        page = self.browser.get(PULL).json
        return {
            change["id"]: change["data"]
            for change in page["changes"]
            if change["entity"] == entity and change["op"] == "put"
        }


def version_of(mutation: dict[str, Any], field: str = "text") -> str:
    """The id of the version that a change makes."""
    return str(uuid5(UUID(mutation["mutation_id"]), field))


def texts(line: dict[str, Any]) -> list[str]:
    """The texts that stand in a line."""
    return [head["value"] for head in line["text"]]


def everything(superuser: Any) -> dict[str, str]:
    """Every table of the database as text."""
    names = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return {
        name: str(
            superuser.execute(f"SELECT array_agg(t::text ORDER BY t::text) FROM {name} t").fetchone()[0]
        )
        for (name,) in names
    }


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The tables in which something is different now; the use of a session apart."""
    return {name for name in after if after[name] != before[name]} - {"device_session"}
