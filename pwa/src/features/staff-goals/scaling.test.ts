import { describe, expect, it } from 'vitest'
import type { GoalValues } from './GoalFields'
import { changesOf } from './GoalFields'
import { startScaling, toScaling } from './scaling'

const NOTHING = { importance: null, difficulty: null, baseline: null, reached: null, levels: [null, null, null, null, null] }
const SAID = { importance: 3, difficulty: 0, baseline: -1, reached: 0, levels: ['a', null, 'b', null, 'c'] }

describe('the levels of a goal', () => {
  it('go to the form and back as they were, and 0 is not the same as not said', () => {
    expect(toScaling(startScaling(SAID))).toEqual(SAID)
    expect(toScaling(startScaling(null))).toEqual(NOTHING)
    expect(startScaling(SAID).difficulty).toBe('0')
  })
})

describe('what is changed in a goal', () => {
  const before: GoalValues & { achievement: string } = { title: 'Sove', kind: '', theme: 'mastery', review_on: '2026-12-01', achievement: '' }

  it('is only what was touched, so that a colleague’s change of another field stays', () => {
    expect(changesOf({ ...before }, before)).toEqual({})
    expect(changesOf({ ...before, kind: 'stop' }, before)).toEqual({ kind: 'stop' })
  })

  it('is taken away by an empty choice', () => {
    expect(changesOf({ ...before, theme: '', review_on: '' }, before)).toEqual({ theme: null, review_on: null })
  })
})
