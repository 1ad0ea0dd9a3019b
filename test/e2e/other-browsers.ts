/** Firefox and WebKitGTK driven by the WebDriver that each brings along: classic over HTTP, BiDi over a WebSocket. Only what a core path needs. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'

export interface OtherBrowser {
  goto(url: string): Promise<void>
  /** Runs the body of an async function in the page and gives its JSON value. */
  run(body: string): Promise<unknown>
  close(): Promise<void>
}

export const otherBrowsers = {
  'Firefox ESR': { needs: ['/usr/bin/firefox-esr'], open: openFirefox },
  WebKitGTK: { needs: ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'], open: openWebKit },
} as const

/** What is missing for a browser; empty when it can run. */
export function missingFor(name: keyof typeof otherBrowsers): readonly string[] {
  return otherBrowsers[name].needs.filter((path) => !existsSync(path))
}

async function openFirefox(): Promise<OtherBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'tongge-firefox-'))
  const firefox = spawn(
    '/usr/bin/firefox-esr',
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', String(await freePort())],
    {
      env: { ...process.env, HOME: profile },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const address = await printed(firefox, /WebDriver BiDi listening on (ws:\S+)/)
  const socket = new WebSocket(`${address}/session`)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const send = bidi(socket)
  await send('session.new', { capabilities: {} })
  const { contexts } = (await send('browsingContext.getTree', {})) as {
    readonly contexts: readonly { readonly context: string }[]
  }
  const context = contexts[0]?.context
  return {
    goto: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
    run: async (body) => {
      const expression = `(async () => JSON.stringify((await (async () => { ${body} })()) ?? null))()`
      const answer = (await send('script.evaluate', { expression, target: { context }, awaitPromise: true })) as {
        readonly type: string
        readonly result?: { readonly value: string }
        readonly exceptionDetails?: { readonly text: string }
      }
      if (!answer.result || answer.type !== 'success')
        throw new Error(answer.exceptionDetails?.text ?? 'the page refused')
      return JSON.parse(answer.result.value) as unknown
    },
    close: async () => {
      socket.close()
      await ended(firefox)
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

function bidi(socket: WebSocket): (method: string, params: object) => Promise<unknown> {
  const waiting = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
  >()
  let last = 0
  socket.on('message', (data) => {
    const { id, type, result, message } = JSON.parse((data as Buffer).toString()) as {
      readonly id?: number
      readonly type: string
      readonly result?: unknown
      readonly message?: string
    }
    if (id === undefined) return
    if (type === 'success') waiting.get(id)?.resolve(result)
    else waiting.get(id)?.reject(new Error(message))
    waiting.delete(id)
  })
  return (method, params) => {
    const id = ++last
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      socket.send(JSON.stringify({ id, method, params }))
    })
  }
}

async function openWebKit(): Promise<OtherBrowser> {
  const screen = spawn('/usr/bin/Xvfb', ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const display = `:${await printed(screen, /^(\d+)$/m)}`
  const port = await freePort()
  const env = {
    ...process.env,
    DISPLAY: display,
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
    WEBKIT_FORCE_SANDBOX: '0',
  }
  const driver = spawn('/usr/bin/WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' })
  const base = `http://127.0.0.1:${port}/session`
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(base + path, { method, ...(body && { body: JSON.stringify(body) }) })
    const { value } = (await response.json()) as {
      readonly value: { readonly error?: string; readonly message?: string }
    }
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`)
    return value
  }
  const binary = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'
  const alwaysMatch = {
    'webkitgtk:browserOptions': { binary, args: ['--automation'] },
    timeouts: { script: 60_000, pageLoad: 60_000 },
  }
  const { sessionId } = (await untilAnswered(() => call('POST', '', { capabilities: { alwaysMatch } }))) as {
    readonly sessionId: string
  }
  return {
    goto: async (url) => void (await call('POST', `/${sessionId}/url`, { url })),
    run: (body) =>
      call('POST', `/${sessionId}/execute/async`, {
        script: `const done = arguments[0]; (async () => { ${body} })().then((value) => done(value ?? null), (error) => done('error: ' + error))`,
        args: [],
      }),
    close: async () => {
      await call('DELETE', `/${sessionId}`).catch(() => undefined)
      await Promise.all([ended(driver), ended(screen)])
    },
  }
}

/** The driver has no word for "ready": it answers once it listens. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = 100; ; left--) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof TypeError) || left === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const read = (chunk: Buffer): void => {
      text += chunk.toString()
      const found = pattern.exec(text)?.[1]
      if (found !== undefined) resolve(found)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready:\n${text}`)))
  })
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
