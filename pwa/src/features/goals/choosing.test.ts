import { describe, expect, it } from 'vitest'
import type { Goal } from '../../api/citizen.ts'
import { changesTo, howFar, newHowFar } from './choosing.ts'

const goal = { id: 'g1', title: 'Sove hele natten', kind: 'stop', theme: null, achievement: 'no-change', scaling: { reached: -1 } } as Goal

describe('a goal that is changed', () => {
  it('is written down only where something is new', () => {
    expect(changesTo(goal, { title: 'Sove hele natten' })).toEqual({})
    expect(changesTo(goal, { title: 'Sove hele natten', kind: 'stop', theme: null })).toEqual({})
    expect(changesTo(goal, { title: 'Sove godt', theme: 'mastery' })).toEqual({ title: 'Sove godt', theme: 'mastery' })
  })

  it('can be left open again', () => {
    expect(changesTo(goal, { kind: null })).toEqual({ kind: null })
  })

  it('has its title from the beginning', () => {
    expect(changesTo(null, { title: 'Sove hele natten' })).toEqual({ title: 'Sove hele natten' })
  })
})

describe('how far it is', () => {
  it('stands as it was kept until something else is chosen', () => {
    expect(howFar(goal, {})).toEqual({ achievement: 'no-change', level: -1 })
    expect(howFar(goal, { level: 0 })).toEqual({ achievement: 'no-change', level: 0 })
  })

  it('is written down only where it is new', () => {
    expect(newHowFar(goal, {})).toEqual({})
    expect(newHowFar(goal, { achievement: 'no-change', level: -1 })).toEqual({})
    expect(newHowFar(goal, { achievement: 'improving', level: 0 })).toEqual({ achievement: 'improving', level: 0 })
  })
})
