/** What somebody wants to follow, in the person's own words. */

const LONGEST = 60

/** As it is kept: one line, and worded as it was before where it is followed already. Else why it cannot be. */
export function thingFrom(typed: string, known: readonly (string | null)[]): { what: string } | { trouble: 'nothing' | 'tooLong' } {
  const what = typed.trim().replace(/\s+/g, ' ')
  if (what === '') return { trouble: 'nothing' }
  if (what.length > LONGEST) return { trouble: 'tooLong' }
  return { what: known.find((each) => each?.toLowerCase() === what.toLowerCase()) ?? what }
}
