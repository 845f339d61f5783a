"""The preparation of a bare machine, `.ci/setup.py`, and the checks, `.ci/check.py`."""

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"ci_{name}", ROOT / ".ci" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def setup(tmp_path: Path) -> ModuleType:
    """The preparation, on an empty folder."""
    module = load("setup")
    module.ROOT = tmp_path
    module.VENV = tmp_path / ".venv"
    module.STAMPS = module.VENV / "stamps"
    module.PWA = tmp_path / "pwa"
    return module


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, name: str, does: str = "exit 0") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return path


class TestFindPython:
    def test_takes_this_one(self, setup: ModuleType) -> None:
        assert setup.find_python() == sys.executable

    def test_takes_a_newer_one_on_path(
        self, setup: ModuleType, programs: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setup, "OLDEST_PYTHON", (99, 0))
        newer = program(programs, "python3.12")

        assert setup.find_python() == str(newer)

    def test_says_in_one_sentence_that_there_is_none(
        self, setup: ModuleType, programs: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setup, "OLDEST_PYTHON", (99, 0))

        with pytest.raises(setup.Refused, match=r"^Python 3\.11 or later is needed and this is"):
            setup.find_python()

    def test_can_be_read_by_older_pythons(self) -> None:
        source = (ROOT / ".ci" / "setup.py").read_text()

        parsed = ast.parse(source, feature_version=(3, 7))

        assert len(parsed.body) > 10


class TestNode:
    @pytest.mark.parametrize(
        ("version", "enough"),
        [
            ("v18.20.4\n", False),
            ("v20.18.9\n", False),
            ("v20.19.0\n", True),
            ("v21.7.3\n", False),
            ("v22.11.0\n", False),
            ("v22.12.0\n", True),
            ("v24.19.0\n", True),
            ("", False),
        ],
    )
    def test_knows_which_versions_build(self, setup: ModuleType, version: str, enough: bool) -> None:
        assert setup.node_is_new_enough(version) is enough

    def test_installs_nothing_when_path_has_one(self, setup: ModuleType, programs: Path) -> None:
        program(programs, "npm")
        program(programs, "node", "echo v22.14.0")

        setup.ensure_node()

        assert not setup.VENV.exists()

    def test_installs_the_package_when_path_has_an_old_one(self, setup: ModuleType, programs: Path) -> None:
        program(programs, "npm")
        program(programs, "node", "echo v18.19.0")
        (setup.ROOT / "setup.cfg").touch()
        (setup.ROOT / "pyproject.toml").touch()
        program(setup.VENV / "bin", "python", f"echo $* >{setup.ROOT}/asked")

        setup.ensure_node()

        assert (setup.ROOT / "asked").read_text().endswith("--editable .[node]\n")


class TestStamps:
    def test_a_step_is_done_for_one_state_only(self, setup: ModuleType) -> None:
        setup.mark_done("npm", "one")

        assert setup.is_done("npm", "one")
        assert not setup.is_done("npm", "two")
        assert not setup.is_done("pwa", "one")

    def test_the_digest_follows_names_and_contents(self, setup: ModuleType) -> None:
        folder = setup.ROOT / "content"
        folder.mkdir()
        (folder / "a.md").write_text("one")
        first = setup.digest([folder])
        (folder / "a.md").write_text("two")
        changed = setup.digest([folder])
        (folder / "a.md").rename(folder / "b.md")
        renamed = setup.digest([folder])

        assert len({first, changed, renamed, setup.digest([folder], "phone")}) == 4
        assert renamed == setup.digest([folder])

    def test_the_digest_leaves_out_what_is_made(self, setup: ModuleType) -> None:
        (setup.PWA / "node_modules").mkdir(parents=True)
        before = setup.digest([setup.PWA])
        (setup.PWA / "node_modules" / "x.js").touch()

        assert setup.digest([setup.PWA]) == before


class TestRunStep:
    def test_shows_the_last_words_of_what_fails(
        self, setup: ModuleType, capsys: pytest.CaptureFixture[str]
    ) -> None:
        command = [sys.executable, "-c", "print('disk full'); raise SystemExit(1)"]

        with pytest.raises(setup.Refused, match=r"^Make room and try again\.$"):
            setup.run_step("Copying", command, "Make room and try again.")

        assert capsys.readouterr().out == "· Copying\ndisk full\n"


