/** One sign of the keyboard for each choice of a group; it works only while the group has the focus. */
const SIGNS = '1234567890abcdefghijklmnopqrstuvwxyz'

export function signOf(index: number): string {
  return SIGNS[index] ?? ''
}

/** Which choice a pressed key means, or null. */
export function choiceOf<T>(key: string, choices: readonly T[]): T | null {
  if (key.length !== 1) return null
  const index = SIGNS.indexOf(key.toLowerCase())
  return index >= 0 ? (choices[index] ?? null) : null
}

/** Brings the focus to a group: to what is chosen there, else to its first choice. */
export function focusOn(id: string, options?: FocusOptions): void {
  const group = document.getElementById(id)
  const target = group?.querySelector<HTMLElement>('input:checked') ?? group?.querySelector<HTMLElement>('input') ?? group
  target?.focus(options)
}
