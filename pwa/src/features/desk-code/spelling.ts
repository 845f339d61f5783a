/** A desk code as it is shown and said. */

const HALF = 3

/** "A7K 3MP": two halves are easier to say than six. */
export function inHalves(code: string): string {
  return `${code.slice(0, HALF)} ${code.slice(HALF)}`.trim()
}

export interface Spoken {
  sign: string
  /** The word of the telephone alphabet; null for a sign that has none. */
  word: string | null
}

/** Each sign with the word that says it on a bad line. */
export function spell(code: string, words: Readonly<Record<string, string>>): Spoken[] {
  return [...code].map((sign) => ({ sign, word: words[sign] ?? null }))
}
