import { describe, expect, it } from 'vitest'
import { bothChanged, mergeValues } from './merge'

const before = { needs: 'Ro', purpose: 'At sove', methods: ['alcohol'] }

describe('a record that somebody else saved meanwhile', () => {
  it('gives its words where nothing was typed here, and keeps what was', () => {
    const mine = { ...before, needs: 'Mere ro' }
    const theirs = { ...before, purpose: 'At sove godt', methods: ['alcohol', 'day-offer'] }

    expect(mergeValues(before, mine, theirs)).toEqual({ ...theirs, needs: 'Mere ro' })
    expect(bothChanged(before, mine, theirs)).toEqual({})
  })

  it('names the words that both have changed', () => {
    const mine = { ...before, needs: 'Mere ro' }
    const theirs = { ...before, needs: 'Ro om natten' }

    expect(mergeValues(before, mine, theirs).needs).toBe('Mere ro')
    expect(bothChanged(before, mine, theirs)).toEqual({ needs: 'Ro om natten' })
  })

  it('has no quarrel where both typed the same, nor about words that were left as they were', () => {
    const same = { ...before, needs: 'Mere ro' }

    expect(bothChanged(before, same, { ...same })).toEqual({})
    expect(bothChanged(before, { ...before }, same)).toEqual({})
  })
})
