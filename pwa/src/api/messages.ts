/** Messages with the contact person, on the person's own phone, as they go over the wire. */
export interface Message {
  id: string
  at: string
  /** Its place among all, as the house took them in. */
  order: number
  by: 'citizen' | 'staff'
  /** Who of the staff wrote it. */
  name: string | null
  /** None is left of what was deleted for good or taken back. */
  text: string | null
  withdrawn: boolean
  erased: boolean
  /** The notices that lead to it. */
  occurrence_ids: string[]
}
