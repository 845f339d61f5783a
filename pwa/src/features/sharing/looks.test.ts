import { describe, expect, it } from 'vitest'
import { looksOf } from './looks.ts'

const look = (at: string, purpose = 'contact-person', oral_yes = false) => ({ at, purpose, unit_name: 'Rusmiddelcenter', oral_yes })

describe('who has read the plan', () => {
  it('counts looks within a minute once, and every other one by itself', () => {
    const reads = [
      look('2026-11-22T05:20:44Z'),
      look('2026-11-22T06:20:01+01:00'),
      look('2026-11-22T05:20:30Z', 'crisis-line'),
      look('2026-11-22T05:19:59Z'),
      look('2026-11-22T05:19:44Z'),
    ]

    expect(looksOf(reads).map((each) => each.at)).toEqual([
      '2026-11-22T05:20:44Z',
      '2026-11-22T05:20:30Z',
      '2026-11-22T05:19:44Z',
    ])
  })

  it('keeps a look by a yes said aloud apart from one by the yes in the app', () => {
    const reads = [look('2026-11-22T05:20:44Z', 'akutkontakt', true), look('2026-11-22T05:20:30Z', 'akutkontakt')]

    expect(looksOf(reads).map((each) => each.oral_yes)).toEqual([true, false])
  })
})
