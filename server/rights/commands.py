"""`flask erase-due` and `flask erase-citizen`."""

from uuid import UUID

import click

from server.core import clock
from server.core.db import transaction
from server.core.errors import NotFound
from server.crisis_line import service as crisis_line
from server.crisis_plans import removal
from server.reminders import service as reminders
from server.rights import service


@click.command(
    "erase-due", help="Erase whoever asked a week ago, and plan lines deleted a year ago; run it once a day."
)
def erase_due() -> None:
    """Erase one citizen after the other, each by itself; then old lines, and what the dead left open."""
    now = clock.now()
    with transaction() as session:
        due = service.list_due(session, now=now)
    for number, citizen_id in enumerate(due, start=1):
        with transaction() as session:
            service.erase(session, citizen_id=citizen_id, now=now)
        click.echo(f"{number} of {len(due)} erased")
    with transaction() as session:
        lines = removal.erase_expired(session, now=now)
    click.echo(f"{len(lines)} lines of plans, deleted a year ago, are gone for good.")
    with transaction() as session:
        numbers = crisis_line.erase_old_numbers(session, now=now)
    click.echo(f"{numbers} numbers that the crisis line no longer calls are gone.")
    with transaction() as session:
        notes = crisis_line.forget_old_notes(session, now=now)
    click.echo(f"{notes} notes from shifts a week ago are gone.")
    with transaction() as session:
        ended = reminders.end_for_the_dead(session, now=now)
    click.echo(f"Reminders and phones of {ended} people who have died are ended.")
    with transaction() as session:
        calls = crisis_line.end_for_the_dead(session, now=now)
    click.echo(f"{calls} calls to people who have died are not waited for any more.")
    click.echo("Nobody is due." if not due else "Done.")


@click.command("erase-citizen", help="Erase one citizen at once, by id; also after a backup was restored.")
@click.argument("citizen_id", type=click.UUID)
def erase_citizen(citizen_id: UUID) -> None:
    """Erase without waiting: the citizen asked in person, or a restored backup is replayed."""
    try:
        with transaction() as session:
            service.erase(session, citizen_id=citizen_id, now=clock.now())
    except NotFound:
        raise click.ClickException("There is no citizen with this id.")
    click.echo("Erased.")
