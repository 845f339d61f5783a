import { describe, expect, it } from 'vitest'
import { staffDa } from '../../text/staff.da'
import { passwordTrouble } from './password'

describe('the length of a new password', () => {
  it.each([
    ['1234567', staffDa.invitation.passwordShort],
    ['12345678', null],
    ['å'.repeat(8), null],
    ['a\u030a'.repeat(7), staffDa.invitation.passwordShort],
    ['x'.repeat(128), null],
    ['x'.repeat(129), staffDa.invitation.passwordLong],
  ])('%s: %s', (password, words) => {
    expect(passwordTrouble(password, staffDa)).toBe(words)
  })
})
