import { describe, expect, it } from 'vitest'
import { after, between, place, type Placed } from './position.ts'
import { randomFrom } from '../../tests/offline/random.ts'

const byPosition = (a: Placed, b: Placed) => (a.position < b.position ? -1 : a.position > b.position ? 1 : a.id < b.id ? -1 : 1)

describe('after', () => {
  it('sorts behind, and stays short in a list that only grows', () => {
    let last = after(null)
    for (let step = 0; step < 1000; step += 1) {
      const next = after(last)
      expect(next > last).toBe(true)
      last = next
    }
    expect(last.length).toBeLessThan(40)
  })
})

describe('between', () => {
  it.each([
    ['a0', 'a1'],
    ['a', 'a1'],
    ['', 'a0'],
    ['', '01'],
    ['az', 'b'],
    ['zz', null],
  ])('finds a text between %s and %s', (lower, upper) => {
    const found = between(lower, upper) as string

    expect(found > lower).toBe(true)
    expect(upper === null || found < upper).toBe(true)
  })

  it.each([
    ['a', 'a'],
    ['a', 'a0'],
    ['b', 'a'],
    ['', '0'],
  ])('says that nothing lies between %s and %s', (lower, upper) => {
    expect(between(lower, upper)).toBeNull()
  })
})

describe('place', () => {
  it('puts a thing where it was meant to stand, in any list and also among equal positions', () => {
    const random = randomFrom(7)
    for (let round = 0; round < 500; round += 1) {
      const keys = ['a0', 'a0', 'a1', 'a', 'Z', '0', '00', 'zz']
      const order = Array.from({ length: 2 + random.below(6) }, (_, id) => ({ id: `${id}`, position: random.pick(keys) })).sort(byPosition)
      const moved = random.pick(order).id
      const index = random.below(order.length)
      const rest = order.filter((each) => each.id !== moved).map((each) => each.id)
      const wanted = [...rest.slice(0, index), moved, ...rest.slice(index)]

      const changed = new Map(place(order, moved, index).map((each) => [each.id, each]))

      if (changed.size === 0) continue
      expect(order.map((each) => changed.get(each.id) ?? each).sort(byPosition).map((each) => each.id)).toEqual(wanted)
    }
  })

  it('changes one thing alone where there is room', () => {
    const order = ['a0', 'a1', 'a2'].map((position) => ({ id: position, position }))

    expect(place(order, 'a2', 1).map((each) => each.id)).toEqual(['a2'])
  })
})
