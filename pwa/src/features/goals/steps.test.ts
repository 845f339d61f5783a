import { describe, expect, it } from 'vitest'
import type { Goal } from '../../api/citizen.ts'
import { goalsDa } from '../../text/goals.da.ts'
import { goalsEn } from '../../text/goals.en.ts'
import { stepsFrom } from './steps.ts'

const STATUSES: Goal['status'][] = ['proposed', 'accepted', 'active', 'on-hold', 'completed', 'cancelled']

describe('stepsFrom', () => {
  it('lets a goal rest or be reached, and everything be taken up again', () => {
    const next = (status: Goal['status']) => stepsFrom(status).map(({ to, again }) => (again ? `${to} again` : to))

    expect(next('active')).toEqual(['completed', 'on-hold'])
    expect(next('on-hold')).toEqual(['active again', 'completed'])
    expect(next('completed')).toEqual(['active again'])
    expect(next('proposed')).toEqual(['active'])
  })

  it.each(STATUSES)('leads from %s to another place, and never leaves the person without a way on', (status) => {
    expect(stepsFrom(status).length).toBeGreaterThan(0)
    expect(stepsFrom(status).map(({ to }) => to)).not.toContain(status)
  })

  it.each([goalsDa, goalsEn])('has words for every step, and none of them speaks of failing', (words) => {
    for (const { to, again } of STATUSES.flatMap(stepsFrom)) {
      expect(again ? words.again : words.steps[to]).toMatch(/\w/)
      expect(words.saidStep[to]).toMatch(/\.$/)
    }
    expect(JSON.stringify(words)).not.toMatch(/fejlet|mislykke|opgiv|fail|gave up/i)
  })
})
