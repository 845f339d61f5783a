/** What answers come to: the same as on the server (server/measures/scoring.py). */
import type { Definition, Item } from './definitions.ts'

type Answers = Readonly<Record<string, number>>
type Scored = Pick<Definition, 'items' | 'scoring'>

const isLeftOut = (item: Item, answers: Answers) => item.unless_zero !== null && answers[item.unless_zero] === 0

/** The items that are asked of somebody who has answered so far; what is left out counts 0. */
export function asked(definition: Scored, answers: Answers): Item[] {
  return definition.items.filter((item) => !isLeftOut(item, answers))
}

export function isComplete(definition: Scored, answers: Answers): boolean {
  return asked(definition, answers).every((item) => answers[item.id] !== undefined)
}

/** Null where there is no scoring, or an answer is missing. */
export function scoreOf(definition: Scored, answers: Answers): number | null {
  if (!definition.scoring || !isComplete(definition, answers)) return null
  return definition.scoring.factor * asked(definition, answers).reduce((sum, item) => sum + (answers[item.id] ?? 0), 0)
}

/** Whether the person is asked about a call after these answers. */
export function asksForCall(definition: Definition, answers: Answers, atMost: number | undefined): boolean {
  const score = scoreOf(definition, answers)
  return atMost !== undefined && score !== null && definition.scoring?.lowest === 'worst' && score <= atMost
}
