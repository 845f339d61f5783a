import { effect } from '@preact/signals'
import { me } from '../../api/staff'
import { dropAllDrafts } from '../../ui/drafts'

/** Keeps what was typed for the person who typed it: another sign-in never sees it. */
export function guardDrafts(): void {
  let last: string | null = null
  effect(() => {
    const id = me.value?.id
    if (!id) return
    if (last !== null && last !== id) dropAllDrafts()
    last = id
  })
}
