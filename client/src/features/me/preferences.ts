/** What a person chose for this device: language, theme, text size. Kept in localStorage; a device that refuses it simply forgets. */
import { createEffect, createRoot, createSignal, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import { language, setLanguage, type Language } from '../../i18n/i18n.ts'

export type Theme = 'system' | 'light' | 'dark'

export interface Preferences {
  readonly language: Language
  readonly theme: Theme
  readonly largeText: boolean
}

const key = 'tongge.preferences'
const barColor = { light: '#f5f7f6', dark: '#0f1514' }

const [preferences, setPreferences] = createStore<Preferences>(read())

export { preferences }

export function prefer(change: Partial<Preferences>): void {
  setPreferences(change)
  try {
    localStorage.setItem(key, JSON.stringify(preferences))
  } catch {
    // A private window may refuse; the choice then lasts as long as the page.
  }
}

/** Puts the choices into effect and keeps them so. Called once; resolves when the language is there to be painted. */
export function applyPreferences(): Promise<void> {
  const root = document.documentElement
  const systemDark = matchMedia('(prefers-color-scheme: dark)')
  createRoot(() => {
    const [dark, setDark] = createSignal(systemDark.matches)
    systemDark.addEventListener('change', () => setDark(systemDark.matches))
    createEffect(() => {
      const theme = preferences.theme === 'system' ? (dark() ? 'dark' : 'light') : preferences.theme
      root.dataset['theme'] = theme
      document.querySelector('meta[name="theme-color"]')?.setAttribute('content', barColor[theme])
    })
    createEffect(() => {
      root.dataset['text'] = preferences.largeText ? 'large' : 'normal'
    })
    createEffect(() => {
      const wanted = preferences.language
      if (wanted !== untrack(language)) void setLanguage(wanted)
    })
  })
  // Without its chunk (never visited, offline) the app speaks Chinese rather than nothing.
  return setLanguage(preferences.language).catch(() => undefined)
}

function read(): Preferences {
  const usual: Preferences = { language: 'zh-CN', theme: 'system', largeText: false }
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return usual
    const { language, theme, largeText } = stored as Record<string, unknown>
    return {
      language: language === 'en' ? 'en' : usual.language,
      theme: theme === 'light' || theme === 'dark' ? theme : usual.theme,
      largeText: largeText === true,
    }
  } catch {
    return usual
  }
}
