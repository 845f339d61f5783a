"""The settings, read once from the environment; production refuses whatever is not fit for real people."""

import base64
import binascii
import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ENVIRONMENTS = ("development", "test", "production")
CENTRES = ("rusmiddelcenter", "krisecenter", "forsorgscenter", "akuttilbud")
RECORD_PARTS = ("access-proof", "second-factor", "wipe", "dpia", "reviewed-texts", "signed-by", "signed-on")
ROOT = Path(__file__).resolve().parents[1]
GENERATED = b"dev-"
DEMO_SUBJECT = "mailto:demo@example.invalid"
DEMO_PHONES = {slug: f"00 00 00 0{number}" for number, slug in enumerate(CENTRES, start=1)}
LOCAL_ROLES = ("superuser", "owner", "app")


class ConfigError(Exception):
    """Settings that cannot be used: one sentence each, all of them at once."""

    def __init__(self, refusals: list[str]) -> None:
        super().__init__("\n".join(refusals))
        self.refusals = refusals


@dataclass(frozen=True)
class Config:
    """Every setting of the house; only `app` and `cli` read it."""

    app_env: str
    public_url: str
    port: int
    metrics_port: int | None
    web_metrics_port: int | None
    proxy_hops: int
    var_dir: Path
    content_dir: Path
    pwa_dir: Path
    postgres_bin: Path | None
    vapid_subject: str
    push_extra_origins: tuple[str, ...]
    sms_gateway_url: str
    sms_sender: str
    mail_from: str
    centre_phones: dict[str, str]
    cleared_record: Path | None
    fail_points: Path | None
    database_url: str = field(repr=False)
    database_owner_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    field_keys: str = field(repr=False)
    blind_index_key: str = field(repr=False)
    vapid_private_key: str = field(repr=False)
    vapid_old_private_keys: tuple[str, ...] = field(repr=False)
    local_passwords: dict[str, str] = field(repr=False)
    sms_gateway_token: str = field(repr=False)
    smtp_url: str = field(repr=False)

    @property
    def is_production(self) -> bool:
        """Whether real people may be at the other end."""
        return self.app_env == "production"

    @property
    def has_sms(self) -> bool:
        """Whether text messages can be sent; without it the channel is shown as not set up."""
        return bool(self.sms_gateway_url)

    @property
    def has_mail(self) -> bool:
        """Whether e-mails can be sent; without it the channel is shown as not set up."""
        return bool(self.smtp_url)

    @property
    def vapid_public_key(self) -> str:
        """The public half of the push key, as browsers take it (base64url, uncompressed point)."""
        return _public_half(self.vapid_private_key)

    @property
    def vapid_key_id(self) -> str:
        """A short name for the push key, kept with each subscription so that a new key is noticed."""
        return _key_id(self.vapid_private_key)

    @property
    def vapid_keys(self) -> dict[str, str]:
        """Every push key by its short name: phones bound to an older one still get their reminders."""
        return {_key_id(key): key for key in (*self.vapid_old_private_keys, self.vapid_private_key)}

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """Read the settings; outside production what is missing is made up once, into VAR_DIR/secrets.env.

        :raises ConfigError: with every reason why these settings cannot be used
        """
        given = {key: value for key, value in (os.environ if environ is None else environ).items() if value}
        app_env = given.get("APP_ENV", "development")
        if app_env not in ENVIRONMENTS:
            raise ConfigError([f"APP_ENV must be one of {', '.join(ENVIRONMENTS)}."])
        if app_env != "production":
            given = _with_development_values(given)
        refusals = _shape_refusals(given)
        if app_env == "production":
            refusals = _production_refusals(given) + refusals
        if refusals:
            raise ConfigError(refusals)
        return _build(cls, app_env, given)


