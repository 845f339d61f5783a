import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Unreachable } from '../../api/client'
import { me } from '../../api/staff'
import type { Me } from '../../api/staffTypes'
import { arrive, away, contacts, send, stayAtDesk } from './held'
import { endWhatWasLeft, leaveWithoutServer } from './leaving'

const LEA: Me = { id: 'lea', name: 'Lea', email: 'lea@example.dk', roles: ['crisis-line'], unit: { id: 'u', slug: 'akuttilbud', name: 'Akut', phone: '' } }

let sent: string[] = []
let status = 0

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
  sent = []
  status = 0
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push(`${init.method ?? 'GET'} ${url}`)
    if (status === 0) throw new TypeError('no network')
    return status === 204 ? new Response(null, { status }) : new Response('{"code":"unauthenticated"}', { status })
  })
  me.value = LEA
  await arrive(LEA)
})

describe('whoever signs out while the server is down', () => {
  it('is not brought back, neither before the server answers nor after', async () => {
    await leaveWithoutServer()
    me.value = null
    away.value = true
    sent = []

    await send()
    expect(sent).toEqual([])
    await expect(endWhatWasLeft()).rejects.toThrow(Unreachable)
    expect(await stayAtDesk(new Unreachable())).toBe(false)
    expect(contacts.value).toEqual([])

    status = 204
    await endWhatWasLeft()
    await endWhatWasLeft()
    expect(sent.filter((each) => each.startsWith('DELETE')).length).toBe(2)
  })

  it('is out as well when the sign-in had ended by itself', async () => {
    await leaveWithoutServer()
    status = 401

    await endWhatWasLeft()
    status = 0

    await expect(endWhatWasLeft()).resolves.toBeUndefined()
  })
})
