import { describe, expect, it } from 'vitest'
import { ApiProblem, Unreachable } from '../../api/client'
import { sheetsDa } from '../../text/sheets.da'
import { sheetsEn } from '../../text/sheets.en'
import { doneWords, faultsOf, mayReturn, outcomeOf, toBase64, TooLarge } from './sheet'

const words = sheetsDa.bring
const refused = (status: number, code: string, errors: Record<string, string[]> = {}) => new ApiProblem(status, { code, errors }, null)

describe('faultsOf', () => {
  it('names every column that is wrong', () => {
    const errors = { 'columns.missing': ['date', 'place'], 'columns.extra': ['CPR', ' '], 'columns.doubled': ['Tid', 'tid'] }

    expect(faultsOf(refused(422, 'invalid', errors), words)).toEqual([
      'Der mangler kolonner: dato, sted.',
      'Kolonner, vi ikke kender: CPR, uden navn.',
      'Kolonner, der står to gange: Tid, tid.',
    ])
  })

  it.each([
    ['file', words.problem.unreadable],
    ['file.encoding', words.problem.unreadable],
    ['file.shape', words.problem.unreadable],
    ['rows.none', words.problem.none],
    ['rows.many', words.problem.many],
  ])('has a sentence for %s', (field, sentence) => {
    expect(faultsOf(refused(422, 'invalid', { [field]: ['x'] }), words)).toEqual([sentence])
  })

  it.each([
    [413, 'too-large', words.problem.large],
    [409, 'import-changed', words.problem.changed],
    [409, 'double-booked', words.problem.taken],
  ])('has a sentence for %i %s', (status, code, sentence) => {
    expect(faultsOf(refused(status, code), words)).toEqual([sentence])
  })

  it('names the lines that cannot be booked again', () => {
    const errors = { again: ['Row 3 cannot be booked again.', 'Row 12 cannot be booked again.'] }

    expect(faultsOf(refused(422, 'invalid', errors), words)).toEqual([words.problem.notAgain('3, 12')])
  })

  it('says so when a file is too large to be sent at all', () => {
    expect(faultsOf(new TooLarge(), words)).toEqual([words.problem.large])
  })

  it('leaves other troubles to others', () => {
    expect(faultsOf(new Unreachable(), words)).toEqual([])
    expect(faultsOf(refused(503, 'unavailable'), words)).toEqual([])
  })
})

describe('mayReturn', () => {
  it('is for what was moved or cancelled since, and for nothing else', () => {
    const outcomes = Object.keys(words.outcomes) as (keyof typeof words.outcomes)[]

    expect(outcomes.filter((outcome) => mayReturn({ outcome }))).toEqual(['was-moved', 'was-cancelled'])
  })
})

describe('outcomeOf', () => {
  it('says that a chosen row is booked', () => {
    expect(outcomeOf({ outcome: 'was-moved', column: null }, words, true)).toBe(words.outcomes.new)
  })

  it('says which cell was not understood', () => {
    expect(outcomeOf({ outcome: 'bad-cell', column: 'time' }, words)).toBe('Forstår ikke »klokken«')
    expect(outcomeOf({ outcome: 'bad-cell', column: null }, words)).toBe('Kan ikke læses')
    expect(outcomeOf({ outcome: 'unknown-alias', column: 'alias' }, words)).toBe('Du har ingen med det alias')
  })
})

describe('doneWords', () => {
  it('says that a sheet was read in already when it is sent once more', () => {
    expect(doneWords({ booked: 2 }, words)).toBe('2 aftaler er lavet')
    expect(doneWords({ booked: 2, already: true }, words)).toBe('Filen er allerede læst ind.')
  })

  it('has words for a row that was moved or cancelled since', () => {
    expect(outcomeOf({ outcome: 'was-moved', column: null }, words)).toContain('Er flyttet siden')
    expect(outcomeOf({ outcome: 'was-cancelled', column: null }, words)).toContain('Er aflyst siden')
  })
})

describe('toBase64', () => {
  it('keeps every byte, also of a long file', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256)

    expect(Uint8Array.from(atob(toBase64(bytes)), (letter) => letter.charCodeAt(0))).toEqual(bytes)
  })
})

describe('both languages', () => {
  const shape = (node: unknown, path = ''): string[] =>
    typeof node === 'object' && node !== null ? Object.entries(node).flatMap(([key, value]) => shape(value, `${path}.${key}`)) : [path]

  it('have the same entries', () => {
    expect(shape(sheetsEn)).toEqual(shape(sheetsDa))
  })
})
