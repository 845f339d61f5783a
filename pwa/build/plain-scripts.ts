import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Without lines that are only for readers, and without indents; every other line stays as it was written. */
export function withoutRemarks(code: string): string {
  return code.replace(/^\s*\/\/.*\n/gm, '').replace(/^\s+/gm, '')
}

/** Vite plugin: scripts that no compiler touches, since browsers must run them that know no newer syntax. */
export function plainScripts(names: readonly string[]): Plugin {
  return {
    name: 'plain-scripts',
    apply: 'build',
    writeBundle(output) {
      for (const name of names) {
        const path = join(output.dir ?? 'dist', name)
        writeFileSync(path, withoutRemarks(readFileSync(path, 'utf8')))
      }
    },
  }
}
