import { describe, expect, it } from 'vitest'
import list from '../../../content/plain-words.toml?raw'

type Entry = [path: string, words: string]

const CATALOGUES = import.meta.glob<Record<string, unknown>>(['./da.ts', './en.ts', './*.da.ts', './*.en.ts'], { eager: true })
/** What only colleagues read: their own trade's words may stand here, blame may not. */
const FOR_STAFF = /staff|rates|missed|sending|sheets|week|desk/i
const MOST = 30
const LEAST_WORDS = 8

/** What a catalogue says; a function is asked with words that are easy to read. */
function entries(node: unknown, path: string): Entry[] {
  if (typeof node === 'function') return [[path, String((node as (...given: string[]) => unknown)('to', 'tre', 'fem'))]]
  if (typeof node === 'object' && node !== null) return Object.entries(node).flatMap(([name, child]) => entries(child, `${path}.${name}`))
  return [[path, String(node)]]
}

const saidIn = (language: string) =>
  Object.entries(CATALOGUES)
    .filter(([file]) => file === `./${language}.ts` || file.endsWith(`.${language}.ts`))
    .flatMap(([file, catalogue]) => entries(catalogue, file))

/** The words under one heading of the list: `blame` or `jargon`. */
function listed(language: string, name: string): string[] {
  const part = list.split(`[${language}]`)[1]?.split(`${name} = [`)[1]?.split(']')[0] ?? ''
  return [...part.matchAll(/"([^"]+)"/g)].map((match) => match[1] as string)
}

const words = (text: string) => text.match(/[\p{L}]+(?:['’-][\p{L}]+)*/gu) ?? []

/** Björnsson's measure of how hard a text is to read: words a sentence, and the percentage of words over six letters. */
function lix(text: string): number {
  const found = words(text)
  const sentences = Math.max(1, (text.match(/[.!?:]+(?=\s|$)/g) ?? []).length)
  return found.length / sentences + (100 * found.filter((word) => word.length > 6).length) / found.length
}

describe('how easy the words are', () => {
  it('is counted as the formula says', () => {
    expect(lix('Behandlingen begynder. Du er velkommen.')).toBeCloseTo(2.5 + 60)
  })

  it('is that of a childrens book for what citizens read in Danish', () => {
    const long = saidIn('da').filter(([file, text]) => !FOR_STAFF.test(file.split('.ts')[0] ?? '') && words(text).length >= LEAST_WORDS)
    const hardest = long.map(([path, text]) => [lix(text), path, text] as const).sort(([a], [b]) => b - a)
    const average = hardest.reduce((sum, [each]) => sum + each, 0) / hardest.length

    expect(long.length).toBeGreaterThan(100)
    expect(average, JSON.stringify(hardest.slice(0, 8), null, 1)).toBeLessThanOrEqual(MOST)
  })

  it('holds for all Danish catalogues together', () => {
    const figures = saidIn('da').map(([, text]) => text).filter((text) => words(text).length >= LEAST_WORDS).map(lix)

    expect(figures.reduce((sum, each) => sum + each, 0) / figures.length).toBeLessThanOrEqual(MOST)
  })
})

describe.each(['da', 'en'])('the words in %s', (language) => {
  const hits = (said: Entry[], wanted: string[]) => said.filter(([, text]) => wanted.some((word) => text.toLowerCase().includes(word)))

  it('blame nobody', () => {
    expect(listed(language, 'blame').length).toBeGreaterThan(5)
    expect(hits(saidIn(language), listed(language, 'blame'))).toEqual([])
  })

  it('are no jargon where citizens read them', () => {
    expect(listed(language, 'jargon').length).toBeGreaterThan(5)
    expect(hits(saidIn(language).filter(([path]) => !FOR_STAFF.test(path.split('.ts')[0] ?? '')), listed(language, 'jargon'))).toEqual([])
  })
})
