import { describe, expect, it } from 'vitest'
import { goalsDa } from '../../text/goals.da.ts'
import { audienceOf } from './audience.ts'

describe('who may know', () => {
  it('is asked with nothing chosen before, where there is somebody to tell', () => {
    expect(audienceOf('', true)).toBe('')
    expect(audienceOf('tell', true)).toBe('tell')
  })

  it('is nobody else where there is nobody to tell, also if somebody was chosen before', () => {
    expect(audienceOf('', false)).toBe('keep')
    expect(audienceOf('tell', false)).toBe('keep')
  })

  it('names who stands in only where there is somebody to stand in for', () => {
    expect(goalsDa.share.hint('Karen Holm')).toBe('Den, der træder til for Karen Holm, kan også læse det. Du kan altid slette det helt igen.')
    expect(goalsDa.share.hint(null)).toBe('Du kan altid slette det helt igen.')
  })
})
