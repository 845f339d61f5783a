import { describe, expect, it } from 'vitest'
import { changesOf, checkGiven, EMPTY, refOf, saidBy } from './givenValues'

const IN_2099 = { ...EMPTY, repeat: 'daily', due_on: '2099-01-02', until_on: '2099-01-09' }

describe('a given exercise as a form holds it', () => {
  it('says nothing of what stands empty', () => {
    expect(saidBy({ ...EMPTY, line: '  ' })).toEqual({ goal_id: null, due_on: null, repeat: 'none', until_on: null, line: null })
  })

  it('has a last day only if it repeats', () => {
    expect(saidBy(IN_2099).until_on).toBe('2099-01-09')
    expect(saidBy({ ...IN_2099, repeat: 'none' }).until_on).toBeNull()
  })

  it('sends only what was changed, the last day too when it no longer repeats', () => {
    expect(changesOf(IN_2099, IN_2099)).toEqual({})
    expect(changesOf({ ...IN_2099, repeat: 'none' }, IN_2099)).toEqual({ repeat: 'none', until_on: null })
    expect(changesOf({ ...IN_2099, line: 'Til dig' }, IN_2099)).toEqual({ line: 'Til dig' })
  })

  it('asks for days that lie ahead and follow each other, except those that stood already', () => {
    const past = { ...EMPTY, due_on: '2020-01-01' }
    expect(Object.keys(checkGiven(past))).toEqual(['due_on'])
    expect(checkGiven(past, past)).toEqual({})
    expect(Object.keys(checkGiven({ ...IN_2099, until_on: '2099-01-01' }))).toEqual(['until_on'])
    expect(checkGiven(IN_2099)).toEqual({})
  })

  it('names the library or a colleague’s own', () => {
    expect(refOf('library:breathing')).toEqual({ library: 'breathing' })
    expect(refOf('own:0199-a')).toEqual({ own: '0199-a' })
  })
})
