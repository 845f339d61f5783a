/** Ids that a phone makes by itself, so that nothing has to wait for a server to be named. */

const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

function toUuid(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] as number) & 0x0f) | (version << 4)
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return toHex(bytes.subarray(0, 16)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** UUIDv7: sorts by the phone's clock, and nothing depends on that. */
export function newId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let place = 5, rest = Math.max(0, now); place >= 0; place -= 1, rest = Math.floor(rest / 256)) bytes[place] = rest % 256
  return toUuid(bytes, 7)
}

/** UUIDv5 of the mutation and the field: the server names the version alike, so a phone can write on top of it. */
export async function versionId(mutationId: string, field: string): Promise<string> {
  const namespace = Uint8Array.from(mutationId.replace(/-/g, '').match(/../g) ?? [], (pair) => parseInt(pair, 16))
  const name = new TextEncoder().encode(field)
  const joined = new Uint8Array(namespace.length + name.length)
  joined.set(namespace)
  joined.set(name, namespace.length)
  return toUuid(new Uint8Array(await crypto.subtle.digest('SHA-1', joined)), 5)
}
