import { describe, expect, it } from 'vitest'
import type { PulledPage } from '../api/citizen.ts'
import { MemoryVault } from './memory-vault.ts'
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
