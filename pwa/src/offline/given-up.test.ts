/** What is left after the lock gave up: whose it is, who may change it, and what waits in it. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readFarewell, writeFarewell } from './farewell.ts'
import * as held from './held.ts'
import { giveUp, turnOn } from './lock.ts'
import * as locking from './locking.ts'
import { enqueue, listMutations } from './mutations.ts'
import * as phone from './phone.ts'
import { addLine, editText, eraseLine, planLines } from './plan-store.ts'
import { openVault } from './vault.ts'

// 600,000 rounds take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const SOLSORT = '0199a0f2-0000-7000-8000-000000000001'
const PIN = '482915'
const LINES = ['Gå en tur', 'Ring til Ida', 'Drik te']
const DAY = 'Sov først'

const sent: string[] = []
let isOnline = false

async function answerTo(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const address = String(input)
  if (!isOnline) throw new TypeError('offline')
  if (address.endsWith('/public/pairings')) return Response.json({ citizen_id: SOLSORT, alias: 'x', language: 'da' }, { status: 201 })
  if (address.endsWith('/session')) return new Response(null, { status: 204 })
  if (init?.method === 'POST') {
    const { mutations } = JSON.parse(String(init.body)) as { mutations: { mutation_id: string; client_seq: number; fields: object }[] }
    sent.push(...mutations.map(({ fields }) => (fields as { text: { value: string } }).text.value))
    return Response.json({ results: mutations.map((each) => ({ ...each, result: 'applied', data: null, problem: null })) })
  }
  return Response.json({ changes: [], cursor: 'a', more: false, reset: false })
}

const kept = new Map<string, string>()
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
}

const shown = () => planLines.value.map((line) => line.text[0]?.value)
const waiting = async () => (await listMutations(held.openedVault())).map((row) => row.key)

async function startAgain(): Promise<void> {
  held.doWithout()
  held.showNothing()
  held.standing.value = 'starting'
  held.lockState.value = 'none'
  await phone.open()
}

async function pair(isOwnPlan?: boolean): Promise<void> {
  isOnline = true
  await phone.pairWith('AAAABBBB', false, isOwnPlan)
}

async function writeLines(): Promise<void> {
  for (const line of LINES) await addLine('own-actions', line)
}

async function forgetTheCode(): Promise<void> {
  await locking.lockWith(PIN, true)
  await startAgain()
  expect(await locking.loseWhatIsLocked()).toBe(true)
  await locking.putAwayGivenUp()
}

beforeEach(async () => {
  kept.clear()
  sent.length = 0
  isOnline = false
  vi.stubGlobal('localStorage', storage)
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('fetch', vi.fn(answerTo))
  await phone.open()
})

afterEach(async () => {
  vi.restoreAllMocks()
  isOnline = true
  await phone.leave(false)
  vi.unstubAllGlobals()
})

describe('a plan that was left in the open', () => {
  beforeEach(async () => {
    await pair()
    await phone.refresh()
    isOnline = false
    await writeLines()
    await forgetTheCode()
  })

  it('can be read and not changed: nobody has shown whose it is', async () => {
    const [first] = planLines.value

    const tried = [
      await addLine('own-actions', DAY),
      await editText(first?.id as string, DAY),
      await eraseLine(first?.id as string),
      await phone.change(() => ({ drafts: [{ entity: 'goal', entity_id: SOLSORT, op: 'put', fields: {} }] })),
    ]

    expect(tried).toEqual([null, false, false, false])
    expect([shown(), await waiting()]).toEqual([LINES, ['000000000001', '000000000002', '000000000003']])
    expect(held.isUnproved.value).toBe(true)
  })

  it('stays so at the next start, and no code is put before it', async () => {
    await startAgain()

    expect([held.isUnproved.value, shown()]).toEqual([true, LINES])
    expect((await locking.lockWith('730618', false)).outcome).toBe('gone')
    expect([held.lockState.value, shown()]).toEqual(['none', LINES])
  })

  it('goes on when the same person pairs again: what waited and what is new are all sent', async () => {
    await pair()
    isOnline = false
    await addLine('own-actions', DAY)
    expect([held.isUnproved.value, shown()]).toEqual([false, [...LINES, DAY]])
    isOnline = true

    await phone.refresh()

    expect([...new Set(sent)]).toEqual([...LINES, DAY])
  })
})

describe('a plan left on a phone that was never connected', () => {
  beforeEach(async () => {
    await writeLines()
    await forgetTheCode()
  })

  it('joins nobody who was not asked', async () => {
    expect(phone.mustAskWhosePlan.value).toBe(true)

    await expect(pair()).rejects.toBeInstanceOf(phone.PlanUnanswered)

    expect([phone.standing.value, shown(), sent]).toEqual(['unpaired', LINES, []])
  })

  it('comes along with a yes', async () => {
    await pair(true)
    expect([shown(), phone.mustAskWhosePlan.value]).toEqual([LINES, false])
    await phone.refresh()

    expect([...new Set(sent)]).toEqual(LINES)
  })

  it('is gone with a no, and nothing of it is sent', async () => {
    await pair(false)
    await phone.refresh()

    expect([phone.standing.value, shown(), sent]).toEqual(['paired', [], []])
    expect(await held.openedVault().list('mutation')).toEqual([])
  })

  it('is kept when the code for the phone is wrong', async () => {
    vi.stubGlobal('fetch', async () => new Response('{"code":"pairing-code-invalid"}', { status: 404, headers: { 'Content-Type': 'application/problem+json' } }))

    await expect(phone.pairWith('AAAABBBB', false, false)).rejects.toThrow()

    expect([shown(), phone.mustAskWhosePlan.value]).toEqual([LINES, true])
  })
})

describe('the queue', () => {
  it('gives no place twice, though the client itself was lost', async () => {
    const vault = await openVault()
    const line = (text: string) => ({ entity: 'plan_line' as const, entity_id: SOLSORT, op: 'put' as const, fields: { text: { value: text, parents: [] } } })
    for (const words of LINES) await enqueue(vault, () => ({ drafts: [line(words)] }))
    await vault.write([{ table: 'state', key: 'client' }])

    await enqueue(vault, () => ({ drafts: [line(DAY)] }))

    expect((await listMutations(vault)).map((row) => (row.value.fields['text'] as { value: string }).value)).toEqual([...LINES, DAY])
    vault.close()
  })
})

describe('giving up', () => {
  it('that the phone refuses changes nothing, and the session goes on', async () => {
    await pair()
    await locking.lockWith(PIN, true)
    vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
      throw new DOMException('no', 'QuotaExceededError')
    })

    expect(await locking.loseWhatIsLocked()).toBe(false)

    expect([readFarewell(), held.lockableVault()?.lock.wrapped !== null]).toEqual([null, true])
  })

  it('that was cut off before it happened ends no session', async () => {
    await pair()
    await locking.lockWith(PIN, true)
    writeFarewell('giving-up')

    await startAgain()

    expect([readFarewell(), held.lockState.value]).toEqual([null, 'locked'])
  })

  it('that was cut off after it happened ends the session all the same', async () => {
    await pair()
    await locking.lockWith(PIN, true)
    writeFarewell('giving-up')
    await giveUp(held.lockableVault() as NonNullable<ReturnType<typeof held.lockableVault>>)

    await startAgain()

    expect([readFarewell(), held.lockState.value]).toEqual(['given-up', 'given-up'])
  })

  it('leaves a lock alone that another tab has taken away meanwhile', async () => {
    await pair()
    await locking.lockWith(PIN, true)
    const other = await openVault()
    await other.amendLock((lock) => ({ lock: { ...lock, wrapped: null, generation: lock.generation + 1 }, result: null }))

    await locking.loseWhatIsLocked()

    expect([readFarewell(), phone.standing.value]).toEqual([null, 'paired'])
    other.close()
  })
})

describe('a store that does not answer', () => {
  beforeEach(async () => {
    await writeLines()
    await locking.lockWith(PIN, true)
    await startAgain()
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('lost', 'UnknownError')
    })
  })

  it('is said where a code is typed or the plan is asked for, and nothing is claimed', async () => {
    expect(await locking.unlock(PIN)).toEqual({ outcome: 'stuck' })
    expect(await held.showPlanAlone()).toBe(false)
    expect(await locking.wasConnected()).toBeNull()
    expect(await locking.loseWhatIsLocked()).toBe(false)
    expect([held.lockState.value, held.planAtHand.value, readFarewell()]).toEqual(['locked', false, null])
  })

  it('gives everything as soon as it answers again', async () => {
    await locking.unlock(PIN)

    vi.restoreAllMocks()

    expect(await held.showPlanAlone()).toBe(true)
    expect(shown()).toEqual(LINES)
    expect(await locking.unlock(PIN)).toEqual({ outcome: 'right' })
    expect(shown()).toEqual(LINES)
  })
})

describe('a message about the lock from another tab', () => {
  it('means nothing on a device where nothing is kept', async () => {
    isOnline = true
    await phone.pairWith('AAAABBBB', true)
    const other = await openVault()
    await turnOn(other, PIN, false)

    await held.reopen()

    expect([phone.standing.value, held.lockState.value, held.openedVault().durable]).toEqual(['paired', 'none', false])
    other.close()
  })
})

describe('a phone that has lost what it kept', () => {
  it('says so instead of showing an empty plan, and asks nobody', async () => {
    await pair()
    await phone.refresh()
    held.openedVault().close()
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name as string)
    vi.mocked(fetch).mockClear()

    await startAgain()
    await phone.refresh()

    expect([phone.lostAll.value, phone.standing.value, phone.isInUse.value]).toEqual([true, 'unpaired', true])
    expect(fetch).not.toHaveBeenCalled()
  })

  it('is whole again with a new code', async () => {
    kept.set('paired', '1')
    await startAgain()
    expect(phone.lostAll.value).toBe(true)

    await pair()
    await phone.refresh()

    expect([phone.lostAll.value, phone.standing.value]).toEqual([false, 'paired'])
  })

  it('is not one that was forgotten on purpose, or never connected', async () => {
    await startAgain()
    expect(phone.lostAll.value).toBe(false)
    await pair()
    await phone.refresh()
    expect(kept.get('paired')).toBe('1')

    await phone.leave(false)
    kept.delete('farewell')
    await startAgain()

    expect([phone.lostAll.value, kept.has('paired')]).toEqual([false, false])
  })
})

describe('what a page has heard beside the records', () => {
  it('goes when nothing may be shown', async () => {
    const reset = vi.fn()
    held.whenNothingIsShown(reset)
    await addLine('own-actions', DAY)
    await locking.lockWith(PIN, true)

    await held.lockNow()
    expect(reset).toHaveBeenCalledOnce()
    await locking.loseWhatIsLocked()
    expect(reset.mock.calls.length).toBeGreaterThan(1)
    reset.mockClear()
    await phone.leave(false)
    expect(reset).toHaveBeenCalled()
  })
})
