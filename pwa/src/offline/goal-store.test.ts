import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deleteVault } from './vault.ts'

type Phone = typeof import('./phone.ts')
type Store = typeof import('./goal-store.ts')

let phone: Phone
let store: Store
/** What the server tells at the next pull, and what was pushed to it. */
let told: unknown[]
let pushed: { entity: string; entity_id: string; op: string; fields: Record<string, unknown> }[]

const ME = '0197aaaa-0000-7000-8000-000000000001'
const GOAL = '0197aaaa-0000-7000-8000-000000000002'
const STEP = '0197aaaa-0000-7000-8000-000000000003'
const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })
const put = (entity: string, id: string, data: object) => ({ entity, id, op: 'put', data: { id, ...data } })

const offline = () => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))

/** `answers`: false for a server that takes the changes in and whose answer is lost. */
const online = (answers = true) =>
  vi.stubGlobal('fetch', async (address: string, { body }: { body?: string } = {}) => {
    if (address.includes('/sync/pull')) return json({ changes: told, cursor: 'c', more: false, reset: false })
    if (address.includes('/public/pairings')) return json({ citizen_id: ME, alias: 'A', language: 'da' })
    if (!address.includes('/sync/push')) throw new TypeError('no network')
    const { mutations } = JSON.parse(body ?? '') as { mutations: typeof pushed }
    pushed.push(...mutations)
    if (!answers) throw new TypeError('no network')
    return json({ results: mutations.map((each) => ({ ...each, result: 'applied', data: null, problem: null })), last_seq: 9 })
  })

async function start(): Promise<void> {
  vi.resetModules()
  phone = await import('./phone.ts')
  store = await import('./goal-store.ts')
  await phone.open()
}

beforeEach(async () => {
  pushed = []
  told = [
    put('profile', ME, { reminders: { version: 1 } }),
    put('goal', GOAL, { title: 'Sove', origin: 'staff', status: 'active', version: 4, counts_from: '2026-11-01' }),
    put('goal_step', STEP, { goal_id: GOAL, text: 'Te', origin: 'staff', position: 1, done: false, erased: false }),
  ]
  vi.stubGlobal('navigator', {})
  online()
  await start()
  await phone.pairWith('ABCD2345')
  await phone.refresh()
  offline()
})

afterEach(async () => {
  await phone.leave(false)
  await deleteVault()
  vi.unstubAllGlobals()
})

const texts = () => store.stepsOf(GOAL).map((step) => [step.text, step.done])
const stored = () => JSON.stringify([phone.records.value, phone.queue.value])

describe('the steps of a goal', () => {
  it('are added and ticked without a network, in their order, and are there after a restart', async () => {
    await store.addStep(GOAL, 'Slukke kl. 23')
    await store.tickStep(STEP, true)
    await phone.refresh()
    await start()

    expect(texts()).toEqual([
      ['Te', true],
      ['Slukke kl. 23', false],
    ])
  })

  it('change their words by another step in the same place, so that two phones never write over each other', async () => {
    await store.addStep(GOAL, 'Slukke kl. 23')
    const own = store.stepsOf(GOAL)[1]?.id ?? ''
    await store.tickStep(own, true)
    await store.addStep(GOAL, 'Gå en tur')
    await store.eraseStep(own, 'Slukke kl. 22')

    expect(texts()).toEqual([
      ['Te', false],
      ['Slukke kl. 22', true],
      ['Gå en tur', false],
    ])
  })

  it('leave no word on the phone when they are deleted for good, also if they were sent and nobody answered', async () => {
    online(false)
    await store.addStep(GOAL, 'kanariefugl')
    await phone.refresh()
    await store.eraseStep(store.stepsOf(GOAL)[1]?.id ?? '')
    offline()

    expect(stored()).not.toContain('kanariefugl')
    expect(pushed.some((each) => each.fields['text'] === 'kanariefugl')).toBe(true)
    expect(phone.queue.value.map((each) => each.op)).toEqual(['erase', 'erase'])
  })

  it('do not come back by a pull that was written before the server knew', async () => {
    told.push(put('goal_step', STEP, { goal_id: GOAL, text: 'kanariefugl', origin: 'citizen', position: 1, done: false, erased: false }))
    online()
    await phone.refresh()
    offline()
    await store.eraseStep(STEP)
    online(false)
    await phone.refresh()

    expect(stored()).not.toContain('kanariefugl')
    expect(texts()).toEqual([])
  })
})

describe('what is told about a goal', () => {
  it('is kept to oneself or not as the person said, on the phone and on its way', async () => {
    await store.tellGoal(GOAL, { kind: 'note', text: 'En god dag', shared: false })
    await start()
    expect(store.eventsOf(GOAL).map((each) => [each.text, each.shared])).toEqual([['En god dag', false]])

    online()
    await phone.refresh()

    expect(pushed.map(({ entity, fields }) => [entity, fields['text'], fields['shared']])).toEqual([['goal_event', 'En god dag', false]])
  })

  it('shows at once what it changes, and takes nothing away that was reached', async () => {
    await store.tickStep(STEP, true)
    await store.tellGoal(GOAL, { kind: 'answer', question: 'by-when', text: 'Til jul', shared: true })
    await store.tellGoal(GOAL, { kind: 'level', level: 1, shared: true })
    await store.tellGoal(GOAL, { kind: 'became-hard', shared: true, closer_days: 7, wants_talk: true })

    const goal = store.goalOf(GOAL)
    expect(goal?.answers?.by_when).toBe('Til jul')
    expect(goal?.scaling?.reached).toBe(1)
    expect(goal?.closer_until).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect([goal?.status, goal?.counts_from]).toEqual(['active', '2026-11-01'])
    expect(texts()).toEqual([['Te', true]])
  })

  it('is gone from the phone when its owner deletes it for good', async () => {
    await store.tellGoal(GOAL, { kind: 'note', text: 'kanariefugl', shared: false })
    await store.eraseEvent(store.eventsOf(GOAL)[0]?.id ?? '')

    expect(store.eventsOf(GOAL)).toEqual([])
    expect(stored()).not.toContain('kanariefugl')
  })

  it('is gone from the goal, too, where it was an answer, and the answer before it stands again', async () => {
    const answers = { activity: 'kanariefugl', support: null, amount: null, by_when: null }
    const said = (id: string, text: string, at: string) =>
      put('goal_event', id, { goal_id: GOAL, kind: 'answer', question: 'activity', by: 'citizen', text, at, erased: false })
    told.push(put('goal', GOAL, { title: 'Sove', origin: 'staff', status: 'active', version: 5, answers }))
    told.push(said('e1', 'Gå en tur', '2026-11-20T10:00:00Z'), said('e2', 'kanariefugl', '2026-11-21T10:00:00Z'))
    online()
    await phone.refresh()
    offline()

    await store.eraseEvent('e2')

    expect(store.goalOf(GOAL)?.answers?.activity).toBe('Gå en tur')
    expect(stored()).not.toContain('kanariefugl')
  })
})
