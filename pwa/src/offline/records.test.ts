import { describe, expect, it } from 'vitest'
import type { PulledPage } from '../api/citizen.ts'
import { MemoryVault } from './memory-vault.ts'
import { enqueue, toMutation, type Draft, type QueuedMutation } from './mutations.ts'
import { applyPage, isComplete, nextCursor, readRecords } from './records.ts'

const goal = (id: string, title: string) => ({ entity: 'goal', id, op: 'put' as const, data: { id, title } })
const page = (changes: PulledPage['changes'], more = false, reset = false, cursor = 'c1'): PulledPage => ({
  changes,
  cursor,
  more,
  reset,
})

async function goalTitles(vault: MemoryVault): Promise<string[]> {
  return (await readRecords(vault)).goals.map((each) => each.title)
}

describe('applyPage', () => {
  it('stores changes and the cursor', async () => {
    const vault = new MemoryVault()

    await applyPage(vault, page([goal('1', 'Sove')]))

    expect(await goalTitles(vault)).toEqual(['Sove'])
    expect(await nextCursor(vault)).toBe('c1')
  })

  it('forgets what the server forgets', async () => {
    const vault = new MemoryVault()
    await applyPage(vault, page([goal('1', 'Sove'), goal('2', 'Ringe')]))

    await applyPage(vault, page([{ entity: 'goal', id: '1', op: 'forget', data: null }], false, false, 'c2'))

    expect(await goalTitles(vault)).toEqual(['Ringe'])
  })

  it('starts over when the server asks for it, keeping what the person chose', async () => {
    const vault = new MemoryVault()
    await applyPage(vault, page([goal('1', 'Sove')]))
    await vault.write([{ table: 'state', key: 'services_mine', value: ['cafe'] }])

    await applyPage(vault, page([goal('2', 'Ringe')], false, true, 'c9'))

    expect(await goalTitles(vault)).toEqual(['Ringe'])
    expect(await vault.get('state', 'services_mine')).toEqual(['cafe'])
  })

  it('is not whole before the last page', async () => {
    const vault = new MemoryVault()

    await applyPage(vault, page([goal('1', 'Sove')], true))
    expect(await isComplete(vault)).toBe(false)

    await applyPage(vault, page([], false, false, 'c2'))
    expect(await isComplete(vault)).toBe(true)
  })

  it('keeps a contact for as long as the person wants it in the app', async () => {
    const vault = new MemoryVault()
    const contact = { id: 'k1', opened_at: '2026-11-22T02:10:00Z', given: ['talk'] }
    await applyPage(vault, page([{ entity: 'crisis_contact', id: 'k1', op: 'put', data: contact }]))
    expect((await readRecords(vault)).contacts).toEqual([contact])

    await applyPage(vault, page([{ entity: 'crisis_contact', id: 'k1', op: 'forget', data: null }], false, false, 'c2'))

    expect((await readRecords(vault)).contacts).toEqual([])
  })

  it('passes over kinds of records that this version does not know', async () => {
    const vault = new MemoryVault()

    await applyPage(vault, page([{ entity: 'crisis_line', id: '1', op: 'put', data: {} }]))

    expect(await vault.list('record')).toEqual([])
    expect(await nextCursor(vault)).toBe('c1')
  })

  it('orders appointments by the time they happen', async () => {
    const vault = new MemoryVault()
    const at = (id: string, starts_at: string) => ({ entity: 'appointment', id, op: 'put' as const, data: { id, starts_at } })

    await applyPage(vault, page([at('b', '2026-12-02T09:00:00Z'), at('a', '2026-12-03T09:00:00Z')]))

    expect((await readRecords(vault)).appointments.map((each) => each.id)).toEqual(['b', 'a'])
  })

  it('asks for everything again when something on the phone is damaged', async () => {
    const vault = new MemoryVault()
    await applyPage(vault, page([goal('1', 'Sove')]))
    vault.damaged = () => 1

    expect(await nextCursor(vault)).toBeUndefined()
  })
})

const line = (id: string, value: string, more = {}) => ({
  id,
  section: 'own-actions',
  position: 'a0',
  text: [{ version: `v-${value}`, value, author: 'citizen', author_name: null, at: '2026-11-22T00:00:00Z' }],
  phone: [],
  links: [],
  deleted: false,
  restored: false,
  erased: false,
  ...more,
})
const told = (entity: string, id: string, data: unknown) => ({ entity, id, op: 'put' as const, data })

async function queued(vault: MemoryVault, draft: Draft, more: Partial<QueuedMutation>): Promise<QueuedMutation> {
  const value = { ...(await toMutation(draft)), tried: true, client_seq: 1, ...more }
  await vault.write([{ table: 'mutation', key: value.mutation_id, value }])
  return value
}

const edit = (id: string): Draft => ({ entity: 'plan_line', entity_id: id, op: 'put', fields: { text: { value: 'Ny', parents: [] } } })

