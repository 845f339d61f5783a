import { beforeEach, describe, expect, it } from 'vitest'
import { runHook, settled } from '../../../tests/hooks'
import { type Asked, browse, serve } from '../../../tests/server'
import type { WholeGoal } from '../../api/staffGoals'
import { dropAllDrafts } from '../../ui/drafts'
import { useEditForm } from './EditGoal'
import { useAnswersForm } from './QuestionsForm'
import { useScalingForm } from './ScalingForm'

const LEVELS = ['Slet ikke', null, 'To gange', null, null]

const GOAL = {
  id: 'g1',
  version: 3,
  title: 'Sove',
  origin: 'citizen',
  status: 'active',
  kind: null,
  theme: 'mastery',
  review_on: null,
  achievement: null,
  agreed: true,
  closer_until: null,
  answers: { activity: null, support: null, amount: null, by_when: null },
  scaling: { importance: 3, difficulty: 1, baseline: -1, reached: null, levels: LEVELS },
} as unknown as WholeGoal

let stands: WholeGoal
let asked: Asked[]

/** What the person or a colleague does meanwhile. */
function elsewhere(change: Partial<WholeGoal>): void {
  stands = { ...stands, ...change, version: stands.version + 1 }
}

beforeEach(() => {
  dropAllDrafts()
  browse()
  stands = GOAL
  asked = serve(({ method, version, body, path }) => {
    if (method === 'GET') return { status: 200, body: { goal: stands, steps: [], events: [], next_cursor: null } }
    if (method === 'POST') return { status: 201, body: {} }
    if (version !== stands.version) return { status: 412, body: { code: 'stale', title: '', status: 412 } }
    elsewhere(path.endsWith('/scaling') ? { scaling: body as WholeGoal['scaling'] } : (body as Partial<WholeGoal>))
    return { status: 200, body: stands }
  })
})

async function press(page: { current: { form: { submit: () => Promise<void> } } }): Promise<void> {
  await page.current.form.submit()
  await settled()
}

describe('the levels of a goal', () => {
  it('keep what the person reached and what a colleague wrote, when they are saved again', async () => {
    const page = runHook(() => useScalingForm('/', stands))
    page.current.form.set('level-4', 'Hver nat')
    await settled()
    elsewhere({ scaling: { importance: 3, difficulty: 1, baseline: -1, reached: 1, levels: ['Aldrig', null, 'To gange', null, null] } })

    await press(page)
    expect(page.current.theirs).toEqual({})
    await press(page)

    expect(stands.scaling).toEqual({ importance: 3, difficulty: 1, baseline: -1, reached: 1, levels: ['Aldrig', null, 'To gange', null, 'Hver nat'] })
  })

  it('show what stands now where both have said something', async () => {
    const page = runHook(() => useScalingForm('/', stands))
    page.current.form.set('reached', '0')
    await settled()
    elsewhere({ scaling: { importance: 3, difficulty: 1, baseline: -1, reached: 2, levels: LEVELS } })

    await press(page)

    expect(page.current.theirs).toEqual({ reached: '2' })
    expect(page.current.form.values.reached).toBe('0')
  })
})

describe('what is said of a goal', () => {
  it('keeps the title that the person has just changed', async () => {
    const page = runHook(() => useEditForm('/', stands))
    page.current.form.set('kind', 'stop')
    await settled()
    elsewhere({ title: 'Sove hele natten' })

    await press(page)
    expect(page.current.form.values.title).toBe('Sove hele natten')
    await press(page)

    expect(stands).toMatchObject({ title: 'Sove hele natten', kind: 'stop' })
  })

  it('shows the person’s title before it is written over', async () => {
    const page = runHook(() => useEditForm('/', stands))
    page.current.form.set('title', 'Sove bedre')
    await settled()
    elsewhere({ title: 'Sove hele natten' })

    await press(page)

    expect(page.current.theirs).toEqual({ title: 'Sove hele natten' })
    expect(stands.title).toBe('Sove hele natten')
  })

  it('counts untouched fields of an old draft as untouched when it is opened again', async () => {
    const before = runHook(() => useEditForm('/', stands))
    before.current.form.set('kind', 'stop')
    await settled()
    before.end()
    elsewhere({ title: 'Sove hele natten', theme: 'network' })

    await press(runHook(() => useEditForm('/', stands)))

    expect(stands).toMatchObject({ title: 'Sove hele natten', theme: 'network', kind: 'stop' })
  })
})

describe('the answers to the four questions', () => {
  it('of an old draft do not come again over newer ones that nobody touched', async () => {
    elsewhere({ answers: { activity: 'Gå en tur', support: null, amount: null, by_when: null } })
    const before = runHook(() => useAnswersForm('/', stands))
    before.current.set('support', 'En ven')
    await settled()
    before.end()
    elsewhere({ answers: { activity: 'Svømme', support: null, amount: null, by_when: null } })

    await runHook(() => useAnswersForm('/', stands)).current.submit()

    expect(asked.map(({ body }) => body)).toMatchObject([{ question: 'support', text: 'En ven' }])
    expect(asked).toHaveLength(1)
  })
})
