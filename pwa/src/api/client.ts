/** The one place that talks to the server. */

export interface ProblemBody {
  type?: string
  title?: string
  status?: number
  code?: string
  request_id?: string
  errors?: Record<string, string[]>
}

/** The server answered, and said no (RFC 9457). */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly fields: Record<string, string[]>
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null

  constructor(status: number, body: ProblemBody, retryAfter: string | null) {
    super(`${status} ${body.code ?? 'unknown'}`)
    this.name = 'ApiProblem'
    this.status = status
    this.code = body.code ?? 'unknown'
    this.fields = body.errors ?? {}
    this.requestId = body.request_id ?? null
    const seconds = Number(retryAfter)
    this.retryAfterSeconds = retryAfter && Number.isFinite(seconds) ? seconds : null
  }
}

/** No answer came: no network, a timeout, or something between us and the server. */
export class Unreachable extends Error {
  constructor() {
    super('unreachable')
    this.name = 'Unreachable'
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  /** Sent as If-Match: the version that the change was made from. */
  version?: number
  query?: Record<string, string | number | undefined>
  timeoutMs?: number
  signal?: AbortSignal
}

const PREFIX = '/api/v1'
/** Said with every request: an address bar cannot say it, also in a browser that does not say what it opens. */
const OUR_PAGES = { 'X-Requested-With': 'overblik' }
const TIMEOUT_MS = 20_000

function address(path: string, query: RequestOptions['query']): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return text ? `${PREFIX}${path}?${text}` : `${PREFIX}${path}`
}

function headersFor(options: RequestOptions, method: string): Headers {
  const headers = new Headers({ Accept: 'application/json, application/problem+json', ...OUR_PAGES })
  if (method !== 'GET') headers.set('Content-Type', 'application/json')
  if (options.version !== undefined) headers.set('If-Match', `"${options.version}"`)
  return headers
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    throw new Unreachable()
  }
}

async function readProblem(response: Response): Promise<ApiProblem> {
  const isJson = (response.headers.get('Content-Type') ?? '').includes('json')
  const body: unknown = isJson ? await response.json().catch(() => ({})) : {}
  return new ApiProblem(response.status, (body ?? {}) as ProblemBody, response.headers.get('Retry-After'))
}

function timer(options: RequestOptions): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const handle = setTimeout(abort, options.timeoutMs ?? TIMEOUT_MS)
  options.signal?.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    stop: () => {
      clearTimeout(handle)
      options.signal?.removeEventListener('abort', abort)
    },
  }
}

/**
 * Asks the server and gives back its JSON (undefined for 204).
 *
 * Throws `ApiProblem` when the server refuses and `Unreachable` when no answer came.
 */
export function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return exchange(path, options, async (response) => (response.status === 204 ? undefined : await readJson(response)) as T)
}

/** Fetches a file; throws as `request` does, also when it broke off on its way. */
export function requestFile(path: string, options: RequestOptions = {}): Promise<Blob> {
  return exchange(path, options, (response) =>
    response.blob().catch(() => {
      throw new Unreachable()
    }),
  )
}

async function exchange<T>(path: string, options: RequestOptions, read: (response: Response) => Promise<T>): Promise<T> {
  const method = options.method ?? 'GET'
  const limit = timer(options)
  try {
    const init: RequestInit = {
      method,
      headers: headersFor(options, method),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: limit.signal,
    }
    if (method !== 'GET') init.body = JSON.stringify(options.body ?? {})
    const response = await fetch(address(path, options.query), init).catch(() => {
      throw new Unreachable()
    })
    if (!response.ok) throw await readProblem(response)
    return await read(response)
  } finally {
    limit.stop()
  }
}
