"""What a person wants to reach, by which steps, and how it went on the way."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Enum, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.core import crypto
from server.core.db import Base

LEVELS = "goal.levels"
STEP_TEXT = "goal_step.text"
WORDS = "goal_event.words"
WORST, BEST = -2, 2
LEVEL_COUNT = BEST - WORST + 1


class GoalOrigin(StrEnum):
    """Whose wish the goal is; both kinds stand in one list."""

    CITIZEN = "citizen"  #: the person's own words
    STAFF = "staff"  #: suggested by a counsellor


class GoalStatus(StrEnum):
    """Where a goal stands (FHIR R4 goal lifecycle)."""

    PROPOSED = "proposed"  #: suggested, nobody has said yes yet
    ACCEPTED = "accepted"  #: agreed, work has not begun
    ACTIVE = "active"  #: being worked on
    ON_HOLD = "on-hold"  #: resting for a while
    COMPLETED = "completed"  #: reached
    CANCELLED = "cancelled"  #: let go; nothing has failed
    ENTERED_IN_ERROR = "entered-in-error"  #: should never have been written


class GoalKind(StrEnum):
    """What the person wants with the substance; only the person's wish decides."""

    STOP = "stop"  #: to be without it; the app warns against stopping at once
    CUT_DOWN = "cut-down"  #: to use less
    KEEP_STABLE = "keep-stable"  #: to keep what has been reached
    OTHER = "other"  #: something else than use


class GoalTheme(StrEnum):
    """The four themes of the municipality's social policy."""

    MEETING = "meeting"  #: mødet: how one is met
    MASTERY = "mastery"  #: mestring: to handle one's own life
    NETWORK = "network"  #: netværk: people around one
    OCCUPATION = "occupation"  #: beskæftigelse: something to do


class Achievement(StrEnum):
    """How near it is (FHIR R4 goal achievement); apart from where the goal stands."""

    IN_PROGRESS = "in-progress"  #: under way
    IMPROVING = "improving"  #: nearer than before
    WORSENING = "worsening"  #: farther than before
    NO_CHANGE = "no-change"  #: as before
    ACHIEVED = "achieved"  #: reached
    NOT_ACHIEVED = "not-achieved"  #: not reached, at least not now


class Side(StrEnum):
    """Who wrote or did something."""

    CITIZEN = "citizen"  #: the person
    STAFF = "staff"  #: a counsellor


class Question(StrEnum):
    """The four parts of a goal said clearly (Bovend'Eerdt 2009); each may stay open."""

    ACTIVITY = "activity"  #: what exactly
    SUPPORT = "support"  #: who or what helps
    AMOUNT = "amount"  #: how much or how often
    BY_WHEN = "by-when"  #: by when


class EventKind(StrEnum):
    """What can happen on the way to a goal."""

    NOTE = "note"  #: how it goes, in somebody's words
    ANSWER = "answer"  #: an answer to one of the four questions; the newest is the present one
    LEVEL = "level"  #: the level that is reached now, -2 to +2
    BECAME_HARD = "became-hard"  #: it became hard; nothing is reset by it
    BACK_AFTER_PAUSE = "back-after-pause"  #: the person is back after a pause
    PROPOSED = "proposed"  #: a counsellor suggested the goal
    ACCEPTED = "accepted"  #: the other side said yes
    DECLINED = "declined"  #: the person said no to the suggestion
    STATUS = "status"  #: it stands somewhere else; `value` is the status
    ACHIEVEMENT = "achievement"  #: it is nearer or farther; `value` is the achievement
    REVIEW = "review"  #: the day of the review was set; `value` is the day, none if taken away
    STEP_ADDED = "step-added"  #: a step came
    STEP_DONE = "step-done"  #: a step was ticked
    STEP_UNDONE = "step-undone"  #: a tick was taken back


#: What only the person decides to show, with each entry.
PRIVATE_KINDS = frozenset({EventKind.NOTE, EventKind.BECAME_HARD, EventKind.BACK_AFTER_PAUSE})
#: What somebody writes; the house writes the others itself.
WRITTEN_KINDS = PRIVATE_KINDS | {EventKind.ANSWER, EventKind.LEVEL}


def _code(kind: type[StrEnum], length: int = 24) -> Enum:
    return Enum(kind, native_enum=False, length=length, values_callable=list)


def _instant() -> DateTime:
    return DateTime(timezone=True)


