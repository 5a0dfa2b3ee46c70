import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { offline } from './scripts/offline.ts'

const web = resolve(import.meta.dirname, 'web')

/** In development, answers every page address with the front it belongs to, as the server does with the built files. */
const fronts = (): Plugin => ({
  name: 'huiyin-fronts',
  configureServer(server) {
    server.middlewares.use((req, _res, next) => {
      const path = (req.url ?? '/').split('?')[0] ?? '/'
      const isPage = req.headers.accept?.includes('text/html') && !path.includes('.')
      if (isPage) req.url = /^\/staff(\/|$)/.test(path) ? '/staff/index.html' : '/resident/index.html'
      next()
    })
  },
})

/**
 * What both fronts share: `dist/web/resident/index.html` is served at `/`, `dist/web/staff/index.html` at `/staff`.
 * `scripts/build.mjs` builds them one after the other.
 */
export default defineConfig({
  root: web,
  base: '/',
  publicDir: resolve(web, 'resident/public'),
  plugins: [vue(), fronts(), offline(web)],
  appType: 'mpa',
  define: { __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir: resolve(import.meta.dirname, 'dist/web'),
    target: 'chrome86',
    cssTarget: 'chrome86',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    // How long the build took is nobody's warning.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: {
    port: 5173,
    proxy: {
      '/api': 'http://127.0.0.1:3000',
      '/ws': { target: 'ws://127.0.0.1:3000', ws: true },
    },
  },
})
