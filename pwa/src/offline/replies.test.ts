import { describe, expect, it, vi } from 'vitest'
import type { Appointment } from '../api/citizen.ts'
import { ApiProblem, Unreachable } from '../api/client.ts'
import { MemoryVault } from './memory-vault.ts'
import { dropReply, flushReplies, listReplies, queueReply } from './replies.ts'

const appointment = (id: string, revision = 1) => ({ id, revision, starts_at: '2026-12-01T09:00:00Z' }) as Appointment
const problem = (status: number, code: string) => new ApiProblem(status, { code }, null)

async function statusOf(vault: MemoryVault): Promise<string[]> {
  return (await listReplies(vault)).map((reply) => reply.status)
}

describe('queueReply', () => {
  it('waits on the phone with the revision the person saw', async () => {
    const vault = new MemoryVault()

    await queueReply(vault, appointment('a', 3), 'accepted')

    expect(await listReplies(vault)).toMatchObject([{ appointment_id: 'a', revision: 3, reply: 'accepted', status: 'waiting' }])
  })

  it('lets a newer answer replace an older one', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')

    await queueReply(vault, appointment('a'), 'declined')

    expect(await listReplies(vault)).toMatchObject([{ reply: 'declined' }])
  })

  it('can be taken back before it was sent', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')

    await dropReply(vault, 'a')

    expect(await listReplies(vault)).toEqual([])
  })
})

describe('flushReplies', () => {
  it('stores the answer of the server with the sent mark', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')

    await flushReplies(vault, async (id) => ({ ...appointment(id, 1), reply: 'accepted' }))

    expect(await statusOf(vault)).toEqual(['sent'])
    expect(await vault.get('record', 'appointment:a')).toMatchObject({ reply: 'accepted' })
  })

  it('stays waiting without a network', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')

    const flushing = flushReplies(vault, () => Promise.reject(new Unreachable()))

    await expect(flushing).rejects.toBeInstanceOf(Unreachable)
    expect(await statusOf(vault)).toEqual(['waiting'])
  })

  it.each([401, 429, 500, 503])('stays waiting on %i', async (status) => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')

    await expect(flushReplies(vault, () => Promise.reject(problem(status, 'x')))).rejects.toThrow()

    expect(await statusOf(vault)).toEqual(['waiting'])
  })

  it('says calmly that the time has changed, and goes on with the next', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')
    await queueReply(vault, appointment('b'), 'accepted')
    const send = vi.fn(async (id: string) => {
      if (id === 'a') throw problem(409, 'appointment-changed')
      return appointment(id)
    })

    await flushReplies(vault, send)

    expect(await statusOf(vault)).toEqual(['changed', 'sent'])
  })

  it('shows an answer that will never be taken, with its choice kept', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'declined')

    await flushReplies(vault, () => Promise.reject(problem(404, 'not-found')))

    expect(await listReplies(vault)).toMatchObject([{ status: 'refused', reply: 'declined' }])
  })

  it('keeps a change of mind made while the first answer was on its way', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')

    await flushReplies(vault, async (id) => {
      await queueReply(vault, appointment(id), 'declined')
      return appointment(id)
    })

    expect(await listReplies(vault)).toMatchObject([{ reply: 'declined', status: 'waiting' }])
  })

  it('sends nothing twice', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')
    const send = vi.fn(async (id: string) => appointment(id))

    await flushReplies(vault, send)
    await flushReplies(vault, send)

    expect(send).toHaveBeenCalledOnce()
  })
})