describe('what the server has answered', () => {
  it('stays applied until a whole pull that began afterwards, or its own record, has arrived', async () => {
    const vault = new MemoryVault()
    const first = await queued(vault, edit('a'), { status: 'answered' })
    const second = await queued(vault, edit('b'), { status: 'answered' })
    const left = async () => (await vault.list<QueuedMutation>('mutation')).map((row) => row.value.entity_id)

    await applyPage(vault, page([told('plan_line', 'a', line('a', 'Ny'))]), new Set())
    expect(await left()).toEqual(['a', 'b'])

    const answered = new Set([first.mutation_id, second.mutation_id])
    await applyPage(vault, page([told('plan_line', 'a', line('a', 'Ny'))], true), answered)
    expect(await left()).toEqual(['b'])

    await applyPage(vault, page([]), answered)
    expect(await left()).toEqual([])
  })

  it('never throws away refused words that came back from nowhere else', async () => {
    const vault = new MemoryVault()
    const kept = await queued(vault, edit('a'), { status: 'refused' })
    const elsewhere = await queued(vault, edit('b'), { status: 'refused', rejected_id: 'r' })

    await applyPage(vault, page([]), new Set([kept.mutation_id, elsewhere.mutation_id]))

    expect((await vault.list<QueuedMutation>('mutation')).map((row) => row.value.entity_id)).toEqual(['a'])
  })

  it.each([
    ['words in answers to questions', { things: [{ what: 'Øl om aftenen', weeks: [3, null, null, null] }] }],
    ['answers without words', { items: { calm: 1 }, things: [] }],
  ])('lets %s that were refused on the phone stay until the person has seen it', async (_name, fields) => {
    const vault = new MemoryVault()
    const refused = await queued(vault, { entity: 'measure_result', entity_id: 'm', op: 'put', fields }, { status: 'refused' })

    await applyPage(vault, page([]), new Set([refused.mutation_id]))

    expect(await vault.list('mutation')).toHaveLength(1)
  })
})

describe('a line that was deleted for good', () => {
  it('keeps the empty line that the server tells of as it is told, also where this phone erased it', async () => {
    const vault = new MemoryVault()
    await queued(vault, { entity: 'plan_line', entity_id: 'a', op: 'erase', fields: {} }, { status: 'answered' })

    await applyPage(vault, page([told('plan_line', 'a', line('a', '', { text: [], erased: true, deleted: true }))]))

    expect((await readRecords(vault)).lines.map((each) => [each.erased, each.deleted])).toEqual([[true, true]])
  })

  it('gets no word back from a page that was written before the server knew', async () => {
    const vault = new MemoryVault()
    await queued(vault, { entity: 'plan_line', entity_id: 'a', op: 'erase', fields: {} }, { status: 'waiting' })
    const rejected = { id: 'r', entity: 'plan_line', entity_id: 'a', content: 'Hemmeligt', reason: '', at: '' }

    await applyPage(vault, page([told('plan_line', 'a', line('a', 'Hemmeligt')), told('rejected_edit', 'r', rejected)]))

    expect(JSON.stringify(await readRecords(vault))).not.toContain('Hemmeligt')
  })

  it('takes what still waited for it out of the queue when it was deleted on another phone', async () => {
    const vault = new MemoryVault()
    await queued(vault, edit('a'), { status: 'waiting' })
    await queued(vault, edit('a'), { status: 'waiting', tried: false, client_seq: null })

    await applyPage(vault, page([told('plan_line', 'a', line('a', '', { text: [], erased: true }))]))

    const left = (await vault.list<QueuedMutation>('mutation')).map((row) => row.value)
    expect(left.map((each) => [each.op, each.fields])).toEqual([['erase', {}]])
  })
})

describe('what only later rooms read', () => {
  it('is kept under its own name, without the first page knowing its shape', async () => {
    const vault = new MemoryVault()
    const session = { id: 's1', number: 3 }

    await applyPage(vault, page([{ entity: 'course_session', id: 's1', op: 'put', data: session }, { entity: 'unheard_of', id: 'x', op: 'put', data: { id: 'x' } }]))

    expect((await readRecords(vault)).later).toEqual({ course_session: [session] })
  })

  it('takes along what was typed here to change it when it was deleted on another phone', async () => {
    const vault = new MemoryVault()
    const typed = (id: string) => ({ table: 'state' as const, key: `draft:exercise-edit:${id}`, value: { note: 'ord' } })
    await vault.write([typed('a'), typed('b')])

    await applyPage(vault, page([{ entity: 'exercise_answer', id: 'a', op: 'put', data: { id: 'a', erased: true } }]))

    expect(await vault.get('state', 'draft:exercise-edit:a')).toBeUndefined()
    expect(await vault.get('state', 'draft:exercise-edit:b')).toEqual({ note: 'ord' })
  })

  it('leaves nothing but an empty mark of what was deleted here while the server still tells of it', async () => {
    const vault = new MemoryVault()
    const answer = { entity: 'exercise_answer', id: 'a', op: 'put' as const, data: { id: 'a', note: 'ord' } }
    await enqueue(vault, () => ({ drafts: [{ entity: 'exercise_answer', entity_id: 'a', op: 'erase', fields: {} }] }))

    await applyPage(vault, page([answer]))

    expect((await readRecords(vault)).later).toEqual({ exercise_answer: [{ id: 'a', erased: true }] })
  })
})
