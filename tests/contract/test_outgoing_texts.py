"""What leaves the house, or shows on a locked screen, says nothing about the person, in any language."""

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from server.accounts import sign_in
from server.app import MAY_SEND, make_dispatcher
from server.config import Config, ConfigError
from server.library import service as library
from server.library.models import LANGUAGES
from server.reminders import other_ways

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
MESSAGES = sorted((CONTENT / "messages").glob("*.md"))
PAGES = [ROOT / "pwa" / name for name in ("index.html", "hjaelp.html", "staff/index.html")]


@pytest.fixture(scope="module")
def content() -> library.Content:
    return library.load(CONTENT)


def shown_by_the_phone() -> list[str]:
    """What the system shows without the app being open: notices of last resort, names, titles."""
    neutral = (ROOT / "pwa/src/text/neutral.ts").read_text(encoding="utf-8")
    manifest = json.loads((ROOT / "pwa/public/manifest.webmanifest").read_text(encoding="utf-8"))
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    return [
        *re.findall(r"(?:title|body): '([^']*)'", neutral),
        manifest["name"],
        manifest["short_name"],
        manifest.get("description", ""),
        *re.findall(r"<title>([^<]*)</title>", pages),
        *re.findall(r'<meta name="(?:apple-mobile-web-app-title|description)" content="([^"]*)"', pages),
        sign_in.ISSUER,
    ]


@pytest.mark.parametrize("file", MESSAGES, ids=lambda file: file.name)
def test_no_message_holds_a_word_that_gives_somebody_away(file: Path, content: library.Content) -> None:
    _, head, body = file.read_text(encoding="utf-8").split("+++\n")
    title = tomllib.loads(head)["title"]

    assert title.strip()
    assert library.forbidden_words(content, f"{title}\n{body}") == []


def test_every_kind_that_is_sent_has_its_words_in_every_language() -> None:
    names = {file.name for file in MESSAGES}

    kinds = {*MAY_SEND, other_ways.MESSAGE}
    assert names == {f"{kind}.{language}.md" for kind in kinds for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(MAY_SEND))
def test_no_other_way_gives_somebody_away_by_subject_or_text_and_none_has_a_link(
    kind: str, language: str, content: library.Content
) -> None:
    """What leaves by text message and by mail is the same whatever it is about."""
    title, body = library.message(content, other_ways.MESSAGE, language)

    assert kind not in f"{title} {body}"
    assert library.forbidden_words(content, f"{title} {body}") == []
    assert re.search(r"https?:|www\.|/|\.[a-z]", f"{title} {body}", re.IGNORECASE) is None
    assert not body.endswith(":")


@pytest.mark.parametrize(
    ("setting", "sender", "word"),
    [
        ("SMS_SENDER", "Rusmidler", "rusmid"),
        ("SMS_SENDER", "Viborg", "viborg"),
        ("MAIL_FROM", "Overblik <post@rusmiddelcenter.example.dk>", "rusmid"),
        ("MAIL_FROM", "Behandling <post@example.dk>", "behandl"),
        ("PUBLIC_URL", "https://overblik.rusmiddelcenter.example.dk", "rusmid"),
    ],
)
def test_the_house_does_not_start_with_a_sender_that_gives_somebody_away(
    setting: str, sender: str, word: str, settings: Config
) -> None:
    field = {"SMS_SENDER": "sms_sender", "MAIL_FROM": "mail_from", "PUBLIC_URL": "public_url"}[setting]
    other_ways_are_there = replace(settings, sms_gateway_url="https://gateway.example.dk")

    with pytest.raises(ConfigError, match=f"{setting} must be neutral.*{word}"):
        make_dispatcher(replace(other_ways_are_there, **{field: sender}))  # type: ignore[arg-type]


def test_a_real_house_has_no_address_that_gives_somebody_away_even_without_other_ways(
    settings: Config,
) -> None:
    """It stands in the browser's history, on the bill and in the phone's settings."""
    real = replace(settings, app_env="production", public_url="https://overblik.krisecenter.example.dk")

    with pytest.raises(ConfigError, match="PUBLIC_URL must be neutral"):
        make_dispatcher(real)


@pytest.mark.parametrize("text", shown_by_the_phone())
def test_nothing_the_phone_shows_by_itself_gives_somebody_away(text: str, content: library.Content) -> None:
    assert library.forbidden_words(content, text) == []


def test_the_phone_has_words_of_its_own_in_every_language(content: library.Content) -> None:
    """They are the title of every message, so that a broken one looks like any other."""
    neutral = (ROOT / "pwa/src/text/neutral.ts").read_text(encoding="utf-8")

    for language in LANGUAGES:
        title, _ = library.message(content, "appointment", language)
        assert f"title: '{title}', body: '', lang: '{language}'" in neutral
