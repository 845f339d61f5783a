import { describe, expect, it } from 'vitest'
import { thingFrom } from './thing.ts'

describe('the words for what somebody wants to follow', () => {
  it('are one line, whatever was typed or pasted', () => {
    expect(thingFrom(' øl \n om aftenen ', [])).toEqual({ what: 'øl om aftenen' })
  })

  it('are those from before where it is followed already', () => {
    expect(thingFrom('ØL', [null, 'Øl'])).toEqual({ what: 'Øl' })
  })

  it('are asked for when there are none', () => {
    expect(thingFrom(' \n', [null])).toEqual({ trouble: 'nothing' })
  })

  it('are at most 60 characters', () => {
    expect(thingFrom('x'.repeat(60), [])).toEqual({ what: 'x'.repeat(60) })
    expect(thingFrom('x'.repeat(61), [])).toEqual({ trouble: 'tooLong' })
  })
})
