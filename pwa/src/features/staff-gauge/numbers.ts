/** A whole number from 1 to the largest; null for anything else. */
export function wholeNumber(typed: string, largest: number): number | null {
  const plain = typed.trim()
  if (!/^[0-9]{1,3}$/.test(plain)) return null
  const number = Number(plain)
  return number >= 1 && number <= largest ? number : null
}

/** Why no contact person is shown: the centre has no figure, or nobody is one. */
export function sayNobody(figure: number | null, words: { noFigure: string; empty: string }): string {
  return figure === null ? words.noFigure : words.empty
}
