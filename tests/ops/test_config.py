"""The settings: what development makes up, what production refuses."""

import base64
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from server.app import _load_content
from server.cli import render_content
from server.config import CENTRES, RECORD_PARTS, Config, ConfigError
from server.library import service as library

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode().rstrip("=")
OTHER_KEY = base64.urlsafe_b64encode(bytes(range(100, 132))).decode().rstrip("=")
GENERATED_KEY = base64.urlsafe_b64encode(b"dev-" + bytes(range(28))).decode().rstrip("=")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "clearance.txt"
    path.write_text("".join(f"{part}: 2026-11-01, made by the test\n" for part in RECORD_PARTS))
    return path


@pytest.fixture
def fit(record: Path) -> dict[str, str]:
    """Settings that production accepts."""
    return {
        "APP_ENV": "production",
        "SECRET_KEY": "q8Zk3vN1xT6mB4yR9wE2uH7jL5pC0aSd",
        "FIELD_KEYS": f"2026:{KEY},2025:{OTHER_KEY}",
        "BLIND_INDEX_KEY": OTHER_KEY,
        "VAPID_PRIVATE_KEY": KEY,
        "VAPID_SUBJECT": "mailto:drift@viborg.dk",
        "PUBLIC_URL": "https://overblik.viborg.dk",
        "TRUSTED_PROXY_HOPS": "1",
        "DATABASE_URL": "postgresql://vedhaanden_app:x@db/vedhaanden",
        "CLEARED_FOR_REAL_CITIZENS": str(record),
    } | {f"CENTRE_PHONE_{slug.upper()}": f"87 87 10 0{at}" for at, slug in enumerate(CENTRES)}


