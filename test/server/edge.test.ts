/** The edge of the relay against visitors who are slow, silent, or many. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { edgeLimits, listen, type EdgeLimits, type Listening } from '../../sync-server/src/http/listen.ts'
import { createTestApp, type TestApp } from './fixtures.ts'

describe('the edge', () => {
  let test: TestApp
  let listening: Listening
  const sockets: Socket[] = []
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await listening.close()
    await test.close()
  })

  const open = async (limits: Partial<EdgeLimits>, isProxied = false): Promise<void> => {
    test = await createTestApp()
    const options = { host: '127.0.0.1', port: 0, maxPayload: 1000, isProxied, limits: { ...edgeLimits, ...limits } }
    listening = await listen(test.app, options)
  }
  const dial = async (text = ''): Promise<Socket> => {
    const socket = connect(listening.port, '127.0.0.1')
    sockets.push(socket)
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    socket.write(text)
    return socket
  }
  /** What is answered until the other end closes. */
  const answerTo = async (socket: Socket): Promise<string> => {
    let text = ''
    socket.on('data', (data: Buffer) => (text += data.toString()))
    await new Promise((resolve) => socket.once('close', resolve))
    return text
  }
  const asks = 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n'

  it('[HTTP16] cuts connections that say nothing, and headers and bodies that never end', async () => {
    await open({ headersMs: 100, requestMs: 200, checkMs: 20 })
    const post =
      'POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'
    const answers = await Promise.all([await dial(), await dial(asks), await dial(post)].map(answerTo))
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('[HTTP16] a header that comes drop by drop gains no time', async () => {
    await open({ headersMs: 200, requestMs: 400, checkMs: 20 })
    const socket = await dial(asks)
    const dripping = setInterval(() => socket.write('X-More: x\r\n'), 20)
    // What is still on its way when the other end closes may take the answer with it.
    expect(await answerTo(socket)).toMatch(/^(?:HTTP\/1\.1 408 |$)/)
    clearInterval(dripping)
  })

  it('[HTTP16] refuses headers of more than 16 KiB', async () => {
    await open({})
    expect(await answerTo(await dial(`${asks}X-Large: ${'x'.repeat(17_000)}\r\n\r\n`))).toMatch(/^HTTP\/1\.1 431 /)
  })

  it('[HTTP16] cuts one connection too many of an address, and takes others once one has gone', async () => {
    await open({ connectionsPerAddress: 2 })
    const [first] = [await dial(), await dial()]
    await answerTo(await dial())
    first?.destroy()
    await expect
      .poll(async () => (await fetch(`http://127.0.0.1:${listening.port}/healthz`).catch(() => undefined))?.status)
      .toBe(200)
  })

  it('[HTTP16] a proxy on this machine is no address of its own; over all there is one limit', async () => {
    await open({ connectionsPerAddress: 1, connections: 3 }, true)
    const three = [await dial(asks), await dial(asks), await dial(asks)]
    await answerTo(await dial())
    three[2]?.write('Connection: close\r\n\r\n')
    expect(three[2] && (await answerTo(three[2]))).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('[HTTP16] lets a thousand devices behind one address in, each with a socket and two requests', () => {
    expect(edgeLimits.connectionsPerAddress).toBeGreaterThanOrEqual(3000)
    expect(edgeLimits.connections).toBeGreaterThan(edgeLimits.connectionsPerAddress)
  })

  it('[HTTP16] a body is counted as it comes, whatever it says of its length', async () => {
    await open({})
    const head =
      'POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const socket = await dial(head)
    const answered = once(socket, 'data')
    for (let sent = 0; sent < 20; sent++) socket.write(chunk)
    expect(String((await answered)[0])).toMatch(/^HTTP\/1\.1 413 /)
  })
})
