import type { Line } from '../../api/staffConsole'
import type { StaffText } from '../../text/staff'
import type { StaffConsoleText } from '../../text/staffConsole'
import type { StaffGoalsText } from '../../text/staffGoals'
import { sayNearDate } from '../../ui/days'

export interface Catalogues {
  line: StaffConsoleText['line']
  staff: StaffText
  goals: StaffGoalsText
}

/** One line in words: what it is, what it says more, and who. */
export interface Said {
  what: string
  /** Somebody's own words, or the title of the goal. */
  more: string[]
  who: string | null
}

const known = (words: Record<string, string>, code: string | null): string => words[code ?? ''] ?? code ?? ''

/** What stands on a line of time, in the words of the console. */
export function say(one: Line, words: Catalogues, language: 'da' | 'en', now: Date): Said {
  const { line, staff } = words
  const who = one.by === 'citizen' ? line.byCitizen : one.name
  switch (one.kind) {
    case 'appointment':
      return {
        what: line.appointment(known(staff.appointments.kinds, one.detail), known(line.statuses, one.code)),
        more: [],
        who: one.name && line.with(one.name),
      }
    case 'event':
      return { what: known(line.events, one.code), more: [one.title, eventDetail(one, words, language, now)].filter(isSaid), who }
    case 'check-in':
      return { what: [line.checkIn, ...figures(one, line)].join(', '), more: [one.detail].filter(isSaid), who }
    case 'message':
      return { what: line.message[one.by ?? 'citizen'], more: [], who: one.by === 'staff' ? one.name : null }
    case 'relation': {
      const role = known(staff.relation, one.detail)
      return { what: one.code === 'ended' ? line.ended(role) : line.began(role), more: [], who: one.name }
    }
  }
}

function isSaid(words: string | null): words is string {
  return Boolean(words)
}

function figures({ mood, urge }: Line, line: Catalogues['line']): string[] {
  return [mood === null ? null : line.mood(mood), urge === null ? null : line.urge(urge)].filter(isSaid)
}

function eventDetail(one: Line, { goals }: Catalogues, language: 'da' | 'en', now: Date): string | null {
  if (one.code === 'level' && one.level !== null) return String(one.level).replace('-', '\u2212')
  if (one.detail === null) return null
  if (one.code === 'status') return known(goals.statuses, one.detail)
  if (one.code === 'achievement') return known(goals.achievements, one.detail)
  if (one.code === 'review') return sayNearDate(one.detail, language, now)
  return one.detail
}
