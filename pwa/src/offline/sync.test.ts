import { afterEach, describe, expect, it, vi } from 'vitest'
import { MemoryVault } from './memory-vault.ts'
import { readRecords } from './records.ts'
import { synchronise } from './sync.ts'

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
const page = (ids: string[], cursor: string, more: boolean) => ({
  changes: ids.map((id) => ({ entity: 'goal', id, op: 'put', data: { id, title: id } })),
  cursor,
  more,
  reset: false,
})

async function goals(vault: MemoryVault): Promise<string[]> {
  return (await readRecords(vault)).goals.map((each) => each.id)
}

function answerWith(...answers: (Response | Error)[]): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    const next = answers.shift()
    if (next instanceof Response) return next
    throw next ?? new TypeError('nothing more was expected')
  })
  return asked
}

afterEach(() => vi.unstubAllGlobals())

describe('synchronise', () => {
  it('goes on page by page from where it stands', async () => {
    const vault = new MemoryVault()
    const asked = answerWith(json(page(['a'], 'c1', true)), json(page(['b'], 'c2', false)))

    expect(await synchronise(vault)).toBe('done')

    expect(await goals(vault)).toEqual(['a', 'b'])
    expect(asked).toEqual(['/api/v1/citizen/sync/pull', '/api/v1/citizen/sync/pull?cursor=c1'])
  })

  it('keeps the pages that came when the line breaks, and goes on from there', async () => {
    const vault = new MemoryVault()
    answerWith(json(page(['a'], 'c1', true)), new TypeError('gone'))
    expect(await synchronise(vault)).toBe('later')

    const asked = answerWith(json(page(['b'], 'c2', false)))
    await synchronise(vault)

    expect(await goals(vault)).toEqual(['a', 'b'])
    expect(asked).toEqual(['/api/v1/citizen/sync/pull?cursor=c1'])
  })

  it('lets a load from the beginning replace what was here', async () => {
    const vault = new MemoryVault()
    await vault.write([{ table: 'record', key: 'goal:old', value: { id: 'old' } }])
    answerWith(json(page(['new'], 'c1', false)))

    await synchronise(vault)

    expect(await goals(vault)).toEqual(['new'])
  })

  it('knows that the server ended the session', async () => {
    answerWith(json({ code: 'session-ended' }, 401))

    expect(await synchronise(new MemoryVault())).toBe('ended')
  })

  it.each(['session-expired', 'not-signed-in'])('keeps what the phone has when the session is only %s', async (code) => {
    answerWith(json({ code }, 401))

    expect(await synchronise(new MemoryVault())).toBe('expired')
  })

  it('does not take a stranger on the line for the server', async () => {
    answerWith(new Response('<html>log in to the café</html>', { status: 401, headers: { 'Content-Type': 'text/html' } }))
    expect(await synchronise(new MemoryVault())).toBe('later')

    answerWith(new Response('<html>welcome</html>', { status: 200, headers: { 'Content-Type': 'text/html' } }))
    expect(await synchronise(new MemoryVault())).toBe('later')
  })

  it.each([429, 500, 503])('tries again later on %i', async (status) => {
    answerWith(json({ code: 'unavailable' }, status))

    expect(await synchronise(new MemoryVault())).toBe('later')
  })
})
