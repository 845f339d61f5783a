import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { coverageOf } from './coverage.ts'

interface Example {
  name: string
  themes: string[]
  been: [theme: string | null, presence: 'present' | 'absent' | 'excused'][]
  covered: Record<string, boolean>
}

const { coverage } = JSON.parse(readFileSync(new URL('../../../../tests/contract/course_coverage.json', import.meta.url), 'utf8')) as { coverage: Example[] }

/** As the phone is told of it: who said no beforehand is neither there nor marked as away. */
function told([theme, presence]: Example['been'][number]) {
  const attended = presence === 'excused' ? null : presence === 'present'
  return { code: 'x', theme, attended, excused: presence === 'excused', status: 'held' as const, my: 'enrolled' as const, starts_at: '2026-11-01T09:00:00Z' }
}

describe('the themes somebody has been at', () => {
  it.each(coverage)('are those that the server counts: $name', ({ themes, been, covered }) => {
    const found = coverageOf('x', themes, been.map(told), Date.parse('2026-11-22T12:00:00Z'))

    expect(Object.fromEntries([...found].map(([theme, standing]) => [theme, standing === 'been']))).toEqual(covered)
  })
})
