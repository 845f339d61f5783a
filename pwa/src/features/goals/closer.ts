/** What somebody asks for who tells that it became hard. */

export interface Wish {
  /** So long the contact person keeps in closer contact. */
  days: number
  talk: boolean
}

/** Two weeks, unless the person says otherwise. */
export const USUAL_WISH: Wish = { days: 14, talk: false }

/** What goes along with the words: nothing, if nobody is told. */
export function wishFields(isShared: boolean, { days, talk }: Wish): { closer_days?: number; wants_talk?: boolean } {
  return isShared ? { closer_days: days, wants_talk: talk } : {}
}
