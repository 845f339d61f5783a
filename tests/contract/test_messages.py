"""The JSON of messages that the app and the console rely on (pwa/src/api/messages.ts, staffMessages.ts)."""

from typing import Any

from server.core.ids import new_id
from tests.appointments.people import citizen, counsellor, desk, phone
from tests.sync.pushing import Sender

__all__ = ["citizen", "counsellor", "desk", "phone"]

AT = "2026-11-23T09:00:00Z"


def test_of_a_message_on_the_phone(desk: Any, phone: Any, citizen: Any) -> None:
    message_id = str(new_id())
    body = {"id": message_id, "text": "Ring klokken ti.", "seen": None}
    desk.post(f"/api/v1/staff/citizens/{citizen.id}/messages", json=body)

    pulled = Sender(phone).pull("message")[message_id]

    assert pulled.pop("order") > 0
    assert pulled == {
        "id": message_id,
        "at": AT,
        "by": "staff",
        "name": "Karen Kontakt",
        "text": "Ring klokken ti.",
        "withdrawn": False,
        "erased": False,
        "occurrence_ids": [],
    }


def test_of_the_console(desk: Any, phone: Any, citizen: Any) -> None:
    sender, url = Sender(phone), f"/api/v1/staff/citizens/{citizen.id}/messages"
    said = sender.change("message", "put", text="Hej")
    sender.send(said)

    assert desk.get(url).json == {
        "items": [
            {
                "id": said["entity_id"],
                "by": "citizen",
                "staff_name": None,
                "mine": False,
                "text": "Hej",
                "at": AT,
                "received_at": AT,
                "withdrawn": False,
            }
        ],
        "next_cursor": None,
        "waiting_since": AT,
    }
    assert desk.get("/api/v1/staff/messages/waiting").json == {
        "items": [{"citizen_id": str(citizen.id), "alias": "Solsort", "waiting_since": AT, "opens": True}]
    }
    answered = desk.post(f"{url}/answered", json={"seen": said["entity_id"]})
    assert answered.json == {"waiting_since": None}
