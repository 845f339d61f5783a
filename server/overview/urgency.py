"""In which order the list of today stands, and why: what cannot be made good later comes first. Data.

Nothing here weighs whose fault it is or how long a colleague has let something lie; inside a kind whoever has
waited longest, or whose time comes first, stands first.
"""

from enum import StrEnum


class TodayKind(StrEnum):
    """What there is to do."""

    CRISIS_FOLLOW_UP = "crisis-follow-up"  #: a call that was promised to somebody after a crisis
    CLOSER_CONTACT = "closer-contact"  #: it became hard, and the person told us
    CALL_WISHED = "call-wished"  #: somebody asked to be called
    REMINDER_NOT_REACHED = "reminder-not-reached"  #: no reminder told of an appointment ahead
    WAITING_MESSAGE = "waiting-message"  #: a message waits for an answer
    MISSED_TALK = "missed-talk"  #: somebody did not come, and is to be called
    GUARANTEE_SOON = "guarantee-soon"  #: the days until the first talk run out, or have run out
    OTHER_TIME_WISHED = "other-time-wished"  #: somebody asks for another time
    REVIEW_DUE = "review-due"  #: the day on which a goal was to be looked at together
    TALK_TODAY = "talk-today"  #: what is booked for today


#: The order with its reasons; a kind that does not stand here cannot be listed.
ORDER: tuple[tuple[TodayKind, str], ...] = (
    (TodayKind.CRISIS_FOLLOW_UP, "a promise to somebody who was in crisis; the yes to be called ends soon"),
    (TodayKind.CLOSER_CONTACT, "somebody said that it is hard, and the next days weigh most"),
    (TodayKind.CALL_WISHED, "somebody said yes to a call, and waits for it"),
    (TodayKind.REMINDER_NOT_REACHED, "after the appointment has begun a call is too late"),
    (TodayKind.WAITING_MESSAGE, "somebody wrote, and does not know whether it was seen"),
    (TodayKind.MISSED_TALK, "the sooner somebody calls, the likelier the person comes again"),
    (TodayKind.GUARANTEE_SOON, "a right with a date, but some days are left to find a time"),
    (TodayKind.OTHER_TIME_WISHED, "the booked time stands until it is moved"),
    (TodayKind.REVIEW_DUE, "was agreed for this day, and can be done at the next talk"),
    (TodayKind.TALK_TODAY, "has its own hour; stands last, in the order of the day"),
)
RANK: dict[TodayKind, int] = {kind: rank for rank, (kind, _) in enumerate(ORDER)}
#: From this day on the days until the first talk are on the list: four are left to find a time.
GUARANTEE_FROM_DAY = 10
