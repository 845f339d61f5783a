import type { LostPhone } from '../../api/staff'
import type { Pairing } from '../../api/staffTypes'

interface FreshCode {
  citizenId: string
  pairing: Pairing
  lost: Omit<LostPhone, 'pairing'>
}

let waiting: FreshCode | null = null

/** Hands a code that was just made over to the person's page, which shows it once. */
export function handOverCode(code: FreshCode): void {
  waiting = code
}

export function takeFreshCode(citizenId: string): FreshCode | null {
  const found = waiting?.citizenId === citizenId ? waiting : null
  waiting = null
  return found
}
