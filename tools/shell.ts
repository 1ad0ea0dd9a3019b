/** Runs programs in the project folder and tells how they ended. */
import { spawn, type ChildProcess } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root: string = join(dirname(fileURLToPath(import.meta.url)), '..')

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Keep the output and show it only when the program fails. */
  readonly quiet?: boolean
}

/** The path of a program that a workspace package installed. */
export function bin(name: string, from: string = root): string {
  return join(from, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
}

/** Resolves to the exit code; signals that reach this process are passed on, so that Ctrl-C ends the program first. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  return new Promise((resolve) => {
    const child: ChildProcess = spawn(program, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      shell: process.platform === 'win32',
    })
    const output: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => output.push(chunk))
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal)
    const parent = process.ppid
    const orphaned = setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500)
    process.on('SIGINT', pass).on('SIGTERM', pass).on('SIGHUP', pass)
    const end = (code: number): void => {
      clearInterval(orphaned)
      process.off('SIGINT', pass).off('SIGTERM', pass).off('SIGHUP', pass)
      if (code !== 0 && options.quiet) process.stdout.write(Buffer.concat(output))
      resolve(code)
    }
    child.on('error', (error) => {
      output.push(Buffer.from(`${program}: ${error.message}\n`))
      end(127)
    })
    child.on('exit', (code, signal) => end(code ?? (signal ? 130 : 1)))
  })
}
