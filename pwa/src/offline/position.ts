/** Where a line stands in its section: texts that sort, so that a line can be put between any two. */

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const FIRST = 'a0'
const LONGEST = 128

const rank = (letter: string) => LETTERS.indexOf(letter)

/** Behind everything; counts up, so that lists that only grow keep short positions. */
export function after(last: string | null): string {
  if (last === null) return FIRST
  const stem = last.replace(/z+$/, '')
  if (stem === '') return `${last}V`.slice(0, LONGEST)
  return stem.slice(0, -1) + LETTERS[rank(stem.slice(-1)) + 1]
}

/** A text between two others; null if there is none. Without an upper one: anywhere behind the lower. */
export function between(lower: string, upper: string | null): string | null {
  let made = ''
  let bound = upper
  for (let place = 0; place < LONGEST; place += 1) {
    if (bound !== null && place >= bound.length) return null
    const high = bound === null ? LETTERS.length : rank(bound[place] as string)
    const isInside = place < lower.length
    const low = isInside ? rank(lower[place] as string) : 0
    if (high < low) return null
    // A text never ends in the lowest letter: nothing would fit before it.
    if (high - low >= 2) return made + LETTERS[Math.floor((low + high) / 2)]
    made += LETTERS[low]
    if (high > low) bound = null
  }
  return null
}

export interface Placed {
  id: string
  position: string
}

/** The new positions that put one thing at an index of an ordered list; others move only where they must. */
export function place(order: readonly Placed[], id: string, index: number): Placed[] {
  const others = order.filter((each) => each.id !== id)
  const lower = others[index - 1]?.position ?? ''
  for (let end = index; end <= others.length; end += 1) {
    const moved = [id, ...others.slice(index, end).map((each) => each.id)]
    const positions = spread(lower, others[end]?.position ?? null, moved.length)
    if (positions) return moved.map((each, step) => ({ id: each, position: positions[step] as string }))
  }
  return []
}

function spread(lower: string, upper: string | null, count: number): string[] | null {
  const positions: string[] = []
  for (let last = lower; positions.length < count; last = positions[positions.length - 1] as string) {
    const next = upper === null && last !== '' ? after(last) : between(last, upper)
    if (next === null || next <= last) return null
    positions.push(next)
  }
  return positions
}
