import { expect, it } from 'vitest'
import { type CareValues, planOf, valuesOf } from './careValues'

const before: CareValues = {
  background: '',
  needs: 'Ro',
  purpose: 'At sove',
  effort: '',
  methods: ['alcohol'],
  children: 'not-asked',
  review_on: '',
}

it('says nothing instead of empty words', () => {
  const plan = planOf({ ...before, needs: '  ', review_on: '' })

  expect([plan.needs, plan.review_on]).toEqual([null, null])
  expect(valuesOf(plan).needs).toBe('')
})
