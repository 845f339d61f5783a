"""What web and worker do not start on, as a person at the terminal reads it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops.running import NOT_OURS

ROOT = Path(__file__).parents[2]
WEB = ["-c", "import wsgi"]
WORKER = ["-m", "flask", "worker"]


def told(tmp_path: Path, command: list[str], **settings: str) -> tuple[int, str]:
    """The exit code and the words of a process that should end at once."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(NOT_OURS)}
    answer = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment | {"VAR_DIR": str(tmp_path / "var")} | settings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return answer.returncode, answer.stdout + answer.stderr


@pytest.mark.parametrize("command", [WEB, WORKER], ids=["web", "worker"])
class TestRefusesToStart:
    def test_on_a_broken_content_file_and_names_file_and_line(
        self, tmp_path: Path, command: list[str]
    ) -> None:
        broken = tmp_path / "content"
        shutil.copytree(ROOT / "content", broken)
        file = broken / "crisis" / "112.da.md"
        file.write_text(file.read_text(encoding="utf-8") + "en\ttabulator\n", encoding="utf-8")
        line = len(file.read_text(encoding="utf-8").splitlines())

        code, said = told(tmp_path, command, CONTENT_DIR=str(broken))

        assert code == 1
        assert said == f"The content cannot be used:\ncrisis/112.da.md:{line}: tab; use spaces\n"

    def test_in_production_with_what_development_makes_up(self, tmp_path: Path, command: list[str]) -> None:
        code, said = told(tmp_path, command, APP_ENV="production")

        assert code == 1
        assert said.startswith("The settings cannot be used:\n")
        assert "CLEARED_FOR_REAL_CITIZENS must name the signed record" in said
        assert "Traceback" not in said

    def test_on_a_setting_of_the_wrong_shape(self, tmp_path: Path, command: list[str]) -> None:
        assert told(tmp_path, command, PORT="eight") == (
            1,
            "The settings cannot be used:\nPORT must be a number from 1 to 65535.\n",
        )


def test_web_refuses_to_start_without_a_build_of_the_app(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    code, said = told(tmp_path, WEB, PWA_DIR=str(tmp_path / "empty"))

    assert code == 1
    assert said.startswith("There is no PWA build")
    assert said.count("\n") == 1
