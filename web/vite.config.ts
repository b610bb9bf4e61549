/** Builds the pages into web/dist. Nothing is inlined, because the pages run under `default-src 'self'`. */
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * The code of the pages is fetched while the server is asked which language it speaks, and runs when that is known:
 * pages keep what was said as they start.
 */
const fetchPagesAtOnce: Plugin = {
  name: 'fetch-pages-at-once',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const files = new Set<string>()
      const add = (name: string | undefined): void => {
        const chunk = name === undefined ? undefined : bundle[name]
        if (chunk?.type !== 'chunk' || files.has(chunk.fileName)) return
        files.add(chunk.fileName)
        chunk.imports.forEach(add)
      }
      const pages = Object.values(bundle).find(
        (one) => one.type === 'chunk' && one.facadeModuleId?.replaceAll('\\', '/').endsWith('/src/app.tsx'),
      )
      add(pages?.fileName)
      return [...files].map((file) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
      }))
    },
  },
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwind(), fetchPagesAtOnce],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
  },
})
