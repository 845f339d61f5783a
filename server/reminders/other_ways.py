"""What is written to a person besides the app: neutral words, and a link that names nothing."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.library import service as library

MESSAGE = "fallback"


class OtherWords(NamedTuple):
    """The subject of a mail, and the text of a mail or a text message."""

    subject: str
    text: str


def words_for(
    session: Session,
    content: library.Content,
    *,
    citizen_id: UUID,
    public_url: str,
    occurrence_id: UUID | None = None,
) -> OtherWords:
    """What this citizen would be sent; without an occurrence with an example in place of its id."""
    title, body = library.message(content, MESSAGE, citizens.language_of(session, citizen_id=citizen_id))
    return OtherWords(subject=title, text=f"{body} {public_url.rstrip('/')}/r/{occurrence_id or '…'}")
