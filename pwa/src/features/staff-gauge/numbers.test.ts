import { describe, expect, it } from 'vitest'
import { staffConsoleDa } from '../../text/staffConsole.da'
import { sayNobody, wholeNumber } from './numbers'

describe('a whole number', () => {
  it.each([
    ['25', 25],
    [' 7 ', 7],
    ['200', 200],
    ['201', null],
    ['0', null],
    ['2.5', null],
    ['-1', null],
    ['', null],
    ['1e2', null],
    ['٢', null],
  ])('%j is read as %j', (typed, number) => {
    expect(wholeNumber(typed, 200)).toBe(number)
  })
})

it.each([
  [null, 'Skriv et tal først.'],
  [25, 'Ingen kontaktpersoner at vise.'],
])('with the figure %j an empty list says: %s', (figure, said) => {
  expect(sayNobody(figure, staffConsoleDa.gauge)).toBe(said)
})
