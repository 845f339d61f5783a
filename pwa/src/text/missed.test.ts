import { describe, expect, it } from 'vitest'
import { missedDa } from './missed.da'
import { missedEn } from './missed.en'
import { ratesDa } from './rates.da'
import { ratesEn } from './rates.en'

function entries(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'function') return [[path, String((node as (...given: unknown[]) => unknown)('X', 'Y', 'Z'))]]
  if (typeof node !== 'object' || node === null) return [[path, String(node)]]
  return Object.entries(node).flatMap(([name, child]) => entries(child, `${path}.${name}`))
}

describe.each([
  ['calls', missedDa, missedEn],
  ['figures', ratesDa, ratesEn],
])('the words about %s', (_what, danish, english) => {
  it('have the same entries in both languages', () => {
    expect(entries(english).map(([path]) => path)).toEqual(entries(danish).map(([path]) => path))
  })

  it('are never empty, and have no dash where a comma or full stop will do', () => {
    const wrong = [...entries(danish), ...entries(english)].filter(([, words]) => words.trim() === '' || /[–—]|undefined/.test(words))

    expect(wrong).toEqual([])
  })
})
