/** A server for one record behind `fetch`: it takes a write on the version it has and refuses the rest. */
import { vi } from 'vitest'

export interface Asked {
  method: string
  path: string
  version: number | null
  body: unknown
}

/** Answers what `answer` says to each request; the list of what was asked for comes back. */
export function serve(answer: (asked: Asked) => { status: number; body: unknown }): Asked[] {
  const all: Asked[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const match = new Headers(init.headers).get('if-match')
    const asked = {
      method: init.method ?? 'GET',
      path: new URL(url, 'https://test.invalid').pathname,
      version: match === null ? null : Number(match.replace(/\D/g, '')),
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : null,
    }
    all.push(asked)
    const { status, body } = answer(asked)
    return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
  })
  return all
}

/** What moving to another page needs of a browser. */
export function browse(): void {
  vi.stubGlobal('history', { pushState: () => undefined, replaceState: () => undefined })
  vi.stubGlobal('location', { pathname: '/', origin: 'https://test.invalid', href: 'https://test.invalid/' })
  vi.stubGlobal('window', { scrollTo: () => undefined, addEventListener: () => undefined })
}
