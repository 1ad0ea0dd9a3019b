import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forbidden, importsIn, type Layers } from './imports.ts'

const root = join(import.meta.dirname, '..', '..')

/** The house, floor by floor. A row lists all that the part may import; what is not listed is forbidden. */
const layers: Layers = {
  'packages/model/src': ['chinese-days'],
  'packages/crdt/src': ['@tongge/model', 'yjs'],
  'packages/protocol/src': ['lib0'],
  'packages/sync/src': ['@tongge/protocol', 'idb', 'lib0', 'y-indexeddb', 'y-protocols', 'y-websocket', 'yjs'],
  'packages/ledger-io/src': ['@tongge/model', 'hucre'],
  'sync-server/src/log': ['@tongge/protocol', 'better-sqlite3', 'node:'],
  'sync-server/src/rooms': ['@tongge/protocol', 'lib0', 'y-protocols', 'yjs', 'node:'],
  'sync-server/src/sockets': ['@tongge/protocol', 'lib0', 'ws', 'y-protocols', 'yjs', 'node:'],
  'sync-server/src/generations': ['@tongge/crdt', 'yjs', 'node:'],
  'sync-server/src/seal': ['@tongge/model', 'node:'],
  'sync-server/src/guard': ['@tongge/crdt', '@tongge/model', '@tongge/protocol'],
  'sync-server/src/audit': ['@tongge/protocol', 'better-sqlite3', 'node:'],
  'client/src/ui': ['@kobalte/core', '@solidjs/router', '@tongge/model', 'lucide-solid', 'solid-js', 'virtua'],
  'client/src/features': [
    '@kobalte/core',
    '@solidjs/router',
    '@tongge/ledger-io',
    '@tongge/model',
    'lucide-solid',
    'pinyin-match',
    'solid-js',
    'virtua',
  ],
}

/** Where a part stands on a neighbour inside the same program; the folders named may be reached by a relative import. */
const neighbours: Layers = {
  'sync-server/src/log': ['sync-server/src/ports'],
  'sync-server/src/rooms': ['sync-server/src/ports', 'sync-server/src/worker-queue'],
  'sync-server/src/generations': ['sync-server/src/ports', 'sync-server/src/worker-queue'],
  'sync-server/src/seal': ['sync-server/src/log', 'sync-server/src/ports'],
  'sync-server/src/guard': ['sync-server/src/ports'],
  'sync-server/src/sockets': ['sync-server/src/ports', 'sync-server/src/rooms'],
  'sync-server/src/audit': ['sync-server/src/ports'],
  'client/src/ui': ['client/src/i18n', 'client/src/styles'],
  'client/src/features': [
    'client/src/paths',
    'client/src/i18n',
    'client/src/pwa',
    'client/src/session',
    'client/src/state',
    'client/src/styles',
    'client/src/ui',
  ],
}

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

  it('[ARCH3] the lint rules catch a restricted import, a clock in the model and a cycle', () => {
    const output = lint('test/architecture/fixtures')
    expect(output).toContain('no-restricted-imports')
    expect(output).toContain('no-restricted-properties')
    expect(output).toContain('no-cycle')
  })

  it('[ARCH4] the compiler settings of the model know no platform', () => {
    const output = compile('test/architecture/fixtures/platform')
    for (const name of ['document', 'setTimeout', 'console', 'process'])
      expect(output).toContain(`Cannot find name '${name}'`)
  })
})

function reachesNeighbour(part: string, file: string, specifier: string): boolean {
  if (!specifier.startsWith('.')) return false
  const target = join(file, '..', specifier)
  return (neighbours[part] ?? []).some(
    (neighbour) => target === `${neighbour}.ts` || target.startsWith(`${neighbour}/`),
  )
}

/** Runs the project's own lint rules over the fixtures, which the normal run leaves out. */
function lint(folder: string): string {
  return output('oxlint', ['-c', join(root, folder, 'oxlintrc.json'), '--no-ignore', folder])
}

function compile(folder: string): string {
  return output('tsc', ['-p', folder, '--pretty', 'false'])
}

/** What a program that must fail printed. */
function output(program: string, args: readonly string[]): string {
  try {
    execFileSync(join(root, 'node_modules', '.bin', program), args, { cwd: root, stdio: 'pipe' })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer }
    return `${stdout}${stderr}`
  }
  throw new Error(`${program} found nothing wrong with the fixtures`)
}
