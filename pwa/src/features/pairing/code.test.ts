import { describe, expect, it, vi } from 'vitest'
import { codeFromScan, readCode, showCode, takeCodeFromAddress } from './code.ts'

describe('readCode', () => {
  it.each(['ABCD2345', 'abcd-2345', ' abcd 2345 ', 'AB.CD.23.45', 'ab-cd–2345'])('understands %s', (typed) => {
    expect(readCode(typed)).toBe('ABCD2345')
  })

  it('takes look-alike letters for what was meant', () => {
    expect(readCode('oOiIlL23')).toBe('00111123')
  })

  it.each(['', 'ABCD234', 'ABCD23456', 'ABCDU345', 'ABCD<345', 'æøåabcde'])('refuses %s', (typed) => {
    expect(readCode(typed)).toBeNull()
  })
})

describe('codeFromScan', () => {
  it('finds the code in our address', () => {
    expect(codeFromScan('https://app.example/par#ABCD2345')).toBe('ABCD2345')
  })

  it('refuses any other address', () => {
    expect(codeFromScan('https://evil.example/?q=1')).toBeNull()
  })
})

describe('takeCodeFromAddress', () => {
  it('takes the code out of the history at once', () => {
    const past = { replaceState: vi.fn() } as unknown as History

    const code = takeCodeFromAddress({ pathname: '/par', hash: '#ABCD2345' } as Location, past)

    expect(code).toBe('ABCD2345')
    expect(past.replaceState).toHaveBeenCalledWith(null, '', '/par')
  })

  it('removes also what is no code, and never throws', () => {
    const past = { replaceState: vi.fn() } as unknown as History

    expect(takeCodeFromAddress({ pathname: '/par', hash: '#%E0%A4%A' } as Location, past)).toBeNull()
    expect(past.replaceState).toHaveBeenCalledOnce()
  })

  it('leaves other pages alone', () => {
    const past = { replaceState: vi.fn() } as unknown as History

    expect(takeCodeFromAddress({ pathname: '/', hash: '#hjaelp' } as Location, past)).toBeNull()
    expect(past.replaceState).not.toHaveBeenCalled()
  })
})

describe('showCode', () => {
  it('shows it in two halves', () => {
    expect(showCode('ABCD2345')).toBe('ABCD-2345')
  })
})
