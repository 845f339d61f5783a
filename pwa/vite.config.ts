import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { helpFragments } from './build/help-fragments.ts'
import { plainScripts } from './build/plain-scripts.ts'
import { serviceWorker } from './build/service-worker.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  appType: 'mpa',
  plugins: [
    helpFragments({ generated: here('generated') }),
    // Before the workers, whose lists hold what the files come to.
    plainScripts(['leave.js', 'old-browser.js']),
    serviceWorker({ source: here('src/sw/worker.ts'), staffSource: here('src/sw/staff-worker.ts') }),
  ],
  css: {
    preprocessorOptions: { scss: { quietDeps: true, silenceDeprecations: ['if-function'] } },
  },
  build: {
    target: 'es2020',
    cssTarget: ['chrome80', 'firefox78', 'safari13'],
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { citizen: here('index.html'), help: here('hjaelp.html'), staff: here('staff/index.html') },
      // The first page names every later file: seven characters tell them apart as well as eight, and the page stays small.
      output: { chunkFileNames: 'assets/[name]-[hash:7].js', assetFileNames: 'assets/[name]-[hash:7][extname]' },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': process.env['API_ORIGIN'] ?? 'http://127.0.0.1:8000' },
  },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/**/*.test.ts'],
    environment: 'node',
    restoreMocks: true,
  },
})
