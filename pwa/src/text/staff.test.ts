import { describe, expect, it } from 'vitest'
import { staffDa } from './staff.da'
import { staffEn } from './staff.en'

type Entry = [path: string, words: string]

function entries(node: unknown, path = ''): Entry[] {
  if (typeof node === 'function') return [[path, String((node as (...given: string[]) => unknown)('X', 'Y'))]]
  if (typeof node === 'object' && node !== null) {
    return Object.entries(node).flatMap(([name, child]) => entries(child, `${path}.${name}`))
  }
  return [[path, String(node)]]
}

describe.each([
  ['Danish', staffDa],
  ['English', staffEn],
])('the words in %s', (_language, text) => {
  it('are never empty', () => {
    expect(entries(text).filter(([, words]) => words.trim() === '')).toEqual([])
  })

  it('have no dash where a comma or full stop will do', () => {
    expect(entries(text).filter(([, words]) => /[–—]/.test(words))).toEqual([])
  })

  it('use every word that was handed over', () => {
    const silent = entries(text).filter(([, words]) => words.includes('undefined') || words.includes('[object'))
    expect(silent).toEqual([])
  })
})

describe('both languages', () => {
  it('have the same entries', () => {
    const paths = (text: unknown) => entries(text).map(([path]) => path)

    expect(paths(staffEn)).toEqual(paths(staffDa))
  })
})

describe('whose it is in Danish', () => {
  it.each([
    ['Anna', 'Er Annas mobil væk?'],
    ['Lucas', "Er Lucas' mobil væk?"],
    ['Max', "Er Max' mobil væk?"],
  ])('for %s', (alias, question) => {
    expect(staffDa.phone.lostTitle(alias)).toBe(question)
  })

  it('for a plan', () => {
    expect([staffDa.plan.heading('Anna'), staffDa.plan.heading('Lucas')]).toEqual(['Annas plan', "Lucas' plan"])
  })
})
