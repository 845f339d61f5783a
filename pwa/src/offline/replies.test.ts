import { afterEach, describe, expect, it, vi } from 'vitest'
import { listMutations } from './mutations.ts'
import { MemoryVault } from './memory-vault.ts'
import { pushAll } from './push.ts'
import { dropReply, listOutcomes, queueReply, repliesOf, type QueuedReply } from './replies.ts'
import { answerPush, refusePush, type Sent } from '../../tests/offline/push.ts'

const appointment = (id: string, revision = 1) => ({ id, revision })

async function replies(vault: MemoryVault): Promise<QueuedReply[]> {
  return repliesOf(await listOutcomes(vault), (await listMutations(vault)).map((row) => row.value))
}

afterEach(() => vi.unstubAllGlobals())

describe('queueReply', () => {
  it('waits on the phone with the revision the person saw', async () => {
    const vault = new MemoryVault()

    await queueReply(vault, appointment('a', 3), 'accepted')

    expect(await replies(vault)).toMatchObject([{ appointment_id: 'a', revision: 3, reply: 'accepted', status: 'waiting' }])
  })

  it('lets a newer answer replace an older one that was not sent', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')

    await queueReply(vault, appointment('a'), 'declined')

    expect(await replies(vault)).toMatchObject([{ reply: 'declined' }])
    expect(await listMutations(vault)).toHaveLength(1)
  })

  it('can be taken back before it was sent', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')

    await dropReply(vault, 'a')

    expect(await replies(vault)).toEqual([])
  })
})

describe('an answer on its way', () => {
  it('is sent once, and the phone knows it', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')
    const sent = answerPush(() => ({ result: 'applied' }))

    await pushAll(vault)
    await pushAll(vault)

    expect((await replies(vault)).map((each) => each.status)).toEqual(['sent'])
    expect(sent.map((each) => each.fields)).toEqual([{ revision: 1, reply: 'accepted' }])
  })

  it.each([401, 429, 500, 503])('stays waiting on %i', async (status) => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')
    refusePush(status, 'unavailable')

    await expect(pushAll(vault)).rejects.toThrow()

    expect((await replies(vault)).map((each) => each.status)).toEqual(['waiting'])
  })

  it('says calmly that the time has changed, and goes on with the next', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')
    await queueReply(vault, appointment('b'), 'accepted')
    const changed = { result: 'rejected_validation', problem: { code: 'appointment-changed' } }
    answerPush((sent: Sent) => (sent.entity_id === 'a' ? changed : { result: 'applied' }))

    await pushAll(vault)

    expect((await replies(vault)).map((each) => each.status)).toEqual(['changed', 'sent'])
  })

  it('says that the talk had begun when the answer came too late for it', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'declined')
    answerPush(() => ({ result: 'rejected_validation', problem: { code: 'appointment-over' } }))

    await pushAll(vault)

    expect(await replies(vault)).toMatchObject([{ reply: 'declined', status: 'over' }])
  })

  it('shows an answer that will never be taken, with its choice kept', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'declined')
    answerPush(() => ({ result: 'rejected_gone', problem: { code: 'not-found' } }))

    await pushAll(vault)

    expect(await replies(vault)).toMatchObject([{ status: 'refused', reply: 'declined' }])
  })

  it('keeps a change of mind made while the first answer was on its way', async () => {
    const vault = new MemoryVault()
    await queueReply(vault, appointment('a'), 'accepted')
    let isFirst = true
    const sent = answerPush(async () => {
      if (isFirst) await queueReply(vault, appointment('a'), 'declined')
      isFirst = false
      return { result: 'applied' }
    })

    await pushAll(vault)

    expect(sent.map((each) => each.fields['reply'])).toEqual(['accepted', 'declined'])
    expect(await replies(vault)).toMatchObject([{ reply: 'declined', status: 'sent' }])
  })
})
