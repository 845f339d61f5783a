import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Goal, Profile } from '../api/citizen.ts'
import { deleteVault } from './vault.ts'

type Phone = typeof import('./phone.ts')
type Own = typeof import('./own.ts')

let phone: Phone
let own: Own
/** What the server holds and tells at the next pull. */
let goals: Goal[]
let version: number

const ME = '0197aaaa-0000-7000-8000-000000000001'
const GOAL = '0197aaaa-0000-7000-8000-000000000002'
const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })

const put = (entity: string, id: string, data: unknown) => ({ entity, id, op: 'put', data })

function page() {
  const profile = { id: ME, reminders: { appointments: true, two_hours_before: false, paused_until: null, version } }
  const changes = [put('profile', ME, profile as unknown as Profile), ...goals.map((goal) => put('goal', goal.id, goal))]
  return { changes, cursor: 'c', more: false, reset: false }
}

/** A network on which the server answers every pull and no push. */
const online = () =>
  vi.stubGlobal('fetch', async (address: string) => {
    if (address.includes('/sync/pull')) return json(page())
    if (address.includes('/public/pairings')) return json({ citizen_id: ME, alias: 'A', language: 'da' })
    throw new TypeError('no network')
  })
const offline = () => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))

async function start(): Promise<void> {
  vi.resetModules()
  phone = await import('./phone.ts')
  own = await import('./own.ts')
  await phone.open()
}

beforeEach(async () => {
  goals = [{ id: GOAL, title: 'Sove', titles: ['Sove'], origin: 'staff', status: 'active', version: 4 }]
  version = 3
  vi.stubGlobal('navigator', {})
  online()
  await start()
  await phone.pairWith('ABCD2345')
  await phone.refresh()
  offline()
})

afterEach(async () => {
  await phone.refresh()
  await phone.leave(false)
  await deleteVault()
  vi.unstubAllGlobals()
})

const waiting = () => phone.queue.value.map(({ mutation_id: id, fields }) => ({ id, fields }))
const goal = () => phone.records.value.goals.find((each) => each.id === GOAL)

describe('where a goal stands', () => {
  it('is said on the phone without a network, also of a goal that a counsellor wrote, and is there after a restart', async () => {
    await own.putGoal(GOAL, { status: 'completed' })
    await phone.refresh()
    await start()

    expect(goal()?.status).toBe('completed')
    expect(goal()?.title).toBe('Sove')
    expect(waiting().map(({ fields }) => fields)).toEqual([{ status: 'completed' }])
  })

  it('can be taken back before anybody has heard of it', async () => {
    await own.putGoal(GOAL, { status: 'completed' })
    await own.putGoal(GOAL, { status: 'active' })

    expect(goal()?.status).toBe('active')
  })
})

describe('the words of a goal', () => {
  it('name the version that the server told and own changes after it, never a version that is only guessed', async () => {
    await own.putGoal(GOAL, { status: 'on-hold' })
    await own.putGoal(GOAL, { title: 'Sove mere' })
    await own.putGoal(GOAL, { title: 'Sove godt' })

    const [, first, second] = waiting()
    expect(first?.fields['title']).toEqual({ value: 'Sove mere', base_version: 4, after: [] })
    expect(second?.fields['title']).toEqual({ value: 'Sove godt', base_version: 4, after: [first?.id] })
    expect(goal()?.titles).toEqual(['Sove godt'])
  })
})

describe('what to be reminded of', () => {
  it('goes with what the person saw: the version that was told, and own changes after it', async () => {
    await own.changeReminders({ appointments: false })
    await own.changeReminders({ appointments: true })

    const [off, on] = waiting()
    expect(off?.fields).toEqual({ appointments: false, seen: { version: 3, after: [] } })
    expect(on?.fields).toEqual({ appointments: true, seen: { version: 3, after: [off?.id] } })
  })

  it('is shown at once, and without what only the server needs', async () => {
    await own.changeReminders({ appointments: false })

    const shown = { appointments: false, two_hours_before: false, paused_until: null, version: 3 }
    expect(phone.records.value.profile?.reminders).toEqual(shown)
  })
})

describe('A new code to say when calling', () => {
  it('stands on the phone at once, and after a start without a network', async () => {
    await (await import('./desk-code.ts')).keepDeskCode(ME, 'NEW-CODE')
    expect(phone.records.value.profile?.desk_code).toBe('NEW-CODE')

    await start()
    expect(phone.records.value.profile).toMatchObject({ id: ME, desk_code: 'NEW-CODE' })
  })

  it('gives way to what the server tells later', async () => {
    await (await import('./desk-code.ts')).keepDeskCode(ME, 'NEW-CODE')
    online()
    await phone.refresh()
    expect(phone.records.value.profile?.desk_code).toBeUndefined()
  })
})
