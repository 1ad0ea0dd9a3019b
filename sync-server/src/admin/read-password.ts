/** Asks for a password: unseen at a terminal, or the first line of what is piped in. */
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

export async function readPassword(prompt: string): Promise<string> {
  const isTerminal = process.stdin.isTTY
  if (isTerminal) process.stderr.write(prompt)
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({
    input: process.stdin,
    ...(isTerminal ? { output: unseen } : {}),
    terminal: isTerminal,
  })
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
    if (isTerminal) process.stderr.write('\n')
  }
}