class TestVenv:
    def test_says_what_an_ordinary_user_of_debian_does(
        self, setup: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setup, "as_root_with_apt", lambda: False)
        monkeypatch.setattr(setup.importlib.util, "find_spec", lambda name: None)

        with pytest.raises(setup.Refused, match="run `sudo apt-get install python3-venv` first"):
            setup.ensure_venv(sys.executable)

    def test_installs_it_as_root(
        self, setup: ModuleType, programs: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setup, "as_root_with_apt", lambda: True)
        monkeypatch.setattr(setup.importlib.util, "find_spec", lambda name: None)
        program(programs, "apt-get", f"echo $* >>{setup.ROOT}/asked")
        python = program(programs, "python3", f"echo $* >>{setup.ROOT}/asked")
        monkeypatch.setattr(setup.sys, "executable", str(python))

        setup.ensure_venv(str(python))

        assert (setup.ROOT / "asked").read_text().splitlines() == [
            "update",
            "install -y --no-install-recommends python3-venv",
            f"-m venv --clear {setup.VENV}",
        ]

    def test_uses_one_that_was_made_by_hand(self, setup: ModuleType) -> None:
        python = program(setup.VENV / "bin", "python", f'exec {sys.executable} "$@"')

        setup.ensure_venv(sys.executable)

        assert python.exists()
        assert setup.is_done("venv", f"{setup.ROOT} {sys.executable}")


class TestBrowsers:
    @pytest.fixture
    def nowhere(self, setup: ModuleType, programs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A machine without browsers."""
        monkeypatch.setattr(setup, "BROWSERS", {"chromium": ("chromium",), "firefox-esr": ("firefox-esr",)})
        monkeypatch.delenv("CI", raising=False)
        return programs

    def test_are_told_about_in_one_sentence(
        self,
        setup: ModuleType,
        nowhere: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(setup, "as_root_with_apt", lambda: False)
        program(nowhere, "chromium")

        setup.ensure_browsers()

        assert capsys.readouterr().out == (
            "! The browser tests need firefox-esr:"
            " run `sudo apt-get install --no-install-recommends firefox-esr`.\n"
        )

    def test_fail_the_build_server_when_they_are_missing(
        self, setup: ModuleType, nowhere: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setup, "as_root_with_apt", lambda: False)
        monkeypatch.setenv("CI", "true")

        with pytest.raises(setup.Refused, match="need chromium and firefox-esr"):
            setup.ensure_browsers()

    def test_are_installed_as_root(
        self, setup: ModuleType, nowhere: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setup, "as_root_with_apt", lambda: True)
        program(nowhere, "apt-get", f"echo $* >>{setup.ROOT}/asked")

        setup.ensure_browsers()

        assert (setup.ROOT / "asked").read_text().splitlines() == [
            "update",
            "install -y --no-install-recommends chromium firefox-esr",
        ]

    def test_are_left_alone_when_they_are_there(self, setup: ModuleType, nowhere: Path) -> None:
        program(nowhere, "chromium")
        program(nowhere, "firefox-esr")

        setup.ensure_browsers()

        assert not (setup.ROOT / "asked").exists()


class TestMain:
    def test_refuses_a_folder_of_somebody_else(
        self, setup: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setup.os, "access", lambda path, mode: False)

        code = setup.main(["run"])

        assert code == 1
        assert "is not yours to write to" in capsys.readouterr().out


class TestMakefile:
    @pytest.mark.parametrize(
        ("goals", "command"),
        [
            (["bench"], "-m tests.bench"),
            (["bench", "cold"], "-m tests.bench cold"),
            (["bench", "NAME=cold"], "-m tests.bench cold"),
            (["soak"], "-m tests.soak"),
            (["soak", "push"], "-m tests.soak push"),
        ],
    )
    def test_would_run_what_was_asked_for(self, goals: list[str], command: str) -> None:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
        answer = subprocess.run(
            ["make", "--dry-run", *goals],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )

        first = answer.stdout.splitlines()[0]
        assert f".ci/setup.py {'bench' if 'bench' in goals else 'test'} " in first
        assert first.rstrip().endswith(command)


class TestCheck:
    def test_the_fast_checks_leave_browsers_out(self) -> None:
        sys.path.insert(0, str(ROOT / ".ci"))
        try:
            check = load("check")
        finally:
            sys.path.remove(str(ROOT / ".ci"))
            sys.modules.pop("setup", None)

        assert check.pytest_command("fast", [])[-2:] == ["-m", "not browser"]
        assert "-m" not in check.pytest_command("all", [])[3:]
        assert [name for name, _, _ in check.steps()][-1] == "PWA tests"
