import { describe, expect, it } from 'vitest'
import { deskDa } from './desk.da'
import { deskEn } from './desk.en'

type Entry = [path: string, words: string]

function entries(node: unknown, path = ''): Entry[] {
  if (typeof node === 'function') return [[path, String((node as (...given: string[]) => unknown)('X', 'Y', 'Z'))]]
  if (typeof node !== 'object' || node === null) return [[path, String(node)]]
  return Object.entries(node).flatMap(([name, child]) => entries(child, `${path}.${name}`))
}

describe.each([
  ['Danish', deskDa],
  ['English', deskEn],
])('the words of the desk in %s', (_language, text) => {
  it('are all there, and use what is handed over', () => {
    const wrong = entries(text).filter(([, words]) => words.trim() === '' || /undefined|\[object/.test(words))

    expect(wrong).toEqual([])
  })

  it('have no dash where a comma or full stop will do', () => {
    expect(entries(text).filter(([, words]) => /[–—]/.test(words))).toEqual([])
  })
})

describe('one and many', () => {
  it('are told apart', () => {
    expect([1, 2].map(deskDa.leave.text)).toEqual([
      '1 kontakt er ikke sendt endnu. Logger du ud nu, slettes den her.',
      '2 kontakter er ikke sendt endnu. Logger du ud nu, slettes de her.',
    ])
    expect([1, 2].map((free) => deskDa.places.free(free, 2))).toEqual(['1 ledig af 2', '2 ledige af 2'])
  })
})
