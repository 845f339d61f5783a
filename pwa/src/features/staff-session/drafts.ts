import { effect } from '@preact/signals'
import { me } from '../../api/staff'
import { dropAllDrafts } from '../../ui/drafts'
import { flash } from '../../ui/flash'

/** Keeps what was typed for the person who typed it: another sign-in never sees it. */
export function guardDrafts(): void {
  let last: string | null = null
  effect(() => {
    const id = me.value?.id
    if (!id) {
      flash.value = ''
      return
    }
    if (last !== null && last !== id) dropAllDrafts()
    last = id
  })
}
