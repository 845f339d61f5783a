import { describe, expect, it } from 'vitest'
import { lastDay, nameOf, wholeWithin, windowName } from './naming.ts'

describe('windows at the console', () => {
  it.each([
    ['start', 'Ved start'],
    ['month-12', 'Efter 12 mdr.'],
    ['end', 'Ved slutning'],
    ['follow-up-6', '6 mdr. efter'],
    ['of-a-newer-server', 'of-a-newer-server'],
  ])('%s are called %s', (key, name) => {
    expect(windowName(key)).toBe(name)
  })

  it('can be answered on the day before they close', () => {
    expect(lastDay('2027-03-01')).toBe('2027-02-28')
  })
})

describe('questionnaires at the console', () => {
  it.each([
    ['who-5', 'Sådan har du haft det (WHO-5)'],
    ['audit-c', 'Om alkohol (AUDIT-C)'],
    ['days', 'De sidste fire uger'],
    ['of-a-newer-server', 'of-a-newer-server'],
  ])('%s is called %s', (code, name) => {
    expect(nameOf(code)).toBe(name)
  })
})

describe('the figure of a rule', () => {
  it.each([
    ['35', 35],
    [' 50 ', 50],
    ['100', null],
    ['-1', null],
    ['3.5', null],
    ['', null],
  ])('typed as %j is %j', (typed, number) => {
    expect(wholeWithin(typed, 0, 99)).toBe(number)
  })
})
