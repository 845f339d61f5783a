import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The phone's own code as two files for plain Node: the process, and the phone that can be started again in it. */
export default defineConfig({
  root: here('.'),
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node20',
    outDir: here('../../build-out'),
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: { client: here('client.ts'), phone: here('phone.ts') },
      output: [
        { format: 'es', entryFileNames: '[name].mjs' },
        { format: 'cjs', entryFileNames: '[name].cjs' },
      ],
    },
  },
  ssr: { noExternal: true },
})
