import { beforeEach, expect, it } from 'vitest'
import { runHook, settled } from '../../../tests/hooks'
import { browse, serve } from '../../../tests/server'
import type { CareAtCentre, WrittenCare } from '../../api/staffCare'
import { dropAllDrafts, hasDrafts } from '../../ui/drafts'
import { useCareForm } from './EditCare'

const PLAN: CareAtCentre = {
  version: 3,
  background: 'Kom selv',
  needs: 'Ro',
  purpose: 'At sove',
  effort: 'Samtaler',
  methods: ['alcohol'],
  children: 'not-asked',
  review_on: null,
  written_at: null,
  written_by_name: null,
  phases: [],
  offered_methods: [],
  offered_phases: [],
}

beforeEach(() => {
  dropAllDrafts()
  browse()
})

it('saves everything a colleague wrote meanwhile when the plan is saved again', async () => {
  let stands = PLAN
  serve(({ method, version, body }) => {
    if (method === 'GET') return { status: 200, body: stands }
    if (version !== stands.version) return { status: 412, body: { code: 'stale', title: '', status: 412 } }
    stands = { ...stands, ...(body as WrittenCare), version: stands.version + 1 }
    return { status: 200, body: stands }
  })
  const page = runHook(() => useCareForm('c1', PLAN))
  page.current.form.set('needs', 'Mere ro')
  await settled()
  stands = { ...stands, version: 4, background: 'Kom med en ven', purpose: 'At sove godt', methods: ['alcohol', 'day-offer'] }

  await page.current.form.submit()
  await settled()
  await page.current.form.submit()
  await settled()

  expect(stands).toMatchObject({
    version: 5,
    background: 'Kom med en ven',
    needs: 'Mere ro',
    purpose: 'At sove godt',
    effort: 'Samtaler',
    methods: ['alcohol', 'day-offer'],
  })
  expect(hasDrafts()).toBe(false)
})
