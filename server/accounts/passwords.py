"""Which passwords are refused: too short, too long, common, or made of the place or the person."""

import unicodedata

SHORTEST, LONGEST = 8, 128

#: Common in published lists of leaked passwords, Danish and international, plus words of this place.
COMMON = frozenset(
    """
    password passord adgangskode kodeord kodeord1 hemmelig hemmeligt velkommen velkommen1 sommer2026
    vinter2026 efterår2026 forår2026 12345678 123456789 1234567890 87654321 11111111 00000000 qwertyui
    qwerty123 qwertyuiop 1q2w3e4r 1qaz2wsx asdfghjk asdfghjkl zxcvbnm1 abcd1234 abc12345 a1b2c3d4 password1
    password123 passw0rd p@ssw0rd iloveyou jegelskerdig sunshine princess football fodbold1 fodbold123
    superman batman123 trustno1 starwars dragon12 master12 monkey12 letmein1 welcome1 welcome123 admin123
    administrator danmark1 danmark123 københavn viborg123 overblik vedhånden vedhaanden rusmiddel
    rusmiddelcenter krisecenter forsorgscenter akuttilbud behandler kontaktperson kommune1 kommunen
    familien familie1 mathilde1 sebastian michelle1 christian jonathan1 aaaaaaaa abcdefgh
    """.split()
)


def refusal_of(password: str, *, personal: tuple[str, ...] = ()) -> str | None:
    """Why a password cannot be used, as a sentence; None if it can. No rule about kinds of characters."""
    text = unicodedata.normalize("NFC", password)
    if len(text) < SHORTEST:
        return f"Use at least {SHORTEST} characters."
    if len(text) > LONGEST:
        return f"Use at most {LONGEST} characters."
    plain = text.casefold().strip()
    if plain in COMMON or plain.rstrip("0123456789!.?") in COMMON or len(set(plain)) < 4:
        return "This password is easy to guess. Use a few words that only you put together."
    parts = {part.casefold() for value in personal for part in value.replace("@", " ").split()}
    if any(len(part) > 3 and plain.rstrip("0123456789!.?") == part for part in parts):
        return "Do not use your own name or address as the password."
    return None
