import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SOURCE = fileURLToPath(new URL('../src', import.meta.url))

/** What each room may import besides itself: app → features → offline · api · push · ui, one way. */
const MAY_IMPORT: Record<string, string[]> = {
  app: ['features', 'offline', 'api', 'push', 'ui', 'text'],
  features: ['offline', 'api', 'push', 'ui', 'text'],
  offline: ['api'],
  push: ['api'],
  sw: ['offline', 'api', 'push', 'text'],
  ui: ['text'],
  api: ['text'],
  text: [],
}

function sources(): { file: string; code: string }[] {
  return readdirSync(SOURCE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ file: relative(SOURCE, path), code: readFileSync(path, 'utf8') }))
}

function importsOf(file: string, code: string): string[] {
  const found = [...code.matchAll(/(?:from|import)\s*\(?['"](\.[^'"]+)['"]/g)].map((match) => match[1] as string)
  return found.map((path) => relative(SOURCE, resolve(SOURCE, dirname(file), path)))
}

const roomOf = (path: string) => path.split('/')[0] as string
const product = sources().filter(({ file }) => !/\.test\.tsx?$/.test(file))

describe('the house', () => {
  it('lets imports run one way only', () => {
    const against = product.flatMap(({ file, code }) =>
      importsOf(file, code)
        .filter((path) => !path.startsWith('..'))
        .filter((path) => roomOf(path) !== roomOf(file) && !MAY_IMPORT[roomOf(file)]?.includes(roomOf(path)))
        .map((path) => `${file} imports ${path}`),
    )

    expect(against).toEqual([])
  })

  it('keeps staff code away from the citizen, and the citizen away from staff', () => {
    const isStaff = (path: string) => /(^|\/)staff[-./]/.test(path)
    const crossing = product.flatMap(({ file, code }) =>
      importsOf(file, code)
        .filter((path) => isStaff(path) && !isStaff(file))
        .map((path) => `${file} imports ${path}`),
    )

    expect(crossing).toEqual([])
  })

  it('has one fetch and one owner of IndexedDB', () => {
    const using = (pattern: RegExp) => product.filter(({ code }) => pattern.test(code)).map(({ file }) => file)

    expect(using(/[^.\w]fetch\(/)).toEqual(['api/client.ts'])
    expect(using(/indexedDB|from 'idb'/)).toEqual(['offline/connection.ts'])
  })

  it('asks no browser whether it is online, and puts no HTML together', () => {
    const pattern = /navigator\.onLine|innerHTML|dangerouslySetInnerHTML|document\.title\s*=|\beval\(|new Function/

    expect(product.filter(({ code }) => pattern.test(code)).map(({ file }) => file)).toEqual([])
  })

  it('keeps Danish in the catalogues', () => {
    const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '')
    const outside = product.filter(({ file, code }) => roomOf(file) !== 'text' && /[æøåÆØÅ]/.test(withoutComments(code)))

    expect(outside.map(({ file }) => file)).toEqual([])
  })

  it('has no file over 400 lines', () => {
    const long = sources().filter(({ code }) => code.split('\n').length > 400)

    expect(long.map(({ file }) => file)).toEqual([])
  })
})
