/** The data key of the lock, and how a code of a few digits wraps it. */

/** The data key as it lies on the phone: only the right code unwraps it. */
export interface WrappedKey {
  salt: Uint8Array<ArrayBuffer>
  rounds: number
  iv: Uint8Array<ArrayBuffer>
  bytes: ArrayBuffer
}

/** An unwrapped data key, and what wraps it. */
export interface OpenedKey {
  dataKey: CryptoKey
  wrapping: CryptoKey
}

/** OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256. */
const ROUNDS = 600_000
const SALT_BYTES = 16
const IV_BYTES = 12
const DATA_KEY = { name: 'AES-GCM', length: 256 } as const
const USES: KeyUsage[] = ['encrypt', 'decrypt']

async function wrappingKey(pin: string, salt: BufferSource, rounds: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return crypto.subtle.deriveKey(how, typed, DATA_KEY, false, ['wrapKey', 'unwrapKey'])
}

function unwrap({ iv, bytes }: WrappedKey, wrapping: CryptoKey, extractable: boolean): Promise<CryptoKey> {
  return crypto.subtle.unwrapKey('raw', bytes, wrapping, { name: 'AES-GCM', iv }, DATA_KEY, extractable, USES)
}

async function wrap(dataKey: CryptoKey, pin: string): Promise<WrappedKey & { wrapping: CryptoKey }> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const wrapping = await wrappingKey(pin, salt, ROUNDS)
  const bytes = await crypto.subtle.wrapKey('raw', dataKey, wrapping, { name: 'AES-GCM', iv })
  return { salt, rounds: ROUNDS, iv, bytes, wrapping }
}

/** A fresh data key under this code. The key in use cannot be read out by any script. */
export async function makeKey(pin: string): Promise<{ wrapped: WrappedKey; dataKey: CryptoKey }> {
  const { wrapping, ...wrapped } = await wrap(await crypto.subtle.generateKey(DATA_KEY, true, USES), pin)
  return { wrapped, dataKey: await unwrap(wrapped, wrapping, false) }
}

/** Opens with the right code; null if it is a wrong one. */
export async function openKey(wrapped: WrappedKey, pin: string): Promise<OpenedKey | null> {
  const wrapping = await wrappingKey(pin, wrapped.salt, wrapped.rounds)
  const dataKey = await unwrap(wrapped, wrapping, false).catch(() => null)
  return dataKey && { dataKey, wrapping }
}

/** The same data key under a new code. */
export async function rewrapKey(wrapped: WrappedKey, { wrapping }: OpenedKey, pin: string): Promise<WrappedKey> {
  const { wrapping: _, ...anew } = await wrap(await unwrap(wrapped, wrapping, true), pin)
  return anew
}
