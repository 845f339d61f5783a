"""`flask invite-manager`: how the first person of a centre comes in."""

import click
from flask import current_app
from marshmallow import ValidationError

from server.accounts import opening
from server.accounts.schemas import InvitationRequestSchema
from server.accounts.sign_in import EmailTaken
from server.core import clock
from server.core.access import Role
from server.core.db import transaction


@click.command("invite-manager", help="Open CENTRE and invite a manager to it; prints the link to hand over.")
@click.argument("centre")
@click.argument("name")
@click.argument("email")
def invite_manager(centre: str, name: str, email: str) -> None:
    """Invite; a manager then invites colleagues at the desk."""
    names = {
        each.slug: each.texts["da"].fields["title"] for each in current_app.extensions["content"].centres
    }
    if centre not in names:
        raise click.ClickException(
            f"There is no centre {centre!r}: choose one of {', '.join(sorted(names))}."
        )
    given = _checked(name, email)
    try:
        with transaction() as session:
            invitation, code = opening.invite_manager(
                session, centre=centre, centre_name=names[centre], now=clock.now(), **given
            )
    except EmailTaken as taken:
        raise click.ClickException(f"{taken.title} Use another one, or let that colleague sign in.")
    until = clock.to_wall(invitation.expires_at)
    click.echo(f"{given['name']} can join {names[centre]} until {until:%Y-%m-%d %H:%M}, once:")
    click.echo(f"{current_app.config['PUBLIC_URL']}/staff/invitation#{code}")


def _checked(name: str, email: str) -> dict[str, str]:
    try:
        given = InvitationRequestSchema().load({"name": name, "email": email, "roles": [str(Role.MANAGER)]})
    except ValidationError as wrong:
        field, faults = next(iter(wrong.messages_dict.items()))
        raise click.ClickException(f"{field}: {faults[0]}")
    return {"name": given["name"], "email": given["email"]}
