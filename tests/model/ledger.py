"""What was written in one story, and whether every word of it is where it may be."""

from collections import Counter
from typing import Any, ClassVar
from uuid import UUID

from tests.model.house import Truth

State = dict[str, Any]
SETTINGS = "settings"


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
        self.changes: Counter[str] = Counter()
        self.open: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        self.doubtful: Counter[str] = Counter()
        self.answered: set[str] = set()

    def wrote(self, words: str, about: str, over: list[dict[str, Any]] | None = None) -> None:
        """Somebody has written this, over those heads that stood on the same screen."""
        self.typed[words] = about
        self.over[words] = {head["value"] for head in over or []}

    def erases(self, line_id: str, dropped: set[str]) -> None:
        """A phone erases a line for good: words of it that nobody else has seen may go at once."""
        assert all(self.typed[words] == line_id for words in dropped), f"Lost: {dropped}"
        self.released |= dropped
        self.erased_for_good |= dropped

    def let_go(self, content: str) -> None:
        """A refused edit is dismissed."""
        self.released.update(content.split("\n"))

    def changed(self, what: str, number: int) -> None:
        """A change of something that counts its versions was written on this phone."""
        self.changes[what] += 1
        self.open[number][what] += 1

    def told(self, number: int, waiting: int) -> None:
        """A phone shows how many of its changes nobody has answered."""
        if waiting == 0:
            self.open[number].clear()

    def forgets(self, number: int, words: list[str]) -> None:
        """A phone has lost all that it held, with words that perhaps nobody else has ever seen."""
        self.released.update(words)
        self.doubtful.update(self.open[number])
        self.open[number].clear()
        for memory in (self.shown, self.gone):
            for key in [key for key in memory if key[0] == number]:
                del memory[key]

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
            shown = {head["value"] for field in ("text", "phone") for head in line[field]}
            assert shown == self._standing(landed), "What stands is not what nobody has replaced."
        for goal_id, goal in state["goals"].items():
            landed = {value for about, value, _ in truth.titles if about == goal_id}
            assert set(goal["titles"]) == self._standing(landed), "A title stands that was replaced, or none."

    def _standing(self, landed: set[str]) -> set[str]:
        return landed - {words for value in landed for words in self.over.get(value, set())}

    def check_effects(self, truth: Truth, connection: Any, citizen_id: UUID) -> None:
        """When all is quiet: each change had one effect, not none and not two."""
        chosen = connection.execute(
            "SELECT version FROM reminder_settings WHERE citizen_id = %s", [citizen_id]
        ).fetchone()
        versions = {**truth.goals, SETTINGS: chosen[0] if chosen else 0}
        for what, written in self.changes.items():
            kept = versions.get(what, 0)
            assert written - self.doubtful[what] <= kept <= written, f"{what}: kept {kept} of {written}"
        mutations = [row[2] for row in truth.titles if row[2] is not None]
        assert len(mutations) == len(set(mutations))
        contents = Counter(content for _, kind, content in truth.refused if content and kind == "citizen")
        assert all(count == 1 for words, count in contents.items() if words in self.typed)

    def check_answers(self, truth: Truth) -> None:
        """When all is quiet: no time is confirmed that its person has not seen and answered."""
        for appointment_id, reply, replied, revision, status in truth.answers:
            if reply != "needs-action":
                assert appointment_id in self.answered, "An answer to something else stands here."
                assert status == "cancelled" or replied == revision, "An unseen time is confirmed."

    def check_trail(self, truth: Truth) -> None:
        """The trail is in the order of the commits: nothing was done by anybody whose right had ended."""
        may_write, is_lost = False, False
        for event, kind, outcome in truth.trail:
            if event.startswith("sharing."):
                may_write = event == "sharing.given"
            elif event in ("phone.lost", "phone.paired"):
                is_lost = event == "phone.lost"
            elif event == "plan-line.changed" and kind == "staff" and outcome == "ok":
                assert may_write, "A colleague wrote after the yes was taken back."
            elif kind == "citizen":
                assert not is_lost, f"A lost phone did something: {event}"
