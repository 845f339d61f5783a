"""The crisis line's figures as a sheet, in Danish or English words."""

from collections.abc import Mapping
from typing import Any

from server.core import spreadsheets
from server.crisis_line.releases import Way
from server.library.desk_models import Desk

FILE_NAME = {"da": "henvendelser.csv", "en": "contacts.csv"}
_LANGUAGES = ("da", "en")
_WORDS = {
    "code": ("kode", "code"),
    "count": ("antal henvendelser", "number of contacts"),
    "total": ("i alt", "in all"),
    "month": ("måned", "month"),
    "channel": ("kanal", "channel"),
    "reason": ("grund", "reason"),
    "gender": ("køn", "gender"),
    "hour": ("time", "hour"),
    "phone": ("telefon", "phone"),
    "at-the-door": ("i døren", "at the door"),
    "outreach": ("opsøgende", "outreach"),
    "night-visit": ("natbesøg", "night visit"),
    "woman": ("kvinde", "woman"),
    "man": ("mand", "man"),
    "other": ("andet", "other"),
    "not-registered": ("ikke registreret", "not registered"),
    "erased": ("slettet efter ønske", "erased by request"),
    "still-open": ("endnu åben", "still open"),
    "unanswered": ("ikke udfyldt", "not filled in"),
    "not-on-the-list": ("står ikke på listen", "not on the list"),
    "not_shown": ("vises ikke", "not shown"),
}
TOGETHER = " + "


def write(shown: Mapping[str, Any], *, desk: Desk, language: str) -> bytes:
    """Rows, then gaps, then the total, then the months that are not shown; no cell is worked out."""
    way = Way(shown["by"])

    def said(code: str) -> str:
        return _WORDS[code][_LANGUAGES.index(language)]

    names = {key: said(key) for key in _WORDS}
    if way is Way.REASON:
        names |= {entry.code: entry.names[language] for entry in desk.lists["reasons"]}
    if way is Way.HOUR:
        names |= {f"{hour:02}": f"{hour:02}:00" for hour in range(24)}
    rows = [[said(way), said("code"), said("count")]]
    rows += [
        [
            TOGETHER.join(names.get(key, key) for key in row["keys"]),
            TOGETHER.join(row["keys"]),
            str(row["count"]),
        ]
        for row in shown["rows"]
    ]
    rows += [[said(gap["code"]), gap["code"], str(gap["count"])] for gap in shown["gaps"]]
    rows.append([said("total"), "total", str(shown["total"])])
    rows += [[f"{said('not_shown')}: {month}", month, ""] for month in shown["not_shown"]]
    return spreadsheets.write(rows)


def named() -> frozenset[str]:
    """The codes that have words of their own here; reasons have theirs in the content."""
    return frozenset(_WORDS)
