import { beforeEach, describe, expect, it } from 'vitest'
import { runHook, settled } from '../../../tests/hooks'
import { type Asked, serve } from '../../../tests/server'
import type { WholeGoal } from '../../api/staffGoals'
import { useStatus } from './Status'

describe('where a goal stands', () => {
  let asked: Asked[]
  let goal: WholeGoal
  beforeEach(() => {
    goal = { id: 'g1', version: 3, status: 'accepted' } as unknown as WholeGoal
    asked = serve(({ body }) => ({ status: 200, body }))
  })

  it('is sent once when it is saved, and not for every choice that is passed on the way', async () => {
    const page = runHook(() => useStatus(goal))
    for (const passed of ['active', 'on-hold', 'completed']) {
      page.current.choose(passed)
      await settled()
    }
    expect(page.current.status).toBe('completed')
    expect(asked).toEqual([])

    await page.current.save()

    expect(asked.map(({ method, version, body }) => [method, version, body])).toEqual([['PATCH', 3, { status: 'completed' }]])
  })

  it('is not sent when nothing else was chosen', async () => {
    await runHook(() => useStatus(goal)).current.save()

    expect(asked).toEqual([])
  })

  it('is shown as it is when somebody else has moved the goal', async () => {
    const page = runHook(() => useStatus(goal))
    page.current.choose('completed')
    await settled()

    goal = { ...goal, status: 'on-hold', version: 4 }
    page.again()
    await settled()

    expect(page.current.status).toBe('on-hold')
  })
})
