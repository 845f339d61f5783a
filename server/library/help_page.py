"""The help page as static HTML: readable before any script, login or lock."""

from collections.abc import Mapping
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, StrictUndefined

from server.library import prose
from server.library.models import Content, LineHours, Text
from server.library.phones import Phone

_PAGE = """\
<div class="help" lang="{{ lang }}" id="{{ prefix }}top">
<h2>{{ page.title }}</h2>
{%- if page.body %}
<div class="help-intro">{{ prose(page) }}</div>
{%- endif %}
{%- if all_drafts or page.is_draft %}
<p class="draft-mark">{{ labels.draft }}</p>
{%- endif %}
<section class="help-lines" aria-labelledby="{{ prefix }}numbers">
<h3 id="{{ prefix }}numbers">{{ labels.numbers }}</h3>
<ul class="help-numbers">
{%- for line in lines %}
<li id="{{ prefix }}{{ line.id }}">
<a class="help-number" href="tel:{{ line.tel }}">\
<span class="help-number-name">{{ line.text.title }}</span> \
<span class="help-number-digits">{{ line.display }}</span></a>
<div class="help-number-about">{{ prose(line.text) }}
{%- if line.always %}
<p class="help-hours">{{ labels.always_open }}</p>
{%- else %}
<p class="help-hours">
<a href="{{ line.check_url }}" rel="noreferrer noopener">{{ labels.check_hours }}</a></p>
{%- endif %}
{%- if line.draft and not all_drafts %}
<p class="draft-mark">{{ labels.draft }}</p>
{%- endif %}</div>
</li>
{%- endfor %}
</ul>
<p class="help-checked">{{ labels.checked }} <time datetime="{{ checked_on }}">{{ checked }}</time>.</p>
</section>
<section class="help-centres" aria-labelledby="{{ prefix }}centres">
<h3 id="{{ prefix }}centres">{{ labels.centres }}</h3>
<ul class="help-numbers">
{%- for centre in centres %}
<li id="{{ prefix }}{{ centre.slug }}">
<a class="help-number" href="tel:{{ centre.phone.tel }}">\
<span class="help-number-name">{{ centre.text.title }}</span> \
<span class="help-number-digits">{{ centre.phone.display }}</span></a>
<div class="help-number-about">{{ prose(centre.text) }}
<p class="help-hours">{{ labels.always_open if centre.always_open else labels.phone_unknown }}</p>
{%- if centre.text.is_draft and not all_drafts %}
<p class="draft-mark">{{ labels.draft }}</p>
{%- endif %}</div>
</li>
{%- endfor %}
</ul>
</section>
{%- if breathing %}
<section class="help-breathing" aria-labelledby="{{ prefix }}breathing">
<h3 id="{{ prefix }}breathing">{{ breathing.text.title }}</h3>
<div class="breathing-circle" aria-hidden="true"></div>
<ol class="breathing-steps">
{%- for step in breathing.steps %}
<li>{{ step }}</li>
{%- endfor %}
</ol>
<p class="breathing-rounds">{{ breathing.text.fields.rounds }}</p>
{{ prose(breathing.text) }}
<p>{{ breathing.text.fields.stop }}</p>
{%- if breathing.text.is_draft and not all_drafts %}
<p class="draft-mark">{{ labels.draft }}</p>
{%- endif %}
</section>
{%- endif %}
</div>
"""
_DATES = {"da": "d. MMMM yyyy", "en": "d MMMM yyyy"}
_TEMPLATE = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False).from_string(_PAGE)


def render_help(content: Content, phones: Mapping[str, Phone], language: str) -> str:
    """The fragment for "Hjælp nu" in one language; its ids start with the language."""
    prefix = f"help-{language}-"
    page = content.page[language]
    lines = [
        {
            "id": line.id,
            "tel": line.tel,
            "display": line.display,
            "always": line.hours is LineHours.ALWAYS,
            "check_url": line.check_url,
            "text": line.texts[language],
            "draft": line.texts[language].is_draft,
        }
        for line in content.lines
    ]
    centres = [
        {
            "slug": centre.slug,
            "phone": phones[centre.slug],
            "text": centre.texts[language],
            "always_open": centre.always_open,
        }
        for centre in content.centres
    ]
    checked_on = min(line.checked_on for line in content.lines)
    return _TEMPLATE.render(
        lang=language,
        prefix=prefix,
        page=page,
        labels=page.fields["labels"],
        lines=lines,
        centres=centres,
        breathing=_breathing(content, language),
        checked_on=checked_on.isoformat(),
        # Day and month stay on one line.
        checked=format_date(checked_on, _DATES[language], locale=language).replace(" ", "\u00a0", 1),
        all_drafts=all(text.is_draft for text in _shown(content, language)),
        prose=lambda text: prose.render(text.body, anchor_prefix=prefix),
    )


def _breathing(content: Content, language: str) -> dict[str, Any] | None:
    if content.breathing is None:
        return None
    text = content.breathing.texts[language]
    return {"text": text, "steps": [text.fields["steps"][step.id] for step in content.breathing.steps]}


def _shown(content: Content, language: str) -> list[Text]:
    """The texts on the page: one mark at its end is enough while all are drafts."""
    shown = [content.page]
    shown += [line.texts for line in content.lines]
    shown += [centre.texts for centre in content.centres]
    if content.breathing is not None:
        shown.append(content.breathing.texts)
    return [texts[language] for texts in shown]
