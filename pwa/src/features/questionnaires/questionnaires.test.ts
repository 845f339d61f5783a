import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DEFINITIONS, definitionOf } from './definitions.ts'
import { asked, asksForCall, scoreOf } from './score.ts'
import { currentWindow, monthsAfter, stateOf, windowsOf, type Answered, type Window } from './windows.ts'

interface Examples {
  plans: { name: string; start_on: string; end_on: string | null; until: string; windows: string[][] }[]
  states: { name: string; window: string[]; today: string; answered: Answered[]; skipped: string[]; withdrawn_on: string | null; state: string }[]
  months: [string, number, string][]
}

const EXAMPLES = JSON.parse(readFileSync(new URL('../../../../tests/contract/questionnaire_windows.json', import.meta.url), 'utf8')) as Examples
const asList = (window: Window) => [window.key, window.opens_on, window.due_on, window.overdue_on, window.expires_on]
const asWindow = ([key = '', opens_on = '', due_on = '', overdue_on = '', expires_on = '']: string[]): Window => ({ key, opens_on, due_on, overdue_on, expires_on })

describe('the windows', () => {
  it.each(EXAMPLES.plans.map((each) => [each.name, each] as const))('are those that the server works out: %s', (_name, each) => {
    expect(windowsOf(each, each.until).map(asList)).toEqual(each.windows)
  })

  it.each(EXAMPLES.states.map((each) => [each.name, each] as const))('stand as the server says: %s', (_name, each) => {
    const { today, answered, skipped, withdrawn_on: withdrawnOn } = each

    expect(stateOf(asWindow(each.window), { today, answered, skipped, withdrawnOn })).toBe(each.state)
  })

  it.each(EXAMPLES.months)('from %s, %i months later, come to %s', (day, months, then) => {
    expect(monthsAfter(day, months)).toBe(then)
  })

  it('are open one at a time', () => {
    const found = windowsOf({ start_on: '2026-01-31', end_on: '2026-12-31' }, '2027-12-31')

    expect(currentWindow(found, '2026-04-22')?.key).toBe('start')
    expect(currentWindow(found, '2026-04-23')?.key).toBe('month-3')
    expect(currentWindow(found, '2027-05-01')).toBeUndefined()
  })
})

const who = (values: number[]) => Object.fromEntries((definitionOf('who-5')?.items ?? []).map((item, at) => [item.id, values[at] ?? 0]))

describe('the score', () => {
  const whoDefinition = DEFINITIONS.find((each) => each.code === 'who-5')!
  const audit = DEFINITIONS.find((each) => each.code === 'audit-c')!

  it.each([
    [[5, 5, 5, 5, 5], 100],
    [[0, 0, 0, 0, 0], 0],
    [[3, 3, 3, 2, 2], 52],
    [[1, 1, 1, 1, 1], 20],
  ])('of WHO-5 %j is %i', (values, score) => {
    expect(scoreOf(whoDefinition, who(values))).toBe(score)
  })

  it('of AUDIT-C asks who never drinks nothing more', () => {
    expect(asked(audit, { 'how-often': 0 }).map((item) => item.id)).toEqual(['how-often'])
    expect(scoreOf(audit, { 'how-often': 0, 'how-many': 4, 'many-at-once': 4 })).toBe(0)
    expect(scoreOf(audit, { 'how-often': 4, 'how-many': 4, 'many-at-once': 4 })).toBe(12)
    expect(scoreOf(audit, { 'how-often': 1 })).toBeNull()
  })

  it('asks about a call only under a rule, at or below it, where low is the worst', () => {
    expect(asksForCall(whoDefinition, who([3, 3, 3, 2, 1]), 48)).toBe(true)
    expect(asksForCall(whoDefinition, who([3, 3, 3, 2, 2]), 48)).toBe(false)
    expect(asksForCall(whoDefinition, who([0, 0, 0, 0, 0]), undefined)).toBe(false)
    expect(asksForCall(audit, { 'how-often': 0 }, 12)).toBe(false)
    expect(asksForCall(whoDefinition, { calm: 0 }, 100)).toBe(false)
  })
})
