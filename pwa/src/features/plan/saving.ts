/** What is said after a change of the plan, and how it is taken back. */
import { storage } from '../../offline/phone.ts'
import { removeLine, restoreLine } from '../../offline/plan-store.ts'
import { planText } from '../../text/plan.ts'
import { say } from '../said.ts'

/** Says quietly that it is kept, or for how long; false if it is not. */
export function saySaved(isKept: boolean): boolean {
  const words = planText.value
  if (!isKept) say(words.notSaved)
  else say(storage.value === 'memory' ? words.savedForNow : words.saved)
  return isKept
}

async function undoRemoval(lineId: string): Promise<void> {
  const isBack = await restoreLine(lineId)
  say(isBack ? planText.value.restoredBack : planText.value.notSaved)
}

/** Takes a line out and offers to take that back. */
export async function removeWithUndo(lineId: string, leave: () => void): Promise<void> {
  if (!(await removeLine(lineId))) return void saySaved(false)
  leave()
  const words = planText.value
  say(words.removed, { label: words.undo, act: () => void undoRemoval(lineId) })
}
