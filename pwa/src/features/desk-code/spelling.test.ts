import { describe, expect, it } from 'vitest'
import { crisisLineDa } from '../../text/crisisLine.da.ts'
import { crisisLineEn } from '../../text/crisisLine.en.ts'
import { inHalves, spell } from './spelling.ts'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

describe('a code that is read aloud', () => {
  it('is shown in two halves', () => {
    expect(inHalves('A7K3MP')).toBe('A7K 3MP')
  })

  it.each([
    ['Danish', crisisLineDa],
    ['English', crisisLineEn],
  ])('has its own word for every sign that a code can have (%s)', (_language, { code }) => {
    const words = spell(CROCKFORD, code.spoken).map(({ word }) => word)

    expect(words).not.toContain(null)
    expect(new Set(words).size).toBe(CROCKFORD.length)
  })

  it('shows a sign without a word as it is', () => {
    expect(spell('A?', { A: 'Anna' })).toEqual([
      { sign: 'A', word: 'Anna' },
      { sign: '?', word: null },
    ])
  })
})
