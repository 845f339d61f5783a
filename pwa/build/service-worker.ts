import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'

export interface PrecacheEntry {
  url: string
  revision: string | null
}

const CITIZEN_PAGES = ['index.html', 'hjaelp.html']

/** The scripts and styles that the citizen's pages can reach; staff's are never among them. */
export function citizenAssets(bundle: Rolldown.OutputBundle): Set<string> {
  const found = new Set<string>()
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  const open = chunks.filter((chunk) => CITIZEN_PAGES.some((page) => chunk.facadeModuleId?.endsWith(`/pwa/${page}`)))
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
  return listFiles(folder)
    .filter((name) => wanted(name) && name !== 'sw.js')
    .sort()
    .map((name) => ({
      url: `/${name}`,
      revision: assets.has(name) ? null : createHash('sha256').update(readFileSync(join(folder, name))).digest('hex').slice(0, 16),
    }))
}

/** Vite plugin: builds `/sw.js` after the pages, with the list of files to keep. */
export function serviceWorker(options: { source: string }): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async writeBundle(output, bundle) {
      const folder = output.dir ?? 'dist'
      const list = precacheList(folder, citizenAssets(bundle))
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
          rolldownOptions: { input: options.source, output: { format: 'iife', entryFileNames: 'sw.js' } },
        },
      })
    },
  }
}
