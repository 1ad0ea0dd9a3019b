/** Real Chromium on a page that holds the sync package, with its profile on disk, so that it can be killed and started again. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build } from 'vite'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Stage {
  readonly url: string
  /** Starts Chromium on the stage's profile; one at a time. */
  open(): Promise<Running>
  /** Forgets everything the profile holds. */
  reset(): Promise<void>
  close(): Promise<void>
}

export interface Running {
  readonly browser: Browser
  newPage(): Promise<Page>
  /** SIGKILL to the whole process group. */
  kill(): Promise<void>
  close(): Promise<void>
}

/** `entry` is the page's script, which puts a `stage` on `globalThis`. */
export async function createStage(entry: string = join(import.meta.dirname, 'page.ts')): Promise<Stage> {
  const script = await bundle(entry)
  const server = createServer((request, response) => {
    const isScript = request.url === '/vault.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript
        ? script
        : '<!doctype html><meta charset="utf-8"><title>vault</title><script type="module" src="/vault.js"></script>',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  let profile = await mkdtemp(join(tmpdir(), 'tongge-chromium-'))
  const forget = (): Promise<void> => rm(profile, { recursive: true, force: true, maxRetries: 5 })
  const running = new Set<Running>()
  return {
    url,
    open: async () => {
      const child = await start(profile)
      const browser = await chromium.connectOverCDP(child.endpoint)
      const gone = new Promise<void>((resolve) => child.process.once('exit', () => resolve()))
      const end = async (signal: NodeJS.Signals): Promise<void> => {
        running.delete(own)
        if (child.process.pid !== undefined && child.process.exitCode === null) process.kill(-child.process.pid, signal)
        await gone
        // Its other processes may still have the profile open. One that nobody buries is no hindrance.
        for (let left = 50; left > 0 && isThere(child.process); left--) await delay(20)
      }
      const own: Running = {
        browser,
        newPage: async () => {
          const context = browser.contexts()[0] ?? (await browser.newContext())
          const page = await context.newPage()
          await page.goto(url)
          await page.waitForFunction(() => 'stage' in globalThis)
          return page
        },
        kill: () => end('SIGKILL'),
        close: async () => {
          await browser.close().catch(() => undefined)
          await end('SIGTERM')
        },
      }
      running.add(own)
      return own
    },
    reset: async () => {
      for (const each of running) await each.kill()
      await forget()
      profile = await mkdtemp(join(tmpdir(), 'tongge-chromium-'))
    },
    close: async () => {
      for (const each of running) await each.kill()
      server.close()
      await forget()
    },
  }
}

/** Whether any process of the group is left. */
function isThere({ pid }: ChildProcess): boolean {
  try {
    return pid !== undefined && process.kill(-pid, 0)
  } catch {
    return false
  }
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, target: 'es2022', lib: { entry, formats: ['es'], fileName: 'vault' } },
  })
  const outputs = Array.isArray(result) ? result : [result]
  for (const output of outputs)
    if ('output' in output) for (const chunk of output.output) if (chunk.type === 'chunk') return chunk.code
  throw new Error('the page did not build')
}

async function start(profile: string): Promise<{ readonly process: ChildProcess; readonly endpoint: string }> {
  const child = spawn(
    '/usr/bin/chromium',
    [...flags, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const endpoint = await new Promise<string>((resolve, reject) => {
    let heard = ''
    child.stderr.on('data', (chunk: Buffer) => {
      heard += chunk.toString()
      const match = /ws:\/\/\S+/.exec(heard)
      if (match) resolve(match[0])
    })
    child.once('exit', () => reject(new Error(`Chromium did not start: ${heard}`)))
  })
  return { process: child, endpoint }
}
