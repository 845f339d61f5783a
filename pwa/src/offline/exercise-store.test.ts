import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deleteVault } from './vault.ts'

type Phone = typeof import('./phone.ts')
type Store = typeof import('./exercise-store.ts')

let phone: Phone
let store: Store

async function start(): Promise<void> {
  vi.resetModules()
  phone = await import('./phone.ts')
  store = await import('./exercise-store.ts')
  await phone.open()
}

const done = {
  ref: { library: 'as-to-a-friend' },
  on: '2026-11-23',
  outcome: 'done',
  how: 2,
  fields: { voice: 'Mine ord' },
  note: 'En linje',
  isOffered: false,
} as const

/** What was typed and not saved. */
const drafts = () => Object.fromEntries(Object.entries(phone.choices.value).filter(([key]) => key.startsWith('draft:')))

/** Everything that waits on this phone, as text. */
const waiting = () => JSON.stringify(phone.queue.value)

beforeEach(async () => {
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  await start()
})

afterEach(async () => {
  await phone.refresh()
  await phone.leave(false)
  await deleteVault()
  vi.unstubAllGlobals()
})

describe('what came of an exercise, without a network and without a pairing', () => {
  it('is there at once and after the app was closed, for nobody else', async () => {
    const id = await store.putAnswer(done)
    await start()

    expect(store.answers.value).toMatchObject([{ id, how: 2, fields: { voice: 'Mine ord' }, note: 'En linje', sharing: 'private', assignment_id: null }])
    expect(store.isSeen(store.answers.value[0]!)).toBe(false)
  })

  it('leaves no word on the phone when it is deleted for good', async () => {
    const id = await store.putAnswer(done)

    await store.eraseAnswer(id!)
    await start()

    expect(store.answers.value).toEqual([])
    expect(waiting()).not.toContain('Mine ord')
    expect(waiting()).not.toContain('En linje')
  })

  it('takes along what was typed to change it and not saved, and nothing else that was typed', async () => {
    const id = await store.putAnswer(done)
    const other = await store.putAnswer(done)
    await phone.choose(`draft:exercise-edit:${id}`, { voice: 'Halve ord' })
    await phone.choose(`draft:exercise-edit:${other}`, { voice: 'Andre halve ord' })

    await store.eraseAnswer(id!)

    const typed = { [`draft:exercise-edit:${other}`]: { voice: 'Andre halve ord' } }
    expect(drafts()).toEqual(typed)
    await start()
    expect(drafts()).toEqual(typed)
  })

  it('keeps both wordings of what was changed', async () => {
    const id = await store.putAnswer(done)

    await store.putAnswer({ ...done, fields: { voice: 'Andre ord' }, replaces: id })

    expect(store.answers.value.map((each) => each.fields['voice']).sort()).toEqual(['Andre ord', 'Mine ord'])
  })

  it('asks for one to be shared by itself where there is no yes, and names the last no that the phone knew', async () => {
    await store.putAnswer({ ...done, isOffered: true })

    expect(phone.queue.value[0]?.fields).toMatchObject({ sharing: 'shared', seen_no: 0 })
  })
})
