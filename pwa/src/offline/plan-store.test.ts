import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DATABASE_NAME, deleteVault } from './vault.ts'

type Phone = typeof import('./phone.ts')
type Store = typeof import('./plan-store.ts')

let phone: Phone
let store: Store

/** The app starts anew: only what is stored is left. */
async function start(): Promise<void> {
  vi.resetModules()
  phone = await import('./phone.ts')
  store = await import('./plan-store.ts')
  await phone.open()
}

const lines = () => store.planLines.value.map((line) => line.text.map((head) => head.value).join(' | '))

async function add(text: string, section: 'own-actions' | 'warning-signs' = 'own-actions'): Promise<string> {
  return (await store.addLine(section, text)) as string
}

beforeEach(async () => {
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('no network'))))
  await start()
})

afterEach(async () => {
  await phone.leave(false)
  await deleteVault()
  vi.unstubAllGlobals()
})

describe('a plan on a phone that is not paired', () => {
  it('is there after the next start, without a network', async () => {
    await add('Gå en tur')
    await add('Jeg sover ikke', 'warning-signs')

    await start()

    expect(lines()).toEqual(['Jeg sover ikke', 'Gå en tur'])
    expect(store.pending.value).toBe(2)
    expect(fetch).not.toHaveBeenCalled()
  })

  it('takes new words, a number, and a day to look at it again', async () => {
    const id = await add('Bo')

    await store.editText(id, 'Bo, min bror')
    await store.editPhone(id, '12 34 56 78')
    await store.setReview('2027-01-04')

    expect(lines()).toEqual(['Bo, min bror'])
    expect(store.planLines.value[0]?.phone.map((head) => head.value)).toEqual(['12 34 56 78'])
    expect(store.plan.value.review_on).toBe('2027-01-04')
  })

  it('moves lines, and stays where the ends are', async () => {
    const ids = [await add('1'), await add('2'), await add('3')]

    await store.moveLine(ids[2] as string, 'up')
    await store.moveLine(ids[0] as string, 'up')
    await store.moveLine(ids[1] as string, 'down')

    expect(lines()).toEqual(['1', '3', '2'])
  })

  it('ties a sign to what the person can do, and unties it', async () => {
    const [sign, action] = [await add('Jeg sover ikke', 'warning-signs'), await add('Gå en tur')]

    await store.linkAction(sign, action, true)
    expect(store.planLines.value[0]?.links).toEqual([action])

    await store.linkAction(sign, action, false)
    expect(store.planLines.value[0]?.links).toEqual([])
  })

  it('takes a line out and lets it come back', async () => {
    const id = await add('Gå en tur')

    await store.removeLine(id)
    expect(lines()).toEqual([])

    await store.restoreLine(id)
    expect(lines()).toEqual(['Gå en tur'])
    expect(store.planLines.value[0]?.restored).toBe(false)
  })

  it('leaves no word of a line that is erased for good, neither on the page nor in the queue', async () => {
    const id = await add('Hemmeligt')
    await store.editText(id, 'Endnu mere hemmeligt')

    await store.eraseLine(id)

    expect(lines()).toEqual([])
    expect(JSON.stringify([phone.queue.value, phone.records.value])).not.toContain('emmeligt')
    expect(phone.queue.value.map((each) => each.op)).toEqual(['erase'])
    await start()
    expect(JSON.stringify([phone.queue.value, phone.records.value])).not.toContain('emmeligt')
  })

  it('keeps one text while the same person goes on writing from the same page', async () => {
    const id = await add('G')
    const seen = store.planLines.value[0]?.text.map((head) => head.version) ?? []

    await store.editText(id, 'Gå', seen)
    await store.editText(id, 'Gå en tur', seen)

    expect(lines()).toEqual(['Gå en tur'])
  })

  it('keeps every change that is made at once', async () => {
    await Promise.all(['1', '2', '3', '4', '5'].map((text) => add(text)))

    expect(lines()).toEqual(['1', '2', '3', '4', '5'])
    expect(new Set(phone.queue.value.map((each) => each.mutation_id)).size).toBe(5)
  })

  it('says so when the phone will not store a change, and then nothing of it is there', async () => {
    const id = await add('Gå en tur')
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })

    expect(await store.editText(id, 'Noget andet')).toBe(false)
    expect(await store.addLine('own-actions', 'Nyt')).toBeNull()

    expect(phone.storage.value).toBe('full')
    put.mockRestore()
    await start()
    expect(lines()).toEqual(['Gå en tur'])
  })

  it('is one plan in two tabs that write at the same time', async () => {
    const first = store
    vi.resetModules()
    const otherPhone = await import('./phone.ts')
    const other = await import('./plan-store.ts')
    await otherPhone.open()

    await Promise.all([first, other, first, other].map((tab, number) => tab.addLine('own-actions', `${number}`)))
    await start()

    expect(lines().sort()).toEqual(['0', '1', '2', '3'])
  })

  it('is forgotten whole', async () => {
    await add('Gå en tur')

    await phone.leave(false)

    expect(lines()).toEqual([])
    expect((await indexedDB.databases()).map((each) => each.name)).not.toContain(DATABASE_NAME)
  })
})
