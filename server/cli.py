"""The commands: `flask migrate`, `flask worker`, …; `python -m server.cli run` starts the whole house."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

import click
import psycopg
from flask import Flask

from server.config import ROOT, Config, ConfigError
from server.core.localdb import ROLE_NAMES, Cluster, LocalDatabaseError, start_cluster
from server.core.metrics import PortTaken
from server.core.runfolder import AlreadyRunning, RunFolder
from server.core.supervisor import StartFailed, Supervisor

DATABASE = "vedhaanden"
APP_ROLE = ROLE_NAMES["app"]
WEB_THREADS = 8
PATIENCE_WITH_A_PORT = 1.0  # an ended process lets go of it a moment later
# The mark is the database's own, so that it goes with it; an interrupted seeding leaves none.
IS_SEEDED = """
SELECT coalesce(shobj_description(oid, 'pg_database') = 'demo data', false)
FROM pg_database WHERE datname = current_database()
"""
MARK_SEEDED = """
DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), 'demo data'); END $$
"""
MAY_ACT_AS_APP = """
SELECT current_user, current_user = %s OR pg_has_role(current_user, %s, 'MEMBER')
"""


class NotReady(click.ClickException):
    """A step that cannot be taken; its message is one sentence that says what to do."""


def register(app: Flask, *, run_worker: Callable[[], None]) -> None:
    """Give an app its commands; the worker is wired by whoever wires the app."""
    from server.accounts.commands import invite_manager  # the rooms: `main` starts without them
    from server.demo.commands import demo_logins, seed_demo
    from server.reminders.commands import push_keys
    from server.rights.commands import erase_citizen, erase_due

    @click.command("worker", help="Send what is due until told to stop.")
    def worker() -> None:
        try:
            run_worker()
        except PortTaken as refused:
            raise NotReady(str(refused))

    operations = (worker, serve, migrate, check_content, render_content, import_questionnaire, verify_audit)
    rooms = (invite_manager, seed_demo, demo_logins, push_keys, erase_due, erase_citizen)
    for command in (*operations, *rooms):
        app.cli.add_command(command)


@click.command("serve", help="Answer requests on 127.0.0.1 (development; production uses gunicorn wsgi:app).")
def serve() -> None:
    """Become a web server; the app is built anew, this time to serve."""
    config = Config.from_env()
    environment = {key: value for key, value in os.environ.items() if key != "FLASK_RUN_FROM_CLI"}
    os.chdir(ROOT)
    os.execve(sys.executable, _web_command(config.port), environment)  # noqa: S606 - our own command


@click.command("migrate", help="Bring the database to the newest revision.")
def migrate() -> None:
    """Migrate as the owner."""
    _migrate(Config.from_env())


@click.command("check-content", help="Name file and line of everything wrong in content/.")
def check_content() -> None:
    """Fail if the content could not be served."""
    from server.library import service as library

    folder = Config.from_env().content_dir
    faults = library.check(folder)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise NotReady(f"{len(faults)} faults in {folder}: correct the lines named above.")
    click.echo(f"{folder} is in order.")


@click.command("render-content", help="Write what the build of the app needs into pwa/generated/.")
@click.option("--out", type=click.Path(path_type=Path), default=ROOT / "pwa" / "generated")
def render_content(out: Path) -> None:
    """Write the help page, the services and their hash."""
    from server.library import service as library

    config = Config.from_env()
    try:
        content = library.load(config.content_dir)
        shown = library.without_drafts(content) if config.is_production else content
        library.render_static(shown, out, config.centre_phones)
    except library.ContentError as broken:
        raise NotReady(f"{broken}\nThe content cannot be used: correct the lines named above.")
    click.echo(f"Content written to {out}.")


@click.command("import-questionnaire", help="Check a questionnaire from outside and put it into content/.")
@click.argument("definition", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_questionnaire(definition: Path) -> None:
    """Take in `<code>.toml` with its two files of words, or say line by line why not."""
    from server.library import service as library

    try:
        written = library.import_questionnaire(definition, Config.from_env().content_dir)
    except library.ContentError as broken:
        raise NotReady(f"{broken}\nNothing was taken in: correct the lines named above.")
    for path in written:
        click.echo(f"Written: {path}")
    click.echo("Add it to the register in docs/content-review.md, then build the app anew.")


@click.command("verify-audit", help="Walk the audit trail and say whether anything was changed or removed.")
def verify_audit() -> None:
    """Fail if a chain is broken."""
    from server.audit import service as audit
    from server.core.db import transaction

    with transaction() as session:
        breaks = audit.verify(session)
    for broken in breaks:
        click.echo(f"unit {broken.unit_id}: event {broken.position} is {broken.what}")
    if breaks:
        raise NotReady(
            "The audit trail is broken: keep this database as it is and follow docs/operations.md."
        )
    click.echo("The audit trail is whole.")


@click.group()
def main() -> None:
    """Commands that work before there is a database."""


@main.command("run", help="Start everything on this machine and stay until Ctrl-C.")
def run() -> None:
    """PostgreSQL, tables, demo data, web and worker."""
    config = _development_config()
    run_folder = RunFolder(config.var_dir / "run")
    supervisor = Supervisor(run_folder, folder=ROOT)
    supervisor.listen_for_signals()
    began = time.monotonic()
    try:
        run_folder.take()
        for name in run_folder.end_leftovers():
            _step(f"Ended the {name} that an earlier run left behind")
        _refuse_taken_port(config.port)
        with _database(config, run_folder, supervisor) as environment:
            _prepare(environment, supervisor)
            _stay(config, environment, supervisor, began)
    except (AlreadyRunning, LocalDatabaseError, StartFailed) as refused:
        raise NotReady(str(refused))


def _development_config() -> Config:
    try:
        config = Config.from_env()
    except ConfigError as refused:
        raise NotReady(str(refused))
    if config.is_production:
        raise NotReady("make run is for development: in production start gunicorn and flask worker.")
    return config


def _step(words: str) -> None:
    click.echo(f"· {words}")


def _refuse_taken_port(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_WITH_A_PORT
    while not _is_free(port):
        if time.monotonic() > deadline:
            raise NotReady(f"Port {port} is taken; PORT={port + 1} make run")
        time.sleep(0.05)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def _database(config: Config, run_folder: RunFolder, supervisor: Supervisor) -> Iterator[dict[str, str]]:
    """The environment that tells children where the database is; our own PostgreSQL unless one is named."""
    environment = dict(os.environ) | {"PYTHONUNBUFFERED": "1"}
    environment.pop("FLASK_RUN_FROM_CLI", None)
    if os.environ.get("DATABASE_URL"):
        _step("PostgreSQL: the one named by DATABASE_URL")
        with supervisor.ending(), _released(run_folder):
            yield environment
        return
    cluster = start_cluster(
        config.var_dir / "postgres", passwords=config.local_passwords, bin_dir=config.postgres_bin
    )
    try:
        _step(f"PostgreSQL {cluster.server.binaries.version} runs on {cluster.data_dir}")
        cluster.create_database(DATABASE, "owner")
        urls = {"DATABASE_URL": cluster.url("app"), "DATABASE_OWNER_URL": cluster.url("owner")}
        run_folder.publish_database(urls)
        supervisor.keep_alive = lambda: _revive(cluster)
        with supervisor.ending():
            yield environment | urls
    finally:
        cluster.stop()
        run_folder.release()
        _step("PostgreSQL stopped; nothing is left running")


@contextmanager
def _released(run_folder: RunFolder) -> Iterator[None]:
    try:
        yield
    finally:
        run_folder.release()


def _revive(cluster: Cluster) -> str | None:
    if cluster.is_running():
        return None
    cluster.restart()
    return "PostgreSQL had ended and was started again"


def _prepare(environment: dict[str, str], supervisor: Supervisor) -> None:
    """Tables, and the demo people once."""
    owner_url = environment.get("DATABASE_OWNER_URL", environment["DATABASE_URL"])
    _step("Tables: bringing them to the newest revision")
    _migrate_url(owner_url)
    _refuse_wrong_role(environment["DATABASE_URL"])
    if supervisor.stopping.is_set():
        return
    with psycopg.connect(owner_url.replace("+psycopg", "", 1), autocommit=True) as connection:
        if connection.execute(IS_SEEDED).fetchone() == (True,):
            return
        _step("Demo data: making up centres, staff, citizens and 90 days of appointments")
        if _flask(["seed-demo"], environment, supervisor):
            connection.execute(MARK_SEEDED)


def _refuse_wrong_role(url: str) -> None:
    """Web and worker act as the app's role, whoever signs in to the database."""
    with psycopg.connect(url.replace("+psycopg", "", 1)) as connection:
        found = connection.execute(MAY_ACT_AS_APP, (APP_ROLE, APP_ROLE)).fetchone()
    if found and not found[1]:
        raise NotReady(
            f"The role {found[0]} of DATABASE_URL may not act as {APP_ROLE}:"
            f" as an administrator run GRANT {APP_ROLE} TO {found[0]}."
        )


