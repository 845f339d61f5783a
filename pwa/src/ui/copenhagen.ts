/** Danish clock time, whatever zone the browser stands in. */

const ZONE = 'Europe/Copenhagen'
const MINUTE = 60_000

export interface Wall {
  /** YYYY-MM-DD */
  date: string
  /** HH:MM */
  time: string
}

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** The date and time on a Danish wall clock at this instant. */
export function copenhagenWall(instant: string | number | Date): Wall {
  const found = new Map(parts.formatToParts(new Date(instant)).map((part) => [part.type, part.value]))
  return {
    date: `${found.get('year')}-${found.get('month')}-${found.get('day')}`,
    time: `${found.get('hour')}:${found.get('minute')}`,
  }
}

/** The last Danish day before an end that is an instant (midnight, as a rule); a date is that day itself. */
export function lastDay(end: string): string {
  return end.includes('T') ? copenhagenWall(Date.parse(end) - 1).date : end
}

function readAsUtc(wall: Wall): number {
  return Date.parse(`${wall.date}T${wall.time}:00Z`)
}

/** Minutes that Danish clocks are ahead of UTC at this instant: 60 or 120. */
function offsetAt(instant: number): number {
  return Math.round((readAsUtc(copenhagenWall(instant)) - instant) / MINUTE)
}

function isDate(date: string, time: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}$/.test(time)) return false
  const read = readAsUtc({ date, time })
  return !Number.isNaN(read) && new Date(read).toISOString().startsWith(`${date}T${time}`)
}

function withOffset(date: string, time: string, minutes: number): string {
  return `${date}T${time}:00+0${minutes / 60}:00`
}

/**
 * What a person typed as date and clock time, as an instant with the Danish offset; null when it is no date.
 *
 * The typed digits are kept, so a time that the spring change skips reaches the server as it was typed and is
 * refused there. Of the two in autumn, the first is meant.
 */
export function copenhagenInstant(date: string, time: string): string | null {
  if (!isDate(date, time)) return null
  const guess = readAsUtc({ date, time })
  const before = offsetAt(guess - 24 * 60 * MINUTE)
  const after = offsetAt(guess + 24 * 60 * MINUTE)
  const fits = [before, after].find((offset) => offsetAt(guess - offset * MINUTE) === offset)
  return withOffset(date, time, fits ?? before)
}
