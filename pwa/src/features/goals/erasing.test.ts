import { describe, expect, it } from 'vitest'
import { goalsDa } from '../../text/goals.da.ts'
import { eraseWords, mayStillCall } from './erasing.ts'

const { erase } = goalsDa

describe('before own words are deleted', () => {
  it('says that they are gone elsewhere only once there is a network', () => {
    expect(eraseWords(erase, true, false)).toEqual([erase.text])
    expect(erase.text).toContain('så snart der er net')
  })

  it('says that a call may still come where it was told that it became hard', () => {
    expect(mayStillCall({ kind: 'became-hard', shared: true })).toBe(true)
    expect(mayStillCall({ kind: 'became-hard', shared: false })).toBe(false)
    expect(mayStillCall({ kind: 'note', shared: true })).toBe(false)
    expect(eraseWords(erase, true, true)).toEqual([erase.text, erase.mayCall])
  })

  it('speaks of nobody else on a phone that is not paired', () => {
    expect(eraseWords(erase, false, true)).toEqual([erase.here])
  })
})
