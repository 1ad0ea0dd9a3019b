// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { en } from './en/index.ts'
import { bytesText, lengthText, momentText, percent } from './format.ts'
import { setLanguage, t } from './i18n.ts'
import { zh } from './zh/index.ts'

const leaves = (node: object, path = ''): readonly (readonly [string, unknown])[] =>
  Object.entries(node).flatMap(([key, value]): readonly (readonly [string, unknown])[] =>
    typeof value === 'object' && value !== null ? leaves(value, `${path}${key}.`) : [[`${path}${key}`, value]],
  )

/** English texts that quote Chinese: the name of the language, and what stands in Chinese sheets. */
const quoting = new Set(['me.languages.zh', 'imports.tips.sheets', 'imports.address'])
const cjk = /[\u3400-\u9fff]/

describe('dictionaries', () => {
  test('[I18N1] both languages have the same keys with the same arguments', () => {
    const shape = (dictionary: object) =>
      leaves(dictionary).map(([key, text]) => `${key}/${typeof text === 'function' ? text.length : 'text'}`)
    expect(shape(en).sort()).toEqual(shape(zh).sort())
  })

  test('[I18N1] no text is empty, and English quotes Chinese only where it must', () => {
    const textOf = (text: unknown) => (typeof text === 'function' ? String(text('1', '2', '3')) : String(text))
    const empty = [...leaves(zh), ...leaves(en)].filter(([, text]) => textOf(text) === '').map(([key]) => key)
    const strays = leaves(en)
      .filter(([key, text]) => cjk.test(textOf(text)) && !quoting.has(key))
      .map(([key]) => key)
    expect({ empty, strays }).toEqual({ empty: [], strays: [] })
  })

  test('[I18N2] English is there once its dictionary has loaded', async () => {
    expect(t('app.today')).toBe(zh.app.today)
    await setLanguage('en')
    expect(t('app.today')).toBe(en.app.today)
  })

  test('[I18N5] the document is named and described in the chosen language, and in Chinese before any is chosen', async () => {
    const page = readFileSync('client/index.html', 'utf8')
    for (const text of [`<title>${zh.app.name}</title>`, `name="description" content="${zh.app.description}"`])
      expect(page).toContain(text)
    document.head.innerHTML = '<meta name="description" /><meta name="apple-mobile-web-app-title" />'
    const told = async (language: 'zh-CN' | 'en') => {
      await setLanguage(language)
      const metas = [...document.head.querySelectorAll('meta')].map((meta) => meta.getAttribute('content'))
      return [document.documentElement.lang, document.title, ...metas]
    }
    expect(await told('zh-CN')).toEqual(['zh-CN', zh.app.name, zh.app.description, zh.app.name])
    expect(await told('en')).toEqual(['en', en.app.name, en.app.description, en.app.name])
  })
})

describe('formats', () => {
  test('[I18N3] a share is rounded down', () => {
    expect([percent(0.9999), percent(1), percent(0)]).toEqual(['99%', '100%', '0%'])
  })

  test('[I18N4] moments are told in China Standard Time', () => {
    const now = Date.parse('2026-11-23T02:00:00Z')
    expect(momentText(Date.parse('2026-11-22T15:59:00Z'), now)).toContain('23:59')
    expect(momentText(Date.parse('2026-11-22T16:00:00Z'), now)).toBe(t('time.today', '00:00'))
  })

  test('lengths and sizes take their largest sensible unit', () => {
    expect([lengthText(59_000), lengthText(3_600_000 * 47), lengthText(86_400_000 * 2), lengthText(-5)]).toEqual([
      t('time.minutes', 0),
      t('time.hours', 47),
      t('time.days', 2),
      t('time.minutes', 0),
    ])
    expect([bytesText(0), bytesText(1023), bytesText(2_306_867)]).toEqual(['0 B', '1,023 B', '2.2 MB'])
  })
})
