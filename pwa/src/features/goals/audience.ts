/** Whom own words about a goal are for. */

/** Nobody has said yet who may know. */
export type Audience = 'tell' | 'keep' | ''

/** What holds: where there is nobody to tell, it is kept to oneself, whatever was chosen before. */
export function audienceOf(chosen: Audience, canTell: boolean): Audience {
  return canTell ? chosen : 'keep'
}
