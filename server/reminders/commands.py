"""`flask push-keys`: which push keys are still needed."""

from datetime import datetime, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext

from notifications import subscriptions
from notifications.subscriptions import KeyUse
from server.core import clock
from server.core.db import transaction

RETIRES_AFTER = timedelta(days=90)
AT_ONCE = 200


@click.command("push-keys", help="Say how many phones each push key still serves, and which key may go.")
@click.option(
    "--let-go", "gone", metavar="KEY", help="Set aside the phones of a key that was taken out for good."
)
@with_appcontext
def push_keys(gone: str | None) -> None:
    """One line a key. Fails if phones are bound to a key that this server does not have: they get nothing."""
    present, known = current_app.config["VAPID_KEY_ID"], current_app.config["VAPID_KEY_IDS"]
    if gone is not None:
        _let_go(gone, {present, *known})
    with transaction() as session:
        used = subscriptions.keys_in_use(session)
    newest = used.get(present)
    click.echo(f"{present}  present  {_phones(newest)}")
    for key_id in known:
        if key_id != present:
            click.echo(f"{key_id}  former   {_phones(used.get(key_id))}: {_advice(used.get(key_id), newest)}")
    missing = sorted(set(used) - {present, *known})
    for key_id in missing:
        click.echo(f"{key_id}  MISSING  {_phones(used[key_id])}")
    if missing:
        raise click.ClickException(
            "Phones are bound to a key that this server does not have, and get no reminders:"
            " add it to VAPID_OLD_PRIVATE_KEYS. If it is gone for good, say so with --let-go KEY: then the"
            " centres see that these phones are not reached, until their app is opened."
        )


def _let_go(gone: str, known: set[str]) -> None:
    """Part by part, so that no reminder waits for the whole."""
    if gone in known:
        raise click.ClickException(
            f"This server has the key {gone}: take it out of VAPID_OLD_PRIVATE_KEYS first, and restart."
        )
    phones, part = 0, AT_ONCE
    while part == AT_ONCE:
        with transaction() as session:
            part = subscriptions.let_go_of_key(session, key_id=gone, at_most=AT_ONCE, now=clock.now())
        phones += part
    click.echo(f"{gone}  let go   {phones} phone{'' if phones == 1 else 's'}")


def _phones(use: KeyUse | None) -> str:
    count = use.phones if use else 0
    return f"{count} phone" if count == 1 else f"{count} phones"


def _advice(use: KeyUse | None, newest: KeyUse | None) -> str:
    """A former key goes when no phone needs it, or 90 days after the first phone took the present one."""
    if use is None:
        return "retired, take it out of VAPID_OLD_PRIVATE_KEYS"
    if newest is not None and newest.since is not None and _is_long_ago(newest.since):
        return (
            "retired after 90 days, take it out of VAPID_OLD_PRIVATE_KEYS and then --let-go it;"
            " these phones get reminders again when their app is opened"
        )
    return "needed, keep it"


def _is_long_ago(since: datetime) -> bool:
    return clock.now() - since >= RETIRES_AFTER
