"""A colleague at work through the API, for the parts of a journey that are not about the console."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

import httpx

from tests.journeys.house import House, Login

DENMARK = ZoneInfo("Europe/Copenhagen")
PATIENCE_SECONDS = 30


def at_ten(*, days: int) -> str:
    """10.00 in Denmark so many days from today, as the API takes it."""
    day = datetime.now(DENMARK).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 10, 0, tzinfo=DENMARK).isoformat()


class Desk:
    """One signed-in colleague."""

    def __init__(self, house: House, login: Login) -> None:
        self.login = login
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": house.url}
        self._http = httpx.Client(base_url=f"{house.url}/api/v1/staff", headers=headers, timeout=10)
        sign_in = {"email": login.email, "password": login.password, "totp": login.code()}
        self.me = self.post("/session", **sign_in)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str) -> Any:
        """Read something.

        :raises httpx.HTTPStatusError: if it is refused
        """
        return self._http.get(path).raise_for_status().json()

    def post(self, path: str, *, version: int | None = None, **body: Any) -> Any:
        """Do something.

        :raises AssertionError: with the server's words, if it is refused
        """
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        answer = self._http.post(path, json=body, headers=headers)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def put(self, path: str, **body: Any) -> Any:
        """Set something.

        :raises AssertionError: with the server's words, if it is refused
        """
        answer = self._http.put(path, json=body)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def take_in(self, alias: str, **known: Any) -> str:
        """Take somebody in; the answer is the citizen's id."""
        return str(self.post("/citizens", alias=alias, first_contact_channel="at-the-door", **known)["id"])

    def pairing(self, citizen_id: str) -> dict[str, str]:
        """A fresh pairing code: text, address and picture."""
        return dict(self.post(f"/citizens/{citizen_id}/pairing-codes"))

    def book(self, citizen_id: str, *, days: int = 3, **more: Any) -> dict[str, Any]:
        """Book a talk at 10.00."""
        wish = {"duration_minutes": 45, "kind": "talk", "mode": "in-person", "place": "Lokale 2", **more}
        return dict(self.post(f"/citizens/{citizen_id}/appointments", starts_at=at_ten(days=days), **wish))

    def wait_until_reachable(self, citizen_id: str, *, wanted: bool = True) -> dict[str, Any]:
        """Wait until the console says that reminders can, or cannot, reach this person's phone.

        :raises AssertionError: if it never does
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            seen = self.get(f"/citizens/{citizen_id}")
            if seen["reachable"] is wanted:
                return dict(seen)
            time.sleep(0.2)
        raise AssertionError(f"the console does not say that reachable is {wanted}")

    def wait_until_unreachable(self, citizen_id: str) -> dict[str, Any]:
        """Wait until no phone of this person can be reached."""
        return self.wait_until_reachable(citizen_id, wanted=False)

    def wait_until_untold(self, *aliases: str) -> None:
        """Wait until the console asks to call exactly these people before their appointments.

        :raises AssertionError: if it never does
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            seen = [row["citizen_alias"] for row in self.get("/unreached-reminders")["items"]]
            if seen == list(aliases):
                return
            time.sleep(0.2)
        raise AssertionError(f"the console asks to call {seen}, not {list(aliases)}")

    def wait_for_reply(self, appointment_id: str, reply: str) -> None:
        """Wait until the console shows this answer of the person.

        :raises AssertionError: if it never does
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (seen := self.get(f"/appointments/{appointment_id}")["reply"]) != reply:
            assert time.monotonic() < deadline, f"the console shows {seen!r} as the answer, not {reply!r}"
            time.sleep(0.2)

    def wait_for_reminder(self, appointment_id: str, standing: str) -> None:
        """Wait until the console says this about the reminder.

        :raises AssertionError: if it never does
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        seen = None
        while time.monotonic() < deadline:
            seen = self.get(f"/appointments/{appointment_id}")["reminder"]
            if seen == standing:
                return
            time.sleep(0.2)
        raise AssertionError(f"the console says {seen!r} about the reminder, not {standing!r}")
