/** What is said before somebody's own words are deleted for good. */
import type { GoalEvent } from '../../api/citizen.ts'
import type { GoalsText } from '../../text/goals.ts'

/** That it became hard was told: the call that it asked for may come although the words are gone. */
export function mayStillCall({ kind, shared }: Pick<GoalEvent, 'kind' | 'shared'>): boolean {
  return kind === 'became-hard' && shared === true
}

/** Without a pairing the words stand nowhere else, and nobody was told. */
export function eraseWords({ text, here, mayCall }: GoalsText['erase'], isPaired: boolean, wasTold: boolean): string[] {
  if (!isPaired) return [here]
  return wasTold ? [text, mayCall] : [text]
}
