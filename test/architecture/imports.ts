/** Reads which modules a source file imports, and finds those the layering forbids. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export interface Import {
  readonly file: string
  readonly specifier: string
  readonly typeOnly: boolean
}

/** What each part may import besides its own files: other parts, and packages from outside. */
export type Layers = Readonly<Record<string, readonly string[]>>

const statement =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'"]*?\s+from\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm

export function importsIn(root: string, folder: string, exclude: RegExp = /\.test\.tsx?$/): readonly Import[] {
  return sourceFiles(join(root, folder))
    .filter((file) => !exclude.test(file))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(statement)].map((match) => ({
        file: relative(root, file).split(sep).join('/'),
        specifier: match[2] ?? match[3] ?? '',
        typeOnly: match[1] !== undefined,
      })),
    )
}

/** Imports of `part` that its row does not allow; a relative import may not leave the part's folder. */
export function forbidden(imports: readonly Import[], part: string, allowed: readonly string[]): readonly Import[] {
  return imports.filter(({ file, specifier }) => {
    if (specifier.startsWith('.')) return !resolve(file, specifier).startsWith(`${part}/`)
    const bare = specifier.replace(/^node:.*/, 'node:').split('/')
    const name = specifier.startsWith('@') ? bare.slice(0, 2).join('/') : (bare[0] ?? '')
    return !allowed.includes(name)
  })
}

function resolve(file: string, specifier: string): string {
  const parts = file.split('/').slice(0, -1)
  for (const step of specifier.split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.') parts.push(step)
  }
  return parts.join('/')
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourceFiles(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}
