"""`flask seed-demo` and `flask demo-logins`."""

import click
from flask import current_app

from server.core import clock
from server.demo import people, service


@click.command("seed-demo", help="Write made-up centres, staff, citizens and 90 days of appointments.")
def seed_demo() -> None:
    """Seed; a second time adds only the days that have come since."""
    try:
        service.seed(
            now=clock.now(),
            is_production=not current_app.config["DEMO"],
            offered=current_app.extensions["content"].courses,
            say=_say,
        )
    except service.NotInProduction as refused:
        raise click.ClickException(str(refused))


@click.command("demo-logins", help="Print the demo logins with this moment's codes, and a pairing code.")
def demo_logins() -> None:
    """Print who can sign in, and how to pair a phone."""
    if not current_app.config["DEMO"]:
        raise click.ClickException("There are no demo logins in production.")
    now = clock.now()
    click.echo(f"  Demo logins, all with the password: {people.PASSWORD}")
    for colleague, code in service.logins(now=now):
        click.echo(
            f"    {colleague.email:20} code now {code}   {colleague.role.value:12}"
            f" {people.CENTRES[colleague.centre]:24} secret {colleague.totp_secret}"
        )
    click.echo("  Codes change every 30 seconds: .venv/bin/flask demo-logins prints new ones.")
    pairing = service.new_pairing_code(now=now)
    if pairing is not None:
        alias, code = pairing
        click.echo(f"  Pair a phone with “{alias}” (10 minutes, once): {code}")


def _say(words: str) -> None:
    click.echo(f"  {words}")
