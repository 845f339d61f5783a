"""Whether a cancellation came too late, by the centre's own rule or by a person's judgement. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from server.appointments.models import Appointment, Cancellation, ReasonCode, Reply
from server.core.errors import Invalid
from server.library.models import AppointmentRules

DEFAULT = AppointmentRules(late_hours=24, late_hours_by_kind={})

#: Who can have given which reason.
REASONS: Mapping[Cancellation, frozenset[ReasonCode]] = {
    Cancellation.BY_CITIZEN: frozenset(
        {
            ReasonCode.ILL,
            ReasonCode.WORK,
            ReasonCode.TRANSPORT,
            ReasonCode.NO_WISH,
            ReasonCode.OTHER_HELP,
            ReasonCode.UNKNOWN,
        }
    ),
    Cancellation.BY_SERVICE: frozenset(
        {ReasonCode.SERVICE_ILL, ReasonCode.SERVICE_PLANNING, ReasonCode.UNKNOWN}
    ),
}


class BadCancellation(Invalid):
    """What was said about a cancellation does not fit together."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(errors={field: [message]})


def judge(
    appointment: Appointment,
    *,
    said: Cancellation,
    reason_code: ReasonCode,
    reason_text: str | None,
    late: bool | None,
    rules: AppointmentRules,
    now: datetime,
) -> Cancellation:
    """How a cancellation counts.

    The rule of the centre decides whether a citizen's no was late; who says otherwise gives a reason in
    words. Somebody who said no in the app in time was in time, whenever staff get round to it.

    :raises BadCancellation: if the parts do not fit together, or a judgement against the rule has no reason
    """
    if said == Cancellation.BY_SERVICE:
        if late is not None:
            raise BadCancellation("late", "Only a citizen's cancellation can be late.")
        _check_reason(said, reason_code)
        return said
    if said == Cancellation.LATE:
        if late is False:
            raise BadCancellation("late", "Cannot be late and not late.")
        late = True
    _check_reason(Cancellation.BY_CITIZEN, reason_code)
    by_rule = is_late(appointment, rules=rules, now=now)
    if late is not None and late != by_rule and reason_text is None:
        raise BadCancellation("reason_text", "Say why it counts otherwise than by the centre's rule.")
    return Cancellation.LATE if (by_rule if late is None else late) else Cancellation.BY_CITIZEN


def is_late(appointment: Appointment, *, rules: AppointmentRules, now: datetime) -> bool:
    """Whether the citizen's no comes later than the centre's rule for this kind allows."""
    limit = appointment.starts_at - timedelta(hours=rules.hours_for(appointment.kind.value))
    said_at = now
    if appointment.reply == Reply.DECLINED and appointment.reply_at is not None:
        said_at = min(now, appointment.reply_at)
    return said_at > limit


def _check_reason(said: Cancellation, reason_code: ReasonCode) -> None:
    if reason_code not in REASONS[said]:
        raise BadCancellation("reason_code", "This is no reason for this kind of cancellation.")
