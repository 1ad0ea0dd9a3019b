import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forbidden, importsIn } from './imports.ts'
import { layers, neighbours } from './layers.ts'

const root = join(import.meta.dirname, '..', '..')

console.log(
  [
    'what each part may import:',
    ...Object.entries(layers).map(([part, allowed]) => `  ${part.padEnd(24)} ← ${allowed.join(', ')}`),
  ].join('\n'),
)

describe('the layers', () => {
  for (const [part, allowed] of Object.entries(layers)) {
    it(`[ARCH1] ${part} imports only what its row lists`, () => {
      const beyond = forbidden(importsIn(root, part), part, allowed).filter(
        ({ file, specifier, typeOnly }) =>
          !reachesNeighbour(part, file, specifier) &&
          !(
            typeOnly &&
            part.startsWith('client/') &&
            ['@tongge/crdt', '@tongge/sync', '@tongge/protocol'].includes(specifier)
          ),
      )
      expect(beyond.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([])
    })
  }

  it('[ARCH2] the table catches an upward import, a way out by a relative path and an undeclared package', () => {
    const fixtures = 'test/architecture/fixtures/upward'
    const found = forbidden(importsIn(root, fixtures), fixtures, ['yjs']).map(({ specifier }) => specifier)
    expect(found).toEqual(['@tongge/crdt', '../relative/inside.ts', 'lodash'])
  })

  it('[ARCH3] the lint rules of the project stop in each layer what its rule forbids', () => {
    expect(lintOfLayers()).toEqual([
      'client/src/features/writes-documents.ts: Views write through dispatch and read through the store.',
      'client/src/ui/writes-documents.ts: Views write through dispatch and read through the store.',
      'packages/crdt/src/knows-the-wire.ts: crdt knows the model and Yjs, nothing else.',
      'packages/crdt/src/reads-the-clock.ts: The clock is a parameter.',
      'packages/ledger-io/src/reads-documents.ts: ledger-io knows the model and the sheet library.',
      'packages/model/src/first.ts: Dependency cycle detected',
      'packages/model/src/reads-documents.ts: The model stands on nothing.',
      'packages/model/src/reads-the-clock.ts: Randomness is a parameter.',
      'packages/model/src/reads-the-clock.ts: The clock is a parameter.',
      'packages/model/src/second.ts: Dependency cycle detected',
      "packages/model/src/uses-a-platform.ts: Unexpected use of 'crypto'.",
      'packages/protocol/src/reads-documents.ts: The protocol knows bytes only.',
      'packages/sync/src/knows-meanings.ts: What moves the data does not know what it means.',
      'packages/sync/src/reads-the-clock.ts: The clock is a parameter.',
      "sync-server/src/log/knows-meanings.ts: The relay's core does not know what documents mean.",
      "sync-server/src/rooms/knows-meanings.ts: The relay's core does not know what documents mean.",
      "sync-server/src/sockets/knows-meanings.ts: The relay's core does not know what documents mean.",
    ])
  })

  it('[ARCH4] the compiler settings of the model know no platform', () => {
    const output = compile('test/architecture/fixtures/platform')
    for (const name of ['document', 'setTimeout', 'console', 'process'])
      expect(output).toContain(`Cannot find name '${name}'`)
  })

  it('[ARCH5] the compiler refuses a way into a part that is not among the references', () => {
    const output = compile('test/architecture/fixtures/references')
    expect(output).toContain('TS6307')
    expect(output).toContain('packages/model/src/policy/roles.ts')
    expect(output).not.toContain('packages/protocol')
  })

  it('[ARCH6] every folder of the programs and packages has a row, and every row and neighbour a place', () => {
    const folders = [
      ...foldersIn('packages').map((folder) => `${folder}/src`),
      ...foldersIn('sync-server/src'),
      ...foldersIn('client/src').filter((folder) => folder !== 'client/src/styles'),
    ]
    expect(Object.keys(layers).toSorted()).toEqual(folders.toSorted())
    const named = Object.values(neighbours).flat()
    expect(named.filter((place) => !existsSync(join(root, place)) && !existsSync(join(root, `${place}.ts`)))).toEqual(
      [],
    )
  })
})

function reachesNeighbour(part: string, file: string, specifier: string): boolean {
  if (!specifier.startsWith('.')) return false
  const target = join(file, '..', specifier)
  return (neighbours[part] ?? []).some(
    (neighbour) => target === `${neighbour}.ts` || target.startsWith(`${neighbour}/`),
  )
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`${folder}/${entry.name}`] : [],
  )
}

/**
 * What the project's own lint rules say of a tree that breaks each layer's rule once, as `file: why`.
 * Rules hold by path, so the tree stands elsewhere with the rules at its root.
 */
function lintOfLayers(): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'tongge-layers-'))
  try {
    cpSync(join(root, 'test/architecture/fixtures/layers'), folder, { recursive: true })
    copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    const { diagnostics } = JSON.parse(output('oxlint', ['--format', 'json'], folder)) as {
      diagnostics: readonly { readonly filename: string; readonly message: string; readonly help?: string }[]
    }
    return diagnostics
      .map(({ filename, message, help }) => {
        const why = message.includes('is restricted from being used') ? help : message
        return `${filename}: ${why}`
      })
      .toSorted()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function compile(folder: string): string {
  return output('tsc', ['-p', folder, '--pretty', 'false'])
}

/** What a program that must fail printed. */
function output(program: string, args: readonly string[], cwd: string = root): string {
  try {
    execFileSync(join(root, 'node_modules', '.bin', program), args, { cwd, stdio: 'pipe' })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer }
    return `${stdout}${stderr}`
  }
  throw new Error(`${program} found nothing wrong with the fixtures`)
}
