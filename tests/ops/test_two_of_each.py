"""As an operator deploys it: two gunicorn processes and two workers that share nothing but the database."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from server.config import Config
from tests.conftest import PASSWORD, code_now
from tests.ops.running import NOT_OURS, free_port, wait_for
from tests.soak.phones import AUTH, Phone, PushService, b64, push_service

ROOT = Path(__file__).parents[2]
NOON_FOR_WORKERS = "tests.journeys.worker_by_day"  # at night a worker rightly wakes nobody


class Deployment:
    """Two web servers and two workers."""

    def __init__(self, settings: Config, service: PushService, folder: Path) -> None:
        self.ports = [free_port(), free_port()]
        self.folder = folder
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(NOT_OURS)}
        self.environment |= {
            "APP_ENV": "test",
            "DATABASE_URL": settings.database_url,
            "PUBLIC_URL": "http://localhost",
            "PUSH_EXTRA_ORIGINS": service.origin,
            "VAR_DIR": str(settings.var_dir),
            "CONTENT_DIR": str(settings.content_dir),
            "FLASK_RUN_FROM_CLI": "true",  # no built app is needed for the API
        }
        for number, port in enumerate(self.ports):
            bind = ["--bind", f"127.0.0.1:{port}", "--threads", "2", "wsgi:app"]
            self.start(f"web-{number}", [sys.executable, "-m", "gunicorn", *bind])
            self.start(f"worker-{number}", [sys.executable, "-m", NOON_FOR_WORKERS])

    def start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def browser(self, web: int) -> httpx.Client:
        """A browser that knows one of the two web servers only."""
        address = f"http://127.0.0.1:{self.ports[web]}/api/v1"
        return httpx.Client(base_url=address, headers={"Sec-Fetch-Site": "same-origin"}, timeout=60)

    def is_ready(self) -> bool:
        for port in self.ports:
            try:
                if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=20).status_code != 200:
                    return False
            except httpx.HTTPError:
                return False
        return True

    def stop(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self.processes.values():
            process.wait(timeout=90)


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture
def deployment(database: str, settings: Config, service: PushService, tmp_path: Path) -> Iterator[Deployment]:
    made = Deployment(settings, service, tmp_path)
    try:
        wait_for(made.is_ready, 180)
        yield made
    finally:
        made.stop()


def turn_reminders_on(phone: httpx.Client, service: PushService) -> Phone:
    """As the app does it: ask for the key, subscribe, tell the server."""
    owner, path = Phone(), f"/wpush/{uuid4().hex}"
    service.phones[path] = owner
    configuration = phone.get("/public/configuration").json()
    answer = phone.put(
        "/citizen/push-subscription",
        json={
            "endpoint": f"{service.origin}{path}",
            "keys": {"p256dh": owner.public_key, "auth": b64(AUTH)},
            "vapid_public_key": configuration["vapid_public_key"],
        },
    )
    assert answer.status_code == 200, answer.text
    return owner


def book(desk: httpx.Client, citizen_id: str, starts_at: datetime) -> str:
    answer = desk.post(
        f"/staff/citizens/{citizen_id}/appointments",
        json={
            "starts_at": starts_at.replace(second=0, microsecond=0).isoformat(),
            "duration_minutes": 45,
            "kind": "talk",
            "mode": "in-person",
            "place": "Lokale 2",
        },
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_booking_through_one_is_reminded_of_by_another_and_answered_through_the_second(
    deployment: Deployment,
    service: PushService,
    make_staff: Any,
    superuser: "psycopg.Connection[Any]",
) -> None:
    counsellor = make_staff()
    with deployment.browser(0) as desk, deployment.browser(1) as phone, deployment.browser(1) as other_desk:
        for browser in (desk, other_desk):
            superuser.execute("UPDATE credential SET totp_last_step = 0")
            signed_in = browser.post(
                "/staff/session",
                json={"email": counsellor.email, "password": PASSWORD, "totp": code_now()},
            )
            assert signed_in.status_code == 200, signed_in.text
        taken_in = desk.post(
            "/staff/citizens", json={"alias": "Solsort", "first_contact_channel": "at-the-door"}
        )
        citizen_id = taken_in.json()["id"]
        code = desk.post(f"/staff/citizens/{citizen_id}/pairing-codes").json()["code"]
        assert phone.post("/public/pairings", json={"code": code}).status_code == 201
        owner = turn_reminders_on(phone, service)
        ids = [book(desk, citizen_id, datetime.now(UTC) + timedelta(days=3 + number)) for number in range(6)]
        deployment.processes["worker-0"].send_signal(signal.SIGKILL)

        superuser.execute("UPDATE occurrence SET due_at = now() WHERE slot_key = 'day-before'")
        superuser.execute("SELECT pg_notify('notifications', '')")
        wait_for(lambda: len(owner.shown) == 6)

        def standings() -> set[str]:
            return {other_desk.get(f"/staff/appointments/{one}").json()["reminder"] for one in ids}

        wait_for(lambda: standings() == {"reached"})  # shown first, then acknowledged
        pulled = phone.get("/citizen/sync/pull").json()

    assert pulled["changes"]
    assert service.repeated == 0
    assert "push accepted" not in deployment.log("web-0") + deployment.log("web-1")
    assert deployment.log("worker-1").count("delivery") >= 6
