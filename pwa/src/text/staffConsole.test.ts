import { describe, expect, it } from 'vitest'
import { staffConsoleDa } from './staffConsole.da'
import { staffConsoleEn } from './staffConsole.en'

function entries(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'function') return [[path, String((node as (...given: unknown[]) => unknown)('X', 'Y', 'Z'))]]
  if (typeof node !== 'object' || node === null) return [[path, String(node)]]
  return Object.entries(node).flatMap(([name, child]) => entries(child, `${path}.${name}`))
}

describe('the words of the console', () => {
  it('have the same entries in both languages', () => {
    expect(entries(staffConsoleEn).map(([path]) => path)).toEqual(entries(staffConsoleDa).map(([path]) => path))
  })

  it('are never empty, and have no dash where a comma or full stop will do', () => {
    const wrong = [...entries(staffConsoleDa), ...entries(staffConsoleEn)].filter(
      ([, words]) => words.trim() === '' || /[–—]|undefined/.test(words),
    )

    expect(wrong).toEqual([])
  })
})
