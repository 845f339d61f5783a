/** Pairing codes: 8 characters of Crockford's alphabet, which has no I, L, O and U. */

const LENGTH = 8
const ALPHABET = /^[0-9A-HJKMNP-TV-Z]+$/

/** What a person meant: case, spaces, dashes and look-alike letters do not matter. Null if it is no whole code. */
export function readCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s.\-–_]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return code.length === LENGTH && ALPHABET.test(code) ? code : null
}

/** The code in what a camera saw: our own address with the code behind the #, or the code alone. */
export function codeFromScan(scanned: string): string | null {
  const fragment = /\/par#([^#]+)$/.exec(scanned)
  return readCode(fragment?.[1] ?? scanned)
}

/** "ABCD-EFGH" */
export function showCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`
}

/** Takes the code out of the address, so that neither history nor a shared link keeps it. */
export function takeCodeFromAddress(place: Location, past: History): string | null {
  if (place.pathname !== '/par' || place.hash === '') return null
  const code = readCode(place.hash.slice(1))
  past.replaceState(null, '', '/par')
  return code
}
