import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deleteVault } from '../../offline/vault.ts'
import { definitionOf } from './definitions.ts'

type Held = typeof import('../../offline/held.ts')
type Phone = typeof import('../../offline/phone.ts')
type Store = typeof import('../../offline/measure-store.ts')
type Asked = typeof import('./asked.ts')
type Doing = typeof import('./doing.ts')
type Wish = typeof import('./wish.ts')

let held: Held
let phone: Phone
let store: Store
let asked: Asked
let doing: Doing
let wish: Wish

/** The app is opened anew, as after a lock or an empty battery. */
async function start(): Promise<void> {
  vi.resetModules()
  held = await import('../../offline/held.ts')
  phone = await import('../../offline/phone.ts')
  store = await import('../../offline/measure-store.ts')
  asked = await import('./asked.ts')
  doing = await import('./doing.ts')
  wish = await import('./wish.ts')
  await phone.open()
}

const PLAN = '018f0000-0000-7000-8000-000000000001'
const TODAY = new Date().toISOString().slice(0, 10)
const plan = { id: PLAN, code: 'who-5', start_on: TODAY, end_on: null, status: 'active', withdrawn_by: null, withdrawn_on: null, skipped: [], version: 1 }
const LOW = { cheerful: 1, calm: 1, active: 1, rested: 1, interested: 1 }
const begun = { code: 'who-5', version: 1, items: { calm: 1 }, complete: false, asked: { plan_id: PLAN, window_key: 'start' }, isOffered: false }
const whole = { ...begun, items: LOW, complete: true }
const onlyResult = () => store.results.value[0]!

beforeEach(async () => {
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('location', { pathname: '/skemaer', search: '', hash: '' })
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  await start()
  await held.openOrDoWithout()
  await held.openedVault().write([
    { table: 'record', key: `measure_plan:${PLAN}`, value: plan },
    { table: 'record', key: 'profile:me', value: { id: 'me', low_scores: { 'who-5': 50 } } },
    { table: 'state', key: 'paired', value: { citizen_id: 'me' } },
  ])
  await phone.reload()
})

afterEach(async () => {
  await phone.refresh()
  await phone.leave(false)
  await deleteVault()
  vi.unstubAllGlobals()
})

describe('"not now"', () => {
  it('is heard also after the person has begun', async () => {
    await store.putResult(begun)
    expect(asked.askedNow()).toMatchObject([{ isBegun: true }])

    await store.decline(PLAN, 'start')

    expect(asked.askedNow()).toEqual([])
  })

  it('lets answers that come all the same count for their window', async () => {
    await store.decline(PLAN, 'start')

    expect(asked.countsFor('who-5')).toMatchObject({ plan: { id: PLAN }, window: { key: 'start' } })
  })
})

describe('answers that were begun', () => {
  it('say from which ones they go on, as they stood when the person took them up', async () => {
    await store.putResult(begun)
    const from = onlyResult().at
    vi.stubGlobal('history', { replaceState: () => {} })
    vi.stubGlobal('scrollTo', () => {})
    const value = { step: 4, items: LOW, things: [], offered: null, from }

    await doing.save({ definition: definitionOf('who-5')!, draft: { value, set: () => {}, drop: () => {} }, complete: false })

    expect(phone.queue.value.map(({ fields }) => fields['goes_on_from'])).toEqual([null, from])
  })

  it('leave nothing on the phone when they are deleted for good, not what was being typed either', async () => {
    await store.putResult(begun)
    await phone.choose('draft:questionnaire:who-5', { step: 2, items: { calm: 1, active: 2 } })

    await doing.erase(onlyResult())
    await start()

    expect([store.results.value, phone.choices.value['draft:questionnaire:who-5']]).toEqual([[], undefined])
  })
})

describe('the question about a call', () => {
  it('stays until there is an answer, also when the app was closed', async () => {
    const id = await store.putResult(whole)
    wish.askAfter(id!)
    await vi.waitFor(async () => expect(await held.openedVault().get('state', 'call_question')).toBe(id))
    await start()

    expect(wish.mayAsk(onlyResult())).toBe(true)
    wish.askNoMore()
    expect(wish.mayAsk(onlyResult())).toBe(false)
  })
})
