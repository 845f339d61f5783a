/** What a code for the app is: at least six digits, and not one that everybody tries first. */

export const PIN_DIGITS = 6
export const PIN_DIGITS_AT_MOST = 12

/** The digits of what was typed; keyboards of other scripts have digits of their own. */
export function digitsOf(typed: string): string {
  const own = (digit: string) => String((digit.codePointAt(0) as number) & 0xf)
  return typed.normalize('NFKC').replace(/[\u0660-\u0669\u06f0-\u06f9]/g, own).replace(/\s/g, '')
}

/** `short` and `long`: not that many digits. `letters`: something else than digits. `easy`: one that others guess. */
export type PinTrouble = 'short' | 'long' | 'letters' | 'easy'

/** One digit all along, or steps of one size: 000000, 123456, 654321, 890123. */
function isEvenStep(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, place) => (Number(digit) - Number(pin[place]) + 10) % 10)
  return steps.every((step) => step === steps[0])
}

/** A short piece again and again: 121212, 123123. */
function isRepeated(pin: string): boolean {
  return [1, 2, 3].some((length) => [...pin].every((digit, place) => digit === pin[place % length]))
}

/** Every digit twice: 112233. */
function isDoubled(pin: string): boolean {
  const halves = [0, 1].map((half) => [...pin].filter((_, place) => place % 2 === half).join(''))
  return halves[0] === halves[1] && isEvenStep(halves[0] as string)
}

/** What is wrong with a new code; null if nothing is. */
export function troubleWithPin(pin: string): PinTrouble | null {
  if (!/^\d*$/.test(pin)) return 'letters'
  if (pin.length < PIN_DIGITS) return 'short'
  if (pin.length > PIN_DIGITS_AT_MOST) return 'long'
  return isEvenStep(pin) || isRepeated(pin) || isDoubled(pin) ? 'easy' : null
}
