/** Where a working day is still free. Pure. */
import { copenhagenInstant } from '../../ui/copenhagen'

const BEGINS = '08:00'
const ENDS = '16:00'
const SHORTEST_MS = 30 * 60_000

interface Taken {
  starts_at: string
  ends_at: string
}

export interface Gap {
  from: string
  to: string
}

/** The free stretches of at least half an hour between 8 and 16, Danish time, that have not gone by. */
export function gapsOf(date: string, taken: readonly Taken[], now: Date): Gap[] {
  const instant = (time: string) => Date.parse(copenhagenInstant(date, time) ?? '')
  const end = instant(ENDS)
  let free = Math.max(instant(BEGINS), now.getTime())
  const found: Gap[] = []
  const note = (until: number) => {
    if (until - free >= SHORTEST_MS) found.push({ from: new Date(free).toISOString(), to: new Date(until).toISOString() })
  }
  for (const one of [...taken].sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at))) {
    note(Math.min(Date.parse(one.starts_at), end))
    free = Math.max(free, Date.parse(one.ends_at))
  }
  note(end)
  return found
}