def _build(cls: type[Config], app_env: str, given: Mapping[str, str]) -> Config:
    port = int(given.get("PORT", "8000"))
    return cls(
        app_env=app_env,
        public_url=given.get("PUBLIC_URL", f"http://localhost:{port}").rstrip("/"),
        port=port,
        metrics_port=int(given["METRICS_PORT"]) if "METRICS_PORT" in given else None,
        web_metrics_port=int(given["WEB_METRICS_PORT"]) if "WEB_METRICS_PORT" in given else None,
        proxy_hops=int(given.get("TRUSTED_PROXY_HOPS", "0")),
        var_dir=_var_dir(given),
        content_dir=Path(given.get("CONTENT_DIR", ROOT / "content")),
        pwa_dir=Path(given.get("PWA_DIR", ROOT / "pwa" / "dist")),
        postgres_bin=Path(given["POSTGRES_BIN"]) if "POSTGRES_BIN" in given else None,
        vapid_subject=given["VAPID_SUBJECT"],
        push_extra_origins=_origins(given),
        sms_gateway_url=given.get("SMS_GATEWAY_URL", ""),
        sms_sender=given.get("SMS_SENDER", ""),
        mail_from=given.get("MAIL_FROM", ""),
        centre_phones={slug: given[_phone_setting(slug)] for slug in CENTRES},
        cleared_record=_record_path(given),
        fail_points=Path(given["FAIL_POINTS"]) if "FAIL_POINTS" in given else None,
        database_url=given.get("DATABASE_URL", ""),
        database_owner_url=given.get("DATABASE_OWNER_URL", given.get("DATABASE_URL", "")),
        secret_key=given["SECRET_KEY"],
        field_keys=given["FIELD_KEYS"],
        blind_index_key=given["BLIND_INDEX_KEY"],
        vapid_private_key=given["VAPID_PRIVATE_KEY"],
        vapid_old_private_keys=_old_keys(given),
        local_passwords={role: given.get(_password_setting(role), "") for role in LOCAL_ROLES},
        sms_gateway_token=given.get("SMS_GATEWAY_TOKEN", ""),
        smtp_url=given.get("SMTP_URL", ""),
    )


