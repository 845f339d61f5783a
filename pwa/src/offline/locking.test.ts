import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hasLockMark, readFarewell } from './farewell.ts'
import * as held from './held.ts'
import * as locking from './locking.ts'
import * as phone from './phone.ts'
import { addLine, planLines } from './plan-store.ts'
import { openVault } from './vault.ts'

// 600,000 rounds take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const SOLSORT = '0199a0f2-0000-7000-8000-000000000001'
const MUSVIT = '0199a0f2-0000-7000-8000-000000000002'
const PIN = '482915'
const WRONG = '739164'
const GOAL = 'Sove hele natten'
const WALK = 'Gå en tur'

let citizenId = SOLSORT
let isOnline = true
const asked: string[] = []

async function answerTo(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const address = String(input)
  asked.push(address)
  if (!isOnline) throw new TypeError('offline')
  if (address.endsWith('/public/pairings')) return Response.json({ citizen_id: citizenId, alias: 'x', language: 'da' }, { status: 201 })
  if (address.endsWith('/session')) return new Response(null, { status: 204 })
  if (address.endsWith('/citizen/me')) return Response.json({ id: citizenId })
  // What is written waits.
  if (init?.method === 'POST') throw new TypeError('offline')
  const goal = { id: citizenId, title: GOAL, origin: 'citizen', status: 'active', version: 1 }
  const changes = citizenId === SOLSORT ? [{ entity: 'goal', id: citizenId, op: 'put', data: goal }] : []
  return Response.json({ changes, cursor: 'a', more: false, reset: false })
}

const kept = new Map<string, string>()
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
}

const goals = () => phone.records.value.goals.map((each) => each.title)
const lines = () => planLines.value.map((line) => line.text[0]?.value)
const shown = () => JSON.stringify([phone.records.value, phone.queue.value, phone.choices.value, phone.replies.value])

/** The page is loaded anew: nothing of the old one is left but what the phone keeps. */
async function startAgain(): Promise<void> {
  held.doWithout()
  held.showNothing()
  held.standing.value = 'starting'
  held.lockState.value = 'none'
  await phone.open()
}

beforeEach(async () => {
  citizenId = SOLSORT
  isOnline = true
  kept.clear()
  vi.stubGlobal('localStorage', storage)
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('fetch', vi.fn(answerTo))
  await phone.open()
  await phone.pairWith('AAAABBBB')
  await phone.refresh()
  await addLine('own-actions', WALK)
  asked.length = 0
})

afterEach(async () => {
  vi.restoreAllMocks()
  isOnline = true
  await phone.leave(false)
  vi.unstubAllGlobals()
})

describe('a locked phone', () => {
  beforeEach(async () => {
    await locking.lockWith(PIN, true)
    await startAgain()
  })

  it('has nothing of the person in memory and asks the server for nothing', async () => {
    asked.length = 0

    await phone.refresh()
    await phone.reload()
    await phone.choose('anything', 1)

    expect(held.lockState.value).toBe('locked')
    expect(phone.standing.value).toBe('starting')
    expect([shown().includes(GOAL), shown().includes(WALK), phone.choices.value]).toEqual([false, false, {}])
    expect(asked).toEqual([])
  })

  it('shows the plan alone where its owner wants it so, and takes it back', async () => {
    await held.showPlanAlone()
    expect([lines(), goals()]).toEqual([[WALK], []])

    held.hidePlan()

    expect(lines()).toEqual([])
  })

  it('shows everything after the right code, and sends and fetches at once', async () => {
    asked.length = 0

    expect(await locking.unlock(PIN)).toEqual({ outcome: 'right' })
    await phone.refresh()

    expect([held.lockState.value, phone.standing.value, lines(), goals()]).toEqual(['open', 'paired', [WALK], [GOAL]])
    expect(asked.length).toBeGreaterThan(0)
  })

  it('stays shut after a wrong one', async () => {
    expect(await locking.unlock(WRONG)).toMatchObject({ outcome: 'wrong', left: 9 })

    expect([held.lockState.value, goals()]).toEqual(['locked', []])
  })

  it('shows nothing that a pull brings after it was locked', async () => {
    await locking.unlock(PIN)

    const pulling = phone.refresh()
    await held.lockNow()
    await pulling

    expect([held.lockState.value, shown().includes(GOAL)]).toEqual(['locked', false])
  })

  it('asks nobody who it is when the store does not open', async () => {
    held.doWithout()
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('broken', 'UnknownError')
    })
    asked.length = 0

    await startAgain()
    await phone.refresh()

    expect([held.lockState.value, asked, phone.standing.value]).toEqual(['stuck', [], 'starting'])
  })
})

