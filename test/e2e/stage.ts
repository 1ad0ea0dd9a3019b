/** The real thing for end-to-end tests: a relay as its own process on a free port, and separate Chromium profiles in front of it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'

const root = join(import.meta.dirname, '..', '..')

export const sizes = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
} as const

export interface Relay {
  readonly url: string
  /** The folder of its data. */
  readonly data: string
  /** Ends the process at once, as a power cut would. */
  kill(): Promise<void>
  /** Starts it again on the same port with the same data. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** A folder with the demo in it, which the run made once (prepare-demo.ts); outside of such a run an empty one, in which a relay makes it. */
export function demoFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tongge-relay-'))
  const prepared = process.env['TONGGE_PREPARED']
  if (prepared !== undefined) cpSync(prepared, folder, { recursive: true })
  return folder
}

export async function startRelay(): Promise<Relay> {
  const data = demoFolder()
  let { child, url } = await launch(data, '0')
  const port = new URL(url).port
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }
  return {
    url,
    data,
    kill: () => kill('SIGKILL'),
    restart: async () => {
      ;({ child } = await launch(data, port))
    },
    close: async () => {
      await kill('SIGTERM')
      rmSync(data, { recursive: true, force: true })
    },
  }
}

function launch(data: string, port: string): Promise<{ child: ChildProcess; url: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'sync-server', 'src', 'main.ts')], {
      env: { ...process.env, PORT: port, TONGGE_DATA: data, TONGGE_DEMO: 'community' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const ready = /^ready (http:\/\/\S+)$/m.exec(output)
      if (ready?.[1]) resolve({ child, url: ready[1] })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`the relay ended with ${code} before it was ready:\n${output}`)))
  })
}

export interface Device {
  readonly page: Page
  readonly context: BrowserContext
  /** Once the app has all of itself on the device: until then no page can be opened that was not open before. */
  offline(): Promise<void>
  online(): Promise<void>
  /** What the browser refused because of the page's own policy (CSP, Trusted Types). A device that closes with any fails its test. */
  readonly violations: string[]
  close(): Promise<void>
}

/** A separate browser profile on disk, as another person's device would be. */
export async function openDevice(
  size: keyof typeof sizes,
  profile: string = mkdtempSync(join(tmpdir(), 'tongge-profile-')),
): Promise<Device> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['TONGGE_CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    viewport: sizes[size],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: 'allow',
  })
  const violations: string[] = []
  context.on('console', (message) => {
    const text = message.text()
    if (/Content Security Policy|Trusted(?:HTML|Script)/.test(text)) violations.push(text)
  })
  const page = context.pages()[0] ?? (await context.newPage())
  return {
    page,
    context,
    violations,
    offline: async () => {
      // The page this device began with may be gone.
      await context
        .pages()
        .at(-1)
        ?.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
      await context.setOffline(true)
    },
    online: () => context.setOffline(false),
    close: async () => {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
      if (violations.length > 0) throw new Error(`refused by the policy of the page:\n${violations.join('\n')}`)
    },
  }
}
