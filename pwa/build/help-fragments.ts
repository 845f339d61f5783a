import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

export const REQUIRED = [
  'help.da.html',
  'help.en.html',
  'services.json',
  'plan.json',
  'exercises.json',
  'goals.json',
  'messages.json',
  'desk.json',
  'breathing.css',
  'content-hash.txt',
] as const

/** Says in one sentence what to do when the rendered content is not there. */
export function requireGenerated(folder: string): void {
  const missing = REQUIRED.filter((name) => !existsSync(join(folder, name)))
  if (missing.length === 0) return
  throw new Error(`${missing.join(', ')} missing in pwa/generated: run "flask render-content" before the build.`)
}

/** Puts the rendered help text and the hash of the content into a page. */
export function fillPage(html: string, folder: string): string {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8').trim()
  return html
    .replace('<!-- help:da -->', () => read('help.da.html'))
    .replace('<!-- help:en -->', () => read('help.en.html'))
    .replace('%CONTENT_HASH%', () => read('content-hash.txt'))
}

/** Vite plugin: help is plain HTML in the page, readable before any script. */
export function helpFragments(options: { generated: string }): Plugin {
  return {
    name: 'help-fragments',
    buildStart() {
      requireGenerated(options.generated)
    },
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => fillPage(html, options.generated),
    },
  }
}
