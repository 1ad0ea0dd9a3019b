/** How the app is built: Solid, CSS for old phones, and a service worker that precaches everything. */
import { readFileSync } from 'node:fs'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import solid from 'vite-plugin-solid'
import { trustedTemplates } from '../tools/trusted-templates.ts'
import { manifest } from './src/pwa/manifest.ts'

/** The relay that `npm run dev` starts beside Vite. */
const relay = { target: `http://127.0.0.1:${process.env['PORT'] ?? 8080}`, ws: true }

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  readonly version: string
}

export default defineConfig({
  define: { 'import.meta.env.VITE_VERSION': JSON.stringify(version) },
  plugins: [
    solid(),
    trustedTemplates(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,ico,webmanifest,wasm}'],
        maximumFileSizeToCacheInBytes: 3_000_000,
      },
    }),
  ],
  server: { proxy: { '/api': relay, '/sync/': relay, '^/sync$': relay, '/healthz': relay, '/readyz': relay } },
  build: {
    target: ['chrome87', 'safari15', 'firefox102'],
    modulePreload: { polyfill: false },
    // A page must not wait for twenty small files: on a slow phone each costs a turn of the service worker.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // The sign-in page is there before anything else is fetched, so what it shows stands apart.
            // Of the model, the first page needs no more than days and who may open which place.
            { name: 'policy', test: /packages\/model\/src\/(policy|time)/, priority: 3 },
            { name: 'model', test: /packages\/model\/src/, priority: 2 },
            // It makes errors while it is loaded, and for each the browser reads the whole file again, to know the line.
            { name: 'lib0', test: /node_modules\/lib0\//, priority: 2 },
            {
              name: 'core',
              test: /client\/src\/(ui\/(Banner|Button|Field|List|Mark|Row|TextInput|Toasts|toast)\.|i18n\/(zh|i18n\.|format\.))|node_modules\/(solid-js|@solidjs)\/(?!.*node_modules)|lucide-solid\/dist\/\w+\/((?!icons\/)|icons\/(chevron-right|cloud-off|git-merge|shield-check|user-round|wifi-off)\.)/,
              priority: 2,
            },
            {
              name: 'ui',
              test: /client\/src\/ui\/(?!Dialog|co-text)|lucide-solid\/dist/,
              priority: 1,
            },
            { name: 'shared', test: /client\/src\/(ui|features\/records)/ },
          ],
        },
      },
    },
  },
  css: { transformer: 'lightningcss' },
})
