import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as phone from '../../offline/phone.ts'
import { deleteVault } from '../../offline/vault.ts'
import { addressOf } from './leads.ts'

const CITIZEN = '0199a0f2-0000-7000-8000-000000000001'

const put = (entity: string, data: { id: string }) => ({ entity, id: data.id, op: 'put', data })
const CHANGES = [
  put('course_session', { id: 'session-1', ...{ occurrence_ids: ['notice-of-a-session'] } }),
  put('message', { id: 'message-1', ...{ occurrence_ids: ['notice-of-a-message'] } }),
]

/** A server that tells of one session and one message, and says `kind` of every other notice. */
function serverThatSays(kind: string): void {
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('fetch', async (input: RequestInfo | URL) => {
    const address = String(input)
    if (address.includes('/public/pairings')) return Response.json({ citizen_id: CITIZEN, alias: 'x', language: 'da' }, { status: 201 })
    if (address.includes('/citizen/reminders/')) return Response.json({ kind, subject_id: 'subject' })
    return Response.json({ changes: CHANGES, cursor: 'c', more: false, reset: true })
  })
}

beforeEach(async () => {
  serverThatSays('session')
  await phone.open()
  await phone.pairWith('AAAABBBB')
  await phone.refresh()
})

afterEach(async () => {
  await phone.leave(false)
  await deleteVault()
  vi.unstubAllGlobals()
})

describe('where a notice leads', () => {
  it('is found on the phone, without a network', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))

    expect(await addressOf('notice-of-a-session')).toBe('/forloeb/gang/session-1')
    expect(await addressOf('notice-of-a-message')).toBe('/beskeder')
  })

  it.each([
    ['session', '/forloeb/gang/subject'],
    ['session-changed', '/forloeb/gang/subject'],
    ['message', '/beskeder'],
    ['something of a newer server', '/'],
  ])('is asked of the server where the phone does not know it: %s', async (kind, address) => {
    serverThatSays(kind)

    expect(await addressOf('unheard-of')).toBe(address)
  })

  it('is nowhere for an appointment that is not there any more', async () => {
    serverThatSays('appointment')

    expect(await addressOf('unheard-of')).toBeNull()
  })
})
