/** AES-GCM around every value on the phone, under a key that no script can read out. */

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>
  bytes: ArrayBuffer
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A new key; not extractable, so a copy of the database alone opens nothing elsewhere. */
export function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Seals a value to its place: the same bytes do not open under another name. */
export async function seal(key: CryptoKey, place: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const plain = encoder.encode(JSON.stringify(value))
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: encoder.encode(place) }, key, plain)
  return { iv, bytes }
}

/** Opens a sealed value; undefined if it was damaged or belongs somewhere else. */
export async function unseal(key: CryptoKey, place: string, sealed: Sealed): Promise<unknown> {
  try {
    const algorithm = { name: 'AES-GCM', iv: sealed.iv, additionalData: encoder.encode(place) }
    return JSON.parse(decoder.decode(await crypto.subtle.decrypt(algorithm, key, sealed.bytes)))
  } catch {
    return undefined
  }
}
