"""The grid of days: the newest word counts, left open again it is gone, and it is nobody's proof."""

from typing import Any

import pytest

from server.core.ids import new_id
from tests.checkins.people import CANARY, NO, YES, Diary, seen_by

DAY = "2026-11-20"


class TestSayDay:
    def test_keeps_the_newest_word_in_the_order_of_the_server(self, sender: Diary) -> None:
        day = str(new_id())

        sender.day(DAY, True, day)
        sender.day(DAY, False, day)

        (kept,) = sender.pull("used_day").values()
        assert (kept["on"], kept["used"], kept["what"], kept["sharing"]) == (DAY, False, "øl", "private")

    def test_left_open_again_takes_the_word_with_it(self, sender: Diary, superuser: Any) -> None:
        day = str(new_id())
        sender.day(DAY, True, day, what=CANARY)
        sender.day(DAY, True, day, what=f"{CANARY}\nto")
        assert superuser.execute("SELECT count(content_sealed) FROM rejected_edit").fetchone() == (1,)

        sender.day(DAY, None, day, what=CANARY)

        assert superuser.execute("SELECT used, what_sealed FROM used_day").fetchall() == [(None, None)]
        assert superuser.execute("SELECT count(content_sealed) FROM rejected_edit").fetchone() == (0,)

    def test_under_the_id_of_another_day_is_refused(self, sender: Diary) -> None:
        day = str(new_id())
        sender.day(DAY, True, day)

        answer = sender.day("2026-11-21", True, day)

        assert (answer["result"], answer["problem"]["code"]) == ("rejected_validation", "id-taken")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("used", "yes"),
            ("used", 1),
            ("on", "20-11-2026"),
            ("on", None),
            ("what", "x" * 61),
            ("what", "a\nb"),
            ("sharing", "shared"),
            ("mood", 3),
        ],
    )
    def test_refuses_bad_input_by_name(self, sender: Diary, count: Any, field: str, value: object) -> None:
        said = {"on": DAY, "used": True, "what": "øl", field: value}
        (answer,) = sender.send(sender.change("used_day", "put", **said))

        assert field in answer["problem"]["errors"]
        assert count("used_day") == 0


class TestWhoSeesDays:
    def test_nobody_unless_the_day_was_ticked_under_a_yes(
        self, sender: Diary, desk: Any, citizen: Any
    ) -> None:
        sender.day("2026-11-18", True, sharing="as-chosen")
        sender.choose(YES)
        sender.day("2026-11-19", True)
        sender.day("2026-11-20", False, sharing="as-chosen")
        sender.day("2026-11-21", None, sharing="as-chosen")

        seen = seen_by(desk, citizen).json
        assert seen["days"] == [{"on": "2026-11-20", "used": False, "what": "øl"}]
        sender.choose(NO)
        assert seen_by(desk, citizen).json["days"] == []
        sender.choose(YES)
        assert seen_by(desk, citizen).json["days"] == []

    def test_the_newest_word_of_two_phones_about_one_thing(
        self, sender: Diary, desk: Any, citizen: Any
    ) -> None:
        sender.choose(YES)
        for used, what in ((True, "øl"), (False, "hash"), (False, "øl")):
            sender.day(DAY, used, sharing="as-chosen", what=what)

        assert seen_by(desk, citizen).json["days"] == [
            {"on": DAY, "used": False, "what": "øl"},
            {"on": DAY, "used": False, "what": "hash"},
        ]

    def test_nobody_any_more_of_a_day_that_was_said_anew_in_private(
        self, sender: Diary, desk: Any, citizen: Any
    ) -> None:
        sender.choose(YES)
        day = str(new_id())
        sender.day(DAY, True, day, sharing="as-chosen")

        sender.day(DAY, False, day)

        assert seen_by(desk, citizen).json["days"] == []
