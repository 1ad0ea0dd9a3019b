/** The interface in the chosen language. zh-CN is the source of the dictionary's type; every other language must match it. */
import { flatten } from '@solid-primitives/i18n'
import { createSignal } from 'solid-js'
import { zh } from './zh/index.ts'

export type Language = 'zh-CN' | 'en'

/** The shape every dictionary must have: texts stay texts, functions keep their arguments. */
export type Dictionary = Shape<typeof zh>
type Text = string | ((...args: never[]) => string)
type Shape<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : T[K] extends string
      ? string
      : Shape<T[K]>
}

/** `[key, text]` of every text below T. */
type Leaf<T, Path extends string> = {
  [K in keyof T & string]: T[K] extends Text ? [`${Path}${K}`, T[K]] : Leaf<T[K], `${Path}${K}.`>
}[keyof T & string]
type Flat = { readonly [L in Leaf<Dictionary, ''> as L[0]]: L[1] }
type Arguments<T> = T extends (...args: infer A) => string ? A : []

export type AnyKey = keyof Flat
/** Keys of texts without arguments. */
export type TextKey = { [K in AnyKey]: Flat[K] extends string ? K : never }[AnyKey]

const flatOf = (dictionary: Dictionary) => flatten(dictionary) as Readonly<Record<string, unknown>>
const [current, setCurrent] = createSignal<{
  readonly language: Language
  readonly flat: Readonly<Record<string, unknown>>
}>({ language: 'zh-CN', flat: flatOf(zh) })

export function language(): Language {
  return current().language
}

/** English comes in its own chunk, so that a Chinese phone never loads it. */
export async function setLanguage(next: Language): Promise<void> {
  const dictionary: Dictionary = next === 'en' ? (await import('./en/index.ts')).en : zh
  describePage(next, dictionary)
  setCurrent({ language: next, flat: flatOf(dictionary) })
}

/** What stands in index.html is for the first paint, before there is a dictionary; pages on the screen name themselves anew afterwards. */
function describePage(language: Language, { app }: Dictionary): void {
  document.documentElement.lang = language
  document.title = app.name
  document.querySelector('meta[name="description"]')?.setAttribute('content', app.description)
  document.querySelector('meta[name="apple-mobile-web-app-title"]')?.setAttribute('content', app.name)
}

/** The text of a key such as `today.title`; texts with arguments are functions in the dictionary. Reactive. */
export function t<K extends AnyKey>(key: K, ...args: Arguments<Flat[K]>): string {
  const text = current().flat[key]
  return typeof text === 'function' ? String(text(...args)) : String(text)
}

/** The name of a thing that carries both, such as a field, a code or a role. Reactive. */
export function nameOf(thing: { readonly zh: string; readonly en: string }): string {
  return language() === 'en' ? thing.en : thing.zh
}
