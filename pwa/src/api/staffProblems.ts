import type { StaffText } from '../text/staff'
import { ApiProblem, Unreachable } from './client'

export interface ProblemWords {
  message?: string
  fields?: Record<string, string>
  stale?: boolean
}

/** A wait as people say it: 40 sekunder, 2 minutter. */
export function sayWait(seconds: number, text: StaffText): string {
  return seconds < 60 ? text.wait.seconds(Math.max(1, Math.ceil(seconds))) : text.wait.minutes(Math.ceil(seconds / 60))
}

const WORDS: Record<number, keyof Pick<StaffText['problem'], 'forbidden' | 'gone' | 'conflict' | 'unavailable'>> = {
  403: 'forbidden',
  404: 'gone',
  409: 'conflict',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}

function refusal(problem: ApiProblem, text: StaffText): ProblemWords {
  if (problem.status === 412) return { stale: true, message: text.problem.stale }
  if (problem.status === 429) return { message: text.problem.tooMany(sayWait(problem.retryAfterSeconds ?? 60, text)) }
  const known = WORDS[problem.status]
  if (known) return { message: text.problem[known] }
  const reference = problem.requestId ? ` ${text.problem.reference(problem.requestId)}` : ''
  return { message: text.problem.other + reference }
}

/**
 * What to tell a person when something did not work.
 *
 * The server's own sentences are for developers; a field has its words here, or the general one.
 */
export function explain(error: unknown, text: StaffText, fieldWords: Record<string, string> = {}): ProblemWords {
  if (error instanceof Unreachable) return { message: text.problem.network }
  if (!(error instanceof ApiProblem)) {
    console.error(error)
    return { message: text.problem.other }
  }
  const names = Object.keys(error.fields)
  if (names.length === 0) return refusal(error, text)
  return { fields: Object.fromEntries(names.map((name) => [name, fieldWords[name] ?? text.problem.field])) }
}
