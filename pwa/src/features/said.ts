/** What was just done, said on the page it led to until the person goes on; some of it can be undone. */
import { computed, signal } from '@preact/signals'
import { whenNothingIsShown } from '../offline/held.ts'
import { path } from '../ui/navigation.ts'

export interface Said {
  words: string
  undo?: { label: string; act: () => void }
}

const last = signal<(Said & { at: string }) | null>(null)
whenNothingIsShown(() => (last.value = null))

/** Said while the person stays on the page that is open now. */
export function say(words: string, undo?: Said['undo']): void {
  last.value = { words, at: path.value, ...(undo && { undo }) }
}

export const said = computed<Said | null>(() => (last.value?.at === path.value ? last.value : null))
