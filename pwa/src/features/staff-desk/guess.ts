import type { SearchKind } from '../../api/staffDesk'

/** What the app shows its owner: six of Crockford's characters; O is read as 0, I and L as 1. There is no U. */
const CODE = /^[0-9A-TV-Z]{6}$/i
const DANISH_PHONE_DIGITS = 8

/** What somebody who types this most likely looks for; it can be changed by hand. */
export function guessKind(typed: string): SearchKind {
  const words = typed.trim()
  const bare = words.replace(/[\s.-]/g, '')
  if (/^\+\d{8,15}$/.test(bare) || /^00\d{10,15}$/.test(bare)) return 'phone'
  if (/^\d{10}$/.test(bare)) return 'cpr'
  if (/^\d+$/.test(bare) && bare.length >= DANISH_PHONE_DIGITS) return 'phone'
  // Six letters may be a name as well as a code: a code is read aloud and written in capitals, or has a digit.
  if (CODE.test(bare) && (/\d/.test(bare) || bare === bare.toUpperCase())) return 'code'
  return 'alias'
}
