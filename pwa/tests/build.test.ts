import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rolldown } from 'vite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fillPage, requireGenerated } from '../build/help-fragments.ts'
import { citizenAssets, precacheList, staffPrecacheList } from '../build/service-worker.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, content = name) => {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), content)
}

const chunk = (fileName: string, more: Partial<Rolldown.OutputChunk> & { css?: string[] } = {}) => ({
  type: 'chunk',
  fileName,
  facadeModuleId: null,
  imports: [],
  dynamicImports: [],
  viteMetadata: { importedCss: new Set(more.css), importedAssets: new Set() },
  ...more,
})

describe('citizenAssets', () => {
  it('follows imports from the citizen page, and never reaches staff', () => {
    const bundle = {
      'assets/citizen.js': chunk('assets/citizen.js', {
        facadeModuleId: '/x/pwa/index.html',
        imports: ['assets/shared.js'],
        dynamicImports: ['assets/services.js'],
        css: ['assets/citizen.css'],
      }),
      'assets/staff.js': chunk('assets/staff.js', { facadeModuleId: '/x/pwa/staff/index.html', imports: ['assets/shared.js'] }),
      'assets/shared.js': chunk('assets/shared.js', { imports: ['assets/citizen.js'] }),
      'assets/services.js': chunk('assets/services.js'),
    } as unknown as Rolldown.OutputBundle

    expect([...citizenAssets(bundle)].sort()).toEqual([
      'assets/citizen.css',
      'assets/citizen.js',
      'assets/services.js',
      'assets/shared.js',
    ])
  })
})

describe('precacheList', () => {
  it('keeps the citizen files and the public ones, not staff and not itself', () => {
    for (const name of ['index.html', 'assets/citizen.js', 'assets/staff.js', 'staff/index.html', 'sw.js', 'icon.svg']) write(name)

    const list = precacheList(folder, new Set(['assets/citizen.js']))

    expect(list.map((entry) => entry.url)).toEqual(['/assets/citizen.js', '/icon.svg', '/index.html'])
    expect(list[0]?.revision).toBeNull()
    expect(list[2]?.revision).toMatch(/^[0-9a-f]{16}$/)
  })
})

describe('staffPrecacheList', () => {
  it('keeps the console for the desk without a server, and nothing of the citizen', () => {
    for (const name of ['index.html', 'hjaelp.html', 'assets/citizen.js', 'assets/staff.js', 'staff/index.html', 'staff/sw.js', 'sw.js']) write(name)

    const list = staffPrecacheList(folder, new Set(['assets/staff.js']))

    expect(list.map((entry) => entry.url)).toEqual(['/assets/staff.js', '/staff/index.html'])
  })
})

describe('the rendered content', () => {
  it('stops the build with one sentence when it is missing', () => {
    expect(() => requireGenerated(folder)).toThrow(/missing in pwa\/generated: run "flask render-content" before the build\.$/)
  })

  it('stands in the page as it was rendered', () => {
    write('help.da.html', '<h2>Hjælp nu</h2> $& $1')
    write('help.en.html', '<h2>Help now</h2>')
    write('content-hash.txt', 'abc\n')

    const page = fillPage('<meta content="%CONTENT_HASH%"><!-- help:da --><!-- help:en -->', folder)

    expect(page).toBe('<meta content="abc"><h2>Hjælp nu</h2> $& $1<h2>Help now</h2>')
  })
})
