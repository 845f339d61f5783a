"""How the first person of a centre comes in: invited by whoever runs the house."""

from typing import Any

import psycopg
import pytest
from click.testing import Result
from flask import Flask

from server.accounts.models import StaffMember
from tests.conftest import Client, code_now

WORDS = "fire små grå katte"


@pytest.fixture
def invite(app: Flask) -> Any:
    """`flask invite-manager …`."""

    def run(*arguments: str) -> Result:
        with app.app_context():
            return app.test_cli_runner().invoke(args=["invite-manager", *arguments])

    return run


def count(superuser: "psycopg.Connection[Any]", table: str) -> int:
    return int(superuser.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # type: ignore[index,call-overload]


class TestInviteManager:
    def test_opens_the_centre_and_lets_its_manager_in(
        self, invite: Any, client: Client, superuser: "psycopg.Connection[Any]"
    ) -> None:
        said = invite("krisecenter", "Gerda Ny", "gerda@example.dk")

        assert said.exit_code == 0
        code = said.output.rpartition("#")[2].strip()
        secret = client.post("/api/v1/public/invitation-lookups", json={"code": code}).json["totp_secret"]
        joined = client.post(
            "/api/v1/public/invitation-acceptances",
            json={"code": code, "password": WORDS, "totp": code_now(secret)},
        )
        assert joined.status_code == 201
        found = superuser.execute(
            "SELECT s.name, s.roles, u.slug, u.name FROM staff_member s JOIN unit u ON u.id = s.unit_id"
        ).fetchall()
        assert found == [("Gerda Ny", ["manager"], "krisecenter", "Viborg Krisecenter")]
        trail = superuser.execute("SELECT event, actor_kind FROM audit_event ORDER BY position").fetchall()
        assert trail == [("staff.invited", "system"), ("staff.joined", "anyone")]

    def test_opens_a_centre_once(self, invite: Any, superuser: "psycopg.Connection[Any]") -> None:
        invite("krisecenter", "Gerda Ny", "gerda@example.dk")
        invite("krisecenter", "Hanne Ny", "hanne@example.dk")

        assert (count(superuser, "unit"), count(superuser, "staff_invitation")) == (1, 2)

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("nowhere", "Gerda", "gerda@example.dk"), "There is no centre 'nowhere': choose one of"),
            (("krisecenter", "Gerda", "gerda"), "email: Must be an e-mail address."),
            (("krisecenter", " ", "gerda@example.dk"), "name: "),
        ],
    )
    def test_says_in_one_sentence_what_is_wrong(
        self, invite: Any, superuser: "psycopg.Connection[Any]", arguments: tuple[str, ...], words: str
    ) -> None:
        said = invite(*arguments)

        assert said.exit_code == 1
        assert said.output.startswith(f"Error: {words}")
        assert said.output.count("\n") == 1
        assert (count(superuser, "unit"), count(superuser, "staff_invitation")) == (0, 0)

    def test_refuses_the_address_of_a_colleague(self, invite: Any, make_staff: Any) -> None:
        member: StaffMember = make_staff()

        said = invite("krisecenter", "Gerda", member.email.upper())

        assert said.exit_code == 1
        assert "already has this e-mail address" in said.output
