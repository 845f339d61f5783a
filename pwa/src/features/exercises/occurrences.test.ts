import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { occurrenceOf, occurrences, type Rhythm } from './occurrences.ts'

interface Example extends Rhythm {
  name: string
  upto: string
  at_most: number
  days: string[]
  of: Record<string, string>
}

const { exercises } = JSON.parse(readFileSync(new URL('../../../../tests/contract/occurrences.json', import.meta.url), 'utf8')) as { exercises: Example[] }

describe('the days of a given exercise', () => {
  it.each(exercises.map((each) => [each.name, each] as const))('are those that the server works out: %s', (_name, example) => {
    expect(occurrences(example, example.upto, example.at_most)).toEqual(example.days)
    const found = Object.fromEntries(Object.keys(example.of).map((day) => [day, occurrenceOf(example, day)]))
    expect(found).toEqual(example.of)
  })
})
