import { describe, expect, it } from 'vitest'
import type { Answer, Assignment } from '../../offline/exercise-store.ts'
import { answerNow, isOpen, listed } from './given.ts'

const given = (said: Partial<Assignment> = {}): Assignment => ({
  id: 'given',
  ref: { library: 'say-no' },
  own: null,
  goal_id: null,
  given_on: '2026-11-16',
  given_at: '2026-11-16T09:00:00Z',
  due_on: null,
  repeat: 'none',
  until_on: null,
  line: null,
  by: 'Karen Holm',
  status: 'active',
  version: 1,
  ...said,
})

const answer = (on: string, outcome: Answer['outcome'] = 'done', assignment_id: string | null = 'given') =>
  ({ id: `${on}-${outcome}`, assignment_id, on, outcome }) as Answer

const TODAY = '2026-11-23'

describe('what was given', () => {
  it('is open until it is answered, whether its day has gone by or not', () => {
    expect(isOpen(given({ due_on: '2026-11-17' }), TODAY, [])).toBe(true)
    expect(isOpen(given({ due_on: '2026-12-17' }), TODAY, [])).toBe(true)
    expect(isOpen(given(), TODAY, [answer('2026-11-18')])).toBe(false)
  })

  it('is answered by a no for now as well', () => {
    expect(isOpen(given(), TODAY, [answer(TODAY, 'not-now')])).toBe(false)
  })

  it('is not answered by the same exercise of one’s own choice', () => {
    expect(isOpen(given(), TODAY, [answer(TODAY, 'done', null)])).toBe(true)
  })

  it('comes up anew each day or week, and an answer counts for its own alone', () => {
    expect(isOpen(given({ repeat: 'daily' }), TODAY, [answer('2026-11-22')])).toBe(true)
    expect(isOpen(given({ repeat: 'weekly', due_on: '2026-11-19' }), TODAY, [answer('2026-11-20')])).toBe(false)
    expect(isOpen(given({ repeat: 'weekly', due_on: '2026-11-19' }), TODAY, [answer('2026-11-18')])).toBe(false)
    expect(isOpen(given({ repeat: 'weekly', due_on: '2026-11-12' }), TODAY, [answer('2026-11-18')])).toBe(true)
  })

  it('asks nothing before its first day and after its last', () => {
    expect(isOpen(given({ repeat: 'daily', due_on: '2026-11-24' }), TODAY, [])).toBe(false)
    expect(isOpen(given({ repeat: 'daily', until_on: '2026-11-22' }), TODAY, [])).toBe(false)
  })

  it('is on the list until its last day, what is answered for now last', () => {
    const done = given({ id: 'done' })
    const over = given({ id: 'over', repeat: 'daily', until_on: '2026-11-22' })
    const lastDay = given({ id: 'last-day', repeat: 'daily', until_on: TODAY })
    const weekly = given({ id: 'weekly', repeat: 'weekly', due_on: '2026-11-12' })
    const said = [answer('2026-11-18', 'done', 'done'), answer('2026-11-20', 'not-now', 'over'), answer('2026-11-18', 'done', 'weekly')]
    const ids = (isBegun: (given: Assignment) => boolean) => listed([done, over, lastDay, weekly], TODAY, isBegun, said).map((each) => each.id)

    expect(ids(() => false)).toEqual(['last-day', 'weekly', 'done'])
    expect(ids((each) => each === over)).toEqual(['over', 'last-day', 'weekly', 'done'])
  })

  it('is answered by the newest word, whatever the phone’s clock said', () => {
    const one = { ...answer(TODAY, 'done'), seq: 3 }
    const later = { ...answer(TODAY, 'not-now'), seq: 8 }
    const waiting = answer(TODAY, 'done')

    expect(answerNow(given(), TODAY, [one, later])).toBe(later)
    expect(answerNow(given(), TODAY, [later, one])).toBe(later)
    expect(answerNow(given(), TODAY, [waiting, later, one])).toBe(waiting)
  })
})
