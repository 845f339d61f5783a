const LIFETIME_MS = 600_000

/**
 * How long a code that just arrived will work.
 *
 * The clock of this computer may be wrong; then the ten minutes are counted from the arrival.
 */
export function lifetime(expiresAt: string, arrived: number): number {
  const left = Date.parse(expiresAt) - arrived
  return left > 0 && left <= LIFETIME_MS ? left : LIFETIME_MS
}

/** 9:05, or 0:00 when it is over. */
export function clockFace(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
