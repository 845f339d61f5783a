import type { StaffText } from '../text/staff'
import { ApiProblem, Unreachable } from './client'

export interface ProblemWords {
  message?: string
  fields?: Record<string, string>
  stale?: boolean
  /** What was typed is still there, and that is worth saying. */
  kept?: boolean
}

/** A wait as people say it: 40 sekunder, 2 minutter. */
export function sayWait(seconds: number, text: StaffText): string {
  return seconds < 60 ? text.wait.seconds(Math.max(1, Math.ceil(seconds))) : text.wait.minutes(Math.ceil(seconds / 60))
}

const WORDS: Record<number, 'forbidden' | 'gone' | 'conflict'> = { 403: 'forbidden', 404: 'gone', 409: 'conflict' }
const AWAY: readonly number[] = [502, 503, 504]

/** Refusals that say more by their code than by their status. */
function known(problem: ApiProblem, text: StaffText): ProblemWords | null {
  if (problem.code === 'cpr-known') return { fields: { cpr: text.problem.cprKnown } }
  const words = (text.problem.codes as Record<string, string | undefined>)[problem.code]
  return words ? { message: words } : null
}

function refusal(problem: ApiProblem, text: StaffText): ProblemWords {
  if (problem.status === 412) return { stale: true, message: text.problem.stale }
  if (problem.status === 429) return { message: text.problem.tooMany(sayWait(problem.retryAfterSeconds ?? 60, text)) }
  if (AWAY.includes(problem.status)) return { message: text.problem.unavailable, kept: true }
  const words = WORDS[problem.status]
  if (words) return { message: text.problem[words] }
  const reference = problem.requestId ? ` ${text.problem.reference(problem.requestId)}` : ''
  return { message: text.problem.other + reference, kept: true }
}

/**
 * What to tell a person when something did not work.
 *
 * The server's own sentences are for developers; a field has its words here, or the general one.
 */
export function explain(error: unknown, text: StaffText, fieldWords: Record<string, string> = {}): ProblemWords {
  if (error instanceof Unreachable) return { message: text.problem.network, kept: true }
  if (!(error instanceof ApiProblem)) {
    console.error(error)
    return { message: text.problem.other, kept: true }
  }
  const said = known(error, text)
  if (said) return said
  const names = Object.keys(error.fields)
  if (names.length === 0) return refusal(error, text)
  return { fields: Object.fromEntries(names.map((name) => [name, fieldWords[name] ?? text.problem.field])) }
}
