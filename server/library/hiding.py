"""In production, a text about crisis that no professional has read is not shown; each by itself, by language.

What stays whatever its state: headings, every sentence paragraph with a number in it, the breathing
exercise, what a service is called and for whom, and the words that are sent. What a citizen has written is
no content at all and is never touched.
"""

from collections.abc import Mapping
from dataclasses import replace

from server.library import prose
from server.library.models import Area, Centre, Content, Text


def without_drafts(content: Content) -> Content:
    """The content as production shows it: drafts of the area crisis are empty, one by one."""
    return replace(
        content,
        page=_each(content.page),
        lines=tuple(replace(line, texts=_each(line.texts)) for line in content.lines),
        centres=tuple(_centre(centre) for centre in content.centres),
        plan=tuple(replace(section, texts=_each(section.texts)) for section in content.plan),
        goals={name: _each(texts) for name, texts in content.goals.items()},
    )


def _centre(centre: Centre) -> Centre:
    services = tuple(replace(service, texts=_each(service.texts)) for service in centre.services)
    return replace(centre, texts=_each(centre.texts), services=services)


def _each(texts: Mapping[str, Text]) -> dict[str, Text]:
    return {language: _shown(text) for language, text in texts.items()}


def _shown(text: Text) -> Text:
    if text.area is not Area.CRISIS or not text.is_draft:
        return text
    body = prose.with_numbers(text.body)
    fields = {key: [] if key == "suggestions" else value for key, value in text.fields.items()}
    return replace(text, body=body, fields=fields, hidden=not body)
