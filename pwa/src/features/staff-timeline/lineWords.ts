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

/** What exercises and sessions are called; null where nothing is known of it (yet). */
export interface Names {
  exercise: (id: string | null, own: string | null) => string | null
  session: (course: string, theme: string | null, own: string | null) => string | null
}

/** Before the names have come: only what somebody wrote. */
export const NO_NAMES: Names = { exercise: (_id, own) => own, session: (_course, _theme, own) => own }

/** One line in words: what it is, what it says more, and who. */
export interface Said {
  what: string
  /** Somebody's own words, or the title of the goal. */
  more: string[]
  who: string | null
}

/** What they led to is a code, and stands in the words already. */
const ANSWERS: readonly string[] = ['accepted', 'declined']

const known = (words: Record<string, string>, code: string | null): string => words[code ?? ''] ?? code ?? ''

/** What stands on a line of time, in the words of the console. */
export function say(one: Line, words: Catalogues, language: 'da' | 'en', now: Date, names = NO_NAMES): Said {
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
    case 'exercise':
    case 'exercise-answer': {
      const told = one.kind === 'exercise' ? line.exerciseGiven : one.code === 'done' ? line.exerciseDone : line.exerciseNotNow
      return { what: told(names.exercise(one.subject, one.title)), more: [one.detail].filter(isSaid), who }
    }
    case 'session': {
      const name = names.session(one.detail ?? '', one.subject, one.title)
      return { what: line.session(name, known(line.sessionStates, one.code)), more: [], who }
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
  if (one.detail === null || ANSWERS.includes(one.code ?? '')) return null
  if (one.code === 'status') return known(goals.statuses, one.detail)
  if (one.code === 'achievement') return known(goals.achievements, one.detail)
  if (one.code === 'review') return sayNearDate(one.detail, language, now)
  return one.detail
}