def _stay(config: Config, environment: dict[str, str], supervisor: Supervisor, began: float) -> None:
    if supervisor.stopping.is_set():
        return
    _step("Starting web and worker")
    supervisor.add("web", _web_command(config.port), environment)
    supervisor.add("worker", [sys.executable, "-m", "flask", "worker"], environment)
    supervisor.wait_until(lambda: _is_ready(config.port))
    if supervisor.stopping.is_set():
        return
    _step(f"Ready after {time.monotonic() - began:.1f} s")
    click.echo(f"\n  Citizens  {config.public_url}/\n  Staff     {config.public_url}/staff/\n")
    if not _flask(["demo-logins"], environment, supervisor):
        return
    click.echo("\nCtrl-C stops everything.\n")
    supervisor.watch()


def _web_command(port: int) -> list[str]:
    options = ["--host=127.0.0.1", f"--port={port}", f"--threads={WEB_THREADS}"]
    return [sys.executable, "-m", "waitress", *options, "wsgi:app"]


def _flask(arguments: list[str], environment: dict[str, str], supervisor: Supervisor) -> bool:
    """Run a command of ours; false if Ctrl-C ended it, which reaches both of us.

    :raises StartFailed: if it fails for another reason
    """
    command = [sys.executable, "-m", "flask", *arguments]
    answer = subprocess.run(command, env=environment, cwd=ROOT, check=False)  # noqa: S603 - our own command
    if answer.returncode == 0:
        return True
    if supervisor.stopping.is_set():
        return False
    raise StartFailed(f"flask {' '.join(arguments)} failed; the lines above say why.")


def _migrate(config: Config) -> None:
    if not config.database_owner_url:
        raise NotReady("No database is known: start make run first, or set DATABASE_URL.")
    click.echo("Bringing the database to the newest revision")
    _migrate_url(config.database_owner_url)
    click.echo("Done.")


def _migrate_url(owner_url: str) -> None:
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from server import migrations

    try:
        migrations.upgrade(owner_url)
    except OperationalError as refused:
        told = " ".join(str(refused.orig).split())
        raise NotReady(f"The database does not answer ({told}): check DATABASE_OWNER_URL.")
    except ProgrammingError as refused:
        if not isinstance(refused.orig, psycopg.errors.InsufficientPrivilege):
            raise
        raise NotReady(
            "This role may not change the tables: let DATABASE_OWNER_URL name the one that owns them."
        )


def _is_ready(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException):
        return False


for _command in (check_content, render_content, migrate):
    main.add_command(_command)

if __name__ == "__main__":
    main()
