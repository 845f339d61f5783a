"""Text messages by an HTTP gateway: one small JSON contract that a provider, or a bridge to it, speaks.

`POST` with a bearer token and `{"to", "from", "text", "id"}`; the id is also the `Idempotency-Key`, and stays
the same however often a message is tried. Taken is what answers 2xx with `{"id": the same, "status":
"accepted" | "queued" | "sent" | "duplicate"}`; a 200 that says anything else is not believed.
"""

import json
import logging
from typing import Any
from uuid import UUID

import httpx

from notifications.deadline import Deadline
from notifications.models.fallbacks import Told, Words

log = logging.getLogger("notifications.sms")

CONNECT_SECONDS, READ_SECONDS = 5.0, 10.0
WHOLE_SECONDS = 25.0  #: for one call with all its waiting; well below a lease
LONGEST_ANSWER = 8 * 1024
TAKEN = frozenset({"accepted", "queued", "sent", "duplicate"})
WILL_NEVER_DO = frozenset({400, 404, 410, 413, 422})
OUR_KEY = frozenset({401, 403})


class SmsGateway:
    """A gateway for text messages; safe to use from several threads."""

    def __init__(self, *, url: str, token: str, sender: str, verify: bool | str = True) -> None:
        """`sender`: what the phone shows, neutral; `verify`: a file of trusted certificates, for tests."""
        self._url, self._sender = url, sender
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            follow_redirects=False,
            limits=httpx.Limits(max_keepalive_connections=0),  # each call has a line of its own, to be cut
            verify=verify,
            trust_env=False,
        )

    def send(self, *, message_id: UUID, address: str, words: Words) -> Told:
        """Hand one message over; never raises, and logs neither the number nor what the gateway wrote."""
        body = {"to": address, "from": self._sender, "text": words.text, "id": str(message_id)}
        key = {"Idempotency-Key": str(message_id)}
        try:
            with (
                Deadline(WHOLE_SECONDS) as deadline,
                self._client.stream(
                    "POST", self._url, json=body, headers=key, extensions={"trace": _watching(deadline)}
                ) as answer,
            ):
                told = _read(answer, str(message_id))
                status = answer.status_code
        except (httpx.HTTPError, OSError) as error:
            log.warning("sms %s: %s", message_id, type(error).__name__)
            return Told.UNKNOWN
        log.log(logging.ERROR if status in OUR_KEY else logging.INFO, "sms %s: status %d", message_id, status)
        return told


def _watching(deadline: Deadline) -> Any:
    """Hands the line to the deadline as soon as there is one."""

    def traced(event: str, about: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            deadline.watch(about["return_value"].get_extra_info("socket"))

    return traced


def _read(answer: httpx.Response, message_id: str) -> Told:
    if answer.status_code in WILL_NEVER_DO or answer.status_code in OUR_KEY or answer.is_redirect:
        return Told.REFUSED
    if answer.status_code not in (200, 201, 202):
        return Told.UNKNOWN
    whole = b""
    for part in answer.iter_bytes():
        whole += part
        if len(whole) > LONGEST_ANSWER:
            return Told.UNKNOWN
    try:
        said = json.loads(whole)
    except ValueError:
        return Told.UNKNOWN
    if not isinstance(said, dict) or said.get("id") != message_id:
        return Told.UNKNOWN
    status = said.get("status")
    if status == "rejected":
        return Told.REFUSED
    return Told.TAKEN if status in TAKEN else Told.UNKNOWN
