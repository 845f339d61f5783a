"""What the house can do for the crisis line; the parts are in the modules beside this one."""

from server.crisis_line.claims import claim, erase, look_up, make_code
from server.crisis_line.contacts import (
    change_contact,
    close_contact,
    exists,
    open_contact,
    reopen_contact,
)
from server.crisis_line.desk_codes import kept_code, own_code, replace_code
from server.crisis_line.erasing import erase_old_numbers, forget_number
from server.crisis_line.hanging import end_for_the_dead
from server.crisis_line.models import Channel, Gender, SearchKind, Voicemail
from server.crisis_line.reading import list_contacts, read_contact, show
from server.crisis_line.search import search
from server.crisis_line.shifts import forget_old_notes
from server.crisis_line.shown import current_contacts, hide

__all__ = [
    "Channel",
    "Gender",
    "SearchKind",
    "Voicemail",
    "change_contact",
    "claim",
    "close_contact",
    "current_contacts",
    "end_for_the_dead",
    "erase",
    "erase_old_numbers",
    "exists",
    "forget_number",
    "forget_old_notes",
    "hide",
    "kept_code",
    "list_contacts",
    "look_up",
    "make_code",
    "open_contact",
    "own_code",
    "read_contact",
    "reopen_contact",
    "replace_code",
    "search",
    "show",
]
