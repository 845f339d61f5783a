"""Finding somebody among the own people, and nobody else."""

import unicodedata
from typing import Any

import pytest

from server.core import limits
from tests.appointments.people import counsellor, desk
from tests.tasks.people import colleague, manager, stand_in_for

__all__ = ["colleague", "counsellor", "desk", "manager", "stand_in_for"]

FIND = "/api/v1/staff/citizens/find"


@pytest.fixture
def vibe(make_citizen: Any, counsellor: Any) -> Any:
    """Somebody with a name and a number."""
    return make_citizen(contact=counsellor, alias="Stær Vibe", name="Åse Prøve", phone="00 00 01 23")


def found(browser: Any, words: str) -> list[str]:
    """Whom these words find."""
    answer = browser.post(FIND, json={"q": words})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [one["alias"] for one in answer.json["items"]]


class TestWhatFindsSomebody:
    @pytest.mark.parametrize(
        "words",
        ["stær", "VIBE", "ær vi", "Åse Prøve", "åse  prøve", unicodedata.normalize("NFD", "Åse Prøve")],
    )
    def test_a_part_of_the_alias_or_the_whole_name(self, vibe: Any, desk: Any, words: str) -> None:
        assert found(desk, words) == ["Stær Vibe"]

    @pytest.mark.parametrize("words", ["00000123", "+45 00 00 01 23", "0045-00000123"])
    def test_the_number_however_it_is_written(self, vibe: Any, desk: Any, words: str) -> None:
        assert found(desk, words) == ["Stær Vibe"]

    @pytest.mark.parametrize("words", ["Prøve", "0000012", "%%", "__", "'; --"])
    def test_no_part_of_a_name_or_number_and_no_pattern(self, vibe: Any, desk: Any, words: str) -> None:
        assert found(desk, words) == []

    def test_several_stand_by_alias(self, vibe: Any, counsellor: Any, make_citizen: Any, desk: Any) -> None:
        make_citizen(contact=counsellor, alias="Lille vibe")

        assert found(desk, "vibe") == ["Lille vibe", "Stær Vibe"]


class TestWhoIsFound:
    def test_nobody_elses_people(self, make_citizen: Any, desk: Any, colleague: Any) -> None:
        make_citizen(contact=colleague, alias="Gråspurv", name="Bo Test", phone="00 00 09 99")

        assert [found(desk, words) for words in ("Gråspurv", "Bo Test", "00000999")] == [[], [], []]

    def test_those_of_whom_one_stands_in_for_from_the_first_minute(
        self, vibe: Any, counsellor: Any, colleague: Any, stand_in_for: Any, sign_in_staff: Any, client: Any
    ) -> None:
        browser = sign_in_staff(colleague)
        assert found(browser, "vibe") == []

        stand_in_for(counsellor, colleague)

        assert found(browser, "vibe") == ["Stær Vibe"]

    def test_a_manager_has_no_such_search(self, vibe: Any, manager: Any, sign_in_staff: Any) -> None:
        assert sign_in_staff(manager).post(FIND, json={"q": "vibe"}).status_code == 403


class TestTheSearch:
    def test_stands_on_the_trail_without_what_was_typed(
        self, vibe: Any, desk: Any, superuser: Any, capfd: Any
    ) -> None:
        found(desk, "Åse Prøve")

        rows = superuser.execute(
            "SELECT purpose FROM audit_event WHERE event = 'own-people.searched'"
        ).fetchall()
        assert rows == [("found: 1",)]
        assert "Prøve" not in capfd.readouterr().err

    @pytest.mark.parametrize("body", [{}, {"q": "a"}, {"q": "x" * 81}, {"q": 12}, {"q": "ab\x00"}])
    def test_takes_only_a_few_plain_words(self, desk: Any, body: Any) -> None:
        assert desk.post(FIND, json=body).status_code == 422

    def test_is_counted(self, vibe: Any, desk: Any, counsellor: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr("server.overview.console_staff_views.SEARCHES", 2)

        answers = [desk.post(FIND, json={"q": "vibe"}).status_code for _ in range(3)]

        assert answers == [200, 200, 429]
        limits.forget(key=f"find:{counsellor.id}")
