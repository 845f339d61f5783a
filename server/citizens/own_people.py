"""Finding somebody among the people one works with: by a part of the alias, or a whole name or number."""

import unicodedata
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import fingerprints, visible
from server.core.access import Actor


class OwnPerson(NamedTuple):
    """Somebody, by the alias alone."""

    id: UUID
    alias: str


def find(session: Session, *, words: str, actor: Actor, now: datetime) -> list[OwnPerson]:
    """The people whom the words fit, by alias; stand-in work included, nobody else's people ever.

    A name has to be said whole, a number too, however they are written. The search is recorded with how many
    it found, never with what was typed.
    """
    wanted, number = _folded(words), fingerprints.of_phone(words)
    found = [
        OwnPerson(citizen.id, citizen.alias)
        for citizen in session.scalars(visible.cases(actor, now))
        if wanted in _folded(citizen.alias)
        or (citizen.name is not None and wanted == _folded(citizen.name))
        or (citizen.phone is not None and number == fingerprints.of_phone(citizen.phone))
    ]
    audit.record(session, event="own-people.searched", actor=actor, at=now, purpose=f"found: {len(found)}")
    return sorted(found, key=lambda one: (one.alias.casefold(), one.id))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).split())
