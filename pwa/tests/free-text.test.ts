import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SOURCE = fileURLToPath(new URL('../src', import.meta.url))

/** Kinds of input in which nobody writes to anybody. */
const NOT_WORDS = /type=["{]'?"?(?:tel|date|time|checkbox|radio|file|password)\b/
/** A code, one's own or somebody else's, is not words for anybody to read. */
const CODE_FIELDS = ['features/pairing/Pairing.tsx', 'features/lock/PinField.tsx']
const OWN_FIELD = 'ui/FreeText.tsx'

/** Every control in a file that takes typing: from its name to the end of its tag. */
export function typedControls(code: string): string[] {
  return [...code.matchAll(/<(?:textarea|input|TextField)\b(?:=>|[^>])*>/g)].map((match) => match[0])
}

const isStaff = (file: string) => /(^|\/)staff[-./]/.test(file)
const files = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.tsx'))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ file: relative(SOURCE, path), code: readFileSync(path, 'utf8') }))
  .filter(({ file }) => /^(app|features)\//.test(file) && !isStaff(file))

describe('every field for a citizen’s own words', () => {
  it('is the one field that says nobody reads it at once, and where help is', () => {
    const without = files
      .filter(({ file }) => !CODE_FIELDS.includes(file))
      .flatMap(({ file, code }) => typedControls(code).map((control) => ({ file, control })))
      .filter(({ control }) => !NOT_WORDS.test(control))

    expect(without).toEqual([])
  })

  it('says it in that one field, tied to it so that it is read aloud, with the way to help', () => {
    const code = readFileSync(join(SOURCE, OWN_FIELD), 'utf8')

    expect(code).toMatch(/<textarea[\s\S]*aria-describedby=\{[^\n]*notice\}/)
    expect(code).toContain('{words.nobodyReads} <a href="/hjaelp">')
    expect(code.match(/<NobodyReads /g)).toHaveLength(typedControls(code).length)
  })

  it('is found where it is missing', () => {
    const missed = typedControls('<input id="a" onInput={(e) => set(e)} /> <TextField id="b" type="tel" onInput={(v) => w(v)} />')

    expect(missed.filter((control) => !NOT_WORDS.test(control))).toEqual(['<input id="a" onInput={(e) => set(e)} />'])
  })
})
