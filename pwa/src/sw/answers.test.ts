import { describe, expect, it } from 'vitest'
import { MemoryVault } from '../offline/memory-vault.ts'
import { listMutations } from '../offline/mutations.ts'
import { ANSWER_ON_NOTICE, seenName } from '../offline/replies.ts'
import { answerable, keepAnswer } from './answers.ts'

const OCCURRENCE = '01938d00-0000-7000-8000-000000000001'
const NOTICE = { path: `/r/${OCCURRENCE}`, revision: 2 }
const NOW = Date.parse('2026-11-23T09:00:00Z')
const APPOINTMENT = {
  id: 'a',
  revision: 2,
  status: 'booked',
  reply: 'needs-action',
  starts_at: '2026-11-24T09:00:00Z',
  occurrence_ids: [OCCURRENCE],
}

async function phone(change: { wish?: unknown; seen?: unknown; appointment?: Record<string, unknown> } = {}): Promise<MemoryVault> {
  const vault = new MemoryVault()
  await vault.write([
    { table: 'state', key: ANSWER_ON_NOTICE, value: 'wish' in change ? change.wish : true },
    { table: 'state', key: seenName('a'), value: 'seen' in change ? change.seen : 2 },
    { table: 'record', key: 'appointment:a', value: { ...APPOINTMENT, ...change.appointment } },
    { table: 'record', key: 'goal:g', value: { id: 'g', title: 'Gå en tur' } },
  ])
  return vault
}

describe('the buttons on a notice', () => {
  it('are there for a time that the person has had on the screen', async () => {
    expect(await answerable(await phone(), NOTICE, NOW)).toMatchObject({ id: 'a' })
  })

  it.each([
    ['nobody asked for them', { wish: undefined }],
    ['the appointment was never opened', { seen: undefined }],
    ['an earlier time was on the screen', { seen: 1 }],
    ['it is moved or cancelled', { appointment: { status: 'cancelled' } }],
    ['it was answered already', { appointment: { reply: 'accepted' } }],
    ['the notice is about an older time', { appointment: { revision: 3 }, seen: 3 }],
    ['it has begun', { appointment: { starts_at: '2026-11-23T08:59:00Z' } }],
    ['the notice is about something else', { appointment: { occurrence_ids: [] } }],
  ])('are not there when %s', async (_why, change) => {
    expect(await answerable(await phone(change), NOTICE, NOW)).toBeNull()
  })

  it('are not there for a notice that leads elsewhere', async () => {
    expect(await answerable(await phone(), { path: '/', revision: 2 }, NOW)).toBeNull()
  })

  it('keep the answer with the revision that was seen, once', async () => {
    const vault = await phone()

    expect(await keepAnswer(vault, NOTICE, 'accepted', NOW)).toBe(true)
    expect(await keepAnswer(vault, NOTICE, 'accepted', NOW)).toBe(true)

    expect((await listMutations(vault)).map((row) => row.value.fields)).toEqual([{ revision: 2, reply: 'accepted' }])
  })

  it('keep nothing when the time changed after the notice was shown', async () => {
    const vault = await phone({ appointment: { revision: 3 } })

    expect(await keepAnswer(vault, NOTICE, 'declined', NOW)).toBe(false)
    expect(await listMutations(vault)).toEqual([])
  })
})