def _old_keys(given: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(key.strip() for key in given.get("VAPID_OLD_PRIVATE_KEYS", "").split(",") if key.strip())


def _public_half(private_key: str) -> str:
    number = int.from_bytes(_decoded(private_key))
    point = ec.derive_private_key(number, ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _key_id(private_key: str) -> str:
    return hashlib.sha256(_public_half(private_key).encode()).hexdigest()[:16]


def _var_dir(given: Mapping[str, str]) -> Path:
    return Path(given.get("VAR_DIR", ROOT / "var")).absolute()


def _record_path(given: Mapping[str, str]) -> Path | None:
    named = given.get("CLEARED_FOR_REAL_CITIZENS")
    return Path(named) if named else None


def _phone_setting(slug: str) -> str:
    return f"CENTRE_PHONE_{slug.upper()}"


def _password_setting(role: str) -> str:
    return f"LOCAL_DATABASE_{role.upper()}_PASSWORD"


def _origins(given: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in given.get("PUSH_EXTRA_ORIGINS", "").split(",") if part.strip())


def _with_development_values(given: Mapping[str, str]) -> dict[str, str]:
    var_dir = _var_dir(given)
    made_up = _generated_once(var_dir / "secrets.env")
    running_database = _read_settings(var_dir / "run" / "database.env")
    if "DATABASE_URL" in given:
        running_database = {}
    phones = {_phone_setting(slug): number for slug, number in DEMO_PHONES.items()}
    return {"VAPID_SUBJECT": DEMO_SUBJECT} | phones | made_up | running_database | dict(given)


def _generated_once(path: Path) -> dict[str, str]:
    """The values kept in a file of our own (mode 0600); those it lacks are made up and added."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError:
        raise ConfigError([f"{path} belongs to another user: run this as that user, or set VAR_DIR."])
    with os.fdopen(descriptor, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known = _parse(file.read())
        added = {key: value for key, value in _made_up().items() if key not in known}
        file.writelines(f"{key}={value}\n" for key, value in added.items())
    return known | added


def _made_up() -> dict[str, str]:
    """Fresh secrets that production recognises, and refuses, as made up."""
    passwords = {_password_setting(role): secrets.token_urlsafe(24) for role in LOCAL_ROLES}
    return {
        "SECRET_KEY": f"dev-{secrets.token_urlsafe(32)}",
        "FIELD_KEYS": f"dev:{_recognisable_key()}",
        "BLIND_INDEX_KEY": _recognisable_key(),
        "VAPID_PRIVATE_KEY": _recognisable_key(),
    } | passwords


def _recognisable_key() -> str:
    return base64.urlsafe_b64encode(GENERATED + secrets.token_bytes(28)).decode().rstrip("=")


def _read_settings(path: Path) -> dict[str, str]:
    try:
        return _parse(path.read_text())
    except FileNotFoundError:
        return {}


def _parse(text: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in text.splitlines() if line and not line.startswith("#"))
    return {key.strip(): value.strip() for key, _, value in pairs}


def _shape_refusals(given: Mapping[str, str]) -> list[str]:
    refusals = [
        f"{name} must be a number from 1 to 65535."
        for name in ("PORT", "METRICS_PORT", "WEB_METRICS_PORT")
        if name in given and not (given[name].isdecimal() and 0 < int(given[name]) < 65536)
    ]
    if not given.get("TRUSTED_PROXY_HOPS", "0").isdecimal():
        refusals.append("TRUSTED_PROXY_HOPS must be the number of proxies in front of the server.")
    refusals += [
        f"{name} must be 32 bytes in base64url."
        for name in ("BLIND_INDEX_KEY", "VAPID_PRIVATE_KEY")
        if name in given and len(_decoded(given[name])) != 32
    ]
    if any(len(_decoded(key)) != 32 for key in _old_keys(given)):
        refusals.append("VAPID_OLD_PRIVATE_KEYS must be keys of 32 bytes in base64url, separated by commas.")
    if "FIELD_KEYS" in given and not all(map(_is_field_key, given["FIELD_KEYS"].split(","))):
        refusals.append(
            "FIELD_KEYS must be id:key pairs separated by commas, each key 32 bytes in base64url."
        )
    if "PUBLIC_URL" in given and not _is_origin(given["PUBLIC_URL"].rstrip("/")):
        refusals.append("PUBLIC_URL must be a scheme and a host only, as https://overblik.example.dk.")
    if not all(map(_is_origin, _origins(given))):
        refusals.append(
            "PUSH_EXTRA_ORIGINS must be exact origins separated by commas, as http://127.0.0.1:9000."
        )
    refusals += _other_way_refusals(given)
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        if name in given and not given[name].startswith(("postgresql://", "postgresql+psycopg://")):
            refusals.append(f"{name} must start with postgresql://.")
    return refusals


def _other_way_refusals(given: Mapping[str, str]) -> list[str]:
    """A way is set up whole or not at all; tokens and passwords never travel in the open."""
    refusals = []
    sms = [name for name in ("SMS_GATEWAY_URL", "SMS_GATEWAY_TOKEN", "SMS_SENDER") if name in given]
    if len(sms) not in (0, 3):
        refusals.append(
            "SMS_GATEWAY_URL, SMS_GATEWAY_TOKEN and SMS_SENDER belong together: give all or none."
        )
    gateway = urlsplit(given.get("SMS_GATEWAY_URL", "https://none"))
    is_local = gateway.hostname in ("127.0.0.1", "localhost") and given.get("APP_ENV") != "production"
    if not gateway.hostname or gateway.username or gateway.scheme != ("http" if is_local else "https"):
        refusals.append("SMS_GATEWAY_URL must be an https address without a password in it.")
    if not re.fullmatch(r"[A-Za-z0-9 ]{1,11}|\+?\d{4,15}", given.get("SMS_SENDER", "Overblik")):
        refusals.append("SMS_SENDER must be 1 to 11 letters and digits, or a number.")
    if ("SMTP_URL" in given) != ("MAIL_FROM" in given):
        refusals.append("SMTP_URL and MAIL_FROM belong together: give both or none.")
    server = urlsplit(given.get("SMTP_URL", "smtp://none"))
    if server.scheme not in ("smtp", "smtps") or not server.hostname:
        refusals.append("SMTP_URL must be smtp://user:password@host:587 or smtps://user:password@host:465.")
    if not re.fullmatch(
        r"(?:[^<>@\r\n]+ <)?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>?", given.get("MAIL_FROM", "a@b.dk")
    ):
        refusals.append("MAIL_FROM must be an address, or a name and an address in <>.")
    return refusals


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _is_field_key(text: str) -> bool:
    key_id, _, key = text.strip().partition(":")
    return bool(key_id) and len(_decoded(key)) == 32


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    has_more = parts.path or parts.query or parts.fragment or "@" in parts.netloc
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not has_more


def _production_refusals(given: Mapping[str, str]) -> list[str]:
    return [
        *_secret_refusals(given),
        *_address_refusals(given),
        *_database_refusals(given),
        *_phone_refusals(given),
        *_clearance_refusals(given),
    ]


def _secret_refusals(given: Mapping[str, str]) -> list[str]:
    refusals = []
    secret = given.get("SECRET_KEY", "")
    if len(secret) < 32 or secret.startswith("dev-") or len(set(secret)) < 10:
        refusals.append("SECRET_KEY must be a secret of your own, at least 32 random characters.")
    keys = [part.strip().partition(":") for part in given.get("FIELD_KEYS", "").split(",")]
    if any(key_id in ("", "dev") or _is_sample(key) for key_id, _, key in keys):
        refusals.append(
            "FIELD_KEYS must hold keys of your own, none of them missing or made for development."
        )
    for name in ("BLIND_INDEX_KEY", "VAPID_PRIVATE_KEY"):
        if _is_sample(given.get(name, "")):
            refusals.append(f"{name} must be a key of your own, not a missing or made-up one.")
    return refusals


def _is_sample(key: str) -> bool:
    raw = _decoded(key)
    return raw.startswith(GENERATED) or len(set(raw)) < 10


def _address_refusals(given: Mapping[str, str]) -> list[str]:
    refusals = []
    if urlsplit(given.get("PUBLIC_URL", "")).scheme != "https":
        refusals.append("PUBLIC_URL must be the https address that people open.")
    subject = given.get("VAPID_SUBJECT", "")
    host = subject.removeprefix("mailto:").rpartition("@")[2]
    if not subject.startswith("mailto:") or "." not in host or ".example" in f".{host}" or "invalid" in host:
        refusals.append("VAPID_SUBJECT must be mailto: and an address where push services can reach you.")
    if "TRUSTED_PROXY_HOPS" not in given:
        refusals.append(
            "TRUSTED_PROXY_HOPS must be the number of proxies in front of the server (0 if there is none)."
        )
    if "PUSH_EXTRA_ORIGINS" in given:
        refusals.append("PUSH_EXTRA_ORIGINS is for tests: leave it out.")
    if "FAIL_POINTS" in given:
        refusals.append("FAIL_POINTS is for tests: leave it out.")
    return refusals


def _database_refusals(given: Mapping[str, str]) -> list[str]:
    if "DATABASE_URL" not in given:
        return ["DATABASE_URL must name your database and the app's role."]
    owner = urlsplit(given.get("DATABASE_OWNER_URL", "")).username
    if owner and owner == urlsplit(given["DATABASE_URL"]).username:
        return ["DATABASE_URL must use another role than DATABASE_OWNER_URL, which may change the tables."]
    return []


def _phone_refusals(given: Mapping[str, str]) -> list[str]:
    unset = [
        name for name in map(_phone_setting, CENTRES) if given.get(name, "00 00 00").startswith("00 00 00")
    ]
    return [f"{name} must be the centre's real phone number." for name in unset]


def _clearance_refusals(given: Mapping[str, str]) -> list[str]:
    path = _record_path(given)
    if path is None:
        return ["CLEARED_FOR_REAL_CITIZENS must name the signed record that allows real use."]
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return [f"CLEARED_FOR_REAL_CITIZENS names {path}, which cannot be read."]
    filled = {key.strip() for key, _, value in (line.partition(":") for line in lines) if value.strip()}
    missing = [part for part in RECORD_PARTS if part not in filled]
    return [f"{path} says nothing about: {', '.join(missing)}."] if missing else []