def refusals(settings: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        Config.from_env(settings)
    return refused.value.refusals


class TestProduction:
    def test_accepts_settings_of_ones_own(self, fit: dict[str, str]) -> None:
        config = Config.from_env(fit)

        assert config.is_production
        assert config.public_url == "https://overblik.viborg.dk"
        assert config.centre_phones["krisecenter"] == "87 87 10 01"
        assert config.local_passwords == {"superuser": "", "owner": "", "app": ""}

    def test_shows_no_text_about_crisis_that_nobody_has_read(
        self, fit: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fit["PUBLIC_URL"] = "https://overblik.example.dk"
        for name, value in fit.items():
            monkeypatch.setenv(name, value)

        rendered = CliRunner().invoke(render_content, ["--out", str(tmp_path)])

        assert rendered.exit_code == 0, rendered.output
        page = (tmp_path / "help.da.html").read_text()
        assert "70 201 201" in page
        assert "gør så ondt" not in page
        assert (tmp_path / "content-hash.txt").read_text().strip() == library.static_hash(
            _load_content(Config.from_env(fit)), Config.from_env(fit).centre_phones
        )

    @pytest.mark.parametrize(
        ("name", "value", "words"),
        [
            ("SECRET_KEY", None, "SECRET_KEY must be a secret of your own"),
            ("SECRET_KEY", "dev-" + "q8Zk3vN1xT6mB4yR9wE2uH7jL5pC0aSd", "SECRET_KEY must be a secret"),
            ("SECRET_KEY", "change-me", "SECRET_KEY must be a secret of your own"),
            ("SECRET_KEY", "x" * 64, "SECRET_KEY must be a secret of your own"),
            ("FIELD_KEYS", None, "FIELD_KEYS must hold keys of your own"),
            ("FIELD_KEYS", f"dev:{KEY}", "FIELD_KEYS must hold keys of your own"),
            ("FIELD_KEYS", f"2026:{KEY},old:{GENERATED_KEY}", "FIELD_KEYS must hold keys of your own"),
            ("FIELD_KEYS", f"2026:{'A' * 43}", "FIELD_KEYS must hold keys of your own"),
            ("BLIND_INDEX_KEY", None, "BLIND_INDEX_KEY must be a key of your own"),
            ("BLIND_INDEX_KEY", GENERATED_KEY, "BLIND_INDEX_KEY must be a key of your own"),
            ("VAPID_PRIVATE_KEY", GENERATED_KEY, "VAPID_PRIVATE_KEY must be a key of your own"),
            ("VAPID_SUBJECT", None, "VAPID_SUBJECT must be mailto:"),
            ("VAPID_SUBJECT", "mailto:demo@example.invalid", "VAPID_SUBJECT must be mailto:"),
            ("VAPID_SUBJECT", "https://viborg.dk", "VAPID_SUBJECT must be mailto:"),
            ("PUBLIC_URL", None, "PUBLIC_URL must be the https address"),
            ("PUBLIC_URL", "http://overblik.viborg.dk", "PUBLIC_URL must be the https address"),
            ("TRUSTED_PROXY_HOPS", None, "TRUSTED_PROXY_HOPS must be the number of proxies"),
            ("PUSH_EXTRA_ORIGINS", "http://127.0.0.1:9000", "PUSH_EXTRA_ORIGINS is for tests"),
            ("FAIL_POINTS", "/tmp", "FAIL_POINTS is for tests"),
            ("DATABASE_URL", None, "DATABASE_URL must name your database"),
            ("CENTRE_PHONE_AKUTTILBUD", None, "CENTRE_PHONE_AKUTTILBUD must be the centre's real"),
            ("CENTRE_PHONE_KRISECENTER", "00 00 00 02", "CENTRE_PHONE_KRISECENTER must be the centre's real"),
            ("CLEARED_FOR_REAL_CITIZENS", None, "CLEARED_FOR_REAL_CITIZENS must name the signed record"),
            ("CLEARED_FOR_REAL_CITIZENS", "/nowhere/record.txt", "which cannot be read"),
        ],
    )
    def test_refuses_one_thing_in_one_sentence(
        self, fit: dict[str, str], name: str, value: str | None, words: str
    ) -> None:
        fit.pop(name, None)
        if value is not None:
            fit[name] = value

        told = refusals(fit)

        assert len(told) == 1
        assert words in told[0]
        assert told[0].endswith(".")

    def test_refuses_a_record_that_leaves_a_proof_open(self, fit: dict[str, str], record: Path) -> None:
        record.write_text(record.read_text().replace("dpia: 2026-11-01, made by the test", "dpia:"))

        assert refusals(fit) == [f"{record} says nothing about: dpia."]

    def test_refuses_the_owner_s_role_for_the_app(self, fit: dict[str, str]) -> None:
        fit["DATABASE_OWNER_URL"] = fit["DATABASE_URL"]

        assert refusals(fit) == [
            "DATABASE_URL must use another role than DATABASE_OWNER_URL, which may change the tables."
        ]

    def test_names_everything_at_once(self) -> None:
        told = refusals({"APP_ENV": "production"})

        named = " ".join(told)
        assert len(told) == 13
        for setting in (
            "SECRET_KEY",
            "FIELD_KEYS",
            "PUBLIC_URL",
            "CENTRE_PHONE_FORSORGSCENTER",
            "DATABASE_URL",
        ):
            assert setting in named

    def test_never_reads_what_development_made_up(self, tmp_path: Path, fit: dict[str, str]) -> None:
        Config.from_env({"VAR_DIR": str(tmp_path)})
        del fit["SECRET_KEY"]

        assert len(refusals(fit | {"VAR_DIR": str(tmp_path)})) == 1


class TestDevelopment:
    def test_makes_secrets_up_once(self, tmp_path: Path) -> None:
        first = Config.from_env({"VAR_DIR": str(tmp_path)})

        second = Config.from_env({"VAR_DIR": str(tmp_path)})

        assert first == second
        assert first.secret_key.startswith("dev-")
        assert first.field_keys.startswith("dev:")
        assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600

    def test_production_refuses_each_of_them(self, tmp_path: Path, fit: dict[str, str]) -> None:
        made_up = Config.from_env({"VAR_DIR": str(tmp_path)})
        taken_over = {
            "SECRET_KEY": made_up.secret_key,
            "FIELD_KEYS": made_up.field_keys,
            "BLIND_INDEX_KEY": made_up.blind_index_key,
            "VAPID_PRIVATE_KEY": made_up.vapid_private_key,
            "VAPID_SUBJECT": made_up.vapid_subject,
        } | {f"CENTRE_PHONE_{slug.upper()}": number for slug, number in made_up.centre_phones.items()}

        assert len(refusals(fit | taken_over)) == len(taken_over)

    def test_prefers_what_it_is_given(self, tmp_path: Path) -> None:
        config = Config.from_env({"VAR_DIR": str(tmp_path), "SECRET_KEY": "mine", "PORT": "8123"})

        assert config.secret_key == "mine"
        assert config.public_url == "http://localhost:8123"

    def test_finds_the_database_that_make_run_started(self, tmp_path: Path) -> None:
        (tmp_path / "run").mkdir()
        (tmp_path / "run" / "database.env").write_text("DATABASE_URL=postgresql://found/x\n")

        found = Config.from_env({"VAR_DIR": str(tmp_path)})
        given = Config.from_env({"VAR_DIR": str(tmp_path), "DATABASE_URL": "postgresql://given/x"})

        assert found.database_url == "postgresql://found/x"
        assert given.database_owner_url == "postgresql://given/x"

    def test_shows_no_secret_when_printed(self, tmp_path: Path) -> None:
        config = Config.from_env({"VAR_DIR": str(tmp_path)})

        for secret in (config.secret_key, config.field_keys, config.vapid_private_key):
            assert secret not in repr(config)

    def test_derives_a_public_push_key(self, tmp_path: Path) -> None:
        config = Config.from_env({"VAR_DIR": str(tmp_path)})

        raw = base64.urlsafe_b64decode(config.vapid_public_key + "=")
        assert len(raw) == 65
        assert raw[0] == 4


class TestPushKeys:
    def test_that_were_replaced_still_sign_for_the_phones_bound_to_them(self, fit: dict[str, str]) -> None:
        before = Config.from_env(fit)

        after = Config.from_env(
            {**fit, "VAPID_PRIVATE_KEY": OTHER_KEY, "VAPID_OLD_PRIVATE_KEYS": f" {KEY} ,"}
        )

        assert after.vapid_keys == {before.vapid_key_id: KEY, after.vapid_key_id: OTHER_KEY}
        assert after.vapid_key_id != before.vapid_key_id


SMS = {
    "SMS_GATEWAY_URL": "https://gateway.example.dk/messages",
    "SMS_GATEWAY_TOKEN": "x",
    "SMS_SENDER": "Overblik",
}
MAIL = {"SMTP_URL": "smtps://overblik:x@mail.example.dk", "MAIL_FROM": "Overblik <post@example.dk>"}


def with_its_like(name: str) -> dict[str, str]:
    """The settings that must stand beside one, so that only its own shape is wrong."""
    return next((group for group in (SMS, MAIL) if name in group), {})


class TestOtherWays:
    def test_are_not_there_until_they_are_set_up_whole(self, tmp_path: Path) -> None:
        bare = Config.from_env({"VAR_DIR": str(tmp_path)})
        whole = Config.from_env({"VAR_DIR": str(tmp_path), **SMS, **MAIL})

        assert (bare.has_sms, bare.has_mail) == (False, False)
        assert (whole.has_sms, whole.has_mail) == (True, True)
        assert "smtps" not in repr(whole)

    @pytest.mark.parametrize("name", [*SMS, *MAIL])
    def test_are_refused_in_parts(self, tmp_path: Path, name: str) -> None:
        [told] = refusals({"VAR_DIR": str(tmp_path), name: {**SMS, **MAIL}[name]})

        assert "belong together" in told


class TestShapes:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("PORT", "eight"),
            ("PORT", "70000"),
            ("METRICS_PORT", "0"),
            ("WEB_METRICS_PORT", "web"),
            ("TRUSTED_PROXY_HOPS", "one"),
            ("BLIND_INDEX_KEY", "short"),
            ("VAPID_PRIVATE_KEY", "not base64 !"),
            ("VAPID_OLD_PRIVATE_KEYS", "not base64 !"),
            ("FIELD_KEYS", "nokey"),
            ("PUBLIC_URL", "overblik.viborg.dk"),
            ("PUBLIC_URL", "https://overblik.viborg.dk/app"),
            ("PUSH_EXTRA_ORIGINS", "http://127.0.0.1:9000/push"),
            ("DATABASE_URL", "sqlite:///x.db"),
            ("SMS_GATEWAY_URL", "http://gateway.example.dk/messages"),
            ("SMS_GATEWAY_URL", "https://user:secret@gateway.example.dk/"),
            ("SMS_SENDER", "Overblik Plus"),
            ("SMS_SENDER", "Over;blik"),
            ("SMTP_URL", "http://mail.example.dk"),
            ("MAIL_FROM", "post"),
            ("MAIL_FROM", "post@example.dk\nBcc: x@y.dk"),
        ],
    )
    def test_names_the_setting_that_has_the_wrong_shape(self, tmp_path: Path, name: str, value: str) -> None:
        told = refusals({"VAR_DIR": str(tmp_path), **with_its_like(name), name: value})

        assert len(told) == 1
        assert told[0].startswith(name)

    def test_knows_three_environments(self, tmp_path: Path) -> None:
        told = refusals({"VAR_DIR": str(tmp_path), "APP_ENV": "prod"})

        assert told == ["APP_ENV must be one of development, test, production."]
