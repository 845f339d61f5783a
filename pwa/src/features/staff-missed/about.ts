import type { CallOutcome, ClosedReason, UnreachedRow } from '../../api/staffMissed'
import { type MissedText, missedText } from '../../text/missed'
import { dayFromNow, dayOf, LATEST_DAYS } from './outcome'

/** What a call is about: which words and answers fit it. */
export interface About {
  outcomes: Record<CallOutcome, string>
  said: Record<CallOutcome, string>
  saidDay: (day: string) => string
  done: Record<CallOutcome, string>
  wrong: MissedText['wrong']
  nextOn: string
  reasons: readonly ClosedReason[]
  /** The first and the last day that is offered for another call. */
  days: { proposed: string; latest: string }
  /** The appointment to which a yes belongs; without it, a new one is made. */
  appointmentId?: string
}

/** A talk that did not happen: a new time is agreed. */
export function aboutMissed(now: Date): About {
  return {
    ...missedText(),
    reasons: ['not-reached', 'no-wish', 'other-help', 'came-since', 'other'],
    days: { proposed: dayFromNow(1, now), latest: dayFromNow(LATEST_DAYS, now) },
  }
}

/** A reminder that reached nobody: the appointment stands, and the call comes before it. */
export function aboutUnreached(row: UnreachedRow, now: Date): About {
  const words = missedText()
  return {
    ...words.unreached,
    wrong: { ...words.wrong, ...words.unreached.wrong },
    reasons: ['not-reached', 'no-wish', 'other'],
    days: { proposed: dayFromNow(0, now), latest: dayOf(row.appointment.starts_at) },
    appointmentId: row.appointment.id,
  }
}
