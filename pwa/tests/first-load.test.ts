import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const BUILD = process.env['PWA_DIR'] ?? fileURLToPath(new URL('../dist', import.meta.url))
/** A cheap phone on a bad network: what comes before anything can be tapped. */
const MOST_BYTES = 45_000
const MOST_BYTES_OF_STYLE = 8_000

/** Every file that the page asks for before its first line runs. */
function askedFor(page: string, ending: string): string[] {
  const tags = [...page.matchAll(/<(?:script|link)\b[^>]*>/g)].map(([tag]) => tag).filter((tag) => !/\bnomodule\b/.test(tag))
  const addresses = tags.map((tag) => /(?:src|href)="(\/[^"]+)"/.exec(tag)?.[1] ?? '')
  return [...new Set(addresses)].filter((address) => address.endsWith(ending))
}

const zipped = (address: string) => gzipSync(readFileSync(join(BUILD, address)), { level: 9 }).length
const total = (addresses: string[]) => addresses.map(zipped).reduce((sum, size) => sum + size, 0)

describe('the first page of the built app', () => {
  const page = readFileSync(join(BUILD, 'index.html'), 'utf8')

  it('brings at most 45 kB of script', () => {
    const scripts = askedFor(page, '.js')

    expect(scripts.some((address) => address.startsWith('/assets/citizen-'))).toBe(true)
    expect(total(scripts), scripts.join(' ')).toBeLessThanOrEqual(MOST_BYTES)
  })

  it('brings little style', () => {
    expect(total(askedFor(page, '.css'))).toBeLessThanOrEqual(MOST_BYTES_OF_STYLE)
  })
})
