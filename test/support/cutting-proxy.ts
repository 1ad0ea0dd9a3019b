/** Stands between a program and the socket of its database, and cuts the line at a chosen moment. */
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'

export interface CuttingProxy {
  /** Folder of its socket, which bears the same name as the database's. */
  readonly folder: string
  /** Cuts the line on which the next statement of this text is sent: before it reaches the database, or once the database has answered it, without passing that on. */
  cut(statement: string, when: 'before' | 'after'): void
  /** How often it has cut. */
  readonly cuts: number
  close(): Promise<void>
}

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const folder = await mkdtemp(join(tmpdir(), `tongge-cut-${randomUUID().slice(0, 4)}`))
  const lines = new Set<Socket>()
  let armed: { readonly statement: string; readonly when: 'before' | 'after' } | undefined
  let cuts = 0

  const server = createServer((near) => {
    const far = connect(target)
    let isDeaf = false
    const end = (): void => {
      near.destroy()
      far.destroy()
    }
    const cut = (): void => {
      cuts++
      end()
    }
    for (const socket of [near, far]) {
      lines.add(socket)
      socket.on('error', end)
      socket.on('close', () => {
        lines.delete(socket)
        end()
      })
    }
    near.on('data', (bytes) => {
      if (!armed || !bytes.includes(armed.statement)) return void far.write(bytes)
      const { when } = armed
      armed = undefined
      if (when === 'before') return cut()
      isDeaf = true
      far.write(bytes)
    })
    far.on('data', (bytes) => (isDeaf ? cut() : near.write(bytes)))
  })
  server.listen(join(folder, '.s.PGSQL.5432'))
  await once(server, 'listening')
  return {
    folder,
    cut: (statement, when) => void (armed = { statement, when }),
    get cuts() {
      return cuts
    },
    async close() {
      for (const socket of lines) socket.destroy()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
