"""What is written to a person besides the app: neutral words, and no link."""

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


def words_for(session: Session, content: library.Content, *, citizen_id: UUID) -> OtherWords:
    """What this citizen is sent, whatever it is about; a link would show whoever taps it where it leads."""
    title, body = library.message(content, MESSAGE, citizens.language_of(session, citizen_id=citizen_id))
    return OtherWords(subject=title, text=body)
