"""Real parts for every test: a PostgreSQL cluster, a migrated database, the app, people who sign in."""

import contextlib
import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import hypothesis
import psycopg
import pyotp
import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from server import migrations
from server.accounts import service as accounts
from server.accounts import sign_in
from server.accounts.models import StaffMember, Unit
from server.app import create_app
from server.citizens import service as citizens
from server.citizens.models import Channel, Citizen
from server.config import Config
from server.core import clock, crypto, db
from server.core.access import Actor, ActorKind, Role
from server.core.localdb import Cluster, start_cluster
from tests.broom import Broom
from tests.scheduling import LongestFirst

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, 10.00 in Denmark
PASSWORD = "grøn cykel under æbletræet"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
REPOSITORY = Path(__file__).parent.parent
_counter = itertools.count(1)
_engines: list[Engine] = []

# What Hypothesis makes up is looked at, not how fast: a busy machine is no fault. All else stays as it is,
# also where its own profile for shared machines applies.
_usual = hypothesis.settings()
hypothesis.settings.register_profile(
    "house",
    _usual,
    deadline=None,
    suppress_health_check=[*_usual.suppress_health_check, hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LongestFirst | None:
    """Begin with what takes longest, where files are shared out among workers."""
    return LongestFirst(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One PostgreSQL for the whole run, without fsync."""
    running = start_cluster(tmp_path_factory.mktemp("cluster") / "postgres", durable=False)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def settings(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The house's settings for tests; the database is migrated."""
    cluster.create_database("vedhaanden")
    migrations.upgrade(cluster.url("owner"))
    return Config.from_env(
        {
            "APP_ENV": "test",
            "VAR_DIR": str(tmp_path_factory.mktemp("var")),
            "CONTENT_DIR": str(REPOSITORY / "content"),
            "DATABASE_URL": cluster.url("app"),
            "DATABASE_OWNER_URL": cluster.url("owner"),
            "PUBLIC_URL": "http://localhost",
        }
    )


@pytest.fixture(scope="session")
def _app(settings: Config) -> Flask:
    return create_app(settings, serve=False)


@pytest.fixture(scope="session", autouse=True)
def _passwords_at_full_cost() -> Iterator[PasswordHasher]:
    """The house's own way with passwords; the tests' people have cheap ones, of whom there are thousands."""
    own = sign_in._hasher
    sign_in._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield own
    sign_in._hasher = own


@pytest.fixture
def passwords_at_full_cost(_passwords_at_full_cost: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords as the house does."""
    monkeypatch.setattr(sign_in, "_hasher", _passwords_at_full_cost)


@pytest.fixture(scope="session")
def broom(cluster: Cluster, settings: Config) -> Iterator[Broom]:
    """Empties the database."""
    made = Broom(cluster)
    yield made
    made.close()


@pytest.fixture
def database(cluster: Cluster, settings: Config, broom: Broom) -> Iterator[str]:
    """An empty, migrated database; the house is connected to it as the app role. Emptied afterwards.

    What is connected stays so from test to test, as in a server that has been up for a while.
    """
    url = cluster.url("app")
    _connect(url)
    crypto.configure(
        field_keys=settings.field_keys,
        index_key=settings.blind_index_key,
        signing_key=settings.secret_key,
    )
    yield url
    broom.sweep()


def _connect(url: str) -> None:
    """Point the house at the database by the same engine as before: it knows how our statements read."""
    with contextlib.suppress(RuntimeError):
        if _engines and db.engine() is _engines[-1]:
            return
    _engines.append(db.configure(url, pool_size=25))


@pytest.fixture
def superuser(cluster: Cluster, database: str) -> Iterator["psycopg.Connection[Any]"]:
    """A connection that may look at everything, for checking what was really stored."""
    with cluster.connect("superuser", "vedhaanden") as connection:
        yield connection


@pytest.fixture
def session(database: str) -> Iterator[Session]:
    """One open transaction, committed at the end."""
    with db.transaction() as opened:
        yield opened


@pytest.fixture
def now() -> datetime:
    """Monday 2026-11-23 at 10.00 in Denmark."""
    return NOW


@pytest.fixture
def traveller() -> Iterator[time_machine.Traveller]:
    """The process's clock stands still at `now`; `move_to` moves it."""
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def app(_app: Flask, database: str, traveller: time_machine.Traveller) -> Flask:
    """The app on an empty database, its clock at `now`."""
    return _app


class Client(FlaskClient):
    """A browser on the same site: every write says where it comes from."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        headers = dict(kwargs.pop("headers", None) or {})
        headers.setdefault("Sec-Fetch-Site", "same-origin")
        return super().open(*args, headers=headers, **kwargs)


@pytest.fixture
def new_client(app: Flask) -> Callable[[], Client]:
    """Make another browser."""
    return lambda: Client(app, app.response_class, use_cookies=True)


@pytest.fixture
def client(new_client: Callable[[], Client]) -> Client:
    """A browser."""
    return new_client()


@pytest.fixture
def make_unit(database: str) -> Callable[..., Unit]:
    """Open a centre."""

    def make(slug: str = "rusmiddelcenter", name: str = "Rusmiddelcenter Viborg") -> Unit:
        with db.transaction() as session:
            known = {unit.slug: unit for unit in accounts.list_units(session)}
            return known.get(slug) or accounts.create_unit(session, slug=slug, name=name, now=NOW)

    return make


@pytest.fixture
def make_staff(make_unit: Callable[..., Unit]) -> Callable[..., StaffMember]:
    """Employ somebody; by default a counsellor at the substance-misuse centre."""

    def make(
        *, roles: tuple[Role, ...] = (Role.COUNSELLOR,), unit: Unit | None = None, name: str | None = None
    ) -> StaffMember:
        number = next(_counter)
        home = unit or make_unit()
        with db.transaction() as session:
            return sign_in.add_staff_member(
                session,
                unit_id=home.id,
                name=name or f"Medarbejder {number}",
                email=f"medarbejder{number}@example.dk",
                roles=list(roles),
                password=PASSWORD,
                totp_secret=TOTP_SECRET,
                now=NOW,
            )

    return make


def actor_of(member: StaffMember) -> Actor:
    """A colleague as the services see them."""
    return Actor(kind=ActorKind.STAFF, roles=member.role_set, staff_id=member.id, unit_id=member.unit_id)


def citizen_actor(citizen: Citizen, session_id: UUID | None = None) -> Actor:
    """A citizen as the services see them."""
    return Actor(
        kind=ActorKind.CITIZEN,
        roles=frozenset({Role.CITIZEN}),
        citizen_id=citizen.id,
        session_id=session_id,
    )


@pytest.fixture
def make_citizen(make_staff: Callable[..., StaffMember]) -> Callable[..., Citizen]:
    """Take somebody in; `contact` becomes the contact person."""

    def make(*, contact: StaffMember | None = None, alias: str | None = None, **known: Any) -> Citizen:
        with db.transaction() as session:
            return citizens.take_in(
                session,
                alias=alias or f"Fugl {next(_counter)}",
                first_contact_channel=Channel.AT_THE_DOOR,
                actor=actor_of(contact or make_staff()),
                now=NOW,
                **known,
            )

    return make


def code_now(secret: str = TOTP_SECRET) -> str:
    """The one-time code that an authenticator app shows at this instant."""
    return pyotp.TOTP(secret).at(clock.now())


@pytest.fixture
def sign_in_staff(client: Client) -> Callable[..., Client]:
    """Sign a colleague in at a browser (the common one unless another is given)."""

    def sign_in_at(member: StaffMember, browser: Client | None = None) -> Client:
        used = browser or client
        answer = used.post(
            "/api/v1/staff/session",
            json={"email": member.email, "password": PASSWORD, "totp": code_now()},
        )
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return used

    return sign_in_at


@pytest.fixture
def pair(client: Client) -> Callable[..., Client]:
    """Pair a browser with a citizen's record through a real code."""

    def pair_at(citizen: Citizen, by: StaffMember, browser: Client | None = None) -> Client:
        used = browser or client
        with db.transaction() as session:
            made = citizens.make_pairing_code(
                session, citizen_id=citizen.id, actor=actor_of(by), now=clock.now()
            )
        answer = used.post("/api/v1/public/pairings", json={"code": made.code})
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return used

    return pair_at
