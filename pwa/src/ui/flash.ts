import { signal } from '@preact/signals'

const SHOWN_FOR_MS = 8000

/** What was just done, said quietly at the edge of the screen; nothing moves for it. */
export const flash = signal('')

let timer: ReturnType<typeof setTimeout> | undefined

/** Says it, and is silent again after a while. */
export function sayDone(words: string): void {
  clearTimeout(timer)
  flash.value = words
  timer = setTimeout(() => {
    flash.value = ''
  }, SHOWN_FOR_MS)
}
