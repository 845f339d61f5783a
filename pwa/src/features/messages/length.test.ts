import { expect, it } from 'vitest'
import { messagesDa } from '../../text/messages.da.ts'
import { wrongWith } from './length.ts'

it('lets a message of the longest length through, counted as the house counts it', () => {
  expect(wrongWith('æ'.repeat(2000), messagesDa)).toBeUndefined()
  expect(wrongWith('🌱'.repeat(2000), messagesDa)).toBeUndefined()
  expect(wrongWith('a\u030a'.repeat(2000), messagesDa)).toBeUndefined()
})

it('says by how much one is too long, and that one is empty', () => {
  expect(wrongWith('x'.repeat(2003), messagesDa)).toBe(messagesDa.tooLong(3))
  expect(wrongWith(' \n ', messagesDa)).toBe(messagesDa.blank)
})
