/** After which answers the person is asked about a call: right after them, once, and only under the unit's rule. */
import { lowScores, type Result } from '../../offline/measure-store.ts'
import { choices, choose, standing } from '../../offline/phone.ts'
import { definitionOf } from './definitions.ts'
import { asksForCall } from './score.ts'

const ASKING = 'call_question'

/** What was just saved here: asked about until there is a yes or a no, also after a lock or an empty battery. */
export function askAfter(resultId: string): void {
  void choose(ASKING, resultId)
}

export function askNoMore(): void {
  void choose(ASKING, undefined)
}

export function mayAsk(result: Result): boolean {
  const definition = definitionOf(result.code)
  if (choices.value[ASKING] !== result.id || result.call_wished || standing.value !== 'paired' || !definition) return false
  return result.complete && asksForCall(definition, result.items, lowScores.value[result.code])
}
