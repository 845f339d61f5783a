import { describe, expect, it } from 'vitest'
import { isWithoutReader, readerName } from './readers.ts'

const karen = { name: 'Karen Holm', phone: null }
const bo = { name: 'Bo Juhl', until: null }
const eva = { name: 'Eva Dam', until: '2026-12-01' }

describe('who reads what is shared', () => {
  it('is the contact person, also while somebody stands in', () => {
    const profile = { contact_person: karen, stand_ins: [bo] }

    expect(isWithoutReader(profile)).toBe(false)
    expect(readerName(profile)).toBe('Karen Holm')
  })

  it('is whoever stands in where there is no contact person', () => {
    const profile = { contact_person: null, stand_ins: [bo, eva] }

    expect(isWithoutReader(profile)).toBe(false)
    expect(readerName(profile)).toBe('Bo Juhl, Eva Dam')
  })

  it('is nobody where there is neither', () => {
    const profile = { contact_person: null, stand_ins: [] }

    expect(isWithoutReader(profile)).toBe(true)
    expect(readerName(profile)).toBeNull()
  })

  it('is not denied while the phone has not been told', () => {
    expect(isWithoutReader(null)).toBe(false)
    expect(readerName(null)).toBeNull()
  })
})