describe('locking', () => {
  /** Something that reaches the store only when it is let go. */
  function underWay(): { kept: Promise<unknown>; letGo: () => void } {
    const vault = held.openedVault()
    let letGo = () => undefined as void
    const gate = new Promise<void>((resolve) => (letGo = resolve))
    const kept = held.guarded(gate.then(() => vault.write([{ table: 'state', key: 'draft:add:own-actions', value: 'Hør musik' }])))
    return { kept, letGo }
  }

  it('keeps what was under way, and drops the key after it', async () => {
    await locking.lockWith(PIN, false)
    const typing = underWay()

    const locked = held.lockNow()
    expect([held.lockState.value, held.lockableVault()?.isLocked()]).toEqual(['locked', false])
    typing.letGo()
    await locked

    expect([shown().includes('Hør musik'), held.lockableVault()?.isLocked()]).toEqual([false, true])
    await locking.unlock(PIN)
    expect(phone.choices.value['draft:add:own-actions']).toBe('Hør musik')
  })

  it('keeps what is still being typed, which pages put down when they are told', async () => {
    await locking.lockWith(PIN, false)
    vi.stubGlobal('dispatchEvent', () => void phone.choose('draft:add:own-actions', 'Hør musik'))

    await held.lockNow()
    vi.stubGlobal('dispatchEvent', undefined)

    await locking.unlock(PIN)
    expect(phone.choices.value['draft:add:own-actions']).toBe('Hør musik')
  })

  it('says of what comes too late that it was not kept, and keeps no half of it', async () => {
    await locking.lockWith(PIN, false)
    await held.lockNow()

    expect(await addLine('own-actions', 'Ring til Ida')).toBeNull()

    await locking.unlock(PIN)
    expect([lines(), phone.queue.value.length]).toEqual([[WALK], 1])
  })

  it('waits for the old key to go before a code opens again', async () => {
    await locking.lockWith(PIN, false)
    const typing = underWay()

    const locked = held.lockNow()
    const opening = locking.unlock(PIN)
    // Longer than a code takes to open: it must not, as long as something is under way.
    await Promise.race([opening, new Promise((resolve) => setTimeout(resolve, 1_500))])
    expect(held.lockState.value).toBe('locked')
    typing.letGo()
    await Promise.all([locked, opening])

    expect([held.lockState.value, held.lockableVault()?.isLocked()]).toEqual(['open', false])
  })
})

describe('a lock that another tab has turned on', () => {
  it('shuts this one as soon as it writes, and what was typed is not lost in silence', async () => {
    const other = await openVault()
    const { turnOn } = await import('./lock.ts')
    await turnOn(other, PIN, false)

    const id = await addLine('own-actions', 'Skrevet i den gamle fane')

    expect(id).toBeNull()
    await vi.waitFor(() => expect(held.lockState.value).toBe('locked'))
    other.close()
    await locking.unlock(PIN)
    expect(lines()).toEqual([WALK])
  })
})

describe('too many wrong codes', () => {
  async function loseIt(planOpen: boolean): Promise<void> {
    await locking.lockWith(PIN, planOpen)
    await startAgain()
    isOnline = false
    const vault = held.lockableVault()
    await vault?.amendLock((lock) => ({ lock: { ...lock, tries: 9 }, result: undefined }))
    expect(await locking.unlock(WRONG)).toEqual({ outcome: 'gone' })
  }

  it('end the session as soon as there is a network', async () => {
    await loseIt(false)
    expect([readFarewell(), held.lockState.value, hasLockMark()]).toEqual(['given-up', 'given-up', false])
    await startAgain()
    expect([readFarewell(), held.lockState.value, phone.standing.value]).toEqual(['given-up', 'given-up', 'unpaired'])

    isOnline = true
    asked.length = 0
    await phone.refresh()

    expect(asked.filter((address) => address.endsWith('/session'))).toHaveLength(1)
    expect(readFarewell()).toBeNull()
    expect([lines(), goals()]).toEqual([[], []])
  })

  it('leave the plan that opens without a code, also at the next start without a network', async () => {
    await loseIt(true)
    await startAgain()

    expect([lines(), goals(), phone.standing.value]).toEqual([[WALK], [], 'unpaired'])
  })

  it('leave it to the same person’s new pairing', async () => {
    await loseIt(true)
    isOnline = true
    await locking.putAwayGivenUp()

    await phone.pairWith('CCCCDDDD')

    expect([lines(), phone.choices.value['was_paired']]).toEqual([[WALK], undefined])
  })

  it('never let it meet somebody else’s', async () => {
    await loseIt(true)
    isOnline = true
    await locking.putAwayGivenUp()
    citizenId = MUSVIT

    await phone.pairWith('CCCCDDDD')
    await phone.refresh()

    expect([lines(), phone.queue.value]).toEqual([[], []])
  })
})

describe('forgetting the phone at the lock', () => {
  it('leaves no mark of a lock', async () => {
    await locking.lockWith(PIN, true)
    await startAgain()
    expect(hasLockMark()).toBe(true)

    await phone.leave(false)

    expect([hasLockMark(), held.lockState.value, phone.standing.value]).toEqual([false, 'none', 'unpaired'])
    expect(await indexedDB.databases()).toEqual([])
  })
})
