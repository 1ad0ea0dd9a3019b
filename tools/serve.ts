/** Commands that run the product itself. */
import { join } from 'node:path'
import { build } from './build.ts'
import { bin, root, run } from './shell.ts'

const relay = join(root, 'sync-server', 'src', 'main.ts')

/** The relay and the app on one port, with its embedded store. */
export async function start(): Promise<number> {
  return (await build()) ? run(process.execPath, [relay]) : 1
}

/** The relay, and the app from source with instant reload at Vite's own port. */
export async function dev(): Promise<number> {
  const codes = await Promise.all([
    run(process.execPath, ['--watch', relay]),
    run(bin('vite', join(root, 'client')), [], { cwd: join(root, 'client') }),
  ])
  return Math.max(...codes)
}

/** The administrator's command line. */
export function admin(args: readonly string[]): Promise<number> {
  return run(process.execPath, [join(root, 'sync-server', 'src', 'admin', 'main.ts'), ...args])
}

/** One bench by name, or the list of them. */
export async function bench(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  const { readdirSync } = await import('node:fs')
  const names = readdirSync(join(root, 'test', 'bench')).flatMap((file) =>
    file.endsWith('.bench.ts') ? [file.slice(0, -9)] : [],
  )
  if (name === undefined || !names.includes(name)) {
    console.log(`Benches: ${names.join(', ')}. Run one with: npm run bench -- NAME`)
    return name === undefined ? 0 : 2
  }
  return run(process.execPath, ['--expose-gc', join(root, 'test', 'bench', `${name}.bench.ts`), ...rest])
}
