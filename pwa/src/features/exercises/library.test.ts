import { describe, expect, it } from 'vitest'
import { fromLibrary } from './exercise.ts'
import { LIBRARY, NEEDS } from './library.ts'

describe('the library on the phone', () => {
  it('can be found by need, each exercise under at least one', () => {
    for (const each of LIBRARY) expect(NEEDS).toEqual(expect.arrayContaining(each.needs))
    for (const need of NEEDS) expect(LIBRARY.filter((each) => each.needs[0] === need).length, need).toBeGreaterThan(0)
  })

  it('names no exercise in an address', () => {
    for (const each of LIBRARY) expect(fromLibrary(each).href).toMatch(/^\/oevelser\/[0-9a-f]{8}$/)
  })

  it('has a first step and an end for each', () => {
    for (const each of LIBRARY) {
      expect(each.steps.length).toBeGreaterThan(0)
      expect(each.after.da).not.toBe('')
    }
  })
})
