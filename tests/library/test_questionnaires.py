"""Questionnaires: what is shipped, what a file may not say, and taking one in from outside."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from server import cli
from server.library import service
from server.library.models import Fault
from server.library.questionnaire_models import Lowest

from .conftest import CONTENT, Folder

WHO, WHO_DA = "questionnaires/who-5.toml", "questionnaires/who-5.da.md"
NO_LINE = ""  # what is missing has no line of its own
AUDIT, DAYS = "questionnaires/audit-c.toml", "questionnaires/days.toml"

# file, what stands there, what stands there now, a mark on the line of the fault, what the fault says
CASES = {
    "item without answers": (
        WHO,
        'id = "calm"\nanswers = "how-often"',
        'id = "calm"',
        NO_LINE,
        "missing",
    ),
    "answers that are not there": (
        WHO,
        'id = "calm"\nanswers = "how-often"',
        'id = "calm"\nanswers = "often"',
        'answers = "often"',
        "no such answers: often",
    ),
    "item twice": (WHO, 'id = "calm"', 'id = "cheerful"', NO_LINE, "duplicate id: cheerful"),
    "a sum that cannot be": (WHO, "to = 100\nlowest", "to = 25\nlowest", "[scoring]", "come to 0 to 100"),
    "bands that overlap": (WHO, "from = 36", "from = 30", "from = 30", "bands go upwards"),
    "no words for an item": (WHO_DA, "calm = ", "calmer = ", "[items]", "words are missing for: calm"),
    "words for no answer": (WHO_DA, "never = ", "nowhere = ", "nowhere", "nothing has this id: nowhere"),
    "skipped by a later item": (
        AUDIT,
        'unless_zero = "how-often"',
        'unless_zero = "many-at-once"',
        'unless_zero = "many-at-once"',
        "must name an earlier item",
    ),
    "a grid with a score": (DAYS, "weeks = 4", "", NO_LINE, "weeks belong to"),
    "no licence": (WHO, 'licence = "CC BY-NC-SA 3.0 IGO"', "", NO_LINE, "licence: missing key"),
    "a wrong order": (WHO, "order = 1", "order = 2", "order = 2", "duplicate order: 2"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The shipped content, to be broken."""
    return Folder(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.mark.parametrize("name", CASES)
def test_each_fault_is_named_with_its_file_and_line(folder: Folder, name: str) -> None:
    file, old, new, mark, message = CASES[name]
    folder.edit(file, old, new)

    found = [fault for fault in service.check(folder.root) if message in fault.message]

    assert found, service.check(folder.root)
    assert found[0].file.startswith("questionnaires/")
    if mark != NO_LINE:
        assert (found[0].file, found[0].line) == (file, folder.line_of(file, mark))


def test_the_instruments_are_those_of_who_with_their_spans() -> None:
    shipped = service.load(CONTENT).questionnaires

    assert list(shipped) == ["who-5", "audit-c", "days"]
    who, audit, days = shipped.values()
    assert who.scoring is not None
    assert audit.scoring is not None
    assert days.scoring is None
    assert [len(who.items), len(audit.items), len(days.items), days.weeks] == [5, 3, 0, 4]
    assert (who.scoring.lowest, audit.scoring.lowest) == (Lowest.WORST, Lowest.BEST)
    assert {tuple(item.values.values()) for item in who.items} == {(5, 4, 3, 2, 1, 0)}
    assert {tuple(item.values.values()) for item in audit.items} == {(0, 1, 2, 3, 4)}


class TestImport:
    @pytest.fixture
    def outside(self, tmp_path: Path) -> Path:
        """A questionnaire that somebody sends us."""
        there = tmp_path / "sent"
        there.mkdir()
        for name in ("who-5.toml", "who-5.da.md", "who-5.en.md"):
            shutil.copy(CONTENT / "questionnaires" / name, there / name.replace("who-5", "who-5-again"))
        definition = there / "who-5-again.toml"
        definition.write_text(definition.read_text().replace("order = 1", "order = 9"))
        return definition

    def test_takes_in_what_is_right(self, folder: Folder, outside: Path) -> None:
        service.import_questionnaire(outside, folder.root)

        assert list(service.load(folder.root).questionnaires)[-1] == "who-5-again"

    def test_says_line_by_line_why_not_and_writes_nothing(self, folder: Folder, outside: Path) -> None:
        outside.write_text(outside.read_text().replace('answers = "how-often"', 'answers = "x"', 1))
        line = outside.read_text().split("\n").index('answers = "x"') + 1

        with pytest.raises(service.ContentError) as refused:
            service.import_questionnaire(outside, folder.root)

        file = "questionnaires/who-5-again.toml"
        assert Fault(file, line, "no such answers: x") in refused.value.faults
        assert not (folder.root / file).exists()

    def test_misses_words_in_a_language_by_name(self, folder: Folder, outside: Path) -> None:
        outside.with_name("who-5-again.en.md").unlink()

        with pytest.raises(service.ContentError, match=r"who-5-again\.en\.md:1: file is missing"):
            service.import_questionnaire(outside, folder.root)

    def test_replaces_an_earlier_version_only_by_a_higher_one(self, folder: Folder, outside: Path) -> None:
        service.import_questionnaire(outside, folder.root)

        with pytest.raises(service.ContentError, match="version 1 is there already"):
            service.import_questionnaire(outside, folder.root)
        outside.write_text(outside.read_text().replace("version = 1", "version = 2"))
        service.import_questionnaire(outside, folder.root)

        assert service.load(folder.root).questionnaires["who-5-again"].version == 2

    def test_is_a_command_that_says_what_it_did_or_why_not(
        self, folder: Folder, outside: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CONTENT_DIR", str(folder.root))
        command = [str(outside)]

        taken, again = (CliRunner().invoke(cli.import_questionnaire, command) for _ in range(2))

        assert taken.exit_code == 0, taken.output
        assert f"Written: {folder.root}/questionnaires/who-5-again.toml" in taken.output
        assert again.exit_code == 1
        assert "who-5-again.toml:3: version 1 is there already" in again.output
        assert "Nothing was taken in" in again.output
