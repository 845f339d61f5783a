import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { choices, openedVault, openOrDoWithout, records, reload } from '../../offline/held.ts'
import { reminderState } from '../../push/reminders.ts'
import { messagesDa } from '../../text/messages.da.ts'
import { said } from '../said.ts'
import { accept, OfferNotice } from './OfferNotice.tsx'

const KEPT = ['message_notice_asked', 'reminders_wanted']
const server = vi.fn<typeof fetch>()

/** A phone whose person answers like this when the browser asks. */
function askedBy(permission: NotificationPermission): void {
  const subscription = { endpoint: 'https://push.example/a', options: { applicationServerKey: null }, getKey: () => new ArrayBuffer(16) }
  const pushManager = { getSubscription: async () => null, subscribe: async () => subscription }
  vi.stubGlobal('navigator', { userAgent: 'Android', maxTouchPoints: 5, serviceWorker: { ready: Promise.resolve({ pushManager }) } })
  vi.stubGlobal('PushManager', class {})
  vi.stubGlobal('Notification', { permission: 'default', requestPermission: async () => permission })
}

const shown = () => JSON.stringify(OfferNotice())
const wantsMessages = () => records.value.profile?.reminders.messages === true
const kept = async () => Promise.all(KEPT.map((key) => openedVault().get('state', key)))

beforeEach(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined })
  vi.stubGlobal('fetch', server)
  server.mockReset().mockImplementation(async () => Response.json({ vapid_public_key: 'BPresentKey_of-this-server00' }))
  await openOrDoWithout()
  const profile = { id: 'p', reminders: { appointments: true, two_hours_before: false, messages: false, version: 1 } }
  await openedVault().write([
    ...KEPT.map((key) => ({ table: 'state' as const, key })),
    { table: 'record', key: 'profile:p', value: profile },
  ])
  await reload()
  reminderState.value = 'off'
})

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a yes to hearing of an answer', () => {
  it('is asked for with the word that appointments are reminded of, too, where reminders are off', () => {
    expect(shown()).toContain(messagesDa.offerAlso)

    reminderState.value = 'on'

    expect(shown()).toContain(messagesDa.offerYes)
    expect(shown()).not.toContain(messagesDa.offerAlso)
  })

  it.each([['denied'], ['default']] as const)('is not kept where the browser answers %s, and that is said', async (answer) => {
    askedBy(answer)

    await accept()

    expect(said.value?.words).toBe(messagesDa.offerNotShown)
    expect([await kept(), wantsMessages()]).toEqual([[undefined, undefined], false])
  })

  it('is not kept where the phone could not be bound, and can be said again', async () => {
    askedBy('granted')
    server.mockRejectedValue(new TypeError('no network'))

    await accept()

    expect(said.value?.words).toBe(messagesDa.offerNotShown)
    expect([await kept(), wantsMessages(), choices.value[KEPT[0]!]]).toEqual([[undefined, undefined], false, undefined])
    expect(shown()).toContain(messagesDa.offerYes)
  })

  it('is kept where the phone shows reminders from now on', async () => {
    askedBy('granted')

    await accept()

    expect(said.value?.words).toBe(messagesDa.offered)
    expect([await kept(), wantsMessages()]).toEqual([[true, true], true])
    expect(OfferNotice()).toBeNull()
  })
})
