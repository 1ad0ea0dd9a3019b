import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const view = join(root, 'client', 'src')

/** Comments may name a domain word in Chinese; what a person reads may not stand outside the dictionaries. */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
}

const chinese = /[\u3400-\u9fff\uff00-\uffef]/
/** Words between tags, or in an attribute that is read aloud: texts in any language. */
const latinText = />\s*[A-Za-z][a-z]+(?: [a-z]+)*\s*<\/|(?:aria-label|title|placeholder|alt)="[A-Za-z]/

function strays(source: string): readonly string[] {
  return withoutComments(source)
    .split('\n')
    .filter((line) => chinese.test(line) || latinText.test(line))
}

function viewFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return path === join(view, 'i18n') ? [] : viewFiles(path)
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) && !entry.name.startsWith('scratch')
      ? [path]
      : []
  })
}

describe('texts of the app', () => {
  it('[I18N1] no text stands outside the dictionaries', () => {
    const found = viewFiles(view).flatMap((file) =>
      strays(readFileSync(file, 'utf8')).map((line) => `${relative(root, file)}: ${line.trim()}`),
    )
    expect(found).toEqual([])
  })

  it('[I18N2] a stray text in either language is caught', () => {
    expect(strays(`<p>已同步</p>`)).toHaveLength(1)
    expect(strays(`<Button>Save now</Button>`)).toHaveLength(1)
    expect(strays(`<input placeholder="Name" />`)).toHaveLength(1)
    expect(strays(`// 户\nconst household = 1 /* 户 */`)).toEqual([])
  })
})