class Goal(Base):
    """One thing a person wants to reach; a single sentence is a whole goal."""

    __tablename__ = "goal"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(String(300))
    origin: Mapped[GoalOrigin] = mapped_column(_code(GoalOrigin, 16))
    status: Mapped[GoalStatus] = mapped_column(_code(GoalStatus))
    kind: Mapped[GoalKind | None] = mapped_column(_code(GoalKind))
    theme: Mapped[GoalTheme | None] = mapped_column(_code(GoalTheme))
    achievement: Mapped[Achievement | None] = mapped_column(_code(Achievement))
    agreed: Mapped[bool] = mapped_column(default=False)  #: the side that did not write it has said yes
    review_on: Mapped[date | None]
    counts_from: Mapped[date | None]  #: the person counts days from here; for nobody else's eyes
    closer_until: Mapped[date | None]  #: until then the contact person is in touch more often
    importance: Mapped[int | None]
    difficulty: Mapped[int | None]
    baseline: Mapped[int | None]
    reached: Mapped[int | None]
    levels_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(_instant())
    updated_at: Mapped[datetime] = mapped_column(_instant())
    version: Mapped[int]

    @property
    def levels(self) -> list[str | None]:
        """What each level from -2 to +2 looks like in the person's words; None where nothing is said."""
        said = crypto.unseal(self.levels_sealed, context=LEVELS, row_id=self.id)
        return [None] * LEVEL_COUNT if said is None else [line or None for line in said.split("\n")]

    @levels.setter
    def levels(self, texts: Sequence[str | None]) -> None:
        lines = "\n".join(text or "" for text in texts) if any(texts) else None
        self.levels_sealed = crypto.seal(lines, context=LEVELS, row_id=self.id)


class GoalTitle(Base):
    """What a goal was called from one version on; more than one standing: nobody has chosen yet."""

    __tablename__ = "goal_title"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    goal_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(String(300))
    standing: Mapped[bool]
    mutation_id: Mapped[UUID | None]


class GoalStep(Base):
    """One step towards a goal. Its words never change; an erased one is a tombstone."""

    __tablename__ = "goal_step"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]
    goal_id: Mapped[UUID | None]
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    origin: Mapped[GoalOrigin] = mapped_column(_code(GoalOrigin))
    position: Mapped[int]
    done_at: Mapped[datetime | None] = mapped_column(_instant())
    done_by: Mapped[Side | None] = mapped_column(_code(Side))
    created_at: Mapped[datetime] = mapped_column(_instant())
    erased_at: Mapped[datetime | None] = mapped_column(_instant())
    version: Mapped[int]

    @property
    def text(self) -> str | None:
        """The words; None for what was erased."""
        if self.erased_at is not None:  # a counsellor's stay in the house, and are shown to nobody
            return None
        return crypto.unseal(self.text_sealed, context=STEP_TEXT, row_id=self.id)

    @text.setter
    def text(self, words: str | None) -> None:
        self.text_sealed = crypto.seal(words, context=STEP_TEXT, row_id=self.id)

    @property
    def done(self) -> bool:
        """Whether it is ticked."""
        return self.done_at is not None

    @property
    def erased(self) -> bool:
        """Whether only the tombstone is left."""
        return self.erased_at is not None


class GoalEvent(Base):
    """One thing that happened on the way (GoalProgress); never changed, only emptied by its author."""

    __tablename__ = "goal_event"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]
    goal_id: Mapped[UUID | None]
    kind: Mapped[EventKind | None] = mapped_column(_code(EventKind))
    by: Mapped[Side] = mapped_column(_code(Side))
    staff_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(_instant())  #: when the house heard of it
    happened_at: Mapped[datetime | None] = mapped_column(_instant())  #: when its author says it was
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    question: Mapped[Question | None] = mapped_column(_code(Question))
    level: Mapped[int | None]
    value: Mapped[str | None] = mapped_column(String(32))
    step_id: Mapped[UUID | None]
    shared: Mapped[bool]  #: whether staff may see it
    erased_at: Mapped[datetime | None] = mapped_column(_instant())
    seq: Mapped[int] = mapped_column(BigInteger)  #: the order in which the house heard of them

    @property
    def text(self) -> str | None:
        """The words, if any."""
        return crypto.unseal(self.words_sealed, context=WORDS, row_id=self.id)

    @text.setter
    def text(self, words: str | None) -> None:
        self.words_sealed = crypto.seal(words, context=WORDS, row_id=self.id)

    @property
    def erased(self) -> bool:
        """Whether only the tombstone is left."""
        return self.erased_at is not None
