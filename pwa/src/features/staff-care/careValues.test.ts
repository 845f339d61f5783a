import { describe, expect, it } from 'vitest'
import { bothChanged, type CareValues, mergeCare, planOf, valuesOf } from './careValues'

const before: CareValues = {
  background: '',
  needs: 'Ro',
  purpose: 'At sove',
  effort: '',
  methods: ['alcohol'],
  children: 'not-asked',
  review_on: '',
}

describe('a plan that a colleague saved meanwhile', () => {
  it('gives its words where nothing was typed here, and keeps what was', () => {
    const mine = { ...before, needs: 'Mere ro' }
    const theirs = { ...before, purpose: 'At sove godt', methods: ['alcohol', 'day-offer'] }

    expect(mergeCare(before, mine, theirs)).toEqual({ ...theirs, needs: 'Mere ro' })
    expect(bothChanged(before, mine, theirs)).toEqual({})
  })

  it('names the words that both have changed', () => {
    const mine = { ...before, needs: 'Mere ro' }
    const theirs = { ...before, needs: 'Ro om natten' }

    expect(mergeCare(before, mine, theirs).needs).toBe('Mere ro')
    expect(bothChanged(before, mine, theirs)).toEqual({ needs: 'Ro om natten' })
  })

  it('has no quarrel where both typed the same', () => {
    const same = { ...before, needs: 'Mere ro' }

    expect(bothChanged(before, same, { ...same })).toEqual({})
  })
})

it('says nothing instead of empty words', () => {
  const plan = planOf({ ...before, needs: '  ', review_on: '' })

  expect([plan.needs, plan.review_on]).toEqual([null, null])
  expect(valuesOf(plan).needs).toBe('')
})
