import { describe, expect, it } from 'vitest'
import type { Answer } from '../../offline/exercise-store.ts'
import { earlierOf, newest } from './saved.ts'

const answer = (id: string, replaces: string | null = null) => ({ id, replaces }) as Answer
const ids = (all: readonly Answer[]) => all.map((each) => each.id)

describe('what was kept', () => {
  const all = [answer('c', 'b'), answer('x'), answer('b', 'a'), answer('a')]

  it('is listed once, in its newest wording', () => {
    expect(ids(newest(all))).toEqual(['c', 'x'])
  })

  it('has its earlier wordings beside it, newest first', () => {
    expect(ids(earlierOf(all[0]!, all))).toEqual(['b', 'a'])
  })

  it('shows the earlier ones as far as they were not deleted', () => {
    expect(ids(earlierOf(all[0]!, all.filter((each) => each.id !== 'a')))).toEqual(['b'])
    expect(ids(earlierOf(all[0]!, all.filter((each) => each.id !== 'b')))).toEqual([])
  })

  it('does not go round in circles', () => {
    const round = [answer('a', 'b'), answer('b', 'a')]

    expect(ids(earlierOf(round[0]!, round))).toEqual(['b', 'a'])
  })
})
