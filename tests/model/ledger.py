"""What was written in one story, and whether every word of it is where it may be."""

from collections import Counter
from typing import Any, ClassVar
from uuid import UUID

from tests.model.house import Truth

State = dict[str, Any]


class Ledger:
    """Every text ever typed, and what its owner has let go since."""

    #: Texts that were erased for good, in all stories: none may be found in the database at the end.
    erased_for_good: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        self.typed: dict[str, str] = {}
        self.over: dict[str, set[str]] = {}
        self.released: set[str] = set()
        self.gone: dict[tuple[int, str, str], set[str]] = {}
        self.shown: dict[tuple[int, str, str], set[str]] = {}
        self.goals: Counter[str] = Counter()
        self.settings = 0

    def wrote(self, words: str, about: str, over: list[dict[str, Any]] | None = None) -> None:
        """Somebody has written this, over those heads that stood on the same screen."""
        self.typed[words] = about
        self.over[words] = {head["value"] for head in over or []}

    def replaces(self, titles: list[str]) -> None:
        """A goal gets other words from somebody who saw these."""
        self.released.update(titles)

    def erases(self, line_id: str, dropped: set[str]) -> None:
        """A phone erases a line for good: words of it that nobody else has seen may go at once."""
        assert all(self.typed[words] == line_id for words in dropped), f"Lost: {dropped}"
        self.released |= dropped
        self.erased_for_good |= dropped

    def let_go(self, content: str) -> None:
        """A refused edit is dismissed."""
        self.released.update(content.split("\n"))

    def aimed(self, goal_id: str) -> None:
        """A change of a goal was written."""
        self.goals[goal_id] += 1

    def check(self, truth: Truth, states: list[State]) -> None:
        """The promises that hold after each step."""
        self._nothing_lost(truth, states)
        self._nothing_erased_left(truth)
        self._nothing_goes_back(states)

    def _nothing_lost(self, truth: Truth, states: list[State]) -> None:
        """Only the words of a line that its owner has erased for good may be nowhere."""
        kept = set(truth.words())
        kept.update(words for state in states for words in state["queue"])
        for words, about in self.typed.items():
            if words in kept or words in self.released:
                continue
            assert about in truth.erased, f"Lost: {words}"
            self.released.add(words)
            self.erased_for_good.add(words)

    def _nothing_erased_left(self, truth: Truth) -> None:
        for line_id, value in truth.versions.values():
            assert value is None or line_id not in truth.erased, f"Erased, and still there: {value}"
        for about, kind, content in truth.refused:
            gone = about in truth.erased and kind == "citizen"
            assert not (gone and content), f"Erased, and still refused: {content}"

    def _nothing_goes_back(self, states: list[State]) -> None:
        """A version that a phone has shown and then replaced is never shown there again."""
        for number, state in enumerate(states):
            for line_id, line in state["lines"].items():
                for field in ("text", "phone"):
                    key = (number, line_id, field)
                    now = {head["version"] for head in line[field]}
                    before = self.shown.get(key, set())
                    gone = self.gone.setdefault(key, set())
                    assert not now & gone, "A phone shows again what it had replaced."
                    gone |= before - now
                    self.shown[key] = now

    def check_heads(self, truth: Truth, state: State) -> None:
        """When all is quiet: exactly those texts stand that nobody replaced who had seen them."""
        for line_id, line in state["lines"].items():
            landed = {value for about, value in truth.versions.values() if about == line_id and value}
            replaced = {words for value in landed for words in self.over.get(value, set())}
            shown = {head["value"] for field in ("text", "phone") for head in line[field]}
            assert shown == landed - replaced, "What stands is not what nobody has replaced."

    def check_effects(self, truth: Truth, connection: Any, citizen_id: UUID) -> None:
        """When all is quiet: each change had one effect, not none and not two."""
        for goal_id, changes in self.goals.items():
            assert truth.goals[goal_id] == changes, "A goal was changed more or less often than was written."
        chosen = connection.execute(
            "SELECT version FROM reminder_settings WHERE citizen_id = %s", [citizen_id]
        ).fetchone()
        assert (chosen[0] if chosen else 0) == self.settings, "Settings were kept more or less often."
        mutations = [row[2] for row in truth.titles if row[2] is not None]
        assert len(mutations) == len(set(mutations))
        contents = Counter(content for _, kind, content in truth.refused if content and kind == "citizen")
        assert all(count == 1 for words, count in contents.items() if words in self.typed)
