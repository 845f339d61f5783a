import { afterEach, describe, expect, it, vi } from 'vitest'
import { answerPush, json, refusePush, type Sent } from '../../tests/offline/push.ts'
import { ApiProblem, Unreachable } from '../api/client.ts'
import { MemoryVault } from './memory-vault.ts'
import { enqueue, getClient, listMutations, type Draft } from './mutations.ts'
import { pushAll } from './push.ts'

const goal = (title: string): Draft => ({ entity: 'goal', entity_id: title, op: 'put', fields: { title: { value: title, base_version: 0 } } })

async function vaultWith(...titles: string[]): Promise<MemoryVault> {
  const vault = new MemoryVault()
  for (const title of titles) await enqueue(vault, () => ({ drafts: [goal(title)] }))
  return vault
}

async function statuses(vault: MemoryVault): Promise<string[]> {
  return (await listMutations(vault)).map((row) => row.value.status)
}

/** Answers as a server that has taken in `last` changes of this phone. */
function serverAt(last: number): Sent[] {
  const taken: Sent[] = []
  vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
    const { mutations } = JSON.parse(String(init.body)) as { mutations: Sent[] }
    const results = []
    for (const sent of mutations) {
      if (sent.client_seq !== last + 1) return json({ code: 'sequence-gap', errors: { client_seq: [String(last + 1)] } }, 409)
      last += 1
      taken.push(sent)
      results.push({ mutation_id: sent.mutation_id, client_seq: last, result: 'applied', data: null, problem: null })
    }
    return json({ results, last_seq: last })
  })
  return taken
}

afterEach(() => vi.unstubAllGlobals())

describe('pushAll', () => {
  it('sends in the order in which the person made the changes, numbered without a gap', async () => {
    const vault = await vaultWith('a', 'b', 'c')
    const sent = answerPush(() => ({ result: 'applied' }))

    await pushAll(vault)

    expect(sent.map((each) => [each.entity_id, each.client_seq])).toEqual([['a', 1], ['b', 2], ['c', 3]])
    expect(await statuses(vault)).toEqual(['answered', 'answered', 'answered'])
  })

  it('sends at most a hundred at once', async () => {
    const vault = await vaultWith(...Array.from({ length: 130 }, (_, number) => `m${number}`))
    const sizes: number[] = []
    vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
      const { mutations } = JSON.parse(String(init.body)) as { mutations: Sent[] }
      sizes.push(mutations.length)
      return json({ results: mutations.map((each) => ({ ...each, result: 'applied', data: null, problem: null })), last_seq: 0 })
    })

    await pushAll(vault)

    expect(sizes).toEqual([100, 30])
  })

  it('says the same again under the same number when the answer was lost', async () => {
    const vault = await vaultWith('a')
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('gone')))
    await expect(pushAll(vault)).rejects.toBeInstanceOf(Unreachable)
    const [before] = await listMutations(vault)

    const sent = answerPush(() => ({ result: 'duplicate' }))
    await pushAll(vault)

    expect(sent).toMatchObject([{ mutation_id: before?.value.mutation_id, client_seq: 1 }])
    expect(await statuses(vault)).toEqual(['answered'])
  })

  it('keeps the words of a refused change and goes on', async () => {
    const vault = await vaultWith('a', 'b')
    const refusal = { result: 'rejected_permission', data: { rejected_edit: 'r1' }, problem: { code: 'forbidden' } }
    answerPush((sent) => (sent.entity_id === 'a' ? refusal : { result: 'applied' }))

    await pushAll(vault)

    const [first, second] = (await listMutations(vault)).map((row) => row.value)
    expect(first).toMatchObject({ status: 'refused', rejected_id: 'r1', code: 'forbidden', fields: { title: { value: 'a' } } })
    expect(second).toMatchObject({ status: 'answered' })
  })

  it('knows a refusal also when it comes a second time', async () => {
    const vault = await vaultWith('a')
    answerPush(() => ({ result: 'duplicate', data: { rejected_edit: 'r1' }, problem: { code: 'forbidden' } }))

    await pushAll(vault)

    expect(await statuses(vault)).toEqual(['refused'])
  })

  it.each([0, 1, 7])('numbers anew when the server has taken in %i', async (last) => {
    const vault = await vaultWith('a', 'b')
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('gone')))
    await pushAll(vault).catch(() => undefined)
    const taken = serverAt(last)

    await pushAll(vault)

    expect(taken.map((each) => [each.entity_id, each.client_seq])).toEqual([['a', last + 1], ['b', last + 2]])
    expect((await getClient(vault, [])).next_seq).toBe(last + 3)
  })

  it('becomes a new client where the server does not know it', async () => {
    const vault = await vaultWith('a')
    const clients: string[] = []
    vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
      const { client_id, mutations } = JSON.parse(String(init.body)) as { client_id: string; mutations: Sent[] }
      clients.push(client_id)
      if (clients.length === 1) return json({ code: 'not-found' }, 404)
      return json({ results: mutations.map((each) => ({ ...each, result: 'applied', data: null, problem: null })), last_seq: 1 })
    })

    await pushAll(vault)

    expect(new Set(clients).size).toBe(2)
    expect(await statuses(vault)).toEqual(['answered'])
  })

  it('lets one change that the server cannot read hold up none of the others', async () => {
    const vault = await vaultWith('a', 'bad', 'c')
    let last = 0
    vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
      const { mutations } = JSON.parse(String(init.body)) as { mutations: Sent[] }
      if (mutations.some((each) => each.entity_id === 'bad')) return json({ code: 'invalid', errors: {} }, 422)
      if (mutations[0]?.client_seq !== last + 1) return json({ code: 'sequence-gap', errors: { client_seq: [`${last + 1}`] } }, 409)
      last += mutations.length
      return json({ results: mutations.map((each) => ({ ...each, result: 'applied', data: null, problem: null })), last_seq: last })
    })

    await pushAll(vault)

    expect(await statuses(vault)).toEqual(['answered', 'refused', 'answered'])
  })

  it.each([
    [401, 'session-ended', {}],
    [429, 'too-many', {}],
    [503, 'unavailable', {}],
    [409, 'conflict', {}],
    [422, 'unknown', {}],
    [422, 'invalid', { 'mutations.0.schema_version': ['This server does not know this version.'] }],
  ])('waits with everything on %i %s', async (status, code, errors) => {
    const vault = await vaultWith('a')
    refusePush(status, code, errors)

    await expect(pushAll(vault)).rejects.toBeInstanceOf(ApiProblem)

    expect(await statuses(vault)).toEqual(['waiting'])
  })

  it('does not take an answer about something else for its own', async () => {
    const vault = await vaultWith('a')
    answerPush(() => ({ result: 'applied', mutation_id: 'another' }))

    await expect(pushAll(vault)).rejects.toBeInstanceOf(Unreachable)

    expect(await statuses(vault)).toEqual(['waiting'])
  })

  it('does not take a page that is no answer for one', async () => {
    const vault = await vaultWith('a')
    vi.stubGlobal('fetch', async () => json({ hello: 'world' }))

    await expect(pushAll(vault)).rejects.toBeInstanceOf(Unreachable)
  })
})
