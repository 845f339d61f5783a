"""What every request passes, whatever the route."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
import time_machine
from structlog.testing import capture_logs

from server.core import db, limits
from tests.conftest import Client

PAIRINGS = "/api/v1/public/pairings"


@pytest.mark.parametrize(
    "body", [b"{", b'{"code": "A"} {}', b'{"code": "A",}', b"\xff\xfe", b'{"code": NaN}']
)
def test_broken_json_is_400(client: Client, body: bytes) -> None:
    answer = client.post(PAIRINGS, data=body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("body", [b"null", b"[]", b'"x"', b"123", b""])
def test_anything_but_an_object_is_refused(client: Client, body: bytes) -> None:
    answer = client.post(PAIRINGS, data=body, content_type="application/json")

    assert answer.status_code in (400, 422)


def test_a_deep_nest_and_a_huge_body_cost_nothing(client: Client) -> None:
    deep = client.post(PAIRINGS, data=b"[" * 10_000 + b"]" * 10_000, content_type="application/json")
    huge = client.post(PAIRINGS, data=b'{"code": "' + b"x" * 2**21 + b'"}', content_type="application/json")

    assert deep.status_code == 400
    assert huge.status_code == 413


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "",
    ],
)
def test_another_content_type_is_415(client: Client, kind: str) -> None:
    answer = client.post(PAIRINGS, data=b'{"code": "A"}', content_type=kind)

    assert answer.status_code == 415


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
    ],
)
def test_another_sites_page_cannot_write(client: Client, headers: dict[str, str]) -> None:
    answer = client.post(PAIRINGS, json={"code": "ABCDEFGH"}, headers=headers)

    assert (answer.status_code, answer.json["code"]) == (403, "cross-site")


def test_an_old_browser_is_known_by_its_origin(app: object) -> None:
    plain = app.test_client()  # type: ignore[attr-defined]

    same = plain.post(PAIRINGS, json={"code": "ABCDEFGH"}, headers={"Origin": "http://localhost"})
    without = plain.post(PAIRINGS, json={"code": "ABCDEFGH"})

    assert same.status_code == 404
    assert without.status_code == 403


def test_a_forged_host_is_refused(client: Client) -> None:
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400


def test_a_parameter_that_stands_twice_is_refused(client: Client) -> None:
    assert client.get("/healthz?a=1&a=2").status_code == 400


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/staff/session", "/api/nothing", "/nothing.txt"])
def test_every_answer_carries_the_headers_that_protect(client: Client, path: str) -> None:
    answer = client.get(path)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if path.startswith("/api/"):
        assert answer.headers["Cache-Control"] == "no-store"


def test_an_unknown_address_of_the_api_is_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/nothing")

    assert (answer.status_code, answer.json["code"]) == (404, "not-found")
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]


def test_a_lost_database_is_503_and_comes_back_by_itself(client: Client, database: str) -> None:
    assert client.get("/readyz").json["checks"]["database"] == "ok"

    db.configure("postgresql+psycopg://nobody@/nothing?host=/nonexistent")
    lost = client.post(PAIRINGS, json={"code": "ABCDEFGH"})
    db.configure(database)
    back = client.post(PAIRINGS, json={"code": "ABCDEFGH"})

    assert (lost.status_code, lost.headers["Retry-After"]) == (503, "5")
    assert back.status_code == 404


@pytest.mark.parametrize(("ahead", "said"), [(0, "ok"), (10, "ok"), (40, "failed"), (-40, "failed")])
def test_a_clock_half_a_minute_off_is_not_ready(
    client: Client,
    traveller: time_machine.Traveller,
    superuser: "psycopg.Connection[Any]",
    ahead: int,
    said: str,
) -> None:
    client.get("/readyz")  # so that what is asked the first time takes no time between measuring and asking
    measure = superuser.execute("SELECT clock_timestamp()").fetchone()
    assert measure is not None
    traveller.move_to(measure[0] + timedelta(seconds=ahead))

    with capture_logs() as lines:
        answer = client.get("/readyz")

    assert answer.json["checks"]["clock"] == said
    assert [line["event"] for line in lines] == ["clock.differs"] * (ahead != 0)


def test_a_refusal_that_cannot_be_audited_is_still_that_refusal(client: Client, database: str) -> None:
    client.set_cookie("staff-session", "somebody")
    db.configure("postgresql+psycopg://nobody@/nothing?host=/nonexistent")

    refused = client.get("/api/v1/staff/nothing")
    db.configure(database)

    assert (refused.status_code, refused.json["code"]) == (404, "not-found")
    assert refused.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/" + "a" * 300, "/" + "a/" * 3000, "/%00", "/staff/%00"])
def test_an_address_that_no_file_could_have_is_no_fault(client: Client, path: str) -> None:
    with client.get(path) as answer:
        assert answer.status_code in (200, 404)


def test_a_fault_of_ours_tells_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("the secret of somebody")

    monkeypatch.setattr(limits, "hit", fail)

    answer = client.post(PAIRINGS, json={"code": "ABCDEFGH"})

    assert answer.status_code == 500
    assert "secret" not in answer.get_data(as_text=True)
    assert "Traceback" not in answer.get_data(as_text=True)
