import { describe, expect, it } from 'vitest'
import { digitsOf, troubleWithPin } from './pin.ts'

describe('a new code', () => {
  it.each(['000000', '123456', '654321', '234567', '890123', '135791', '121212', '123123', '112233', '11111111'])(
    'may not be %s, which others try first',
    (pin) => expect(troubleWithPin(pin)).toBe('easy'),
  )

  it.each(['482915', '190274', '7310594', '100200', '121213'])('may be %s', (pin) => expect(troubleWithPin(pin)).toBeNull())

  it.each([
    ['', 'short'],
    ['48291', 'short'],
    ['4829150000000', 'long'],
    ['48291a', 'letters'],
  ])('may not be "%s": %s', (pin, trouble) => expect(troubleWithPin(pin)).toBe(trouble))
})

describe('what was typed', () => {
  it.each(['482915', ' 482 915 ', '٤٨٢٩١٥', '۴۸۲۹۱۵', '４８２９１５'])('is the same code as "%s"', (typed) => {
    expect(digitsOf(typed)).toBe('482915')
  })
})
