const VERSION_7 = 0x70
const VARIANT = 0x80

/** The first six bytes of a UUIDv7: milliseconds since 1970, so that newer sorts after older. */
function timeBytes(now: number): number[] {
  return [40, 32, 24, 16, 8, 0].map((bits) => Math.floor(now / 2 ** bits) % 256)
}

/** A UUIDv7, made before sending so that the same thing sent twice is one thing. */
export function newIdentifier(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes.set(timeBytes(now))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | VERSION_7
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | VARIANT
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
