import { describe, expect, it } from 'vitest'
import type { PlanLine } from '../../offline/plan-store.ts'
import { planDa } from '../../text/plan.da.ts'
import { monthsLater } from './review.ts'
import { actionsOf, stepsOf } from './steps.ts'
import { authorOf, nameOf, numbersOf, telephone, troubleWithPhone, troubleWithText } from './words.ts'

const version = (value: string | null, more = {}) => ({ version: `v${value}`, value, author: 'citizen' as const, author_name: null, at: '', ...more })

const line = (id: string, more: Partial<PlanLine> = {}): PlanLine => ({
  id,
  section: 'own-actions',
  position: 'a0',
  text: [version(id)],
  phone: [],
  links: [],
  deleted: false,
  restored: false,
  erased: false,
  waiting: false,
  ...more,
})

describe('one step at a time', () => {
  it('leaves out what is empty and keeps the order of the plan', () => {
    const lines = [line('walk'), line('sister', { section: 'people-to-ask' }), line('sleep', { section: 'warning-signs' })]

    const steps = stepsOf(lines)

    expect(steps.map((step) => step.section)).toEqual(['warning-signs', 'own-actions', 'people-to-ask'])
  })

  it('shows what a person can do about a sign, without what is gone', () => {
    const sign = line('sleep', { section: 'warning-signs', links: ['bath', 'gone'] })

    expect(actionsOf(sign, [sign, line('walk'), line('bath')]).map((each) => each.id)).toEqual(['bath'])
  })
})

describe('the words of a line', () => {
  it('offers both numbers while two stand, and each one once', () => {
    const numbers = numbersOf(line('a', { phone: [version('20 30'), version('40 50'), version('20 30'), version(null)] }))

    expect(numbers).toEqual(['20 30', '40 50'])
    expect(telephone('+45 20 30-40')).toBe('tel:+45203040')
  })

  it('names a line by its words, else by its number', () => {
    expect(nameOf(line('walk'))).toBe('walk')
    expect(nameOf({ text: [], phone: [version('112')] })).toBe('112')
  })

  it('says who wrote it, and never makes up a name', () => {
    expect(authorOf(version('x'), planDa.by)).toBe('Skrevet af dig')
    expect(authorOf(version('x', { author: 'staff', author_name: 'Anders Holm' }), planDa.by)).toBe('Skrevet af Anders Holm')
    expect(authorOf(version('x', { author: 'staff' }), planDa.by)).toBe('Skrevet af en medarbejder')
  })

  it('takes what the server takes, and says what is wrong with the rest', () => {
    expect(troubleWithText(' \n', planDa.section)).toBe(planDa.section.nothing)
    expect(troubleWithText('x'.repeat(2001), planDa.section)).toBe(planDa.section.tooLong)
    expect(troubleWithText('x'.repeat(2000), planDa.section)).toBeNull()
    expect(troubleWithPhone('', planDa.section)).toBeNull()
    expect(troubleWithPhone('7', planDa.section)).toBe(planDa.section.phoneWrong)
    expect(troubleWithPhone('1813', planDa.section)).toBeNull()
  })
})

describe('the day to look again', () => {
  it('is the same day of a later month, or its last', () => {
    expect(monthsLater('2026-11-22', 1)).toBe('2026-12-22')
    expect(monthsLater('2026-11-30', 3)).toBe('2027-02-28')
    expect(monthsLater('2026-12-31', 1)).toBe('2027-01-31')
  })
})
