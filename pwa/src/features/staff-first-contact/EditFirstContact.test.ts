import { beforeEach, describe, expect, it } from 'vitest'
import { runHook, settled } from '../../../tests/hooks'
import { browse, serve } from '../../../tests/server'
import type { GuaranteeRules } from '../../api/staffConsole'
import type { Citizen } from '../../api/staffTypes'
import { dropAllDrafts, hasDrafts } from '../../ui/drafts'
import { useContactForm } from './EditFirstContact'

const LATER = { code: 'own-wish', da: 'Du har selv ønsket at begynde senere', en: 'You wished to begin later' }
const RULES = { sought: [{ id: 'talks', law: 'sel-141', da: 'Samtaler', en: 'Talks' }], waivers: [LATER] } as unknown as GuaranteeRules

let version: number
let seeks: string | null
let waived: string | null
let isWaiverAway: boolean

const citizen = () => ({ id: 'c1', version, first_contact: { seeks, waived: null } }) as unknown as Citizen

beforeEach(() => {
  dropAllDrafts()
  browse()
  ;[version, seeks, waived, isWaiverAway] = [3, null, null, true]
  serve(({ method, path, version: built, body }) => {
    if (method === 'GET') return { status: 200, body: citizen() }
    if (path.endsWith('/guarantee-waiver')) {
      if (isWaiverAway) return { status: 503, body: { code: 'away', title: '', status: 503 } }
      waived = (body as { reason: string }).reason
      return { status: 200, body }
    }
    if (built !== version) return { status: 412, body: { code: 'stale', title: '', status: 412 } }
    seeks = (body as { seeks: string | null }).seeks
    version += 1
    return { status: 200, body: citizen() }
  })
})

async function fillIn() {
  const page = runHook(() => useContactForm('/', { citizen: citizen(), rules: RULES }))
  page.current.form.set('seeks', 'talks')
  await settled()
  page.current.form.set('waiver', 'own-wish')
  await settled()
  return page
}

describe('what a person came for, and whether the days count', () => {
  it('can be saved again when only the first of the two has arrived', async () => {
    const page = await fillIn()

    await page.current.form.submit()
    await settled()
    expect([seeks, waived]).toEqual(['talks', null])
    isWaiverAway = false
    await page.current.form.submit()
    await settled()

    expect([version, seeks, waived]).toEqual([4, 'talks', 'own-wish'])
    expect(hasDrafts()).toBe(false)
  })

  it('can be saved again after a colleague changed the person', async () => {
    const page = await fillIn()
    version = 9
    isWaiverAway = false

    await page.current.form.submit()
    await settled()
    expect([seeks, waived]).toEqual([null, null])
    await page.current.form.submit()
    await settled()

    expect([version, seeks, waived]).toEqual([10, 'talks', 'own-wish'])
  })
})
