import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'

export interface PrecacheEntry {
  url: string
  revision: string | null
}

const CITIZEN_PAGES = ['index.html', 'hjaelp.html']
const STAFF_PAGES = ['staff/index.html']

/** The scripts and styles that the citizen's pages can reach; staff's are never among them. */
export function citizenAssets(bundle: Rolldown.OutputBundle): Set<string> {
  return reachable(bundle, CITIZEN_PAGES)
}

/** The scripts and styles of the console. */
export function staffAssets(bundle: Rolldown.OutputBundle): Set<string> {
  return reachable(bundle, STAFF_PAGES)
}

function reachable(bundle: Rolldown.OutputBundle, pages: readonly string[]): Set<string> {
  const found = new Set<string>()
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  const open = chunks.filter((chunk) => pages.some((page) => chunk.facadeModuleId?.endsWith(`/pwa/${page}`)))
  for (let chunk = open.pop(); chunk; chunk = open.pop()) {
    if (found.has(chunk.fileName)) continue
    found.add(chunk.fileName)
    chunk.viteMetadata?.importedCss.forEach((name) => found.add(name))
    chunk.viteMetadata?.importedAssets.forEach((name) => found.add(name))
    for (const name of [...chunk.imports, ...chunk.dynamicImports]) {
      const next = bundle[name]
      if (next?.type === 'chunk') open.push(next)
    }
  }
  return found
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

/** What the phone keeps: hashed assets by name, the rest by the hash of its bytes. */
export function precacheList(folder: string, assets: Set<string>): PrecacheEntry[] {
  const wanted = (name: string) => assets.has(name) || !(name.startsWith('assets/') || name.startsWith('staff/'))
  return listed(folder, assets, (name) => wanted(name) && name !== 'sw.js')
}

/** What a console keeps so that the crisis line's desk opens without a server: its own page and files, no more. */
export function staffPrecacheList(folder: string, assets: Set<string>): PrecacheEntry[] {
  return listed(folder, assets, (name) => assets.has(name) || name === 'staff/index.html' || name === 'icon.svg')
}

function listed(folder: string, assets: Set<string>, wanted: (name: string) => boolean): PrecacheEntry[] {
  return listFiles(folder)
    .filter(wanted)
    .sort()
    .map((name) => ({
      url: `/${name}`,
      revision: assets.has(name) ? null : createHash('sha256').update(readFileSync(join(folder, name))).digest('hex').slice(0, 16),
    }))
}

/** Builds one worker after the pages, with its list of files to keep. */
async function buildWorker(folder: string, source: string, file: string, list: readonly PrecacheEntry[]): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: {
      __PRECACHE__: JSON.stringify(list),
      'process.env.NODE_ENV': '"production"',
    },
    build: {
      target: 'es2020',
      outDir: folder,
      emptyOutDir: false,
      reportCompressedSize: false,
      rolldownOptions: { input: source, output: { format: 'iife', entryFileNames: file } },
    },
  })
}

/** Vite plugin: builds `/sw.js` for the phone and `/staff/sw.js` for the crisis line's desk. */
export function serviceWorker(options: { source: string; staffSource: string }): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async writeBundle(output, bundle) {
      const folder = output.dir ?? 'dist'
      await buildWorker(folder, options.source, 'sw.js', precacheList(folder, citizenAssets(bundle)))
      await buildWorker(folder, options.staffSource, 'staff/sw.js', staffPrecacheList(folder, staffAssets(bundle)))
    },
  }
}
