import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { getPlanOnPaper } from '../api/rights.ts'
import { saveFile } from './file.ts'

const offered: { href: string; download: string }[] = []

beforeEach(() => {
  offered.length = 0
  vi.useFakeTimers()
  vi.stubGlobal('document', {
    createElement: () => {
      const link = { href: '', download: '', click: () => void offered.push({ href: link.href, download: link.download }) }
      return link
    },
  })
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:here')
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined)
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('saveFile', () => {
  it('asks as the app does, not as a page, and offers what came under a name that tells nothing', async () => {
    const asked: [string, RequestInit][] = []
    vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
      asked.push([address, init])
      return new Response('%PDF-', { headers: { 'Content-Type': 'application/pdf' } })
    })

    expect(await saveFile('overblik.pdf', getPlanOnPaper)).toBe(true)

    expect(asked[0]?.[0]).toBe('/api/v1/citizen/plan.pdf')
    expect(asked[0]?.[1].cache).toBe('no-store')
    expect(offered).toEqual([{ href: 'blob:here', download: 'overblik.pdf' }])
    vi.runAllTimers()
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:here')
  })

  it.each([
    ['the server says no', async () => new Response('{"code":"unauthenticated"}', { status: 401 })],
    ['there is no network', () => Promise.reject(new TypeError('fetch failed'))],
    [
      'it breaks off on its way',
      async () => new Response(new ReadableStream({ start: (stream) => stream.error(new Error('cut')) })),
    ],
  ])('offers nothing when %s, and says so', async (_why, answer) => {
    vi.stubGlobal('fetch', answer)

    expect(await saveFile('overblik.pdf', getPlanOnPaper)).toBe(false)

    expect(offered).toEqual([])
  })
})
