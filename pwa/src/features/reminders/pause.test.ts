import { describe, expect, it } from 'vitest'
import { pauseEnds, stillAhead } from './Pause.tsx'

const now = new Date('2026-11-23T09:00:00Z')

describe('a pause', () => {
  it('lasts as many weeks as were chosen', () => {
    expect(pauseEnds(2, now)).toBe('2026-12-07T09:00:00.000Z')
  })

  it('is over when its time has come, though nobody has told the phone', () => {
    expect(stillAhead('2026-11-23T09:00:00Z', now)).toBeNull()
    expect(stillAhead('2026-11-23T09:00:01Z', now)).not.toBeNull()
    expect(stillAhead(null, now)).toBeNull()
    expect(stillAhead(undefined, now)).toBeNull()
  })
})
