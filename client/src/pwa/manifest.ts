/** The web app manifest: what a phone shows once the app is on its home screen. */
import { manifestTexts as texts } from '../i18n/zh/manifest.ts'
import type { ManifestOptions } from 'vite-plugin-pwa'

export const manifest: Partial<ManifestOptions> = {
  id: '/',
  lang: 'zh-CN',
  dir: 'ltr',
  name: texts.name,
  short_name: texts.name,
  description: texts.description,
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#f5f7f6',
  theme_color: '#0b6a64',
  categories: ['government', 'productivity'],
  icons: [
    { src: '/pwa-192x192.png', sizes: '192x192', type: 'image/png' },
    { src: '/pwa-512x512.png', sizes: '512x512', type: 'image/png' },
    { src: '/maskable-icon-512x512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
  ],
  shortcuts: [
    { name: texts.report, url: '/tickets/new', icons: [{ src: '/pwa-192x192.png', sizes: '192x192' }] },
    { name: texts.ledger, url: '/ledger', icons: [{ src: '/pwa-192x192.png', sizes: '192x192' }] },
  ],
}
