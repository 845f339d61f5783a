/** What a browser gives to the app, for plain Node: a store, cookies, a clock that can be wrong, and a wire. */
import { request as httpRequest, type IncomingMessage } from 'node:http'

interface Environment {
  baseUrl: string
  /** Which paths have a network now; everything else is out of reach. */
  reach: (path: string, method: string) => boolean
  clockOffsetMs: number
  cookies: Map<string, string>
  /** How often the app can still begin to write; after that it is as good as killed. */
  writesLeft: number
}

export const environment: Environment = {
  baseUrl: '',
  reach: () => false,
  clockOffsetMs: 0,
  cookies: new Map(),
  writesLeft: Infinity,
}

const items = new Map<string, string>()

const storage = {
  getItem: (key: string) => items.get(key) ?? null,
  setItem: (key: string, value: string) => void items.set(key, value),
  removeItem: (key: string) => void items.delete(key),
}

const RealDate = Date

class WrongDate extends RealDate {
  constructor(...said: unknown[]) {
    if (said.length === 0) super(WrongDate.now())
    else super(...(said as [number]))
  }

  static override now(): number {
    return RealDate.now() + environment.clockOffsetMs
  }
}

function keepCookies(answer: IncomingMessage): void {
  for (const line of answer.headers['set-cookie'] ?? []) {
    const [pair = '', ...attributes] = line.split(';')
    const place = pair.indexOf('=')
    const [name, value] = [pair.slice(0, place).trim(), pair.slice(place + 1).trim()]
    const isOver = value === '' || attributes.some((each) => /^\s*max-age=0\s*$/i.test(each))
    if (isOver) environment.cookies.delete(name)
    else environment.cookies.set(name, value)
  }
}

function headersOf(init: RequestInit): Record<string, string> {
  const headers = Object.fromEntries(new Headers(init.headers))
  const cookie = [...environment.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  return { ...headers, 'sec-fetch-site': 'same-origin', connection: 'close', ...(cookie && { cookie }) }
}

const isRedirect = (status: number) => status >= 300 && status < 400

function exchange(path: string, init: RequestInit): Promise<Response> {
  const method = init.method ?? 'GET'
  return new Promise((resolve, reject) => {
    const lost = () => reject(new TypeError('fetch failed'))
    if (!environment.reach(path, method)) return lost()
    const options = { method, headers: headersOf(init), agent: false as const }
    const going = httpRequest(new URL(path, environment.baseUrl), options, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', lost)
      answer.on('aborted', lost)
      answer.on('end', () => {
        const status = answer.statusCode ?? 0
        if (!answer.complete || isRedirect(status)) return lost()
        keepCookies(answer)
        const headers = new Headers({ 'Content-Type': answer.headers['content-type'] ?? '' })
        if (answer.headers['retry-after']) headers.set('Retry-After', answer.headers['retry-after'])
        const body = Buffer.concat(parts)
        resolve(new Response(status === 204 ? null : body, { status, headers }))
      })
    })
    going.on('error', lost)
    init.signal?.addEventListener('abort', () => going.destroy(new Error('aborted')))
    going.end(init.body as string | undefined)
  })
}

/** From the write on that comes too late nothing reaches the store any more. */
function countWrites(): void {
  const begin = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (stores, mode, ...more) {
    if (mode === 'readwrite') environment.writesLeft -= 1
    return begin.call(this, stores, mode, ...more)
  }
  for (const name of ['put', 'delete', 'clear'] as const) {
    const write = IDBObjectStore.prototype[name] as (...said: unknown[]) => IDBRequest
    const refuse = function (this: IDBObjectStore, ...said: unknown[]) {
      if (environment.writesLeft < 0) throw new DOMException('killed', 'AbortError')
      return write.apply(this, said)
    }
    Object.defineProperty(IDBObjectStore.prototype, name, { value: refuse })
  }
}

/** A phone as it comes out of the box. */
export async function forgetEverything(databases: readonly string[]): Promise<void> {
  environment.cookies.clear()
  environment.clockOffsetMs = 0
  await evict(databases)
}

/** What the system takes away when it needs the room: all that the app has stored, and not its cookie. */
export async function evict(databases: readonly string[]): Promise<void> {
  items.clear()
  for (const name of databases) {
    await new Promise((resolve) => {
      const gone = indexedDB.deleteDatabase(name)
      gone.onsuccess = gone.onerror = resolve
    })
  }
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
}

/** Puts it all in place. */
export function install(): void {
  define('navigator', {})
  define('localStorage', storage)
  define('BroadcastChannel', undefined)
  define('Date', WrongDate)
  define('fetch', exchange)
  countWrites()
}
