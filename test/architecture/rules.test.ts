import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

/** Rule ids such as EDIT3, at the head of a line of docs/behaviour.md. */
const written = [
  ...readFileSync(join(root, 'docs', 'behaviour.md'), 'utf8').matchAll(/^- \*\*([A-Z0-9]*[A-Z]\d+)\*\*/gm),
].map((match) => match[1] ?? '')
const tested = new Set(
  ['packages', 'sync-server', 'client', 'test']
    .flatMap((folder) => testFiles(join(root, folder)))
    .flatMap((file) => idsIn(readFileSync(file, 'utf8'))),
)

function testFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return testFiles(path)
    return /\.(test|contract)\.tsx?$/.test(entry.name) ? [path] : []
  })
}

/** Ids at the head of titles: `[EDIT3] …`, or several as `[EDIT3] [EDIT4] …`. */
function idsIn(source: string): readonly string[] {
  const heads = [...source.matchAll(/[`'"]((?:\[[A-Z0-9]*[A-Z]\d+\] )+)/g)].map((match) => match[1] ?? '')
  return heads.flatMap((head) => head.replaceAll(/[[\]]/g, '').trim().split(' '))
}

describe('docs/behaviour.md', () => {
  it('[RULE1] names each rule once', () => {
    expect(written.filter((id, index) => written.indexOf(id) !== index)).toEqual([])
  })

  it('[RULE2] every rule is carried by a test', () => {
    expect(written.filter((id) => !tested.has(id))).toEqual([])
  })

  it('[RULE3] every id a test carries is a rule', () => {
    expect([...tested].filter((id) => !written.includes(id))).toEqual([])
  })
})
