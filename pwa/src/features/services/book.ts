/** The centres and their services, as the content was rendered for this build. */

export type DayState = 'as-usual' | 'closed' | 'open' | 'ask'
export type Words = Record<'da' | 'en', string>

export interface Interval {
  opens: string
  closes: string
}

export interface Hours {
  kind: 'always' | 'weekly'
  week: (Interval & { day: number })[]
  on_holidays: DayState
  exceptions: { on: string; state: DayState; opens: string | null; closes: string | null }[]
}

export interface Service {
  id: string
  name: Words
  text: Record<'da' | 'en', string[]>
  draft: Record<'da' | 'en', boolean>
  audience: Words
  hours: Hours | { kind: 'unknown' }
  open_now: Words | null
  when_open: Words | null
  source: { document: string; section: string; dated: string }
  checked_on: string
}

export interface Centre {
  slug: string
  name: Words
  text: Record<'da' | 'en', string[]>
  draft: Record<'da' | 'en', boolean>
  phone: { display: string; tel: string }
  services: Service[]
}

export type LabelName = 'draft' | 'always_open' | 'hours_unknown' | 'ask_first' | 'closed_now' | 'old_source' | 'source'

export interface ServiceBook {
  labels: Record<'da' | 'en', Record<LabelName, string>>
  holidays: { on: string; name: Words }[]
  holidays_known_until: string
  centres: Centre[]
}

const rendered = import.meta.glob<{ default: ServiceBook }>('../../../generated/services.json')

/** Its own part of the build, kept on the phone with the rest. */
export async function loadBook(): Promise<ServiceBook> {
  const load = Object.values(rendered)[0]
  if (!load) throw new Error('services.json was not there when the app was built')
  return (await load()).default
}
