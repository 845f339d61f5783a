import type { Agreement, Channel, ChannelKind, SafeWhen } from '../../api/staffChannels'
import type { ChannelsText } from '../../text/channels'
import { copenhagenInstant, copenhagenWall } from '../../ui/copenhagen'

export const KINDS: readonly ChannelKind[] = ['sms', 'email']
export const SAFE: readonly SafeWhen[] = ['never', 'always', 'hours']
export const HOURS = Array.from({ length: 14 }, (_, index) => String(index + 8))
const LONGEST_PAUSE_DAYS = 365

export interface Agreed extends Record<string, string | boolean> {
  address: string
  safe: SafeWhen
  hours_from: string
  hours_until: string
  agreed: boolean
}

/** What stands, or a plain no; that the person was asked is said anew each time. */
export function startAgreement(channel: Channel | undefined): Agreed {
  return {
    address: channel?.address ?? '',
    safe: channel?.safe ?? 'never',
    hours_from: String(channel?.hours_from ?? 9),
    hours_until: String(channel?.hours_until ?? 12),
    agreed: false,
  }
}

/** What is missing before it can be sent. */
export function checkAgreement(values: Agreed, kind: ChannelKind, words: ChannelsText): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (!values.address.trim()) wrong['address'] = words.addressWrong[kind]
  if (values.safe === 'hours' && Number(values.hours_from) >= Number(values.hours_until)) wrong['hours_from'] = words.hoursWrong
  if (values.safe !== 'never' && !values.agreed) wrong['agreed_together'] = words.agreedMissing
  return wrong
}

export function toAgreement(values: Agreed): Agreement {
  const isHours = values.safe === 'hours'
  return {
    address: values.address.trim(),
    safe: values.safe,
    hours_from: isHours ? Number(values.hours_from) : null,
    hours_until: isHours ? Number(values.hours_until) : null,
    agreed_together: values.safe !== 'never' && values.agreed,
  }
}

function dayAfter(date: string, days: number): string {
  const day = new Date(`${date}T12:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}

/** The instant at which a pause ends: eight in the morning after its last day; null if the day cannot be. */
export function endOfPause(lastDay: string, now: Date): string | null {
  const today = copenhagenWall(now).date
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(lastDay) && !Number.isNaN(Date.parse(lastDay))
  if (!isDay || lastDay <= today || lastDay > dayAfter(today, LONGEST_PAUSE_DAYS - 1)) return null
  return copenhagenInstant(dayAfter(lastDay, 1), '08:00')
}
